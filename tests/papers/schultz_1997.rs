//! Schultz, Dayan, Montague (1997), A neural substrate of prediction and reward, Science 275,
//! 1593–1599: the error of prediction before and after training, and when reward is omitted.

use cajal::describe::Declared;
use cajal::learning::plasticity::TemporalDifference;

const CUE: usize = 10;
const REWARD: usize = 20;

fn reward(step: usize) -> f64 {
    if step == REWARD { 1.0 } else { 0.0 }
}

#[test]
fn the_error_moves_from_the_reward_to_the_cue() {
    let rule = TemporalDifference::default();
    let references = TemporalDifference::DECLARATION.references;
    let mut weights = vec![0.0; 15];
    let first = rule.trial(&mut weights, CUE, reward, 30);
    super::assert_meets(&references[0], first[REWARD]);
    assert_eq!(first[CUE], 0.0);
    // On its way the error stands between the two.
    let peaks: Vec<usize> = (0..60)
        .map(|_| {
            let errors = rule.trial(&mut weights, CUE, reward, 30);
            (0..30).fold(0, |peak, step| if errors[step] > errors[peak] { step } else { peak })
        })
        .collect();
    assert!(peaks.windows(2).all(|pair| pair[1] <= pair[0]), "{peaks:?}");
    assert!(peaks.iter().any(|&peak| (CUE + 1..REWARD).contains(&peak)), "{peaks:?}");
    for _ in 0..500 {
        rule.trial(&mut weights, CUE, reward, 30);
    }
    let trained = rule.trial(&mut weights, CUE, reward, 30);
    super::assert_meets(&references[1], trained[CUE]);
    super::assert_meets(&references[2], trained[REWARD]);
    let omitted = rule.trial(&mut weights, CUE, |_| 0.0, 30);
    super::assert_meets(&references[3], omitted[REWARD]);
}
