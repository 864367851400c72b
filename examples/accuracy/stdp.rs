//! Digits learned by spike timing alone (Diehl & Cook 2015): 400 neurons see the complete training set;
//! labels are assigned with training digits only.

use cajal::data::{Dataset, Split};
use cajal::experiment::circuits::DiehlCook;
use cajal::experiment::digit_reader::{Answer, DigitReader};
use std::time::Instant;

const LIMIT: u64 = 1 << 28;

fn digit(data: &Dataset, split: Split, index: u32, pixels: &mut [f32]) -> u8 {
    data.write_inputs(split, &[index], pixels);
    data.label(split, index).expect("a class") as u8
}

fn number(name: &str, default: f64) -> f64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Learns, assigns, reads.
pub fn run(data: &Dataset) -> bool {
    let circuit = DiehlCook {
        neurons: number("N", 400.0),
        learning_rate: number("ETA", 0.01),
        target: number("TAR", 0.4),
        theta_plus_mv: number("TP", 0.05),
        tau_theta_ms: number("TT", 1e7),
        inhibition: number("INH", 17.0),
        ..DiehlCook::default()
    };
    let (train, assign, test) = (
        number("TRAIN", 60_000.0) as u32,
        number("ASSIGN", 10_000.0) as u32,
        number("TEST", 10_000.0) as u32,
    );
    let mut pixels = vec![0.0; 784];
    let mut reader = DigitReader::new(&circuit, 1, LIMIT).expect("a network");
    let begun = Instant::now();
    let mut recent: Vec<(Answer, u8)> = Vec::new();
    let mut right = 0;
    for index in 0..train {
        let class = digit(data, Split::Train, index % data.samples(Split::Train), &mut pixels);
        let answer = reader.present(&pixels).expect("finite potentials");
        right += u32::from(reader.read(&answer) == Some(class));
        recent.push((answer, class));
        if recent.len() == 2000 {
            reader.assign(recent.iter().map(|(answer, class)| (answer, *class)));
            let silent = reader.labels().iter().filter(|label| label.is_none()).count();
            let spikes: u32 = recent.iter().flat_map(|recent| &recent.0).sum();
            println!(
                "{:6} digits, {:5.1} % with the labels of the 2000 before, {silent} silent, {:.1} spikes, {:.1} s",
                index + 1,
                f64::from(right) / 20.0,
                f64::from(spikes) / 2000.0,
                begun.elapsed().as_secs_f64()
            );
            recent.clear();
            right = 0;
        }
    }
    let mut asked = reader.frozen(&circuit, 2, LIMIT).expect("a network");
    let answers: Vec<(Answer, u8)> = (0..assign)
        .map(|index| {
            let class = digit(data, Split::Train, index, &mut pixels);
            (asked.present(&pixels).expect("finite potentials"), class)
        })
        .collect();
    asked.assign(answers.iter().map(|(answer, class)| (answer, *class)));
    let right = (0..test)
        .filter(|&index| {
            let class = digit(data, Split::Test, index, &mut pixels);
            let answer = asked.present(&pixels).expect("finite potentials");
            asked.read(&answer) == Some(class)
        })
        .count();
    let accuracy = right as f64 / f64::from(test);
    println!("{:.2} % of {test} in {:.0} s", 100.0 * accuracy, begun.elapsed().as_secs_f64());
    accuracy >= 0.85
}
