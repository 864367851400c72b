//! A soma with dendrites whose NMDA receptors make each branch a unit of its own.
//!
//! Passive membrane `C dV/dt = g_L(E_L − V) + axial currents`, and at each synapse
//! `I = (g_AMPA(t) + g_NMDA(t)/(1 + [Mg]·e^(−0.062 V)/3.57))·(E − V)`. Depolarisation frees channels from
//! magnesium, which depolarises further: above some number of synapses *on one branch* the branch
//! jumps to a plateau, an NMDA spike. The same number spread over branches can stay below it on each.
//! The soma answers by a threshold. µm, kΩ·cm², nS, mM, mV, ms.
//!
//! ```
//! use cajal::neurons::compartments::NmdaDendrite;
//! let cell = NmdaDendrite::default();
//! let clustered = cell.somatic_peak_mv(&[20, 0, 0, 0])?;
//! let scattered = cell.somatic_peak_mv(&[5, 5, 5, 5])?;
//! assert!(clustered > scattered);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cable::{Branch, Material, Origin};
use super::{
    Cell, CellError, CompartmentModel, Contact, Receptor, Simulation, SimulationError, Synapses, count,
    linear, logarithmic, peak,
};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Preset, Reference, StateVariable, declared_fields,
};
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NmdaDendrite {
    /// Number of branches.
    pub branches: f64,
    /// Compartments of each branch.
    pub compartments: f64,
    /// Length of a branch, µm.
    pub branch_um: f64,
    /// Diameter of a branch, µm.
    pub diameter_um: f64,
    /// Diameter and length of the soma, µm.
    pub soma_um: f64,
    /// Resistance of the membrane, kΩ·cm².
    pub membrane_kohm_cm2: f64,
    /// Resistance of the cytoplasm, Ω·cm.
    pub axial_ohm_cm: f64,
    /// Resting potential, mV.
    pub rest_mv: f64,
    /// Peak AMPA conductance of a synapse, nS.
    pub ampa_ns: f64,
    /// Peak NMDA conductance of a synapse if nothing blocked it, nS.
    pub nmda_ns: f64,
    /// Magnesium outside, mM.
    pub magnesium_mm: f64,
    /// Potential of the soma from which on it fires, mV.
    pub threshold_mv: f64,
}

impl Default for NmdaDendrite {
    fn default() -> Self {
        Self {
            branches: 10.0,
            compartments: 10.0,
            branch_um: 150.0,
            diameter_um: 0.8,
            soma_um: 30.0,
            membrane_kohm_cm2: 10.0,
            axial_ohm_cm: 150.0,
            rest_mv: -75.0,
            ampa_ns: 0.2,
            nmda_ns: 0.6,
            magnesium_mm: 1.0,
            threshold_mv: -55.0,
        }
    }
}

const POIRAZI_2003: Citation = Citation {
    authors: "Poirazi, Brannon, Mel",
    year: 2003,
    title: "Pyramidal neuron as two-layer neural network",
    source: "Neuron 37(6), 989–999, doi:10.1016/S0896-6273(03)00149-1",
};

const JAHR_STEVENS_1990: Citation = Citation {
    authors: "Jahr, Stevens",
    year: 1990,
    title: "Voltage dependence of NMDA-activated macroscopic conductances predicted by single-channel kinetics",
    source: "Journal of Neuroscience 10(9), 3178–3182",
};

