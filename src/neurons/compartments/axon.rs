//! The squid's giant axon as a cable of excitable compartments: a spike that travels.
//!
//! `(d/4R_i) ∂²V/∂x² = C ∂V/∂t − g_Na m³h(E_Na − V) − g_K n⁴(E_K − V) − g_L(E_L − V)`, gates and rates
//! as in [`super::cable::squid_channels`]. For one membrane the velocity grows with `√d`: distances
//! scale with it and times stay. A spike leaves a refractory membrane behind, so two that meet end each
//! other. µm, mS/cm², Ω·cm, mV, ms, °C; the current enters at one end.
//!
//! ```
//! use cajal::neurons::compartments::SquidAxon;
//! let velocity = SquidAxon::default().conduction_m_s(0.005)?.expect("a spike");
//! assert!((velocity - 18.74).abs() < 0.4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cable::{Branch, Material, Origin, SquidChannels};
use super::{Cell, CellError, CompartmentModel, Simulation, SimulationError, count, linear, logarithmic};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, StateVariable, declared_fields,
};
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SquidAxon {
    /// Diameter, µm.
    pub diameter_um: f64,
    /// Length, µm.
    pub length_um: f64,
    /// Number of compartments.
    pub compartments: f64,
    /// Resistance of the axoplasm, Ω·cm.
    pub axial_ohm_cm: f64,
    /// Temperature, °C.
    pub celsius: f64,
    /// Capacitance of the membrane, µF/cm².
    pub capacitance_uf_cm2: f64,
    /// Sodium conductance with all gates open, mS/cm².
    pub sodium_ms_cm2: f64,
    /// Potassium conductance with all gates open, mS/cm².
    pub potassium_ms_cm2: f64,
    /// Leak, mS/cm².
    pub leak_ms_cm2: f64,
    /// Reversal potential of sodium, mV.
    pub sodium_mv: f64,
    /// Reversal potential of potassium, mV.
    pub potassium_mv: f64,
    /// Reversal potential of the leak, mV.
    pub leak_mv: f64,
}

impl Default for SquidAxon {
    fn default() -> Self {
        Self {
            diameter_um: 476.0,
            length_um: 60_000.0,
            compartments: 300.0,
            axial_ohm_cm: 35.4,
            celsius: 18.5,
            capacitance_uf_cm2: 1.0,
            sodium_ms_cm2: 120.0,
            potassium_ms_cm2: 36.0,
            leak_ms_cm2: 0.3,
            sodium_mv: 50.0,
            potassium_mv: -77.0,
            leak_mv: -54.387,
        }
    }
}

const HODGKIN_HUXLEY_1952: Citation = Citation {
    authors: "Hodgkin, Huxley",
    year: 1952,
    title: "A quantitative description of membrane current and its application to conduction and excitation in nerve",
    source: "Journal of Physiology 117, 500–544",
};

/// The paper itself found 18.8 m/s by hand; the third digit is a simulator's.
const HINES_CARNEVALE_1997: Citation = Citation {
    authors: "Hines, Carnevale",
    year: 1997,
    title: "The NEURON simulation environment",
    source: "Neural Computation 9(6), 1179–1209",
};

const fn density(key: &'static str, symbol: &'static str, default: f64, meaning: &'static str) -> Parameter {
    linear(key, symbol, Unit::MillisiemensPerSquareCentimetre, (0.0, 500.0, 1.0), default, meaning)
}

const fn reversal(key: &'static str, symbol: &'static str, default: f64, meaning: &'static str) -> Parameter {
    linear(key, symbol, Unit::Millivolt, (-120.0, 120.0, 1.0), default, meaning)
}

