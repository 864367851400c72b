//! Jeffress' array: which of many coincidence detectors answers tells where a sound comes from.
//!
//! Fibres of both ears fire at a phase of the tone, the ear that is turned away later by
//! `ITD = a/c·(α + sin α)` (Woodworth 1938; head of radius `a`, sound at the angle `α` in front, speed
//! of sound `c`). Detector `k` hears the right ear `k·δ/2` later and the left ear as much earlier than
//! the middle one does, so both arrive together where `k·δ` makes up for the ITD (Jeffress 1948). In
//! the barn owl axons are such delay lines (Carr & Konishi 1990).
//!
//! Delays are steps of 10 µs, detectors 20 µs apart. [`Jeffress::place_us`] reads the place out.

use super::shown::Window;
use super::{Circuit, Reading, Shown, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::order;
use crate::rng::{Stream, StreamId};
use crate::snn::cells::{LifDelta, SpikeSource};
use crate::snn::{Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jeffress {
    /// Direction of the sound, degrees to the right of straight ahead.
    pub azimuth_deg: f64,
    /// Pitch of the tone, Hz.
    pub frequency_hz: f64,
    /// Standard deviation of a spike from its phase, µs.
    pub jitter_us: f64,
    /// Fibres of an ear.
    pub fibres: f64,
}

impl Default for Jeffress {
    fn default() -> Self {
        Self { azimuth_deg: 30.0, frequency_hz: 500.0, jitter_us: 150.0, fibres: 20.0 }
    }
}

/// How long the tone lasts, ms.
pub const TONE_MS: f64 = 400.0;
/// Detectors on either side of the middle one.
pub const SIDE: i32 = 40;
/// What the internal delays of neighbours differ by, µs: two steps.
pub const SPACING_US: f64 = 20.0;
/// Index of the population of detectors, behind the left and the right ear.
pub const DETECTORS: usize = 2;

const DT_MS: f64 = 0.01;
/// Both delays of the middle detector, ms.
const MIDDLE_MS: f64 = 0.6;
const HEAD_RADIUS_M: f64 = 0.0875;
const SOUND_M_PER_S: f64 = 343.0;
/// The chance of a fibre to fire in a cycle.
const FIRES: f64 = 0.5;

const JEFFRESS_1948: Citation = Citation {
    authors: "Jeffress",
    year: 1948,
    title: "A place theory of sound localization",
    source: "J. Comp. Physiol. Psychol. 41, 35–39",
};
const WOODWORTH_1938: Citation = Citation {
    authors: "Woodworth",
    year: 1938,
    title: "Experimental Psychology",
    source: "Holt, New York, 520–523",
};
const CARR_KONISHI_1990: Citation = Citation {
    authors: "Carr, Konishi",
    year: 1990,
    title: "A circuit for detection of interaural time differences in the brain stem of the barn owl",
    source: "J. Neurosci. 10, 3227–3246",
};

const ANGLE: Parameter = Parameter {
    key: "azimuth_deg",
    symbol: r"\alpha",
    unit: Unit::Degree,
    range: (-90.0, 90.0),
    step: 1.0,
    scale: Scale::Linear,
    default: 30.0,
    meaning: "Where the sound comes from, to the right of straight ahead.",
};

impl Declared for Jeffress {
    const DECLARATION: Declaration = Declaration {
        id: "jeffress",
        title: "Coincidence detection with delay lines",
        citation: JEFFRESS_1948,
        equations: &[
            r"\mathrm{ITD} = \frac{a}{c}\,(\alpha + \sin\alpha)",
            r"d_\mathrm{right}(k) - d_\mathrm{left}(k) = k\,\delta",
            r"\tau\,\dot V = -V,\quad V \leftarrow V + J",
        ],
        parameters: &[
            ANGLE,
            Parameter {
                key: "frequency_hz",
                symbol: "f",
                unit: Unit::Hertz,
                range: (200.0, 2000.0),
                step: 50.0,
                default: 500.0,
                meaning: "Pitch of the tone; above some 700 Hz the array has two answers that differ by a cycle.",
                ..ANGLE
            },
            Parameter {
                key: "jitter_us",
                symbol: r"\sigma",
                unit: Unit::Microsecond,
                range: (0.0, 300.0),
                step: 10.0,
                default: 150.0,
                meaning: "How far spikes stray from their phase of the tone.",
                ..ANGLE
            },
            Parameter {
                key: "fibres",
                symbol: "n",
                unit: Unit::Count,
                range: (5.0, 100.0),
                scale: Scale::Integer,
                default: 20.0,
                meaning: "Fibres that come from each ear.",
                ..ANGLE
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: DT_MS,
        presets: &[
            Preset {
                id: "ahead",
                title: "Straight ahead",
                values: &[("azimuth_deg", 0.0)],
                drive: &[],
                citation: JEFFRESS_1948,
            },
            Preset {
                id: "ambiguous",
                title: "High tone: two places",
                values: &[("azimuth_deg", 40.0), ("frequency_hz", 1500.0), ("jitter_us", 60.0)],
                drive: &[],
                citation: CARR_KONISHI_1990,
            },
        ],
        references: &[
            Reference {
                what: "largest difference of arrival for a human head, sound from one side",
                expected: 656.0,
                tolerance: 1.0,
                unit: Unit::Microsecond,
                citation: WOODWORTH_1938,
            },
            Reference {
                what: "root mean square between the best detector's delay and the difference of arrival, −80° to 80°",
                expected: 0.0,
                tolerance: 20.0,
                unit: Unit::Microsecond,
                citation: JEFFRESS_1948,
            },
        ],
        not_biological: "All fibres of an ear are alike and so are their detours to a detector; mammals seem to compare \
                         the activity of two broad channels, with inhibition, instead of a map of places.",
    };
    declared_fields!(azimuth_deg, frequency_hz, jitter_us, fibres);
}

impl Jeffress {
    /// How much earlier the right ear hears it, µs.
    pub fn itd_us(&self) -> f64 {
        let angle = self.azimuth_deg.to_radians();
        1e6 * HEAD_RADIUS_M / SOUND_M_PER_S * (angle + libm::sin(angle))
    }

    /// The delay in µs that the most active detectors make up for: the mean over those with more than
    /// half of the largest count, weighted by what lies above that half.
    pub fn place_us(counts: &[u32]) -> f64 {
        let half = 0.5 * f64::from(counts.iter().copied().max().unwrap_or(0));
        let above = (-SIDE..).zip(counts).map(|(k, &count)| (f64::from(k), f64::from(count) - half));
        let (sum, weight) = above
            .filter(|&(_, above)| above > 0.0)
            .fold((0.0, 0.0), |(sum, weight), (k, above)| (sum + k * above, weight + above));
        SPACING_US * sum / weight
    }

    /// Spikes of the fibres of an ear that hears the tone `late_us` after the other.
    fn ear(&self, late_us: f64, draws: Stream) -> Vec<Vec<f64>> {
        let period_ms = 1000.0 / self.frequency_hz;
        let cycles = (TONE_MS / period_ms) as u64;
        let fibre = |fibre: u64| {
            let heard = (0..cycles).filter(|&cycle| draws.uniform_f64(2 * fibre, cycle) < FIRES);
            let mut times: Vec<f64> = heard
                .map(|cycle| {
                    let jitter_ms = 1e-3 * self.jitter_us * draws.normal_f64(2 * fibre + 1, cycle);
                    (1.0 + cycle as f64 * period_ms + 1e-3 * late_us + jitter_ms).max(0.0)
                })
                .collect();
            order::sort_by(&mut times, f64::total_cmp);
            times
        };
        (0..self.fibres as u64).map(fibre).collect()
    }
}

impl Circuit for Jeffress {
    const SHOWN: Shown = Shown {
        what: "A tone of 400 ms in two ears: the place of the busiest detector tells where it comes from.",
        span_ms: 400.0,
        speed: 0.1,
        seed: 1,
        excite: 1.5,
        silence: -5.0,
        weights: Weighed::Millivolts,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let draws = Stream::new(seed, StreamId::Stimulus);
        let itd_us = self.itd_us();
        let ear = |name, late_us: f64, number| {
            let trains = self.ear(late_us, draws.sub(number));
            SpikeSource::population(name, &trains)
                .unwrap_or_else(|why| panic!("sorted times of 5 to 100 fibres: {why}"))
        };
        let neuron = Lif { tau_ms: 0.3, rest_mv: 0.0, reset_mv: 0.0, threshold_mv: 1.0, refractory_ms: 1.0 };
        // Both ears together fire `n` spikes a cycle. Where they coincide, half of that is enough.
        let weight = 1.0 / (0.5 * self.fibres);
        let detectors = PopulationSpec::new("detectors", 2 * SIDE as u32 + 1, LifDelta { neuron });
        let fibres = self.fibres as u32;
        let projections = (-SIDE..=SIDE).flat_map(|k| {
            let detector = (k + SIDE) as u32;
            let detour_ms = 0.5e-3 * SPACING_US * f64::from(k);
            [(0, MIDDLE_MS - detour_ms), (1, MIDDLE_MS + detour_ms)].map(|(ear, delay_ms)| {
                let pairs = (0..fibres).map(|fibre| (fibre, detector)).collect();
                ProjectionSpec::new([ear, DETECTORS], 0, Connect::List(pairs), weight as f32, delay_ms)
            })
        });
        NetworkSpec {
            projections: projections.collect(),
            populations: vec![
                ear("left ear", itd_us.max(0.0), 0),
                ear("right ear", (-itd_us).max(0.0), 1),
                detectors,
            ],
            ..NetworkSpec::new(DT_MS, seed)
        }
    }

    fn read_from(&self) -> Option<Window> {
        // Longer than the tone: the answer stays.
        Some((DETECTORS, 10.0 * TONE_MS))
    }

    fn read(&self, counts: Vec<u32>) -> Option<Reading> {
        let end = |k: i32| SPACING_US * f64::from(k);
        Some(Reading {
            population: DETECTORS,
            unit: Unit::Microsecond,
            value: Self::place_us(&counts),
            wanted: self.itd_us(),
            concentration: None,
            range: [end(-SIDE), end(SIDE + 1)],
            circular: false,
            counts,
        })
    }
}
