//! The neurons of a partition and their receptors, advanced together, four side by side.

mod composed;
mod excitable_units;
mod lif_conductance;
mod lif_current;
mod lif_delta;
mod poisson_source;
mod spike_source;

pub use composed::{Composed, Receptor};
pub use excitable_units::ExcitableUnits;
pub use lif_conductance::LifConductance;
pub use lif_current::LifCurrent;
pub use lif_delta::LifDelta;
pub use poisson_source::PoissonSource;
pub use spike_source::SpikeSource;

use super::dale::Effect;
use super::inbox::Inbox;
use crate::digest::Digest;
use crate::kernels::lane::{F32x4, Mask4, Real};
use crate::rng::Stream;
use crate::snn::spec::Same;

/// The state of the neurons of one partition.
pub(super) trait Cells: Send + Sync {
    /// Advances all neurons by the time step `step`, whose arrivals `inbox` holds (they are taken out),
    /// under a current for each neuron and the conductance by which it falls with the potential, if
    /// there is one (see [`CellKind::conducts`]); pushes who fired, in order.
    fn step(
        &mut self,
        step: u64,
        inbox: &mut Inbox,
        currents: &[f32],
        conductances: &[f32],
        fired: &mut Vec<u16>,
    );
    /// Whatever must be done between windows: numbers that decayed away become zero.
    fn settle(&mut self);
    /// Membrane potentials, mV.
    fn potentials(&self, out: &mut [f32]);
    /// Lets the neurons begin at these potentials.
    fn set_potentials(&mut self, potentials: &[f32]);
    /// The first state variable that is not finite: the neuron and the number.
    fn fault(&self) -> Option<(usize, f32)>;
    /// Adds all state to a digest.
    fn digest(&self, digest: Digest) -> Digest;
    /// A copy.
    fn boxed(&self) -> Box<dyn Cells>;
    /// A state variable by its place in the model's declaration, where the cells keep it as such.
    fn variable(&mut self, _index: usize) -> Option<&mut [f32]> {
        None
    }
    /// Rates of neurons that fire by chance, Hz; whether these are such.
    fn set_rates(&mut self, _rates_hz: &[f32]) -> bool {
        false
    }
}

/// A kind of neuron with its receptors, of which populations are made.
pub trait CellKind: Send + Sync + Same {
    /// What it is, for messages.
    fn title(&self) -> &'static str;
    /// How many receptors it has; projections name one of them.
    fn receptors(&self) -> usize;
    /// The largest time step it is meant for, ms.
    fn largest_dt_ms(&self) -> f64;
    /// Numbers of state a neuron.
    fn state_len(&self) -> usize;
    /// Whether conductances may reach it besides those of its receptors.
    fn conducts(&self) -> bool {
        false
    }
    /// What a receptor does to it, where that is not the sign of the weight.
    fn effect(&self, _receptor: usize) -> Option<Effect> {
        None
    }
    /// The cells of a partition; `draws` is theirs alone.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "only this crate makes cells")]
    fn build(&self, count: usize, width: usize, dt_ms: f64, draws: Stream) -> Box<dyn Cells>;
}

impl core::fmt::Debug for dyn CellKind {
    fn fmt(&self, out: &mut core::fmt::Formatter) -> core::fmt::Result {
        out.write_str(self.title())
    }
}

/// Pushes the neurons of a group of four whose bit is set.
#[inline(always)]
fn push_fired(fires: Mask4, group: usize, fired: &mut Vec<u16>) {
    let mut bits = fires.bits();
    while bits != 0 {
        fired.push((group * 4) as u16 + bits.trailing_zeros() as u16);
        bits &= bits - 1;
    }
}

/// Refractory periods as the step from which a neuron responds again, so that only a spike writes one.
///
/// Steps are counted in `f32` from a beginning that moves on, so they stay exact.
#[derive(Clone, Copy)]
struct Silence {
    steps: f32,
    begin: u64,
    newest: u64,
}

impl Silence {
    /// How far the beginning moves at once.
    const STRIDE: u64 = 1 << 20;

    fn new(steps: f32) -> Self {
        Self { steps, begin: 0, newest: 0 }
    }

    /// This step, and the one from which a neuron responds that fires in it.
    #[inline(always)]
    fn at(&mut self, step: u64) -> (F32x4, F32x4) {
        self.newest = step;
        let now = (step - self.begin) as f32;
        (F32x4::splat(now), F32x4::splat(now + 1.0 + self.steps))
    }

    fn settle(&mut self, responds_from: &mut [f32]) {
        if self.newest - self.begin >= 2 * Self::STRIDE {
            self.begin += Self::STRIDE;
            // Whoever responds already needs no exact step.
            responds_from.iter_mut().for_each(|step| *step = (*step - Self::STRIDE as f32).max(0.0));
        }
    }
}

/// Numbers smaller than this in magnitude become zero between windows, long before they are
/// subnormal: those are slow, and not equally so everywhere.
const FLUSHED_BELOW: f32 = 1e-30;

fn flush(numbers: &mut [f32]) {
    for number in numbers {
        *number = if number.abs() < FLUSHED_BELOW { 0.0 } else { *number };
    }
}

/// A function by itself: it is called once a window.
#[inline(never)]
fn first_not_finite(numbers: &[f32], count: usize) -> Option<(usize, f32)> {
    // A sum is finite only where all of its terms are; it is cheap, and the search is rare. Sixteen sums
    // side by side: one alone would wait for each of its additions.
    let (groups, rest) = numbers[..count].as_chunks::<16>();
    let mut sums = [F32x4::splat(0.0); 4];
    for group in groups {
        for (sum, numbers) in sums.iter_mut().zip(group.as_chunks::<4>().0) {
            *sum = *sum + F32x4::from_array(numbers) * F32x4::splat(0.0);
        }
    }
    let sums = sums.iter().flat_map(|sum| sum.to_array()).chain(rest.iter().map(|number| number * 0.0));
    if sums.sum::<f32>() == 0.0 {
        return None;
    }
    numbers[..count].iter().copied().enumerate().find(|(_, number)| !number.is_finite())
}
