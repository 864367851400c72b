//! A passive dendrite: the cable equation in compartments.
//!
//! `λ² ∂²V/∂x² = τ ∂V/∂t + (V − E_L)` with `λ = √(d/4 · R_m/R_i)` and `τ = R_m C_m`; both ends are
//! sealed, the current enters at `x = 0`. At rest under a constant current a cable of length `L` has
//! `V(x) − E_L = I·R_in·cosh((L − x)/λ)/cosh(L/λ)` with `R_in = R_∞ coth(L/λ)` and
//! `R_∞ = 2√(R_m R_i)/(π d^{3/2})`; a long one `e^(−x/λ)`. µm, kΩ·cm², Ω·cm, mV, ms, MΩ.
//!
//! ```
//! use cajal::neurons::compartments::RallCable;
//! assert!((RallCable::default().length_constant_um() - 816.5).abs() < 0.1);
//! ```

use super::cable::{Branch, Material, Origin};
use super::{Cell, CellError, CompartmentModel, count, linear, logarithmic};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Preset, Reference, StateVariable, declared_fields,
};
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RallCable {
    /// Diameter, µm.
    pub diameter_um: f64,
    /// Length, µm.
    pub length_um: f64,
    /// Resistance of the membrane `R_m`, kΩ·cm².
    pub membrane_kohm_cm2: f64,
    /// Resistance of the cytoplasm `R_i`, Ω·cm.
    pub axial_ohm_cm: f64,
    /// Capacitance of the membrane, µF/cm².
    pub capacitance_uf_cm2: f64,
    /// Resting potential, mV.
    pub rest_mv: f64,
    /// Number of compartments.
    pub compartments: f64,
}

impl Default for RallCable {
    fn default() -> Self {
        Self {
            diameter_um: 2.0,
            length_um: 6400.0,
            membrane_kohm_cm2: 20.0,
            axial_ohm_cm: 150.0,
            capacitance_uf_cm2: 1.0,
            rest_mv: -70.0,
            compartments: 200.0,
        }
    }
}

const RALL_1959: Citation = Citation {
    authors: "Rall",
    year: 1959,
    title: "Branching dendritic trees and motoneuron membrane resistivity",
    source: "Experimental Neurology 1, 491–527",
};

const RALL_1969: Citation = Citation {
    authors: "Rall",
    year: 1969,
    title: "Time constants and electrotonic length of membrane cylinders and neurons",
    source: "Biophysical Journal 9, 1483–1508",
};

impl Declared for RallCable {
    const DECLARATION: Declaration = Declaration {
        id: "rall-cable",
        title: "Passive dendrite (Rall's cable)",
        citation: RALL_1959,
        equations: &[
            r"\lambda^2 \frac{\partial^2 V}{\partial x^2} = \tau \frac{\partial V}{\partial t} + V - E_L",
            r"\lambda = \sqrt{\frac{d}{4}\frac{R_m}{R_i}}, \qquad \tau = R_m C_m",
        ],
        parameters: &[
            logarithmic(
                "diameter_um",
                "d",
                Unit::Micrometre,
                (0.1, 1000.0, 1.1),
                2.0,
                "How thick the dendrite is.",
            ),
            logarithmic(
                "length_um",
                "L",
                Unit::Micrometre,
                (10.0, 100_000.0, 1.1),
                6400.0,
                "How long the dendrite is.",
            ),
            logarithmic(
                "membrane_kohm_cm2",
                "R_m",
                Unit::KiloohmSquareCentimetre,
                (0.1, 1000.0, 1.1),
                20.0,
                "How well the membrane keeps current in.",
            ),
            linear(
                "axial_ohm_cm",
                "R_i",
                Unit::OhmCentimetre,
                (10.0, 500.0, 5.0),
                150.0,
                "How much the cytoplasm resists current along the dendrite.",
            ),
            linear(
                "capacitance_uf_cm2",
                "C_m",
                Unit::MicrofaradPerSquareCentimetre,
                (0.5, 5.0, 0.1),
                1.0,
                "How much charge the membrane holds a volt.",
            ),
            linear(
                "rest_mv",
                "E_L",
                Unit::Millivolt,
                (-120.0, 0.0, 1.0),
                -70.0,
                "Where the potential rests.",
            ),
            count("compartments", "N", 100_000.0, 200.0, "Into how many pieces the dendrite is cut."),
        ],
        state: &[StateVariable {
            key: "potential_mv",
            symbol: "V",
            unit: Unit::Millivolt,
            meaning: "Potential of each compartment.",
        }],
        drive: Unit::Picoampere,
        integrator: Integrator::CrankNicolson,
        largest_dt_ms: 1.0,
        presets: &[
            Preset {
                id: "long",
                title: "A dendrite of eight length constants",
                values: &[("length_um", 6532.0)],
                drive: &[(0.0, 50.0), (200.0, 50.0), (200.0, 0.0), (300.0, 0.0)],
                citation: RALL_1959,
            },
            Preset {
                id: "sealed",
                title: "A dendrite of one length constant",
                values: &[("length_um", 816.496_580_927_726), ("compartments", 100.0)],
                drive: &[(0.0, 50.0), (200.0, 50.0), (200.0, 0.0), (300.0, 0.0)],
                citation: RALL_1969,
            },
        ],
        references: &[
            Reference {
                what: "length constant of 2 µm, 20 kΩ·cm², 150 Ω·cm, from the decay along the cable",
                expected: 816.5,
                tolerance: 1.0,
                unit: Unit::Micrometre,
                citation: RALL_1959,
            },
            Reference {
                what: "potential one length constant away, as a share of that at the electrode",
                expected: 0.3679,
                tolerance: 0.0005,
                unit: Unit::One,
                citation: RALL_1959,
            },
            Reference {
                what: "potential at the sealed end of a cable of one length constant, as a share (1/cosh 1)",
                expected: 0.6481,
                tolerance: 0.0005,
                unit: Unit::One,
                citation: RALL_1959,
            },
            Reference {
                what: "input resistance of the long cable",
                expected: 389.85,
                tolerance: 0.5,
                unit: Unit::Megaohm,
                citation: RALL_1959,
            },
            Reference {
                what: "second time constant of a sealed cable of one length constant: τ/(1 + π²)",
                expected: 1.8400,
                tolerance: 0.01,
                unit: Unit::Millisecond,
                citation: RALL_1969,
            },
        ],
        not_biological: "Its membrane holds no channels that open and close, its thickness is the same everywhere, \
                         and the fluid outside has no resistance.",
    };
    declared_fields!(
        diameter_um,
        length_um,
        membrane_kohm_cm2,
        axial_ohm_cm,
        capacitance_uf_cm2,
        rest_mv,
        compartments
    );
}