impl Declared for SquidAxon {
    const DECLARATION: Declaration = Declaration {
        id: "axon",
        title: "Squid axon (Hodgkin-Huxley cable)",
        citation: HODGKIN_HUXLEY_1952,
        equations: &[
            r"\frac{d}{4R_i}\frac{\partial^2 V}{\partial x^2} = C\frac{\partial V}{\partial t} - g_\mathrm{Na}m^3h(E_\mathrm{Na}-V) - g_\mathrm{K}n^4(E_\mathrm{K}-V) - g_L(E_L-V)",
            r"\frac{dx}{dt} = 3^{(T-6.3)/10}\left(\alpha_x(V)(1-x)-\beta_x(V)x\right),\quad x\in\{m,h,n\}",
        ],
        parameters: &[
            logarithmic(
                "diameter_um",
                "d",
                Unit::Micrometre,
                (0.1, 1500.0, 1.1),
                476.0,
                "How thick the axon is.",
            ),
            logarithmic(
                "length_um",
                "L",
                Unit::Micrometre,
                (100.0, 500_000.0, 1.1),
                60_000.0,
                "How long the axon is.",
            ),
            count("compartments", "N", 100_000.0, 300.0, "Into how many pieces the axon is cut."),
            linear(
                "axial_ohm_cm",
                "R_i",
                Unit::OhmCentimetre,
                (10.0, 500.0, 0.1),
                35.4,
                "How much the axoplasm resists current along the axon.",
            ),
            linear(
                "celsius",
                "T",
                Unit::Celsius,
                (0.0, 30.0, 0.1),
                18.5,
                "How warm it is: gates are three times as fast for every 10 °C.",
            ),
            linear(
                "capacitance_uf_cm2",
                "C",
                Unit::MicrofaradPerSquareCentimetre,
                (0.1, 5.0, 0.1),
                1.0,
                "How much charge the membrane holds a volt.",
            ),
            density("sodium_ms_cm2", r"g_\mathrm{Na}", 120.0, "Sodium conductance with all gates open."),
            density("potassium_ms_cm2", r"g_\mathrm{K}", 36.0, "Potassium conductance with all gates open."),
            linear(
                "leak_ms_cm2",
                "g_L",
                Unit::MillisiemensPerSquareCentimetre,
                (0.001, 10.0, 0.1),
                0.3,
                "Conductance that is always open.",
            ),
            reversal("sodium_mv", r"E_\mathrm{Na}", 50.0, "Where the sodium current turns round."),
            reversal("potassium_mv", r"E_\mathrm{K}", -77.0, "Where the potassium current turns round."),
            reversal("leak_mv", "E_L", -54.387, "Where the leak turns round."),
        ],
        state: &[
            StateVariable {
                key: "potential_mv",
                symbol: "V",
                unit: Unit::Millivolt,
                meaning: "Potential of each compartment.",
            },
            StateVariable { key: "m", symbol: "m", unit: Unit::One, meaning: "Activation of sodium." },
            StateVariable { key: "h", symbol: "h", unit: Unit::One, meaning: "Sodium not yet inactivated." },
            StateVariable { key: "n", symbol: "n", unit: Unit::One, meaning: "Activation of potassium." },
        ],
        drive: Unit::Nanoampere,
        integrator: Integrator::CrankNicolson,
        largest_dt_ms: 0.05,
        presets: &[
            Preset {
                id: "squid",
                title: "Giant axon at 18.5 °C",
                values: &[],
                drive: &[(0.0, 20_000.0), (0.5, 20_000.0), (0.5, 0.0), (8.0, 0.0)],
                citation: HODGKIN_HUXLEY_1952,
            },
            Preset {
                id: "cold",
                title: "Giant axon at 6.3 °C",
                values: &[("celsius", 6.3)],
                drive: &[(0.0, 20_000.0), (0.5, 20_000.0), (0.5, 0.0), (15.0, 0.0)],
                citation: HODGKIN_HUXLEY_1952,
            },
            Preset {
                id: "quarter",
                title: "An axon a quarter as thick",
                values: &[("diameter_um", 119.0), ("length_um", 30_000.0)],
                drive: &[(0.0, 2500.0), (0.5, 2500.0), (0.5, 0.0), (8.0, 0.0)],
                citation: HODGKIN_HUXLEY_1952,
            },
        ],
        references: &[
            Reference {
                what: "velocity of a spike in an axon of 476 µm with 35.4 Ω·cm at 18.5 °C",
                expected: 18.74,
                tolerance: 0.1874,
                unit: Unit::MetrePerSecond,
                citation: HINES_CARNEVALE_1997,
            },
            Reference {
                what: "velocity over that of an axon a quarter as thick: √4",
                expected: 2.0,
                tolerance: 0.02,
                unit: Unit::One,
                citation: HODGKIN_HUXLEY_1952,
            },
        ],
        not_biological: "Channels are so many that they act as one smooth conductance, potassium does not gather \
                         outside, and the fluid outside has no resistance.",
    };
    declared_fields!(
        diameter_um,
        length_um,
        compartments,
        axial_ohm_cm,
        celsius,
        capacitance_uf_cm2,
        sodium_ms_cm2,
        potassium_ms_cm2,
        leak_ms_cm2,
        sodium_mv,
        potassium_mv,
        leak_mv
    );
}

