//! Draws: each example's are its own, by its key, and each operation's are its own, by its site. No
//! gradient asks how they came about.

use super::elementwise::same_shape;
use super::{Mul, Scale, Sub};
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Draws, Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::arithmetic::{self, Binary};
use crate::kernels::draw::{self, Keys};
use crate::kernels::each::each;
use crate::kernels::lane::{F32x4, Real};

/// `x (batch, …) → y, mask`: each number 0 with a probability, the others so much larger that the mean
/// stays (Srivastava et al. 2014).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    /// The probability, in [0, 1).
    pub rate: f32,
    /// A number that no other operation of the graph draws by.
    pub site: u32,
}

/// `p (batch, …) →` ones with these probabilities, else zeros. No gradient flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bernoulli {
    /// A number that no other operation of the graph draws by.
    pub site: u32,
}

/// `mean, log variance (batch, …) → mean + σ·noise, noise`, with a gradient to both (Kingma & Welling
/// 2014, section 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GaussianSample {
    /// A number that no other operation of the graph draws by.
    pub site: u32,
}

/// `class (batch) →` another class, each of the others equally likely. No gradient flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongClass {
    /// How many there are, at least two.
    pub classes: u32,
    /// A number that no other operation of the graph draws by.
    pub site: u32,
}

/// Where the examples of a batch draw from at a site.
fn keys(draws: Draws<'_>, site: u32, batch: usize) -> Keys<'_> {
    assert!(draws.keys.len() >= batch, "a key for each of {batch} examples");
    Keys { stream: draws.stream.sub(site), keys: &draws.keys[..batch] }
}

impl Operation for Dropout {
    fn name(&self) -> &'static str {
        "dropout"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect((0.0..1.0).contains(&self.rate), || "a rate in [0, 1)".to_owned(), self.rate)?;
        let shape = same_shape(inputs, 1)?;
        Ok([shape.clone(), shape].concat())
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        Ok(vec![Some(graph.apply(Mul.into(), &[dy, node.outputs[1]])?)])
    }
    fn draws(&self) -> bool {
        true
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [y, mask, ..], draws, .. }: Operands) {
        draw::dropout_mask(self.rate, keys(draws, self.site, shapes[0][0]), mask);
        arithmetic::combine(Binary::Multiply, x, mask, y);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let mask = given.as_observed()[1].clone();
        vec![given.inputs[0].iter().zip(&mask).map(|(x, mask)| x * mask).collect(), mask]
    }
}

impl Operation for Bernoulli {
    fn name(&self) -> &'static str {
        "bernoulli"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 1)
    }
    fn has_gradient(&self) -> bool {
        false
    }
    fn gives_spikes(&self, _: &[bool]) -> bool {
        true
    }
    fn draws(&self) -> bool {
        true
    }
    fn run(&self, Operands { inputs: [p, ..], shapes, outputs: [out, ..], draws, .. }: Operands) {
        draw::bernoulli(p, keys(draws, self.site, shapes[0][0]), out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.as_observed()
    }
}

impl Operation for GaussianSample {
    fn name(&self) -> &'static str {
        "gaussian_sample"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let shape = same_shape(inputs, 2)?;
        Ok([shape.clone(), shape].concat())
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dz = cotangent.tensor(graph, node.outputs[0])?;
        let (mean, log_variance) = (node.inputs[0], node.inputs[1]);
        let mut d_log = None;
        if graph.needs_gradient(log_variance) {
            // ∂z/∂ln σ² = ½·σ·noise = ½·(z − μ).
            let moved = graph.apply(Sub.into(), &[node.outputs[0], mean])?;
            let by_log = graph.apply(Mul.into(), &[dz, moved])?;
            d_log = Some(graph.apply(Scale(0.5).into(), &[by_log])?);
        }
        Ok(vec![graph.needs_gradient(mean).then_some(dz), d_log])
    }
    fn draws(&self) -> bool {
        true
    }
    fn run(&self, Operands { inputs, shapes, outputs: [z, noise, ..], draws, .. }: Operands) {
        draw::normal(keys(draws, self.site, shapes[0][0]), noise);
        each(20, [inputs[0], inputs[1], noise], [z], |[mean, log, noise], _| {
            [mean + (F32x4::splat(0.5) * log).exp() * noise]
        });
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let noise = given.as_observed()[1].clone();
        let numbers = given.inputs[0].iter().zip(given.inputs[1]).zip(&noise);
        vec![numbers.map(|((mean, log), noise)| mean + (0.5 * log).exp() * noise).collect(), noise]
    }
}

