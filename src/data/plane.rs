//! Regression on a tilted plane: points uniform in the picture, target `(x + y)/12`, read at the
//! place displaced by `6·noise·U(−1, 1)` in each coordinate and held within [−1, 1].
//! (The Playground divides by 10 and lets targets exceed 1.)

use super::points::{DOMAIN, Draws, LICENCE, NOT_BIOLOGICAL, PLAYGROUND, Sample};
use super::{DataDeclaration, Source, Task};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "plane",
    title: "Plane",
    task: Task::Regression,
    class_names: &[],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"x, y \sim U(-6, 6);\; \text{target} = \tfrac{1}{12}(x + \epsilon_x + y + \epsilon_y)",
    meaning: "The sum of the coordinates: a linear unit learns it exactly, anything more can only \
        learn it worse. Noise blurs the targets.",
    citation: PLAYGROUND,
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

fn place(draws: &Draws) -> Sample {
    let x = [0, 1].map(|element| draws.uniform(element, -DOMAIN, DOMAIN));
    let [dx, dy] = draws.uniform_noise().map(|noise| noise * DOMAIN);
    let height = (x[0] + dx + x[1] + dy) / (2.0 * DOMAIN);
    Sample { x, target: height.clamp(-1.0, 1.0) }
}
