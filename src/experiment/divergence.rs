//! Why a run stopped: where numbers ceased to be finite, and which setting most likely did it.

use super::Side;
use crate::data::Split;
use crate::session::{EVALUATION_BATCH, Session};

/// What is known of a loss that is no number.
#[derive(Clone, Debug, PartialEq)]
pub struct Divergence {
    /// Which twin.
    pub side: Side,
    /// The first layer that is not finite, from 0; the output layer comes after the hidden ones.
    pub layer: u32,
    /// Whether its weights are not finite, or only its responses.
    pub weights: bool,
    /// Key of the setting that most likely did it.
    pub setting: &'static str,
}

impl core::fmt::Display for Divergence {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        let Self { side, layer, weights, setting } = self;
        let what = if *weights { "weights" } else { "responses" };
        write!(
            f,
            "{} network: the {what} of layer {} are not finite, most likely by {setting}",
            side.id(),
            layer + 1
        )
    }
}

/// Largest pull of L2 per step that does not swing over: `η·λ₂ < 2`.
const STABLE_DECAY: f32 = 2.0;

/// Looks for the first layer that is not finite.
pub fn diagnose(side: Side, session: &mut Session) -> Divergence {
    let layers = session.config().network.hidden.len() + 1;
    let finite = |numbers: &[f32]| numbers.iter().all(|number| number.is_finite());
    let broken_weights = (0..layers)
        .find(|&layer| !finite(session.parameter(2 * layer)) || !finite(session.parameter(2 * layer + 1)));
    let settings = session.settings();
    let setting = if settings.learning_rate * settings.l2 >= STABLE_DECAY {
        "training.l2"
    } else if settings.learning_rate * settings.l1 >= 1.0 {
        "training.l1"
    } else {
        "training.learningRate"
    };
    let (layer, weights) = match broken_weights {
        Some(layer) => (layer, true),
        None => {
            let batch = session.coming_examples();
            let broken = batch.chunks(EVALUATION_BATCH).find_map(|examples| {
                let responses = session.respond_to(Split::Train, examples);
                // A neuron whose potential is no number never fires: its spikes look finite.
                let seen =
                    if responses.potentials.is_empty() { &responses.hidden } else { &responses.potentials };
                seen.iter().position(|numbers| !finite(numbers))
            });
            (broken.unwrap_or(layers - 1), false)
        }
    };
    Divergence { side, layer: layer as u32, weights, setting }
}
