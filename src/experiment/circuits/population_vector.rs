//! Population vector: many broadly tuned neurons together tell the direction of a movement.
//!
//! Neuron `i` prefers the direction `φ_i` and fires by chance at the rate
//! `f_i = b + m·cos(θ − φ_i)` (Georgopoulos, Kalaska, Caminiti & Massey 1982). Each votes for its
//! direction with as many spikes as it fired beyond `b·T`; the sum of the votes,
//! `P = Σ (n_i − b·T)·u(φ_i)`, points along the movement (Georgopoulos, Schwartz & Kettner 1986).
//!
//! Counts of Poisson neurons leave an error of `√(2b/(N·T))/m` (radians, `N` neurons with evenly spread
//! preferences, time `T`): across the movement the votes have the variance `N·T·b/2`, along it the mean
//! `N·T·m/2`. It falls with `N^(−1/2)` (Seung & Sompolinsky 1993). Preferences are evenly spread here.
//!
//! ```
//! use cajal::experiment::circuits::PopulationVector;
//! let counts = [20, 10, 0, 10]; // they prefer 0°, 90°, 180° and 270°
//! assert!(PopulationVector { baseline_hz: 20.0, ..Default::default() }.decoded_deg(&counts, 500.0).abs() < 1e-9);
//! ```

