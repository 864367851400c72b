//! A board of 4 × 4 squares, three units wide, over the whole picture. Points are uniform within
//! the squares, dark and light in turn; the label is read at the place displaced by
//! `3·noise·U(−1, 1)` in each coordinate, at most half a square.

use super::points::{DOMAIN, Draws, LICENCE, NOT_BIOLOGICAL, Sample};
use super::{DataDeclaration, Source, Task};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "checkerboard",
    title: "Checkerboard",
    task: Task::Classification,
    class_names: &["dark", "light"],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"x, y \sim U(-6, 6);\; \text{label} = \left(\lfloor (x + \epsilon_x)/3 \rfloor
        + \lfloor (y + \epsilon_y)/3 \rfloor\right) \bmod 2",
    meaning: "Exclusive or, repeated: every square needs its own corner of the network. \
        Noise turns the labels of points near the edges of the squares.",
    citation: "After Minsky, Papert (1969) Perceptrons. MIT Press (parity)",
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

const SQUARES: u32 = 4;
const WIDTH: f64 = 2.0 * DOMAIN / SQUARES as f64;

fn place(draws: &Draws) -> Sample {
    // Eight squares a colour: two a column.
    let colour = draws.sample % 2;
    let square = draws.sample / 2 % (SQUARES * SQUARES / 2);
    let column = square % SQUARES;
    let row = square / SQUARES * 2 + (column + colour) % 2;
    let corner = [column, row].map(|place| f64::from(place) * WIDTH - DOMAIN);
    let x = [corner[0] + draws.uniform(0, 0.0, WIDTH), corner[1] + draws.uniform(1, 0.0, WIDTH)];
    let [dx, dy] = draws.uniform_noise().map(|noise| noise * WIDTH);
    let parity = ((x[0] + dx) / WIDTH).floor() + ((x[1] + dy) / WIDTH).floor();
    let label = (parity as i32).rem_euclid(2);
    Sample { x, target: f64::from(label) }
}