impl RallCable {
    /// `λ`, µm.
    pub fn length_constant_um(&self) -> f64 {
        // kΩ·cm² over Ω·cm are 10³ cm, which are 10⁷ µm.
        (self.diameter_um / 4.0 * self.membrane_kohm_cm2 / self.axial_ohm_cm * 1e7).sqrt()
    }

    /// `τ`, ms.
    pub fn time_constant_ms(&self) -> f64 {
        self.membrane_kohm_cm2 * self.capacitance_uf_cm2
    }

    /// `R_∞`, the input resistance of such a cable without an end, MΩ.
    pub fn endless_mohm(&self) -> f64 {
        // √(kΩ·cm² · Ω·cm) is √1000 Ω·cm^{3/2}; µm^{3/2} are 10⁻⁶ cm^{3/2}.
        let numerator = 2.0 * (1000.0 * self.membrane_kohm_cm2 * self.axial_ohm_cm).sqrt();
        numerator / (core::f64::consts::PI * self.diameter_um * self.diameter_um.sqrt())
    }
}

impl CompartmentModel for RallCable {
    fn cell(&self) -> Result<Cell, CellError> {
        let mut cell = Cell::new(Material {
            capacitance_uf_cm2: self.capacitance_uf_cm2,
            membrane_kohm_cm2: self.membrane_kohm_cm2,
            axial_ohm_cm: self.axial_ohm_cm,
            leak_mv: self.rest_mv,
        })?;
        cell.grow(Branch {
            from: Origin::Root,
            length_um: self.length_um,
            diameter_um: self.diameter_um,
            compartments: self.compartments as u32,
        })?;
        cell.largest_dt_ms = Self::DECLARATION.largest_dt_ms;
        Ok(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Simulation};
    use super::*;

    #[test]
    fn space_converges_with_order_two() {
        let error = |compartments: f64| {
            let model = RallCable { length_um: 1500.0, compartments, ..RallCable::default() };
            let cell = model.cell().expect("a cable");
            let mut simulation = Simulation::new(&cell).expect("a cable").with_scheme(Scheme::BackwardEuler);
            let mut injected = vec![0.0; cell.compartments().len()];
            injected[0] = 100.0;
            for _ in 0..800 {
                simulation.advance(1.0, &injected, &[]).expect("a step");
            }
            let (lambda, length) = (model.length_constant_um(), model.length_um);
            let scale = 0.1 * model.endless_mohm() / libm::sinh(length / lambda);
            let pieces = cell.compartments().iter().zip(simulation.potentials());
            pieces
                .map(|(piece, mv)| {
                    let exact = scale * libm::cosh((length - piece.distance_um) / lambda);
                    (mv - model.rest_mv - exact).abs()
                })
                .fold(0.0, f64::max)
        };
        for coarse in [10.0, 20.0, 40.0] {
            let ratio = error(coarse) / error(2.0 * coarse);
            assert!((3.6..4.2).contains(&ratio), "{coarse}: {ratio}");
        }
    }
}
