//! The worm: all 279 neurons of *Caenorhabditis elegans* outside the pharynx that have synapses, wired as
//! they are, and touched.
//!
//! The wiring is that of [`crate::data::connectome`]. Touch at the front excites ALM and AVM, touch at the
//! back PLM; by gap junctions and synapses they reach the command neurons, AVD and AVA for going
//! backwards, PVC and AVB for going forwards, and these the motor neurons DA and VA, DB and VB
//! (Chalfie, Sulston, White, Southgate, Thomson & Brenner 1985).
//!
//! Where contacts are is known, how strong they are is not, nor what most neurons do: they seem to
//! answer by degrees, not by spikes. Each is a leaky integrate-and-fire neuron here, a spike standing for
//! a quantum of transmitter, and every contact is as strong as any other. Neurons that release GABA
//! inhibit, and so do touch neurons at their synapses onto command neurons, as Chalfie et al. inferred;
//! all others excite. What comes out is an illustration; what is held to numbers is the wiring. The
//! command neurons do lean to the right side, over a wide range of strengths; the motor neurons follow
//! them at the front, and do not turn round when the back is touched.

use super::{Circuit, Shown, Stimulus, Weighed};
use crate::data::connectome::{Connectome, Link};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::snn::cells::{Composed, Receptor};
use crate::snn::synapses::ExponentialConductance;
use crate::snn::{BackgroundSpec, Connect, GapSpec, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit; conductances are in parts of a neuron's leak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CElegans {
    /// Current into ALM and AVM from 500 to 1,000 ms, as the potential that it holds, mV.
    pub anterior_mv: f64,
    /// The same into PLM.
    pub posterior_mv: f64,
    /// Conductance that a spike opens at each contact.
    pub chemical: f64,
    /// Conductance of a gap junction.
    pub gap: f64,
    /// Spikes from elsewhere that reach each neuron, Hz.
    pub background_hz: f64,
}

impl Default for CElegans {
    fn default() -> Self {
        Self { anterior_mv: 40.0, posterior_mv: 0.0, chemical: 0.025, gap: 0.2, background_hz: 280.0 }
    }
}

/// When the touch begins and ends, ms.
pub const TOUCH_MS: [f64; 2] = [500.0, 1000.0];
/// Classes of neurons that feel touch at the front.
pub const ANTERIOR: [&str; 2] = ["ALM", "AVM"];
/// The same at the back.
pub const POSTERIOR: [&str; 1] = ["PLM"];
/// Command neurons: for going backwards, and for going forwards.
pub const COMMAND: [[&str; 2]; 2] = [["AVA", "AVD"], ["AVB", "PVC"]];

const VARSHNEY_2011: Citation = Citation {
    authors: "Varshney, Chen, Paniagua, Hall, Chklovskii",
    year: 2011,
    title: "Structural properties of the Caenorhabditis elegans neuronal network",
    source: "PLoS Comput. Biol. 7, e1001066",
};
const WHITE_1986: Citation = Citation {
    authors: "White, Southgate, Thomson, Brenner",
    year: 1986,
    title: "The structure of the nervous system of the nematode Caenorhabditis elegans",
    source: "Phil. Trans. R. Soc. B 314, 1–340",
};
const CHALFIE_1985: Citation = Citation {
    authors: "Chalfie, Sulston, White, Southgate, Thomson, Brenner",
    year: 1985,
    title: "The neural circuit for touch sensitivity in Caenorhabditis elegans",
    source: "J. Neurosci. 5, 956–964",
};

const TOUCH: Parameter = Parameter {
    key: "anterior_mv",
    symbol: r"I_\mathrm{ant}",
    unit: Unit::Millivolt,
    range: (0.0, 100.0),
    step: 1.0,
    scale: Scale::Linear,
    default: 40.0,
    meaning: "Touch at the front: current into ALM and AVM.",
};

const fn counted(what: &'static str, expected: f64, tolerance: f64) -> Reference {
    Reference { what, expected, tolerance, unit: Unit::Count, citation: VARSHNEY_2011 }
}

