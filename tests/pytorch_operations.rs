//! Single operations of the graph against PyTorch, which computed the fixtures in double precision:
//! `tests/fixtures/pytorch_operations.py`.

use cajal::graph::executor::{CpuExecutor, Draws, Executor, Work};
use cajal::graph::ops::{
    Add, BatchMatMul, Concat, GatherColumns, HalfMeanSquare, Hold, MatMul, Mul, Normalise, Pad, Permute,
    Reduce, Reshape, Scale, ScatterColumns, Slice, Softmax, Square, StopGradient, Sub, SumProducts, TopKGate,
    UnitLength,
};
use cajal::graph::plan::{ParameterLayout, Plan};
use cajal::graph::{Graph, Op, TensorId};
use cajal::kernels::reduce::Reduction;
use cajal::rng::{Stream, StreamId};
use fixtures::{Case, FLOOR, assert_close};

mod fixtures;

/// What a name means: shapes of its operands, and what is made of them.
type Meaning = (Vec<Vec<usize>>, Box<dyn Fn(&mut Graph, &[TensorId]) -> TensorId>);

fn one(shapes: &[&[usize]], op: impl Into<Op>) -> Meaning {
    let op = op.into();
    let shapes = shapes.iter().map(|shape| shape.to_vec()).collect();
    (shapes, Box::new(move |graph, operands| graph.apply(op.clone(), operands).expect("fits")))
}

/// `softmax(q·kᵀ/√3)·v`.
fn dot_product(causal: bool) -> Meaning {
    let attend = move |graph: &mut Graph, operands: &[TensorId]| {
        let product = |rhs_transposed| BatchMatMul { lhs_transposed: false, rhs_transposed };
        let scores = graph.apply(product(true).into(), &operands[..2]).expect("fits");
        let softmax = Softmax { scale: 1.0 / 3f32.sqrt(), causal };
        let shares = graph.apply(softmax.into(), &[scores]).expect("fits");
        graph.apply(product(false).into(), &[shares, operands[2]]).expect("fits")
    };
    (vec![vec![2, 4, 3]; 3], Box::new(attend))
}

/// A product of `(m, k)` and `(k, n)`, in groups where there are any.
fn product(groups: &[usize], transposed: &str) -> Meaning {
    let (lhs_transposed, rhs_transposed) = (transposed == "left", transposed == "right");
    let shape = |rows: usize, columns: usize, transposed: bool| {
        let matrix = if transposed { [columns, rows] } else { [rows, columns] };
        [groups, &matrix].concat()
    };
    let (lhs, rhs) = (shape(3, 4, lhs_transposed), shape(4, 5, rhs_transposed));
    let op: Op = if groups.is_empty() {
        MatMul::of(lhs_transposed, rhs_transposed).into()
    } else {
        BatchMatMul { lhs_transposed, rhs_transposed }.into()
    };
    one(&[&lhs, &rhs], op)
}

