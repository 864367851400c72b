//! The patterns of the Izhikevich neuron with their drives: figure 2 of 2003 in part, figure 1 of 2004.
//!
//! A current that the source switches on after `t > T` begins here just after T, so that the same
//! steps get it.

use super::{IZHIKEVICH_2003, IZHIKEVICH_2004, Izhikevich};
use crate::describe::Preset;

type Values = &'static [(&'static str, f64)];
type Drive = &'static [(f64, f64)];

const fn pattern(id: &'static str, title: &'static str, values: Values, drive: Drive) -> Preset {
    Preset { id, title, values, drive, citation: IZHIKEVICH_2004 }
}

/// A preset of the Izhikevich neuron, (a, b, c, d) and where it starts, then its drive.
macro_rules! patterns {
    ($($id:literal, $title:literal, ($a:expr, $b:expr, $c:expr, $d:expr), $start:expr,
       [$($key:literal = $value:expr),*], $drive:expr;)*) => {
        &[
            Preset {
                id: "regular-spiking",
                title: "Regular spiking",
                values: &[("start_mv", -63.0)],
                drive: &[(0.0, 0.0), (15.0, 0.0), (15.0, 14.0)],
                citation: IZHIKEVICH_2003,
            },
            $(pattern(
                $id,
                $title,
                &[("a", $a), ("b", $b), ("c_mv", $c), ("d", $d), ("start_mv", $start), $(($key, $value)),*],
                $drive,
            )),*
        ]
    };
}

const INHIBITED: Drive = &[(0.0, 80.0), (50.0, 80.0), (50.0, 75.0), (250.0, 75.0), (250.0, 80.0)];
const HYPERPOLARISED: Drive = &[(0.0, 0.0), (20.1, 0.0), (20.1, -15.0), (25.0, -15.0), (25.0, 0.0)];

