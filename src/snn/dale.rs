//! Dale's principle: a neuron acts alike on all its targets, so a projection is excitatory or
//! inhibitory as a whole.
//!
//! Dale found it for transmitters; Eccles, Fatt and Koketsu gave it its name (*Cholinergic and
//! inhibitory synapses in a pathway from motor-axon collaterals to motoneurones*, J. Physiol. 126,
//! 524–562, 1954). Models mean by it that weights of one source have one sign. With conductances the
//! weight is never negative and the reversal potential decides; a projection of currents or of jumps
//! says its sign, and is held to it here.
//!
//! ```
//! use cajal::snn::dale::Effect;
//! assert!(Effect::Excitatory.check(&[0.5, 0.0, 1.2]).is_ok());
//! assert!(Effect::Inhibitory.check(&[-0.5, 0.1]).is_err());
//! ```

/// What the neurons of a projection do to their targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Weights are zero or positive.
    Excitatory,
    /// Weights are zero or negative.
    Inhibitory,
}

/// A weight with the wrong sign.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("synapse {synapse} of an {effect} projection has the weight {weight}")]
pub struct DaleError {
    /// What was declared.
    pub effect: Effect,
    /// Place of the weight.
    pub synapse: usize,
    /// The weight.
    pub weight: f32,
}

impl core::fmt::Display for Effect {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(match self {
            Self::Excitatory => "excitatory",
            Self::Inhibitory => "inhibitory",
        })
    }
}

impl Effect {
    /// 1 or −1: what a magnitude is multiplied by.
    pub fn sign(self) -> f32 {
        match self {
            Self::Excitatory => 1.0,
            Self::Inhibitory => -1.0,
        }
    }

    /// The effect of a receptor with this reversal potential on a neuron that fires at
    /// `threshold_mv`: what pulls below the threshold keeps it from firing.
    pub fn of_reversal(reversal_mv: f64, threshold_mv: f64) -> Self {
        if reversal_mv > threshold_mv { Self::Excitatory } else { Self::Inhibitory }
    }

    /// Whether the weight has this effect, or none; NaN has not.
    pub fn holds(self, weight: f32) -> bool {
        weight * self.sign() >= 0.0
    }

    /// Whether all weights have this effect.
    ///
    /// # Errors
    /// The first weight with the other sign, or that is not a number.
    pub fn check(self, weights: &[f32]) -> Result<(), DaleError> {
        match weights.iter().position(|&weight| !self.holds(weight)) {
            None => Ok(()),
            Some(synapse) => Err(DaleError { effect: self, synapse, weight: weights[synapse] }),
        }
    }

    /// The weight, or 0 where it has crossed to the other sign: for rules that push weights.
    pub fn held(self, weight: f32) -> f32 {
        if self.holds(weight) { weight } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wrong_weight_is_named() {
        let error = Effect::Excitatory.check(&[0.0, 1.0, -0.25, -3.0]).unwrap_err();
        assert_eq!((error.synapse, error.weight), (2, -0.25));
        assert_eq!(error.to_string(), "synapse 2 of an excitatory projection has the weight -0.25");
        assert!(Effect::Inhibitory.check(&[0.0, -1.0]).is_ok());
        assert!(Effect::Inhibitory.check(&[f32::NAN]).is_err());
    }

    #[test]
    fn a_weight_cannot_cross() {
        assert_eq!(Effect::Inhibitory.held(0.3), 0.0);
        assert_eq!(Effect::Inhibitory.held(-0.3), -0.3);
        assert_eq!(Effect::of_reversal(-80.0, -50.0), Effect::Inhibitory);
        assert_eq!(Effect::of_reversal(0.0, -50.0), Effect::Excitatory);
    }
}
