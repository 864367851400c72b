//! Neuromodulation as gain control: a modulator turns the slope of the response, not its threshold.
//!
//! `I' = I_θ + g·(I − I_θ)` for drives above the rheobase `I_θ`, and `I' = I` below: the f-I curve is
//! stretched along the current from its foot, so its slope is multiplied by `g` and firing begins
//! where it did (Salinas & Thier 2000 review where such gain is found; Servan-Schreiber, Printz, Cohen
//! 1990 put catecholamines into this form). For a threshold-linear unit, `r = g·[I − I_θ]₊`.
//!
//! ```
//! use cajal::learning::plasticity::GainModulation;
//! let strong = GainModulation { gain: 2.0, rheobase: 15.0 };
//! assert_eq!(strong.drive(15.0f64), 15.0);
//! assert_eq!(strong.drive(20.0f64), 25.0);
//! assert_eq!(strong.drive(3.0f64), 3.0);
//! ```

use super::number;
use crate::describe::{Citation, Declaration, Declared, Integrator, Reference, declared_fields};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GainModulation {
    /// g: what the slope is multiplied by.
    pub gain: f64,
    /// `I_θ`: the drive at which the neuron begins to fire, in its unit of drive.
    pub rheobase: f64,
}

impl Default for GainModulation {
    fn default() -> Self {
        Self { gain: 1.0, rheobase: 15.0 }
    }
}

const SERVAN_SCHREIBER_1990: Citation = Citation {
    authors: "Servan-Schreiber, Printz, Cohen",
    year: 1990,
    title: "A network model of catecholamine effects: gain, signal-to-noise ratio, and behavior",
    source: "Science 249, 892–895",
};

impl Declared for GainModulation {
    const DECLARATION: Declaration = Declaration {
        id: "gain-modulation",
        title: "Gain modulation",
        citation: SERVAN_SCHREIBER_1990,
        equations: &[r"I' = I_\theta + g\,(I - I_\theta) \text{ for } I > I_\theta"],
        parameters: &[
            number("gain", "g", (0.0, 10.0), 1.0, "What the modulator multiplies the slope by."),
            number(
                "rheobase",
                r"I_\theta",
                (-1000.0, 1000.0),
                15.0,
                "The drive at which the neuron begins to fire.",
            ),
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[
            Reference {
                what: "slope of the f-I curve at strong drives with g = 2, over the slope with g = 1",
                expected: 2.0,
                tolerance: 0.05,
                unit: Unit::One,
                citation: SERVAN_SCHREIBER_1990,
            },
            Reference {
                what: "shift of the drive at which firing begins, g = 0.5 to 2",
                expected: 0.0,
                tolerance: 0.02,
                unit: Unit::Millivolt,
                citation: SERVAN_SCHREIBER_1990,
            },
        ],
        not_biological: "The gain is a number from outside; in a neuron it comes of currents that the modulator opens \
                         and of the noise of its inputs.",
    };
    declared_fields!(gain, rheobase);
}

impl GainModulation {
    /// The drive that the neuron gets instead of `drive`.
    #[inline]
    pub fn drive<R: Real>(&self, drive: R) -> R {
        let rheobase = R::from_f64(self.rheobase);
        let stretched = rheobase + R::from_f64(self.gain) * (drive - rheobase);
        R::select(rheobase.lt(drive), stretched, drive)
    }
}