impl Operation for WrongClass {
    fn name(&self) -> &'static str {
        "wrong_class"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(self.classes > 1, || "at least two classes".to_owned(), self.classes)?;
        expect(inputs.len() == 1 && inputs[0].len() == 1, || "classes (batch)".to_owned(), inputs)?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn names(&self, _: &[&[usize]]) -> Option<(usize, usize)> {
        Some((0, self.classes as usize))
    }
    fn gives_names(&self) -> Option<usize> {
        Some(self.classes as usize)
    }
    fn has_gradient(&self) -> bool {
        false
    }
    fn draws(&self) -> bool {
        true
    }
    fn run(&self, Operands { inputs: [class, ..], shapes, outputs: [out, ..], draws, .. }: Operands) {
        draw::other_class(self.classes, class, keys(draws, self.site, shapes[0][0]), out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        for (ours, class) in given.observed[0].iter().zip(given.inputs[0]) {
            assert!((0.0..self.classes as f32).contains(ours) && f64::from(*ours) != *class);
        }
        given.as_observed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Op;
    use crate::graph::ops::{HalfMeanSquare, OneHot};
    use crate::graph::oracle::{Given, check, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        check_operation(Dropout { rate: 0.4, site: 1 }, &[Given::Learned(&[4, 3, 5])]);
        check_operation(GaussianSample { site: 2 }, &[Given::Learned(&[4, 5]), Given::Learned(&[4, 5])]);
        check("spikes and wrong classes", |graph| {
            let (w, class) = (graph.parameter("w", &[4, 6]), graph.input("class", &[4]));
            let (p, target) = (graph.input("p", &[4, 6]), graph.input("target", &[4, 6]));
            let spikes = graph.apply(Bernoulli { site: 0 }.into(), &[p]).expect("fits");
            let wrong = graph.apply(WrongClass { classes: 6, site: 1 }.into(), &[class]).expect("fits");
            let wrong = graph.apply(OneHot { classes: 6 }.into(), &[wrong]).expect("fits");
            let y = graph.apply(Mul.into(), &[w, spikes]).expect("fits");
            let y = graph.apply(Sub.into(), &[y, wrong]).expect("fits");
            let loss = graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits");
            let fed = vec![
                (class, vec![0.0, 5.0, 2.0, 3.0]),
                (p, numbers(24, 1).iter().map(|x| x.abs().min(1.0)).collect()),
                (target, numbers(24, 2)),
            ];
            (fed, loss)
        });
    }

    #[test]
    fn sites_draw_apart_and_examples_by_their_keys() {
        let stream = crate::rng::Stream::new(3, crate::rng::StreamId::Dropout);
        let drawn = |site, key: u64| {
            let mut mask = vec![0.0; 64];
            draw::dropout_mask(0.5, keys(Draws { stream, keys: &[key, 9] }, site, 1), &mut mask);
            mask
        };
        assert_eq!(drawn(0, 1), drawn(0, 1));
        assert_ne!(drawn(0, 1), drawn(1, 1));
        assert_ne!(drawn(0, 1), drawn(0, 2));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let (x, class) = (graph.input("x", &[2, 3]), graph.input("class", &[2]));
        let mut refused = |op: Op, x| graph.apply(op, &[x]).unwrap_err().to_string();
        for (rate, said) in [(1.0, "1.0"), (-0.1, "-0.1"), (f32::NAN, "NaN")] {
            let error = refused(Dropout { rate, site: 0 }.into(), x);
            assert_eq!(error, format!("dropout: expected a rate in [0, 1), got {said}"));
        }
        let one = refused(WrongClass { classes: 1, site: 0 }.into(), class);
        assert_eq!(one, "wrong_class: expected at least two classes, got 1");
    }
}