/// Every preset, the twenty of 2004 in the order of the source.
#[rustfmt::skip]
pub(super) const PATTERNS: &[Preset] = patterns![
    "tonic-spiking", "A: tonic spiking", (0.02, 0.2, -65.0, 6.0), -70.0, [],
        &[(0.0, 0.0), (10.1, 0.0), (10.1, 14.0)];
    "phasic-spiking", "B: phasic spiking", (0.02, 0.25, -65.0, 6.0), -64.0, [],
        &[(0.0, 0.0), (20.1, 0.0), (20.1, 0.5)];
    "tonic-bursting", "C: tonic bursting", (0.02, 0.2, -50.0, 2.0), -70.0, [],
        &[(0.0, 0.0), (22.1, 0.0), (22.1, 15.0)];
    "phasic-bursting", "D: phasic bursting", (0.02, 0.25, -55.0, 0.05), -64.0, [],
        &[(0.0, 0.0), (20.1, 0.0), (20.1, 0.6)];
    "mixed-mode", "E: mixed mode", (0.02, 0.2, -55.0, 4.0), -70.0, [],
        &[(0.0, 0.0), (16.1, 0.0), (16.1, 10.0)];
    "frequency-adaptation", "F: spike frequency adaptation", (0.01, 0.2, -65.0, 8.0), -70.0, [],
        &[(0.0, 0.0), (8.6, 0.0), (8.6, 30.0)];
    "class-1", "G: class 1 excitable", (0.02, -0.1, -55.0, 6.0), -60.0, ["linear" = 4.1, "constant" = 108.0],
        &[(0.0, 0.0), (30.0, 0.0), (300.0, 20.25)];
    "class-2", "H: class 2 excitable", (0.2, 0.26, -65.0, 0.0), -64.0, [],
        &[(0.0, -0.5), (30.0, -0.5), (300.0, 3.55)];
    "spike-latency", "I: spike latency", (0.02, 0.2, -65.0, 6.0), -70.0, [],
        &[(0.0, 0.0), (10.1, 0.0), (10.1, 7.04), (12.9, 7.04), (12.9, 0.0)];
    "subthreshold-oscillation", "J: subthreshold oscillations", (0.05, 0.26, -60.0, 0.0), -62.0, [],
        &[(0.0, 0.0), (20.1, 0.0), (20.1, 2.0), (25.0, 2.0), (25.0, 0.0)];
    "resonator", "K: resonator", (0.1, 0.26, -60.0, -1.0), -62.0, [],
        &[(0.0, 0.0), (40.1, 0.0), (40.1, 0.65), (44.0, 0.65), (44.0, 0.0),
          (60.1, 0.0), (60.1, 0.65), (64.0, 0.65), (64.0, 0.0),
          (280.1, 0.0), (280.1, 0.65), (284.0, 0.65), (284.0, 0.0),
          (320.1, 0.0), (320.1, 0.65), (324.0, 0.65), (324.0, 0.0)];
    "integrator", "L: integrator", (0.02, -0.1, -55.0, 6.0), -60.0, ["linear" = 4.1, "constant" = 108.0],
        &[(0.0, 0.0), (9.1, 0.0), (9.1, 9.0), (11.1, 9.0), (11.1, 0.0),
          (14.1, 0.0), (14.1, 9.0), (16.1, 9.0), (16.1, 0.0),
          (70.1, 0.0), (70.1, 9.0), (72.0, 9.0), (72.0, 0.0),
          (80.1, 0.0), (80.1, 9.0), (82.0, 9.0), (82.0, 0.0)];
    "rebound-spike", "M: rebound spike", (0.03, 0.25, -60.0, 4.0), -64.0, [], HYPERPOLARISED;
    "rebound-burst", "N: rebound burst", (0.03, 0.25, -52.0, 0.0), -64.0, [], HYPERPOLARISED;
    "threshold-variability", "O: threshold variability", (0.03, 0.25, -60.0, 4.0), -64.0, [],
        &[(0.0, 0.0), (10.1, 0.0), (10.1, 1.0), (15.0, 1.0), (15.0, 0.0),
          (70.1, 0.0), (70.1, -6.0), (75.0, -6.0), (75.0, 0.0),
          (80.1, 0.0), (80.1, 1.0), (85.0, 1.0), (85.0, 0.0)];
    "bistability", "P: bistability", (0.1, 0.26, -60.0, 0.0), -61.0, [],
        &[(0.0, 0.24), (37.6, 0.24), (37.6, 1.24), (42.5, 1.24), (42.5, 0.24),
          (216.1, 0.24), (216.1, 1.24), (221.0, 1.24), (221.0, 0.24)];
    "depolarising-after-potential", "Q: depolarising after-potential", (1.0, 0.2, -60.0, -21.0), -70.0, [],
        &[(0.0, 0.0), (9.05, 0.0), (9.05, 20.0), (10.95, 20.0), (10.95, 0.0)];
    "accommodation", "R: accommodation", (0.02, 1.0, -55.0, 4.0), -65.0, ["shift" = 65.0, "recovery_leak" = 0.0],
        &[(0.0, 0.0), (200.0, 8.0), (200.0, 0.0), (300.0, 0.0), (312.5, 4.0), (312.5, 0.0)];
    "inhibition-induced-spiking", "S: inhibition-induced spiking", (-0.02, -1.0, -60.0, 8.0), -63.8, [], INHIBITED;
    "inhibition-induced-bursting", "T: inhibition-induced bursting", (-0.026, -1.0, -45.0, -2.0), -63.8, [], INHIBITED;
];

