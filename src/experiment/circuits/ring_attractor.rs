//! Ring attractor: a bump of activity keeps a place in mind after the cue is gone.
//!
//! Excitatory neurons stand on a ring of directions and excite each other the more the nearer they are,
//! `W(Δ) = J⁻ + (J⁺ − J⁻)·e^(−Δ²/2σ²)` with a mean of 1, by slow NMDA receptors; inhibitory neurons hear
//! and inhibit all (Compte, Brunel, Goldman-Rakic & Wang 2000, with its neurons, conductances, receptors
//! and background). A cue starts a bump that lasts. All places are alike to the network, so nothing
//! holds the bump where it is: chance pushes it about, and the variance of its place grows with time.
//!
//! Channels of a synapse that are open already cannot open again: in the source
//! `ds/dt = −s/τ_s + α·x·(1 − s)` for each synapse, where a spike brings `x` that fades in 2 ms. What a
//! spike opens is thus `U·(1 − s)` with `U = 1 − e^(−2α)`, and `1 − s` recovers with `τ_s`: a linear
//! receptor behind short-term depression with that `U` and that time of recovery, which all synapses of
//! a source share. The profile is drawn as [`BANDS`] steps; with fewer neurons than the source's 2,048,
//! conductances rise by as much.

use super::shown::Window;
use super::{Circuit, Reading, Shown, Stimulus, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::snn::cells::{Composed, Receptor};
use crate::snn::short_term::ShortTerm;
use crate::snn::synapses::{ExponentialConductance, Nmda};
use crate::snn::{BackgroundSpec, Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RingAttractor {
    /// Excitatory neurons; there are a quarter as many inhibitory ones.
    pub count: f64,
    /// Weight J⁺ between neighbours, relative to the mean.
    pub peak: f64,
    /// Width σ of the profile, degrees.
    pub width_deg: f64,
    /// Place of the cue, degrees.
    pub cue_deg: f64,
    /// Current of the cue as the potential that it holds, mV.
    pub cue_mv: f64,
}

impl Default for RingAttractor {
    fn default() -> Self {
        Self { count: 1024.0, peak: 1.62, width_deg: 18.0, cue_deg: 180.0, cue_mv: 8.0 }
    }
}

/// Steps of which the profile is made.
pub const BANDS: u32 = 24;
/// When the cue begins and ends, ms.
pub const CUE_MS: [f64; 2] = [500.0, 750.0];
/// How far the cue reaches on either side, degrees.
const CUE_REACH_DEG: f64 = 18.0;
/// Excitatory neurons of the source.
const FULL: f64 = 2048.0;

/// Over how long the bump is read, ms.
const READ_MS: f64 = 100.0;

const COMPTE_2000: Citation = Citation {
    authors: "Compte, Brunel, Goldman-Rakic, Wang",
    year: 2000,
    title: "Synaptic mechanisms and network dynamics underlying spatial working memory in a cortical network model",
    source: "Cereb. Cortex 10, 910–923",
};

const COUNT: Parameter = Parameter {
    key: "count",
    symbol: "N",
    unit: Unit::Count,
    range: (64.0, 4096.0),
    step: 64.0,
    scale: Scale::Integer,
    default: 1024.0,
    meaning: "Excitatory neurons; the fewer, the faster chance moves the bump.",
};

impl Declared for RingAttractor {
    const DECLARATION: Declaration = Declaration {
        id: "ring-attractor",
        title: "Ring attractor (working memory)",
        citation: COMPTE_2000,
        equations: &[
            r"\tau \dot V = -(V - E_L) - g_A (V - E_A) - g_N B(V) (V - E_N) - g_G (V - E_G)",
            r"W(\Delta) = J^- + (J^+ - J^-)\, e^{-\Delta^2/2\sigma^2}",
            r"\langle(\theta(t + T) - \theta(t))^2\rangle = 2 D\, T",
        ],
        parameters: &[
            COUNT,
            Parameter {
                key: "peak",
                symbol: "J^+",
                unit: Unit::One,
                range: (1.0, 2.5),
                step: 0.01,
                scale: Scale::Linear,
                default: 1.62,
                meaning: "How much stronger neighbours are connected than all are in the mean.",
            },
            Parameter {
                key: "width_deg",
                symbol: r"\sigma",
                unit: Unit::Degree,
                range: (5.0, 60.0),
                step: 0.1,
                scale: Scale::Linear,
                default: 18.0,
                meaning: "How far neighbours reach.",
            },
            Parameter {
                key: "cue_deg",
                symbol: r"\theta_0",
                unit: Unit::Degree,
                range: (0.0, 360.0),
                step: 1.0,
                scale: Scale::Linear,
                default: 180.0,
                meaning: "Where the cue is.",
            },
            Parameter {
                key: "cue_mv",
                symbol: r"I_\mathrm{cue}/g_L",
                unit: Unit::Millivolt,
                range: (0.0, 20.0),
                step: 0.5,
                scale: Scale::Linear,
                default: 8.0,
                meaning: "How strong the cue is.",
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 0.1,
        presets: &[
            Preset {
                id: "flat",
                title: "No structure: nothing is remembered",
                values: &[("peak", 1.0)],
                drive: &[],
                citation: COMPTE_2000,
            },
            Preset {
                id: "full",
                title: "As many neurons as in the source",
                values: &[("count", 2048.0)],
                drive: &[],
                citation: COMPTE_2000,
            },
        ],
        references: &[Reference {
            what: "exponent with which the drift of the bump grows with time, 0.25 to 2 s, 16 networks",
            expected: 0.5,
            tolerance: 0.1,
            unit: Unit::One,
            citation: COMPTE_2000,
        }],
        not_biological: "All neurons of a kind are alike and the profile is the same everywhere, so any place can be kept; \
                         unevenness of real networks would hold the bump at some places.",
    };
    declared_fields!(count, peak, width_deg, cue_deg, cue_mv);
}

// Place of each receptor in the list of a neuron.
const AMPA: usize = 0;
const NMDA: usize = 1;
const GABA: usize = 2;

impl RingAttractor {
    /// The weight at a distance, relative to the mean over the ring.
    pub fn profile(&self, apart_deg: f64) -> f64 {
        let gauss = |deg: f64| libm::exp(-0.5 * (deg / self.width_deg) * (deg / self.width_deg));
        let mean = (0..360).map(|deg| gauss(f64::from(deg) - 179.5)).sum::<f64>() / 360.0;
        let far = (1.0 - self.peak * mean) / (1.0 - mean);
        far + (self.peak - far) * gauss(apart_deg)
    }

    /// Where the activity of these spikes of the excitatory neurons lies on the ring, degrees from 0 to
    /// 360, and how concentrated it is: 0 where it is even, 1 where all of it is at one place.
    pub fn place(counts: &[u32]) -> (f64, f64) {
        let (mut x, mut y, mut all) = (0.0, 0.0, 0.0);
        for (neuron, &spikes) in counts.iter().enumerate() {
            let angle = 2.0 * core::f64::consts::PI * neuron as f64 / counts.len() as f64;
            let spikes = f64::from(spikes);
            (x, y, all) = (x + spikes * libm::cos(angle), y + spikes * libm::sin(angle), all + spikes);
        }
        let concentration = if all > 0.0 { (x * x + y * y).sqrt() / all } else { 0.0 };
        (libm::atan2(y, x).to_degrees().rem_euclid(360.0), concentration)
    }
}

impl Circuit for RingAttractor {
    const SHOWN: Shown = Shown {
        what: "A bump of activity keeps a place in mind after the cue is gone.",
        span_ms: 4000.0,
        speed: 1.0,
        seed: 1,
        excite: 8.0,
        silence: -2000.0,
        weights: Weighed::Leaks,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let nmda = Nmda { alpha: 1.0, beta: 0.01, reversal_mv: 0.0, magnesium_mm: 1.0 };
        // Conductances are in parts of the leak: 25 nS of an excitatory, 20 nS of an inhibitory neuron.
        let population = |name: &str, count: f64, tau_ms, refractory_ms, background: f64| {
            let neuron = Lif { tau_ms, rest_mv: -70.0, reset_mv: -60.0, threshold_mv: -50.0, refractory_ms };
            let fast = |tau_ms, reversal_mv| Receptor::new(ExponentialConductance { tau_ms, reversal_mv });
            let receptors = vec![fast(2.0, 0.0), Receptor::new(nmda), fast(10.0, -70.0)];
            PopulationSpec {
                background: vec![BackgroundSpec {
                    rate_hz: 1800.0,
                    weight: background as f32,
                    receptor: AMPA,
                }],
                initial_mv: Some((-70.0, -50.0)),
                ..PopulationSpec::new(name, count as u32, Composed { neuron, receptors })
            }
        };
        let scale = FULL / self.count;
        let saturating =
            ShortTerm { use_fraction: 1.0 - libm::exp(-1.0), recovery_ms: 100.0, facilitation_ms: 0.0 };
        let slow = |pair, connect, conductance: f64| ProjectionSpec {
            short_term: Some(saturating),
            ..ProjectionSpec::new(
                pair,
                NMDA,
                connect,
                (scale * conductance / nmda.pulse().peak()) as f32,
                1.0,
            )
        };
        let all = || Connect::AllToAll { to_itself: true };
        let inhibition = |target, conductance: f64| {
            ProjectionSpec::new([1, target], GABA, all(), (scale * conductance) as f32, 1.0)
        };
        let mut projections =
            vec![slow([0, 1], all(), 0.292 / 20.0), inhibition(0, 1.336 / 25.0), inhibition(1, 1.024 / 20.0)];
        projections.extend((0..BANDS).map(|band| {
            let [near, far] = [band, band + 1].map(|edge| 0.5 * f64::from(edge) / f64::from(BANDS));
            let weight = self.profile(180.0 * (near + far)) * 0.381 / 25.0;
            // The last one includes the opposite place.
            let far = if band + 1 == BANDS { 1.0 } else { far };
            slow([0, 0], Connect::Band { near, far }, weight)
        }));
        NetworkSpec {
            populations: vec![
                population("excitatory", self.count, 20.0, 2.0, 3.1 / 25.0),
                population("inhibitory", (self.count / 4.0).max(1.0), 10.0, 1.0, 2.38 / 20.0),
            ],
            projections,
            ..NetworkSpec::new(0.1, seed)
        }
    }

    fn stimuli(&self) -> Vec<Stimulus> {
        let count = self.count as i64;
        let at = |deg: f64| libm::round(deg / 360.0 * self.count) as i64;
        let [first, end] = [-CUE_REACH_DEG, CUE_REACH_DEG].map(|reach| at(self.cue_deg + reach));
        // A cue near 0 goes around.
        let pieces = [first + count..end + count, first..end, first - count..end - count];
        let inside = pieces.into_iter().map(|piece| piece.start.clamp(0, count)..piece.end.clamp(0, count));
        inside
            .filter(|piece| !piece.is_empty())
            .map(|piece| Stimulus {
                population: 0,
                neurons: piece.start as u32..piece.end as u32,
                from_ms: CUE_MS[0],
                until_ms: CUE_MS[1],
                current: self.cue_mv as f32,
            })
            .collect()
    }

    fn read_from(&self) -> Option<Window> {
        Some((0, READ_MS))
    }

    fn read(&self, counts: Vec<u32>) -> Option<Reading> {
        let (value, concentration) = Self::place(&counts);
        let silent = counts.iter().all(|&count| count == 0);
        Some(Reading {
            population: 0,
            unit: Unit::Degree,
            value: if silent { f64::NAN } else { value },
            wanted: self.cue_deg,
            concentration: Some(concentration),
            range: [0.0, 360.0],
            circular: true,
            counts,
        })
    }
}
