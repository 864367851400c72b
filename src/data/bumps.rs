//! Regression on six bumps: points uniform in the picture; the target is `±max(0, 1 − d/2)` of the
//! bump that is highest there, `d` the distance to its centre, read at the place displaced by
//! `6·noise·U(−1, 1)` in each coordinate. The Playground calls them Gaussian; they are cones.

use super::points::{DOMAIN, Draws, LICENCE, NOT_BIOLOGICAL, PLAYGROUND, Sample};
use super::{DataDeclaration, Source, Task};

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "bumps",
    title: "Gauss bumps",
    task: Task::Regression,
    class_names: &[],
    features: 2,
    signed: true,
    image_size: None,
    equations: r"x, y \sim U(-6, 6);\; \text{target} = s_k \max\left(0, 1 - \tfrac12 d_k\right),\;
        d_k = \lVert (x, y) + \epsilon - c_k \rVert,\; k = \arg\min_j d_j",
    meaning: "Three hills and three hollows, alternating, on a flat ground: a map that has to be \
        learnt place by place. Noise blurs the targets.",
    citation: PLAYGROUND,
    licence: LICENCE,
    not_biological: NOT_BIOLOGICAL,
    source: Source::Points(place),
};

/// Centre and sign of each bump.
const BUMPS: [([f64; 2], f64); 6] = [
    ([-4.0, 2.5], 1.0),
    ([0.0, 2.5], -1.0),
    ([4.0, 2.5], 1.0),
    ([-4.0, -2.5], -1.0),
    ([0.0, -2.5], 1.0),
    ([4.0, -2.5], -1.0),
];
const REACH: f64 = 2.0;

fn place(draws: &Draws) -> Sample {
    let x = [0, 1].map(|element| draws.uniform(element, -DOMAIN, DOMAIN));
    let [dx, dy] = draws.uniform_noise().map(|noise| noise * DOMAIN);
    let target = height([x[0] + dx, x[1] + dy]);
    Sample { x, target }
}

/// The bumps are four and more units apart and reach two, so at most one is above the ground.
fn height(at: [f64; 2]) -> f64 {
    BUMPS
        .iter()
        .map(|(centre, sign)| {
            let (dx, dy) = (at[0] - centre[0], at[1] - centre[1]);
            let above = 1.0 - (dx * dx + dy * dy).sqrt() / REACH;
            if above > 0.0 { sign * above } else { 0.0 }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{BUMPS, height};

    #[test]
    fn the_tops_are_one_and_the_ground_is_flat() {
        for (centre, sign) in BUMPS {
            assert_eq!(height(centre), sign);
            assert_eq!(height([centre[0] + 1.0, centre[1]]), sign * 0.5);
        }
        assert_eq!(height([6.0, 6.0]), 0.0);
        assert_eq!(height([2.0, 2.5]), 0.0);
    }
}
