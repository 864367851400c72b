//! A disc inside a ring. With R = 5: radius uniform in [0, R/2) for the disc, [0.7·R, R) for the ring,
//! angle uniform. The label is read at the place displaced by `R·noise·U(−1, 1)` in each coordinate.

use super::points::{Draws, LICENCE, NOT_BIOLOGICAL, PLAYGROUND, Sample};
use super::{DataDeclaration, Source, Task, trig::sin_cos};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "circle",
    title: "Circle",
    task: Task::Classification,
    class_names: &["ring", "disc"],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"x = \rho\sin\varphi,\; y = \rho\cos\varphi,\; \varphi \sim U(0, 2\pi),\;
        \rho \sim U(0, R/2) \text{ or } U(0.7R, R);\; \text{label} = [\lVert (x, y) + \epsilon \rVert < R/2]",
    meaning: "The smallest task that no straight line solves: one class surrounds the other. \
        Noise turns the labels of points near the border.",
    citation: PLAYGROUND,
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

const RADIUS: f64 = 5.0;

fn place(draws: &Draws) -> Sample {
    let (low, high) =
        if draws.sample.is_multiple_of(2) { (0.0, 0.5 * RADIUS) } else { (0.7 * RADIUS, RADIUS) };
    let radius = draws.uniform(0, low, high);
    let (sin, cos) = sin_cos(draws.uniform(1, 0.0, std::f64::consts::TAU));
    let x = [radius * sin, radius * cos];
    let [dx, dy] = draws.uniform_noise().map(|noise| noise * RADIUS);
    let distance = ((x[0] + dx) * (x[0] + dx) + (x[1] + dy) * (x[1] + dy)).sqrt();
    Sample { x, target: f64::from(u8::from(distance < 0.5 * RADIUS)) }
}