impl CompartmentModel for SquidAxon {
    fn cell(&self) -> Result<Cell, CellError> {
        let mut cell = Cell::new(Material {
            capacitance_uf_cm2: self.capacitance_uf_cm2,
            membrane_kohm_cm2: 1.0 / self.leak_ms_cm2,
            axial_ohm_cm: self.axial_ohm_cm,
            leak_mv: self.leak_mv,
        })?;
        cell.grow(Branch {
            from: Origin::Root,
            length_um: self.length_um,
            diameter_um: self.diameter_um,
            compartments: self.compartments as u32,
        })?;
        let Self { sodium_mv, potassium_mv, celsius, .. } = *self;
        cell.excite(
            SquidChannels { sodium_mv, potassium_mv, celsius },
            (self.sodium_ms_cm2, self.potassium_ms_cm2),
        );
        cell.initial_mv = -65.0;
        cell.largest_dt_ms = Self::DECLARATION.largest_dt_ms;
        Ok(cell)
    }
}

/// Potential whose crossing from below counts as a spike, mV.
const SPIKE_MV: f64 = 0.0;

impl SquidAxon {
    /// When each compartment is passed by spikes within `duration_ms` after stimuli at the ends
    /// (`near`, `far`) of the axon, ms; crossings of 0 mV from below, interpolated between steps.
    ///
    /// # Errors
    /// If the cell is refused, or as [`Simulation::advance`].
    pub fn passages(
        &self,
        ends: (bool, bool),
        dt_ms: f64,
        duration_ms: f64,
    ) -> Result<Vec<Vec<f64>>, SimulationError> {
        let cell = self.cell()?;
        let mut simulation = Simulation::new(&cell)?;
        let count = cell.compartments().len();
        let mut passages = vec![Vec::new(); count];
        let mut injected_pa = vec![0.0; count];
        let mut before = simulation.potentials().to_vec();
        while simulation.time_ms() < duration_ms {
            // A strong current for 0.5 ms, in proportion to what the axon's end conducts (∝ d^{3/2}).
            let on = if simulation.time_ms() < 0.5 { 1.0 } else { 0.0 };
            let stimulus_pa = on * 2e7 * libm::pow(self.diameter_um / 476.0, 1.5);
            injected_pa[count - 1] = if ends.1 { stimulus_pa } else { 0.0 };
            injected_pa[0] = if ends.0 { stimulus_pa } else { injected_pa[0] };
            simulation.advance(dt_ms, &injected_pa, &[])?;
            for (at, after) in simulation.potentials().iter().enumerate() {
                if before[at] < SPIKE_MV && *after >= SPIKE_MV {
                    let share = (SPIKE_MV - before[at]) / (after - before[at]);
                    passages[at].push(simulation.time_ms() - dt_ms * (1.0 - share));
                }
            }
            before.copy_from_slice(simulation.potentials());
        }
        Ok(passages)
    }

    /// Velocity of a spike between 40 % and 80 % of the axon, m/s; none if no spike gets there within
    /// 8 ms. Nearer to an end the current and the seal change it.
    ///
    /// # Errors
    /// As [`Simulation::advance`].
    pub fn conduction_m_s(&self, dt_ms: f64) -> Result<Option<f64>, SimulationError> {
        let passages = self.passages((true, false), dt_ms, 8.0)?;
        let places = [passages.len() * 2 / 5, passages.len() * 4 / 5];
        let [Some(early), Some(late)] = places.map(|at| passages.get(at).and_then(|times| times.first()))
        else {
            return Ok(None);
        };
        let way_um = (places[1] - places[0]) as f64 * self.length_um / passages.len() as f64;
        Ok(Some(way_um * 1e-3 / (late - early)))
    }
}
