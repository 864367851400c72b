//! Exclusive or. Coordinates uniform in ±(0.3, 5.3), the four quadrants in turn; label 1 where
//! both have the same sign, read at the place displaced by `5·noise·U(−1, 1)` in each coordinate.

use super::points::{Draws, LICENCE, NOT_BIOLOGICAL, PLAYGROUND, Sample};
use super::{DataDeclaration, Source, Task};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "xor",
    title: "Exclusive or",
    task: Task::Classification,
    class_names: &["signs differ", "signs agree"],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"x, y \sim \pm U(0.3, 5.3);\; \text{label} = [(x + \epsilon_x)(y + \epsilon_y) \ge 0]",
    meaning: "The task by which Minsky and Papert showed what a perceptron without hidden units \
        cannot learn. Noise turns the labels of points near the axes.",
    citation: PLAYGROUND,
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

const EXTENT: f64 = 5.0;
const PADDING: f64 = 0.3;

fn place(draws: &Draws) -> Sample {
    let signs = [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]];
    let [sign_x, sign_y]: [f64; 2] = signs[(draws.sample % 4) as usize];
    let x = sign_x * draws.uniform(0, PADDING, EXTENT + PADDING);
    let y = sign_y * draws.uniform(1, PADDING, EXTENT + PADDING);
    let [dx, dy] = draws.uniform_noise().map(|noise| noise * EXTENT);
    let agree = (x + dx) * (y + dy) >= 0.0;
    Sample { x: [x, y], target: f64::from(u8::from(agree)) }
}
