//! The synapses of a projection that learns, onto one partition.
//!
//! As [`super::rows`], but each synapse has a weight of its own, and a target finds its synapses as
//! well as a source does: by the source and the place in its row, two bytes each. That makes ten bytes
//! a synapse (target 2, weight 4, way back 4), fourteen with an eligibility. Traces stand once for each
//! neuron. A rule acts in the order of time: spikes arrive at their synapse when the axonal delay is
//! over, a target's own spike when the dendritic delay is over (0 where nothing is said), arrivals of a
//! step before firings of the same step.

use super::connect::{Connect, Part};
use super::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};
use super::rows::{Layout, Weight};
use super::spec::Same;
use crate::digest::Digest;
use std::sync::Arc;

/// A rule of plasticity as a projection holds it.
pub trait Learning: Send + Sync + Same {
    /// What it is, for messages.
    fn title(&self) -> &'static str;
    /// Whether each synapse has an eligibility.
    fn has_eligibility(&self) -> bool;
    /// Bytes of traces for so many sources and targets.
    fn trace_bytes(&self, sources: u32, targets: u32) -> u64;
    /// The synapses of a partition; none if a source has more than 65,535 there.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "only this crate makes rows")]
    fn build(&self, connect: &Connect, part: Part, weight: Weight) -> Option<Box<dyn PlasticRows>>;
}

impl<P: Plasticity + Send + PartialEq + 'static> Learning for P {
    fn title(&self) -> &'static str {
        P::DECLARATION.title
    }
    fn has_eligibility(&self) -> bool {
        P::Rule::ELIGIBILITY
    }
    fn trace_bytes(&self, sources: u32, targets: u32) -> u64 {
        let bytes = |neurons: u32, count| Traces::bytes(neurons as usize, count) as u64;
        bytes(sources, P::Rule::PRE_TRACES) + bytes(targets, P::Rule::POST_TRACES)
    }
    #[allow(private_interfaces, reason = "only this crate makes rows")]
    fn build(&self, connect: &Connect, part: Part, weight: Weight) -> Option<Box<dyn PlasticRows>> {
        let wiring = Wiring::build(connect, part)?;
        let synapses = wiring.layout.targets.len();
        Some(Box::new(RowsOf {
            rule: self.rule(),
            weights: weight.draw(part.draws.sub(1), synapses),
            eligibility: if P::Rule::ELIGIBILITY { vec![0.0; synapses] } else { Vec::new() },
            pre: Traces::new(part.sources as usize, P::Rule::PRE_TRACES),
            post: Traces::new(part.count as usize, P::Rule::POST_TRACES),
            modulation: Modulation::default(),
            wiring: Arc::new(wiring),
            places: Vec::new(),
            sources: Vec::new(),
        }))
    }
}

impl core::fmt::Debug for dyn Learning {
    fn fmt(&self, out: &mut core::fmt::Formatter) -> core::fmt::Result {
        out.write_str(self.title())
    }
}

/// Bytes of a synapse that learns, without the copy that [`super::network`] keeps of weights.
pub(super) fn bytes_per_synapse(eligibility: bool) -> u64 {
    if eligibility { 14 } else { 10 }
}

/// What the simulator does with synapses that learn.
pub(super) trait PlasticRows: Send + Sync {
    /// A spike arrives: weights go into `sums` of the targets, times `factor`; then the rule acts.
    fn arrive(&mut self, source: u32, time_ms: f64, factor: f32, sums: &mut [f32], learning: bool);
    /// A target has fired.
    fn fire(&mut self, target: u16, time_ms: f64);
    /// Brings eligibilities and weights to the present.
    fn advance(&mut self, time_ms: f64);
    /// A third factor comes, at the time of the last advance.
    fn reward(&mut self, amount: f32);
    /// Source and local target of each synapse, in the order of weights.
    fn each(&self, synapse: &mut dyn FnMut(u32, u16));
    fn weights(&self) -> &[f32];
    fn weights_mut(&mut self) -> &mut [f32];
    fn eligibility(&self) -> &[f32];
    /// Multiplies the weights of each target so that they add up to `total`; targets without weight
    /// stay as they are.
    fn scale_to(&mut self, total: f32);
    fn bytes(&self) -> u64;
    fn digest(&self, digest: Digest) -> Digest;
    fn boxed(&self) -> Box<dyn PlasticRows>;
}

/// Who is connected, both ways.
struct Wiring {
    layout: Layout,
    /// Where the incoming synapses of a target begin.
    begins: Vec<u32>,
    /// Source and place in its row, of each incoming synapse, target by target.
    incoming: Vec<[u16; 2]>,
}