impl Declared for NmdaDendrite {
    const DECLARATION: Declaration = Declaration {
        id: "nmda-dendrite",
        title: "Dendrites with NMDA spikes",
        citation: POIRAZI_2003,
        equations: &[
            r"C\frac{dV_i}{dt} = g_L(E_L-V_i) + \sum_j G_{ij}(V_j-V_i) + I_\mathrm{syn}",
            r"I_\mathrm{syn} = \left(g_\mathrm{AMPA}(t) + \frac{g_\mathrm{NMDA}(t)}{1+[\mathrm{Mg}]e^{-0.062V}/3.57}\right)(E-V)",
        ],
        parameters: &[
            count("branches", "B", 100.0, 10.0, "How many branches leave the soma."),
            count("compartments", "N", 500.0, 10.0, "Into how many pieces each branch is cut."),
            logarithmic(
                "branch_um",
                "L",
                Unit::Micrometre,
                (10.0, 1000.0, 1.1),
                150.0,
                "How long a branch is.",
            ),
            logarithmic(
                "diameter_um",
                "d",
                Unit::Micrometre,
                (0.2, 10.0, 1.1),
                0.8,
                "How thick a branch is.",
            ),
            logarithmic("soma_um", r"d_s", Unit::Micrometre, (5.0, 50.0, 1.1), 30.0, "How wide the soma is."),
            logarithmic(
                "membrane_kohm_cm2",
                "R_m",
                Unit::KiloohmSquareCentimetre,
                (1.0, 100.0, 1.1),
                10.0,
                "How well the membrane keeps current in.",
            ),
            linear(
                "axial_ohm_cm",
                "R_i",
                Unit::OhmCentimetre,
                (10.0, 500.0, 5.0),
                150.0,
                "How much the cytoplasm resists current along a branch.",
            ),
            linear(
                "rest_mv",
                "E_L",
                Unit::Millivolt,
                (-100.0, -50.0, 1.0),
                -75.0,
                "Where the potential rests.",
            ),
            linear(
                "ampa_ns",
                r"\hat g_\mathrm{AMPA}",
                Unit::Nanosiemens,
                (0.0, 5.0, 0.05),
                0.2,
                "Peak of the fast conductance of a synapse.",
            ),
            linear(
                "nmda_ns",
                r"\hat g_\mathrm{NMDA}",
                Unit::Nanosiemens,
                (0.0, 5.0, 0.05),
                0.6,
                "Peak of the slow conductance of a synapse, if nothing blocked it.",
            ),
            linear(
                "magnesium_mm",
                r"[\mathrm{Mg}]",
                Unit::Millimolar,
                (0.0, 5.0, 0.1),
                1.0,
                "How much magnesium blocks the slow channels.",
            ),
            linear(
                "threshold_mv",
                r"\vartheta",
                Unit::Millivolt,
                (-70.0, -20.0, 0.5),
                -55.0,
                "From where on the soma fires.",
            ),
        ],
        state: &[StateVariable {
            key: "potential_mv",
            symbol: "V",
            unit: Unit::Millivolt,
            meaning: "Potential of the soma and of each compartment.",
        }],
        drive: Unit::Picoampere,
        integrator: Integrator::CrankNicolson,
        largest_dt_ms: 0.2,
        presets: &[
            Preset {
                id: "ten-branches",
                title: "Ten branches",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: POIRAZI_2003,
            },
            Preset {
                id: "unblocked",
                title: "Without magnesium: no threshold of a branch",
                values: &[("magnesium_mm", 0.0)],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: JAHR_STEVENS_1990,
            },
            Preset {
                id: "seven-branches",
                title: "Seven branches",
                values: &[("branches", 7.0)],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: POIRAZI_2003,
            },
            Preset {
                id: "bound-first",
                title: "Red circle: both features on the same branches",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: POIRAZI_2003,
            },
            Preset {
                id: "bound-second",
                title: "Blue square: both on the other branches",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: POIRAZI_2003,
            },
            Preset {
                id: "unbound-first",
                title: "Red square: the features on different branches",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: POIRAZI_2003,
            },
            Preset {
                id: "unbound-second",
                title: "Blue circle: the features on different branches",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: POIRAZI_2003,
            },
        ],
        references: &[
            Reference {
                what: "share of NMDA channels open at −80 mV under 1 mM magnesium",
                expected: 0.0244,
                tolerance: 0.0001,
                unit: Unit::One,
                citation: JAHR_STEVENS_1990,
            },
            Reference {
                what: "share of NMDA channels open at −40 mV under 1 mM magnesium",
                expected: 0.230,
                tolerance: 0.001,
                unit: Unit::One,
                citation: JAHR_STEVENS_1990,
            },
            Reference {
                what: "bound feature pairs told from unbound ones by spikes of a branch, of four",
                expected: 4.0,
                tolerance: 0.5,
                unit: Unit::Count,
                citation: POIRAZI_2003,
            },
        ],
        not_biological: "Branches are alike and have no sodium or calcium channels, synapses fire once and together, and \
                         the soma's spike is a threshold.",
    };
    declared_fields!(
        branches,
        compartments,
        branch_um,
        diameter_um,
        soma_um,
        membrane_kohm_cm2,
        axial_ohm_cm,
        rest_mv,
        ampa_ns,
        nmda_ns,
        magnesium_mm,
        threshold_mv
    );
}

