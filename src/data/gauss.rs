//! Two round Gaussian clouds at ±(2, 2), variance `0.5 + 7·noise` in each coordinate (0.5 to 4).

use super::points::{Draws, LICENCE, NOT_BIOLOGICAL, PLAYGROUND, Sample};
use super::{DataDeclaration, Source, Task};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "gauss",
    title: "Two Gaussians",
    task: Task::Classification,
    class_names: &["lower left", "upper right"],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"(x, y) \sim \mathcal{N}(\pm(2, 2),\; \sigma^2 I),\quad \sigma^2 = 0.5 + 7\,\text{noise}",
    meaning: "Two clouds that a straight line separates as well as anything can: what a single \
        neuron learns. Noise widens the clouds until they overlap.",
    citation: PLAYGROUND,
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

fn place(draws: &Draws) -> Sample {
    let label = draws.sample % 2;
    let centre = if label == 1 { 2.0 } else { -2.0 };
    let deviation = (0.5 + 7.0 * draws.noise).sqrt();
    let x = draws.normal().map(|z| centre + deviation * z);
    Sample { x, target: f64::from(label) }
}