impl Declared for CElegans {
    const DECLARATION: Declaration = Declaration {
        id: "c-elegans",
        title: "The worm's wiring",
        citation: WHITE_1986,
        equations: &[
            r"\tau \dot V_i = -(V_i - E_L) - \textstyle\sum_j g_{ij} (V_i - E_{ij}) - \gamma \sum_j n_{ij} (V_i - V_j) + R I_i",
        ],
        parameters: &[
            TOUCH,
            Parameter {
                key: "posterior_mv",
                symbol: r"I_\mathrm{post}",
                default: 0.0,
                meaning: "Touch at the back: current into PLM.",
                ..TOUCH
            },
            Parameter {
                key: "chemical",
                symbol: "w",
                unit: Unit::One,
                range: (0.0, 0.1),
                step: 0.001,
                default: 0.025,
                meaning: "What a spike opens at each contact, in parts of the leak.",
                ..TOUCH
            },
            Parameter {
                key: "gap",
                symbol: r"\gamma",
                unit: Unit::One,
                range: (0.0, 2.0),
                step: 0.01,
                default: 0.2,
                meaning: "Conductance of a gap junction, in parts of the leak.",
                ..TOUCH
            },
            Parameter {
                key: "background_hz",
                symbol: r"\nu",
                unit: Unit::Hertz,
                range: (0.0, 1000.0),
                step: 10.0,
                default: 280.0,
                meaning: "Spikes from elsewhere that reach each neuron by chance.",
                ..TOUCH
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 0.5,
        presets: &[
            Preset {
                id: "anterior",
                title: "Touch at the front",
                values: &[],
                drive: &[],
                citation: CHALFIE_1985,
            },
            Preset {
                id: "posterior",
                title: "Touch at the back",
                values: &[("anterior_mv", 0.0), ("posterior_mv", 40.0)],
                drive: &[],
                citation: CHALFIE_1985,
            },
        ],
        references: &[
            counted("neurons", 279.0, 0.5),
            counted("chemical synapses (the table of the source adds up to 6,394)", 6393.0, 1.0),
            counted("gap junctions", 890.0, 0.5),
        ],
        not_biological: "An illustration: neurons spike and are all alike, contacts are equally strong, and signs are \
                         guessed from transmitters; there are no peptides, no muscles and no body.",
    };
    declared_fields!(anterior_mv, posterior_mv, chemical, gap, background_hz);
}

/// As many pairs as there are contacts.
fn pairs<'a>(links: impl Iterator<Item = &'a Link>) -> Connect {
    let each = |link: &Link| {
        std::iter::repeat_n((u32::from(link.pre), u32::from(link.post)), usize::from(link.contacts))
    };
    Connect::List(links.flat_map(each).collect())
}

impl Circuit for CElegans {
    const SHOWN: Shown = Shown {
        what: "A touch reaches the command neurons of a worm along its real wiring.",
        span_ms: 2000.0,
        speed: 1.0,
        seed: 1,
        excite: 20.0,
        silence: -60.0,
        weights: Weighed::Leaks,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let worm = Connectome::shipped();
        let belongs = |neuron: u16, classes: &[&str]| {
            classes.iter().any(|class| worm.class(class).any(|own| own == u32::from(neuron)))
        };
        let inhibits = |link: &&Link| {
            worm.gaba[usize::from(link.pre)]
                || belongs(link.pre, &[ANTERIOR.as_slice(), &POSTERIOR].concat())
                    && belongs(link.post, COMMAND.as_flattened())
        };
        let neuron =
            Lif { tau_ms: 20.0, rest_mv: -65.0, reset_mv: -65.0, threshold_mv: -55.0, refractory_ms: 5.0 };
        let receptor = |reversal_mv| Receptor::new(ExponentialConductance { tau_ms: 10.0, reversal_mv });
        let cells = Composed { neuron, receptors: vec![receptor(0.0), receptor(-80.0)] };
        let population = PopulationSpec {
            background: vec![BackgroundSpec { rate_hz: self.background_hz, weight: 0.05, receptor: 0 }],
            initial_mv: Some((-65.0, -55.0)),
            ..PopulationSpec::new("neurons", worm.names.len() as u32, cells)
        };
        let projection = |receptor, connect, strength: f64| {
            ProjectionSpec::new([0, 0], receptor, connect, (strength * self.chemical) as f32, 1.0)
        };
        // A force of 20 mV instead of 60 mV: inhibition is made as strong as excitation.
        NetworkSpec {
            projections: vec![
                projection(0, pairs(worm.chemical.iter().filter(|link| !inhibits(link))), 1.0),
                projection(1, pairs(worm.chemical.iter().filter(inhibits)), 3.0),
            ],
            gaps: vec![GapSpec {
                between: [0, 0],
                connect: pairs(worm.gaps.iter()),
                conductance: self.gap as f32,
            }],
            populations: vec![population],
            ..NetworkSpec::new(0.5, seed)
        }
    }

    fn stimuli(&self) -> Vec<Stimulus> {
        let worm = Connectome::shipped();
        let touched = |classes: &[&str], current: f64| -> Vec<Stimulus> {
            let neurons = classes.iter().flat_map(|class| worm.class(class).collect::<Vec<_>>());
            neurons
                .map(|neuron| Stimulus {
                    population: 0,
                    neurons: neuron..neuron + 1,
                    from_ms: TOUCH_MS[0],
                    until_ms: TOUCH_MS[1],
                    current: current as f32,
                })
                .collect()
        };
        [touched(&ANTERIOR, self.anterior_mv), touched(&POSTERIOR, self.posterior_mv)].concat()
    }
}