impl CompartmentModel for NmdaDendrite {
    fn cell(&self) -> Result<Cell, CellError> {
        let branches = self.branches as u32;
        let compartments = self.compartments as u32;
        Cell::check_size(1 + u64::from(branches) * u64::from(compartments))?;
        let mut cell = Cell::new(Material {
            capacitance_uf_cm2: 1.0,
            membrane_kohm_cm2: self.membrane_kohm_cm2,
            axial_ohm_cm: self.axial_ohm_cm,
            leak_mv: self.rest_mv,
        })?;
        cell.grow(Branch {
            from: Origin::Root,
            length_um: self.soma_um,
            diameter_um: self.soma_um,
            compartments: 1,
        })?;
        for _ in 0..branches {
            cell.grow(Branch {
                from: Origin::Centre(0),
                length_um: self.branch_um,
                diameter_um: self.diameter_um,
                compartments,
            })?;
        }
        cell.largest_dt_ms = Self::DECLARATION.largest_dt_ms;
        Ok(cell)
    }

    /// Features of 8 synapses on each of two branches: colours and shapes are there twice, and what belongs
    /// together lies together. The other presets have 20 synapses on one branch.
    fn synapses(&self, _cell: &Cell, preset: &str) -> Synapses {
        let synapses: &[u32] = match preset {
            "bound-first" => &[16, 16, 0, 0],
            "bound-second" => &[0, 0, 16, 16],
            "unbound-first" | "unbound-second" => &[8, 8, 8, 8],
            _ => &[20],
        };
        let contacts = self.volley(synapses).into_iter();
        // Later than a volley by itself, so that a trace shows the rest before it.
        Synapses {
            contacts: contacts.map(|one| Contact { at_ms: 10.0, ..one }).collect(),
            ..Synapses::default()
        }
    }

    fn threshold_mv(&self) -> f64 {
        self.threshold_mv
    }
}

impl NmdaDendrite {
    /// The compartment of a place on a branch: `along` is 0 at the soma and 1 at the tip.
    pub fn place(&self, branch: u32, along: f64) -> u32 {
        let compartments = self.compartments as u32;
        let within = (along * self.compartments) as u32;
        1 + branch * compartments + within.min(compartments.saturating_sub(1))
    }

    /// One spike at a synapse: both kinds of channels.
    pub fn synapse(&self, compartment: u32, at_ms: f64) -> [Contact; 2] {
        let nmda = Receptor { magnesium_mm: self.magnesium_mm, ..Receptor::NMDA };
        [
            Contact { compartment, receptor: Receptor::AMPA, peak_ns: self.ampa_ns, at_ms },
            Contact { compartment, receptor: nmda, peak_ns: self.nmda_ns, at_ms },
        ]
    }

    /// Spikes at `synapses[branch]` synapses in the middle of each branch, all at 1 ms.
    pub fn volley(&self, synapses: &[u32]) -> Vec<Contact> {
        let branches = (0..self.branches as u32).zip(synapses);
        branches
            .flat_map(|(branch, count)| {
                let synapse = self.synapse(self.place(branch, 0.5), 1.0);
                // Synapses at one place that are active together are one of their summed conductance.
                synapse.map(|contact| Contact { peak_ns: contact.peak_ns * f64::from(*count), ..contact })
            })
            .collect()
    }

    /// The highest potential of the soma after a [`volley`](Self::volley), mV.
    ///
    /// # Errors
    /// As [`Simulation::advance`].
    pub fn somatic_peak_mv(&self, synapses: &[u32]) -> Result<f64, SimulationError> {
        let mut simulation = Simulation::new(&self.cell()?)?;
        let peak = peak(&mut simulation, &self.volley(synapses), 0, (0.1, 150.0))?;
        Ok(peak.potential_mv)
    }

    /// Whether a volley makes the soma fire.
    ///
    /// # Errors
    /// As [`Simulation::advance`].
    pub fn fires(&self, synapses: &[u32]) -> Result<bool, SimulationError> {
        Ok(self.somatic_peak_mv(synapses)? >= self.threshold_mv)
    }
}
