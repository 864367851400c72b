//! What an inference costs: operations, counted; energy, estimated, with two opposite verdicts.
//!
//! Operations alone (Horowitz 2014, 45 nm, 32-bit floating point): 4.6 pJ a multiply-accumulate,
//! 0.9 pJ an accumulate. That leaves out what moving numbers costs, and spikes move many. The
//! counter-model adds on-chip memory: 5 pJ for each 32-bit access to an 8 KB store (10 pJ for 64
//! bits, same source). The artificial network reads each weight once; a spike reads the weight and
//! reads and writes the potential at every target, and each neuron's potential is read and written
//! in every step for its leak. Yan et al. (arXiv:2409.08290) reach the same verdict in detail: with
//! 5 to 10 steps, a spiking network saves energy only below about 6.4 % spikes a neuron and step.

/// Energy of a 32-bit floating-point multiplication and addition, pJ (Horowitz 2014).
pub const MAC_PJ: f64 = 4.6;
/// Energy of a 32-bit floating-point addition, pJ (Horowitz 2014).
pub const ACCUMULATE_PJ: f64 = 0.9;
/// Energy of a 32-bit access to an 8 KB on-chip memory, pJ (Horowitz 2014: 10 pJ for 64 bits).
pub const ACCESS_PJ: f64 = 5.0;
/// Spikes a neuron and step above which memory traffic eats the gain (Yan et al., arXiv:2409.08290).
pub const BREAK_EVEN_SPIKES: f64 = 0.064;

/// Operations of one inference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Operations {
    /// Multiply-accumulates with real-valued inputs.
    pub macs: f64,
    /// Additions of a weight because of a spike.
    pub synaptic: f64,
    /// Updates of a membrane: neurons times steps.
    pub membrane_updates: f64,
}

/// Both estimates, pJ an inference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Energy {
    /// Arithmetic alone.
    pub operations_pj: f64,
    /// Arithmetic and on-chip memory.
    pub with_memory_pj: f64,
}

impl Operations {
    /// All of them, whatever each costs: a multiply-accumulate, an addition and an update count as one.
    pub fn total(self) -> f64 {
        self.macs + self.synaptic + self.membrane_updates
    }

    /// Both estimates. A leak multiplies, so a membrane update counts as a multiply-accumulate in the
    /// second; the first follows the custom of leaving it out.
    pub fn energy(self) -> Energy {
        let operations_pj = self.macs * MAC_PJ + self.synaptic * ACCUMULATE_PJ;
        let accesses = self.macs + 3.0 * self.synaptic + 2.0 * self.membrane_updates;
        let with_memory_pj = operations_pj + self.membrane_updates * MAC_PJ + accesses * ACCESS_PJ;
        Energy { operations_pj, with_memory_pj }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_verdicts_can_differ() {
        let artificial = Operations { macs: 100_000.0, ..Operations::default() };
        let spiking = Operations { macs: 0.0, synaptic: 150_000.0, membrane_updates: 3_000.0 };
        assert!((artificial.total() - 100_000.0).abs() < 1e-9 && (spiking.total() - 153_000.0).abs() < 1e-9);
        let (a, s) = (artificial.energy(), spiking.energy());
        assert!((a.operations_pj - 460_000.0).abs() < 1e-6);
        assert!((a.with_memory_pj - 960_000.0).abs() < 1e-6);
        assert!(s.operations_pj < a.operations_pj && s.with_memory_pj > a.with_memory_pj);
    }
}
