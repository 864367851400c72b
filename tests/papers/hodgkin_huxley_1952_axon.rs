//! Hodgkin, Huxley (1952), *A quantitative description of membrane current and its application to
//! conduction and excitation in nerve*, Journal of Physiology 117, 500–544. The paper found 18.8 m/s by
//! hand for this axon and measured 21.2 m/s; 18.74 m/s is what Brian2 and NEURON find.

use cajal::describe::Declared;
use cajal::neurons::compartments::SquidAxon;

fn velocity_m_s(axon: SquidAxon) -> f64 {
    axon.conduction_m_s(0.005).expect("finite potentials").expect("a spike")
}

#[test]
fn a_spike_travels_at_the_velocity_of_the_paper() {
    let reference = SquidAxon::DECLARATION.references[0];
    let axon = SquidAxon { length_um: 90_000.0, compartments: 600.0, ..SquidAxon::default() };
    let ours = velocity_m_s(axon);
    super::assert_meets(&reference, ours);
}

#[test]
fn velocity_grows_with_the_root_of_the_diameter() {
    let reference = SquidAxon::DECLARATION.references[1];
    let thick = SquidAxon { length_um: 60_000.0, compartments: 600.0, ..SquidAxon::default() };
    // The same pieces of 100 µm, not pieces that shrink with the length constant.
    let thin = SquidAxon { diameter_um: 119.0, length_um: 30_000.0, compartments: 300.0, ..thick };
    let ours = velocity_m_s(thick) / velocity_m_s(thin);
    super::assert_meets(&reference, ours);
}

#[test]
fn warmth_hastens_a_spike_and_too_few_sodium_channels_end_it() {
    let cold = velocity_m_s(SquidAxon { celsius: 6.3, ..SquidAxon::default() });
    let warm = velocity_m_s(SquidAxon::default());
    assert!(warm > 1.3 * cold, "{cold} and {warm} m/s");
    let blocked = SquidAxon { sodium_ms_cm2: 20.0, ..SquidAxon::default() };
    assert_eq!(blocked.conduction_m_s(0.01), Ok(None), "too few sodium channels carry no spike");
}

#[test]
fn spikes_that_meet_end_each_other() {
    let axon = SquidAxon { length_um: 80_000.0, compartments: 400.0, ..SquidAxon::default() };
    let alone = axon.passages((true, false), 0.01, 9.0).expect("finite potentials");
    let both = axon.passages((true, true), 0.01, 9.0).expect("finite potentials");
    for (at, (alone, both)) in alone.iter().zip(&both).enumerate() {
        assert_eq!((alone.len(), both.len()), (1, 1), "one passage at {at}");
    }
    // Each half is passed by the spike of its own end alone: the far one would have come later.
    assert!((alone[100][0] - both[100][0]).abs() < 1e-3);
    assert!(both[399][0] < 1.0 && alone[399][0] > 3.0, "{} and {}", both[399][0], alone[399][0]);
    let mirrored = (0..200).map(|at| (both[at][0] - both[399 - at][0]).abs()).fold(0.0, f64::max);
    assert!(mirrored < 1e-6, "{mirrored}");
}
