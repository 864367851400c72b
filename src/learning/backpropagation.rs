//! Backpropagation (Rumelhart, Hinton & Williams 1986), through time where there is time.
//!
//! Program: run forward and backward, update.

use super::program::{Instruction, Program};
use crate::ann::NetworkSpec;
use crate::graph::TensorId;
use crate::graph::plan::{ParameterLayout, Plan};

/// The program for batches of `batch` examples.
pub fn program(spec: &NetworkSpec, batch: usize) -> Program {
    let mut network = spec.build(batch, true);
    let loss = network.loss.expect("a network that is built with its loss has one");
    let gradients = network.graph.backward(loss);
    let keep: Vec<TensorId> = gradients.iter().map(|pair| pair.gradient).chain([loss]).collect();
    let numbers = network.graph.parameters().iter();
    let gradients: Vec<(usize, TensorId)> = numbers
        .enumerate()
        .filter_map(|(number, &parameter)| {
            let pair = gradients.iter().find(|pair| pair.parameter == parameter)?;
            Some((number, pair.gradient))
        })
        .collect();
    let plan = Plan::compile(&network.graph, &ParameterLayout::of(&network.graph), &keep);
    Program {
        plans: vec![plan],
        instructions: vec![Instruction::Run(0), Instruction::Update { plan: 0, gradients, guard: loss }],
        input: network.input,
        target: network.target,
        loss: (0, loss),
    }
}