use super::shown::Window;
use super::{Circuit, Reading, Shown, Stimulus, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Preset, Reference, Scale,
    declared_fields,
};
use crate::neurons::EscapeNoise;
use crate::snn::cells::Composed;
use crate::snn::{NetworkSpec, PopulationSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PopulationVector {
    /// Direction θ of the movement, degrees.
    pub direction_deg: f64,
    /// Number of neurons N.
    pub count: f64,
    /// Rate b between the preferred and the opposite direction, Hz.
    pub baseline_hz: f64,
    /// Depth m of the tuning, Hz.
    pub depth_hz: f64,
}

impl Default for PopulationVector {
    fn default() -> Self {
        Self { direction_deg: 45.0, count: 224.0, baseline_hz: 20.0, depth_hz: 15.0 }
    }
}

/// Over how long votes are counted, ms.
const READ_MS: f64 = 500.0;

const GEORGOPOULOS_1986: Citation = Citation {
    authors: "Georgopoulos, Schwartz, Kettner",
    year: 1986,
    title: "Neuronal population coding of movement direction",
    source: "Science 233, 1416–1419",
};
const GEORGOPOULOS_1982: Citation = Citation {
    authors: "Georgopoulos, Kalaska, Caminiti, Massey",
    year: 1982,
    title: "On the relations between the direction of two-dimensional arm movements and cell discharge in primate motor cortex",
    source: "J. Neurosci. 2, 1527–1537",
};
const SEUNG_1993: Citation = Citation {
    authors: "Seung, Sompolinsky",
    year: 1993,
    title: "Simple models for reading neuronal population codes",
    source: "Proc. Natl. Acad. Sci. USA 90, 10749–10753",
};

const RATE: Parameter = Parameter {
    key: "baseline_hz",
    symbol: "b",
    unit: Unit::Hertz,
    range: (1.0, 50.0),
    step: 1.0,
    scale: Scale::Linear,
    default: 20.0,
    meaning: "Rate in directions at a right angle to the preferred one.",
};

impl Declared for PopulationVector {
    const DECLARATION: Declaration = Declaration {
        id: "population-vector",
        title: "Population vector",
        citation: GEORGOPOULOS_1986,
        equations: &[
            r"f_i(\theta) = b + m \cos(\theta - \varphi_i)",
            r"\mathbf P = \sum_i (n_i - b\,T)\,\mathbf u(\varphi_i)",
            r"\sigma_\theta = \frac{1}{m}\sqrt{\frac{2 b}{N T}}",
        ],
        parameters: &[
            Parameter {
                key: "direction_deg",
                symbol: r"\theta",
                unit: Unit::Degree,
                range: (0.0, 360.0),
                default: 45.0,
                meaning: "Where the movement goes.",
                ..RATE
            },
            Parameter {
                key: "count",
                symbol: "N",
                unit: Unit::Count,
                range: (4.0, 4096.0),
                scale: Scale::Integer,
                default: 224.0,
                meaning: "How many neurons vote.",
                ..RATE
            },
            RATE,
            Parameter {
                key: "depth_hz",
                symbol: "m",
                range: (0.0, 50.0),
                default: 15.0,
                meaning: "How much the preferred direction adds to that, and the opposite one takes away.",
                ..RATE
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 1.0,
        presets: &[Preset {
            id: "few",
            title: "Sixteen neurons",
            values: &[("count", 16.0)],
            drive: &[],
            citation: SEUNG_1993,
        }],
        references: &[
            Reference {
                what: "exponent with which the error of the direction falls with the number of neurons, 16 to 1024",
                expected: -0.5,
                tolerance: 0.1,
                unit: Unit::One,
                citation: SEUNG_1993,
            },
            Reference {
                what: "error of the direction of 256 neurons after 500 ms, from the variance of Poisson counts",
                expected: 2.135,
                tolerance: 0.4,
                unit: Unit::Degree,
                citation: SEUNG_1993,
            },
            Reference {
                what: "part of the variance of rates over eight directions that a cosine explains, at least 0.7 in 81 % of cells",
                expected: 1.0,
                tolerance: 0.3,
                unit: Unit::One,
                citation: GEORGOPOULOS_1982,
            },
        ],
        not_biological: "Preferred directions are evenly spread over a plane, all neurons are tuned as sharply and fire by \
                         chance independently of each other; what they share in a brain would limit the gain from numbers.",
    };
    declared_fields!(direction_deg, count, baseline_hz, depth_hz);

    fn check(&self) -> Result<(), ParameterError> {
        if self.depth_hz < self.baseline_hz {
            return Ok(());
        }
        let (depth, baseline) = (self.depth_hz, self.baseline_hz);
        let why = format!("a depth of {depth} Hz would make rates negative; the baseline is {baseline} Hz");
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

/// The unit whose momentary rate is `ρ_θ·e^((V − θ)/Δ)`; it recovers from a spike within a millisecond.
const NEURON: EscapeNoise = EscapeNoise {
    tau_ms: 0.5,
    rest_mv: -60.0,
    reset_mv: -60.0,
    threshold_mv: -50.0,
    threshold_rate_per_ms: 0.1,
    softness_mv: 2.0,
    refractory_ms: 0.0,
};

impl PopulationVector {
    fn preferred(neuron: u32, count: u32) -> f64 {
        2.0 * core::f64::consts::PI * f64::from(neuron) / f64::from(count)
    }

    /// Rate of a neuron, Hz.
    pub fn rate_hz(&self, neuron: u32) -> f64 {
        let preferred = Self::preferred(neuron, self.count as u32);
        self.baseline_hz + self.depth_hz * libm::cos(self.direction_deg.to_radians() - preferred)
    }

    /// The direction to which the neurons that fired so many spikes in `time_ms` point, −180° to 180°.
    pub fn decoded_deg(&self, counts: &[u32], time_ms: f64) -> f64 {
        let expected = self.baseline_hz * time_ms * 1e-3;
        let [x, y] = (0..).zip(counts).fold([0.0, 0.0], |[x, y], (neuron, &spikes)| {
            let (angle, vote) = (Self::preferred(neuron, counts.len() as u32), f64::from(spikes) - expected);
            [x + vote * libm::cos(angle), y + vote * libm::sin(angle)]
        });
        libm::atan2(y, x).to_degrees()
    }
}

impl Circuit for PopulationVector {
    const SHOWN: Shown = Shown {
        what: "Many neurons that are each unsure tell a direction exactly, together.",
        span_ms: 1000.0,
        speed: 1.0,
        seed: 1,
        excite: 4.0,
        silence: -30.0,
        weights: Weighed::Millivolts,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let cells = Composed { neuron: NEURON, receptors: Vec::new() };
        NetworkSpec {
            populations: vec![PopulationSpec::new("motor cortex", self.count as u32, cells)],
            ..NetworkSpec::new(0.5, seed)
        }
    }

    /// Each neuron is held where its momentary rate is that of its tuning.
    fn stimuli(&self) -> Vec<Stimulus> {
        let held_mv = |neuron: u32| {
            let rate_per_ms = self.rate_hz(neuron).max(0.01) * 1e-3;
            let above_mv = NEURON.softness_mv * libm::log(rate_per_ms / NEURON.threshold_rate_per_ms);
            NEURON.threshold_mv + above_mv - NEURON.rest_mv
        };
        let stimulus = |neuron| Stimulus {
            population: 0,
            neurons: neuron..neuron + 1,
            from_ms: 0.0,
            until_ms: f64::INFINITY,
            current: held_mv(neuron) as f32,
        };
        (0..self.count as u32).map(stimulus).collect()
    }

    fn read_from(&self) -> Option<Window> {
        Some((0, READ_MS))
    }

    fn read(&self, counts: Vec<u32>) -> Option<Reading> {
        let silent = counts.iter().all(|&count| count == 0);
        let value = self.decoded_deg(&counts, READ_MS).rem_euclid(360.0);
        Some(Reading {
            population: 0,
            unit: Unit::Degree,
            value: if silent { f64::NAN } else { value },
            wanted: self.direction_deg,
            concentration: None,
            range: [0.0, 360.0],
            circular: true,
            counts,
        })
    }
}
