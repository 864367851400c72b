//! Novikoff (1962), *On convergence proofs on perceptrons*: where a plane separates, Rosenblatt's correction
//! ends after at most (R/γ)² updates. Cover (1965), *Geometrical and statistical properties of systems of linear
//! inequalities*: of the 16 tables of two inputs, 14 can be separated.

use cajal::describe::Declared;
use cajal::neurons::{Input, NeuronModel, Perceptron, Stepper};

const PATTERNS: [[f64; 2]; 4] = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
const AND: [f64; 4] = [0.0, 0.0, 0.0, 1.0];
const OR: [f64; 4] = [0.0, 1.0, 1.0, 1.0];

#[derive(Default)]
struct Learner {
    weights: [f64; 2],
    bias: f64,
    updates: usize,
}

impl Learner {
    fn answer(&self, x: [f64; 2]) -> f64 {
        let unit = Perceptron { bias: self.bias }.stepper::<f64>(1.0);
        let sum = self.weights[0] * x[0] + self.weights[1] * x[1];
        unit.step(&mut unit.rest(), Input::current(sum)).spike
    }

    fn right(&self, targets: [f64; 4]) -> usize {
        PATTERNS.iter().zip(targets).filter(|(x, target)| self.answer(**x) == *target).count()
    }

    /// Rosenblatt's correction, pattern by pattern.
    fn pass(&mut self, targets: [f64; 4]) {
        for (x, target) in PATTERNS.into_iter().zip(targets) {
            let error = target - self.answer(x);
            if error != 0.0 {
                self.updates += 1;
                self.bias += error;
                self.weights = [self.weights[0] + error * x[0], self.weights[1] + error * x[1]];
            }
        }
    }
}

/// (R/γ)² with the constant input in the pattern, for a separating vector of weights and bias.
fn bound(targets: [f64; 4], [first, second, bias]: [f64; 3]) -> f64 {
    let length = (first * first + second * second + bias * bias).sqrt();
    let margins = PATTERNS.iter().zip(targets).map(|(x, target)| {
        let side = if target == 1.0 { 1.0 } else { -1.0 };
        side * (first * x[0] + second * x[1] + bias) / length
    });
    let margin = margins.fold(f64::INFINITY, f64::min);
    assert!(margin > 0.0, "it separates");
    let radius = PATTERNS.map(|x| 1.0 + x[0] * x[0] + x[1] * x[1]).into_iter().fold(0.0, f64::max);
    radius / (margin * margin)
}

#[test]
fn learning_ends_within_the_bound() {
    let reference = &Perceptron::DECLARATION.references[0];
    let shares = [(AND, [1.0, 1.0, -1.5]), (OR, [1.0, 1.0, -0.5])].map(|(targets, separating)| {
        let mut learner = Learner::default();
        for _ in 0..100 {
            learner.pass(targets);
        }
        assert_eq!(learner.right(targets), 4);
        let before = learner.updates;
        learner.pass(targets);
        assert_eq!(learner.updates, before, "it has ended");
        learner.updates as f64 / bound(targets, separating)
    });
    super::assert_meets(reference, shares.into_iter().fold(0.0, f64::max));
}

#[test]
fn all_tables_but_two_are_learned() {
    let tables = (0..16u32).map(|code| [0, 1, 2, 3].map(|row| f64::from(code >> row & 1)));
    let learned = tables.filter(|targets| {
        let mut learner = Learner::default();
        // Weights are whole numbers: who comes back to weights of before goes round for ever.
        let mut seen = Vec::new();
        while learner.right(*targets) < 4 {
            let here = (learner.weights, learner.bias);
            if seen.contains(&here) {
                return false;
            }
            seen.push(here);
            learner.pass(*targets);
        }
        true
    });
    super::assert_meets(&Perceptron::DECLARATION.references[1], learned.count() as f64);
}