impl Izhikevich {
    /// The step in ms with which the source drew the pattern of this preset.
    pub fn pattern_dt_ms(preset: &str) -> f64 {
        match preset {
            "depolarising-after-potential" => 0.1,
            "phasic-bursting" | "spike-latency" | "rebound-spike" | "rebound-burst" => 0.2,
            "accommodation" | "inhibition-induced-spiking" | "inhibition-induced-bursting" => 0.5,
            _ => 0.25,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::Declared;
    use crate::neurons::any::drive_at;
    use crate::neurons::{Input, NeuronModel, Stepper};

    /// Times of the spikes, ms, and the potential before each step, mV.
    fn run(preset: &Preset, until_ms: f64) -> (Vec<f64>, Vec<f64>) {
        let dt_ms = Izhikevich::pattern_dt_ms(preset.id);
        let neuron = Izhikevich::preset(preset.id).expect("a preset").stepper::<f64>(dt_ms);
        let mut state = neuron.rest();
        let (mut spikes, mut potentials) = (Vec::new(), Vec::new());
        for step in 0..(until_ms / dt_ms) as u32 {
            let t_ms = f64::from(step) * dt_ms;
            potentials.push(state[0]);
            if neuron.step(&mut state, Input::current(drive_at(preset, t_ms))).spike > 0.0 {
                spikes.push(t_ms);
            }
        }
        (spikes, potentials)
    }

    fn intervals(spikes: &[f64]) -> Vec<f64> {
        spikes.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// How many spikes follow another within 12 ms, and how many begin anew.
    fn bursts(spikes: &[f64]) -> usize {
        1 + intervals(spikes).iter().filter(|interval| **interval > 12.0).count()
    }

    /// Turning points downwards of the potential from `from` on.
    fn peaks(potentials: &[f64], from: usize) -> usize {
        potentials[from..].windows(3).filter(|v| v[0] < v[1] && v[1] >= v[2]).count()
    }

    #[test]
    fn each_preset_shows_its_pattern() {
        for preset in PATTERNS {
            let until_ms = match preset.id {
                "depolarising-after-potential" => 50.0,
                "frequency-adaptation" => 85.0,
                "tonic-spiking" | "spike-latency" | "integrator" | "threshold-variability" => 100.0,
                "regular-spiking" => 150.0,
                "mixed-mode" => 160.0,
                "class-1" | "class-2" | "bistability" => 300.0,
                "inhibition-induced-spiking" | "inhibition-induced-bursting" => 350.0,
                "resonator" | "accommodation" => 400.0,
                _ => 220.0,
            };
            let (spikes, potentials) = run(preset, until_ms);
            let count = spikes.len();
            let between = intervals(&spikes);
            let last = between.last().copied().unwrap_or(0.0);
            let shows = match preset.id {
                "regular-spiking" | "tonic-spiking" => count == 5 && last > 4.0 * between[0],
                "phasic-spiking" | "subthreshold-oscillation" if count != 1 => false,
                "phasic-spiking" => (spikes[0] - 43.75).abs() < 0.1,
                "tonic-bursting" => bursts(&spikes) >= 4 && count >= 3 * bursts(&spikes),
                "phasic-bursting" => count >= 5 && bursts(&spikes) == 1,
                "mixed-mode" => {
                    between[0] < 5.0 && between[1] < 5.0 && between[2..].iter().all(|i| *i > 30.0)
                }
                "frequency-adaptation" => count >= 6 && between.is_sorted(),
                // From low rates on, each interval shorter than the last.
                "class-1" => {
                    between[0] > 35.0 && last < 0.5 * between[0] && between.is_sorted_by(|a, b| a >= b)
                }
                // From a high rate on, which the same rise of the current hardly doubles.
                "class-2" => between[0] < 25.0 && last < between[0] && last > 0.4 * between[0],
                "spike-latency" => count == 1 && spikes[0] > 12.9 + 10.0,
                "subthreshold-oscillation" => peaks(&potentials, 140) >= 2,
                // Of two pulses 20 ms and two 40 ms apart, only the resonant pair fires.
                "resonator" => count == 1 && spikes[0] > 320.0,
                // Of two pulses 5 ms and two 10 ms apart, only the close pair fires.
                "integrator" => count == 1 && spikes[0] > 14.0 && spikes[0] < 25.0,
                "rebound-spike" => count == 1 && spikes[0] > 25.0,
                "rebound-burst" => count >= 5 && bursts(&spikes) == 1 && spikes[0] > 25.0,
                // The same pulse fires only after inhibition.
                "threshold-variability" => count == 1 && spikes[0] > 80.0,
                // One pulse starts what another one stops.
                "bistability" => count == 5 && spikes[0] > 37.5 && spikes[4] < 216.0,
                "depolarising-after-potential" => {
                    let after = ((spikes[0] + 1.0) / 0.1) as usize;
                    count == 1 && potentials[after..].iter().any(|v| *v > -52.0)
                }
                // The slow ramp to 8 does not fire, the fast one to 4 does.
                "accommodation" => count == 1 && spikes[0] > 300.0,
                "inhibition-induced-spiking" => {
                    count == 3 && spikes.iter().all(|t| (50.0..250.0).contains(t))
                }
                "inhibition-induced-bursting" => {
                    bursts(&spikes) == 2 && count > 8 && spikes.iter().all(|t| (50.0..250.0).contains(t))
                }
                other => panic!("{other} has no test"),
            };
            assert!(shows, "{}: spikes at {spikes:?} ms", preset.id);
        }
        assert_eq!(PATTERNS.len(), 21);
    }
}
