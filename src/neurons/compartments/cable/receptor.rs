//! What synapses open in the membrane of a compartment, and how magnesium blocks some of it.
//!
//! `I = g(t)·s(V)·(E − V)` with `s(V) = 1/(1 + [Mg]·e^(−0.062 V)/3.57)`, which is 1 without magnesium
//! (Jahr, Stevens 1990, *Voltage dependence of NMDA-activated macroscopic conductances predicted by
//! single-channel kinetics*, J. Neurosci. 10, 3178–3182). `g(t)` is a difference of exponentials with
//! the peak 1, so it is known at any time without a state. mV, ms, nS, pA, mM.
//!
//! ```
//! use cajal::neurons::compartments::cable::receptor::unblocked;
//! assert!((unblocked(-80.0, 1.0) - 0.0244f64).abs() < 1e-4);
//! assert_eq!(unblocked(-80.0, 0.0), 1.0f64);
//! ```

use crate::kernels::lane::Real;

/// The share of channels that magnesium leaves open.
#[inline(always)]
pub fn unblocked<R: Real>(potential_mv: R, magnesium_mm: R) -> R {
    let one = R::splat(1.0);
    let blocked = magnesium_mm * (potential_mv * R::from_f64(-0.062)).exp() / R::from_f64(3.57);
    one / (one + blocked)
}

/// Channels that are open in one compartment over one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// Where.
    pub compartment: u32,
    /// Conductance in the middle of the step if nothing blocked it, nS.
    pub conductance_ns: f64,
    /// Reversal potential, mV.
    pub reversal_mv: f64,
    /// Magnesium outside, mM; 0 where the channels do not heed it.
    pub magnesium_mm: f64,
}

impl Opening {
    /// The current into the cell at a potential, in pA, and how it falls with the potential, in nS:
    /// negative where depolarisation frees more channels than it takes drive away.
    pub fn current(&self, potential_mv: f64) -> (f64, f64) {
        let open = unblocked(potential_mv, self.magnesium_mm);
        let drive = self.reversal_mv - potential_mv;
        let steeper = 0.062 * open * (1.0 - open);
        (self.conductance_ns * open * drive, self.conductance_ns * (open - steeper * drive))
    }
}

/// The time course of one kind of receptor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Receptor {
    /// Time constant of the rise, ms; shorter than the decay.
    pub rise_ms: f64,
    /// Time constant of the decay, ms.
    pub decay_ms: f64,
    /// Reversal potential, mV.
    pub reversal_mv: f64,
    /// Magnesium outside, mM; 0 where the channels do not heed it.
    pub magnesium_mm: f64,
}

impl Receptor {
    /// AMPA: fast, indifferent to magnesium.
    pub const AMPA: Self = Self { rise_ms: 0.2, decay_ms: 2.0, reversal_mv: 0.0, magnesium_mm: 0.0 };
    /// NMDA: slow, blocked at rest by 1 mM magnesium.
    pub const NMDA: Self = Self { rise_ms: 2.0, decay_ms: 50.0, reversal_mv: 0.0, magnesium_mm: 1.0 };

    /// The conductance at a time after a spike, 1 at its peak; below 1e-30 it is 0.
    pub fn time_course(&self, after_ms: f64) -> f64 {
        if after_ms <= 0.0 {
            return 0.0;
        }
        let (rise, decay) = (self.rise_ms, self.decay_ms);
        let difference = |at: f64| libm::exp(-at / decay) - libm::exp(-at / rise);
        let peak_ms = rise * decay / (decay - rise) * libm::log(decay / rise);
        let course = difference(after_ms) / difference(peak_ms);
        if course < 1e-30 { 0.0 } else { course }
    }
}

/// One spike at one synapse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact {
    /// Where the synapse sits.
    pub compartment: u32,
    /// What it opens.
    pub receptor: Receptor,
    /// Conductance at the peak, nS.
    pub peak_ns: f64,
    /// When the spike arrives, ms.
    pub at_ms: f64,
}

impl Contact {
    /// What the contacts open at a time; give the middle of a step.
    pub fn openings(contacts: &[Self], time_ms: f64, out: &mut Vec<Opening>) {
        out.clear();
        out.extend(contacts.iter().filter_map(|contact| {
            let course = contact.receptor.time_course(time_ms - contact.at_ms);
            (course > 0.0).then_some(Opening {
                compartment: contact.compartment,
                conductance_ns: contact.peak_ns * course,
                reversal_mv: contact.receptor.reversal_mv,
                magnesium_mm: contact.receptor.magnesium_mm,
            })
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnesium_blocks_at_rest() {
        for (potential_mv, open) in [(-80.0, 0.0244), (-40.0, 0.230)] {
            assert!((unblocked(potential_mv, 1.0f64) - open).abs() < 5e-4);
        }
    }

    #[test]
    fn the_slope_of_the_current_is_its_derivative() {
        let opening = Opening { compartment: 0, conductance_ns: 2.0, reversal_mv: 3.0, magnesium_mm: 1.0 };
        for potential_mv in [-80.0, -50.0, -20.0, 10.0] {
            let at = |offset: f64| opening.current(potential_mv + offset).0;
            let slope = -(at(1e-4) - at(-1e-4)) / 2e-4;
            let ours = opening.current(potential_mv).1;
            assert!((ours - slope).abs() < 1e-6, "{potential_mv}: {ours} against {slope}");
        }
        assert!(opening.current(-50.0).1 < 0.0, "the current grows with depolarisation below its knee");
    }

    #[test]
    fn conductance_peaks_at_one_and_ends_at_zero() {
        let highest =
            (0..200_000).map(|step| Receptor::NMDA.time_course(f64::from(step) * 1e-3)).fold(0.0, f64::max);
        assert!((highest - 1.0).abs() < 1e-6);
        assert_eq!(Receptor::AMPA.time_course(-1.0), 0.0);
        assert_eq!(Receptor::AMPA.time_course(1000.0), 0.0);
    }
}