impl Wiring {
    fn build(connect: &Connect, part: Part) -> Option<Self> {
        let layout = Layout::build(connect, part);
        let mut begins = vec![0u32; part.count as usize + 1];
        layout.targets.iter().for_each(|&target| begins[usize::from(target) + 1] += 1);
        for target in 0..part.count as usize {
            begins[target + 1] += begins[target];
        }
        let mut incoming = vec![[0u16; 2]; layout.targets.len()];
        for source in 0..part.sources {
            for (place, &target) in layout.targets[layout.row(source)].iter().enumerate() {
                let at = &mut begins[usize::from(target)];
                incoming[*at as usize] = [u16::try_from(source).ok()?, u16::try_from(place).ok()?];
                *at += 1;
            }
        }
        begins.rotate_right(1);
        if let Some(first) = begins.first_mut() {
            *first = 0;
        }
        Some(Self { layout, begins, incoming })
    }

    fn incoming(&self, target: usize) -> &[[u16; 2]] {
        &self.incoming[self.begins[target] as usize..self.begins[target + 1] as usize]
    }

    fn place(&self, [source, place]: [u16; 2]) -> u32 {
        self.layout.starts[usize::from(source)] + u32::from(place)
    }
}

#[derive(Clone)]
struct RowsOf<R> {
    rule: R,
    weights: Vec<f32>,
    eligibility: Vec<f32>,
    pre: Traces,
    post: Traces,
    modulation: Modulation,
    wiring: Arc<Wiring>,
    /// Room for the synapses of a target.
    places: Vec<u32>,
    sources: Vec<u16>,
}

impl<R: SpikeRule> PlasticRows for RowsOf<R> {
    fn arrive(&mut self, source: u32, time_ms: f64, factor: f32, sums: &mut [f32], learning: bool) {
        let row = self.wiring.layout.row(source);
        let targets = &self.wiring.layout.targets[row.clone()];
        let weights = &mut self.weights[row.clone()];
        for (weight, &target) in weights.iter().zip(targets) {
            sums[usize::from(target)] += weight * factor;
        }
        if learning {
            let eligibility = if R::ELIGIBILITY { &mut self.eligibility[row] } else { &mut [][..] };
            let (source, modulation) = (source as usize, self.modulation);
            let arrival = Arrival { source, time_ms, targets, weights, eligibility, modulation };
            self.rule.on_pre(arrival, &mut self.pre, &self.post);
        }
    }

    fn fire(&mut self, target: u16, time_ms: f64) {
        let incoming = self.wiring.incoming(usize::from(target));
        self.places.clear();
        self.places.extend(incoming.iter().map(|&synapse| self.wiring.place(synapse)));
        self.sources.clear();
        self.sources.extend(incoming.iter().map(|&[source, _]| source));
        let (synapses, sources) = (&self.places[..], &self.sources[..]);
        let (target, modulation) = (usize::from(target), self.modulation);
        let firing = Firing { target, time_ms, synapses, sources, modulation };
        self.rule.on_post(firing, &mut self.weights, &mut self.eligibility, &self.pre, &mut self.post);
    }

    fn advance(&mut self, time_ms: f64) {
        if R::ELIGIBILITY && time_ms > self.modulation.advanced_ms {
            self.rule.advance(time_ms, &self.modulation, &mut self.weights, &mut self.eligibility);
            self.rule.advance_modulation(time_ms, &mut self.modulation);
        }
    }

    fn reward(&mut self, amount: f32) {
        self.rule.reward(&mut self.modulation, amount);
    }

    fn each(&self, synapse: &mut dyn FnMut(u32, u16)) {
        let layout = &self.wiring.layout;
        for source in 0..layout.starts.len() as u32 - 1 {
            layout.targets[layout.row(source)].iter().for_each(|&target| synapse(source, target));
        }
    }

    fn weights(&self) -> &[f32] {
        &self.weights
    }

    fn weights_mut(&mut self) -> &mut [f32] {
        &mut self.weights
    }

    fn eligibility(&self) -> &[f32] {
        &self.eligibility
    }

    fn scale_to(&mut self, total: f32) {
        for target in 0..self.wiring.begins.len() - 1 {
            let incoming = self.wiring.incoming(target);
            let places = || incoming.iter().map(|&synapse| self.wiring.place(synapse) as usize);
            let sum: f32 = places().map(|place| self.weights[place]).sum();
            if sum > 0.0 {
                let factor = total / sum;
                places().for_each(|place| self.weights[place] *= factor);
            }
        }
    }

    fn bytes(&self) -> u64 {
        let Wiring { layout, begins, incoming } = &*self.wiring;
        let numbers = self.weights.len() + self.eligibility.len() + incoming.len() + begins.len();
        layout.bytes() + 4 * numbers as u64
    }

    fn digest(&self, digest: Digest) -> Digest {
        let digest = digest.f32s(&self.weights).f32s(&self.eligibility).f32s(&[self.modulation.level]);
        [&self.pre, &self.post].into_iter().fold(digest, |digest, traces| {
            let (values, times) = traces.parts();
            times.iter().fold(digest.f32s(values), |digest, time| digest.u64(time.to_bits()))
        })
    }

    fn boxed(&self) -> Box<dyn PlasticRows> {
        Box::new(self.clone())
    }
}
