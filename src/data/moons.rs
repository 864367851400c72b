//! Two half circles that reach into each other, three units in radius: the upper one at
//! `3·(cos t − ½, sin t − ¼)`, the lower one at `3·(½ − cos t, ¼ − sin t)`, `t` evenly in [0, π];
//! displaced by `3·noise·N(0, 1)` in each coordinate. scikit-learn's `make_moons`, centred.

use super::points::{Draws, LICENCE, NOT_BIOLOGICAL, Sample};
use super::{DataDeclaration, Source, Task, trig::sin_cos};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "moons",
    title: "Moons",
    task: Task::Classification,
    class_names: &["upper moon", "lower moon"],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"(x, y) = \pm 3\,(\cos t - \tfrac12,\; \sin t - \tfrac14) + 3\,\text{noise}\cdot\mathcal{N}(0, I),
        \quad t \in [0, \pi]",
    meaning: "Two crescents that a straight line separates almost, a curve entirely. \
        Noise is the standard deviation in units of the moons' radius.",
    citation: "Pedregosa et al. (2011) Scikit-learn: Machine learning in Python. JMLR 12:2825-2830 \
        (make_moons)",
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

const RADIUS: f64 = 3.0;

fn place(draws: &Draws) -> Sample {
    let label = draws.sample % 2;
    let count = (draws.samples + 1 - label) / 2;
    let along = f64::from(draws.sample / 2) / f64::from((count - 1).max(1));
    let (sin, cos) = sin_cos(std::f64::consts::PI * along);
    let side = if label == 0 { RADIUS } else { -RADIUS };
    let [dx, dy] = draws.normal().map(|z| RADIUS * draws.noise * z);
    Sample { x: [side * (cos - 0.5) + dx, side * (sin - 0.25) + dy], target: f64::from(label) }
}
