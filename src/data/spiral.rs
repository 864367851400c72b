//! Two interleaved spiral arms. Point `i` of `n` of an arm: `r = 5·i/n`, `t = 1.75·2π·i/n` (+ π for
//! the second arm), at `(r sin t, r cos t)`, displaced by `noise·U(−1, 1)` in each coordinate.

use super::points::{Draws, LICENCE, NOT_BIOLOGICAL, Sample};
use super::{DataDeclaration, Source, Task, trig::sin_cos};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "spiral",
    title: "Spiral",
    task: Task::Classification,
    class_names: &["second arm", "first arm"],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"r = 5\,i/n,\; t = 1.75 \cdot 2\pi\, i/n + [0 \text{ or } \pi];\;
        x = r\sin t + \epsilon_x,\; y = r\cos t + \epsilon_y",
    meaning: "The hardest of the small tasks: the border winds around itself, and the arms meet in \
        the middle. Noise blurs the arms.",
    citation: "Lang, Witbrock (1988) Learning to tell two spirals apart. Proc. 1988 Connectionist \
        Models Summer School, 52-59; in the form of Smilkov et al. (2017), arXiv:1708.03788",
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

const RADIUS: f64 = 5.0;
const TURNS: f64 = 1.75;

fn place(draws: &Draws) -> Sample {
    // The first arm has the odd sample, if there is one.
    let second = draws.sample % 2;
    let arm_length = (draws.samples + 1 - second) / 2;
    let along = f64::from(draws.sample / 2) / f64::from(arm_length);
    let start = if second == 1 { std::f64::consts::PI } else { 0.0 };
    let (sin, cos) = sin_cos(TURNS * along * std::f64::consts::TAU + start);
    let [dx, dy] = draws.uniform_noise();
    let radius = RADIUS * along;
    Sample { x: [radius * sin + dx, radius * cos + dy], target: f64::from(1 - second) }
}