fn meaning(name: &str) -> Meaning {
    let (name, detail) = name.split_once('/').unwrap_or((name, ""));
    let row: &[usize] = &[3];
    match name {
        "softmax" if detail == "causal" => one(&[&[2, 4, 4]], Softmax { scale: 0.7, causal: true }),
        "softmax" => one(&[&[3, 5]], Softmax { scale: 0.7, causal: false }),
        "top-k" => one(&[&[4, 6]], TopKGate { k: 3 }),
        "dot-product" => dot_product(detail == "causal"),
        "matmul" => product(&[], detail),
        "batch-matmul" => product(&[2], detail),
        "permute" => one(&[&[2, 3, 4]], Permute { order: vec![2, 0, 1] }),
        "reshape" => one(&[&[2, 3, 4]], Reshape { shape: vec![4, 6] }),
        "slice" => one(&[&[2, 5, 3]], Slice { axis: 1, range: 1..4 }),
        "pad" => one(&[&[2, 3, 4]], Pad { axis: 1, before: 1, extent: 6 }),
        "concat" => one(&[&[2, 3, 4], &[2, 1, 4], &[2, 2, 4]], Concat { axis: 1 }),
        "gather-columns" => one(&[&[3, 4]], GatherColumns { columns: vec![2, 0, 2, 3, 2] }),
        "scatter-columns" => one(&[&[4, 3]], ScatterColumns { units: 5, columns: vec![3, 1, 1] }),
        "add" => one(&[&[3, 2, 4], &[2, 4]], Add),
        "sub" => one(&[&[3, 2, 4], &[4]], Sub),
        "mul" => one(&[&[3, 2, 4], &[2, 4]], Mul),
        // It is itself a gradient and has none.
        "sum-products" => one(&[&[3, 2, 4], &[3, 2, 4]], SumProducts { shape: vec![2, 4] }),
        "scale" => one(&[&[3, 4]], Scale(-1.7)),
        "square" => one(&[&[3, 4]], Square),
        "unit-length" => one(&[&[2, 3, 5]], UnitLength { epsilon: 0.1 }),
        "normalise" => one(&[&[6, 3], row, row, row, row], Normalise { epsilon: 1e-5 }),
        "sum" | "mean" | "max" => {
            let kind = match name {
                "sum" => Reduction::Sum,
                "mean" => Reduction::Mean,
                _ => Reduction::Max,
            };
            one(&[&[2, 4, 3]], Reduce { kind, axis: detail.parse().expect("an axis") })
        }
        "stop-gradient" => {
            let stopped = |graph: &mut Graph, x: &[TensorId]| {
                let stopped = graph.apply(StopGradient.into(), x).expect("fits");
                graph.apply(Mul.into(), &[x[0], stopped]).expect("fits")
            };
            (vec![vec![3, 4]], Box::new(stopped))
        }
        "hold" => one(&[&[3, 4], &[4], &[4]], Hold),
        _ => panic!("{name} names no operation"),
    }
}

/// Runs an operation forward and backward on the fixture's numbers and compares all it gives.
fn check(case: &Case) {
    let (shapes, apply) = meaning(case.name);
    let mut graph = Graph::new();
    let operands: Vec<TensorId> = shapes.iter().map(|shape| graph.parameter("operand", shape)).collect();
    let output = apply(&mut graph, &operands);
    let shape = graph.shape(output).to_vec();
    let target = graph.input("target", &shape);
    let loss = graph.apply(HalfMeanSquare.into(), &[output, target]).expect("fits");
    let learned: Vec<usize> = (0..operands.len()).filter(|at| case.has(&format!("d-p-{at}"))).collect();
    let gradients = if learned.is_empty() { Vec::new() } else { graph.backward(loss).expect("gradients") };
    let mut keep = vec![output, loss];
    keep.extend(gradients.iter().map(|pair| pair.gradient));
    let layout = ParameterLayout::of(&graph);
    let plan = Plan::compile(&graph, &layout, &keep).expect("small");
    let mut executor = CpuExecutor::new(layout.clone());
    for (number, range) in layout.ranges().iter().enumerate() {
        let values = case.singles(&format!("p-{number}"));
        executor.persistent_mut()[range.clone()].copy_from_slice(&values);
    }
    let numbers = case.singles("target");
    let inputs = [(target, numbers.as_slice())];
    let draws = Draws { stream: Stream::new(0, StreamId::Encoding), keys: &[] };
    let ticket = executor.submit(Work::Run { plan: &plan, inputs: &inputs, draws }).expect("it fits");
    assert!(executor.poll(ticket));
    let close = |name: &str, tensor| {
        assert_close(case.name, name, executor.read(&plan, tensor), case.numbers(name), FLOOR);
    };
    close("output", output);
    close("loss", loss);
    assert_eq!(gradients.len(), learned.len(), "{}", case.name);
    for (pair, number) in gradients.iter().zip(learned) {
        assert_eq!(pair.parameter, operands[number], "{}", case.name);
        close(&format!("d-p-{number}"), pair.gradient);
    }
}

#[test]
fn operations() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_operations.txt"));
    assert_eq!(cases.len(), 37);
    for case in cases {
        check(&case);
    }
}
