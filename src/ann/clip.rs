//! What keeps a step of learning from going too far where the loss is steep.

use crate::describe::{Choice, Citation};

/// How gradients are held back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clip {
    /// Not at all.
    Free,
    /// All together, so that their common norm is at most this.
    Norm(f32),
    /// Each number by itself, to at most this magnitude.
    Value(f32),
}

/// A limit that leaves nothing or means nothing.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("expected a limit of gradients above 0, got {0}")]
pub struct ClipError(pub f32);

impl Clip {
    /// What each of them says of itself, in the order of the variants.
    pub const CHOICES: [Choice; 3] = [
        Choice {
            id: "free",
            title: "Not held back",
            equation: r"g",
            citation: Citation {
                authors: "Robbins, Monro",
                year: 1951,
                title: "A stochastic approximation method",
                source: "Ann. Math. Stat. 22, 400–407",
            },
            not_biological: "",
        },
        Choice {
            id: "norm",
            title: "By norm",
            equation: r"g \leftarrow g \min(1, \theta / \lVert g \rVert)",
            citation: Citation {
                authors: "Pascanu, Mikolov, Bengio",
                year: 2013,
                title: "On the difficulty of training recurrent neural networks",
                source: "ICML 30, 1310–1318",
            },
            not_biological: "",
        },
        Choice {
            id: "value",
            title: "By value",
            equation: r"g_i \leftarrow \max(-\theta, \min(\theta, g_i))",
            citation: Citation {
                authors: "Graves",
                year: 2013,
                title: "Generating sequences with recurrent neural networks",
                source: "arXiv:1308.0850, section 2.1",
            },
            not_biological: "",
        },
    ];

    /// Whether the limit is finite and above 0.
    ///
    /// # Errors
    /// The limit, where it is not.
    pub fn check(self) -> Result<(), ClipError> {
        match self {
            Self::Norm(limit) | Self::Value(limit) if !(limit.is_finite() && limit > 0.0) => {
                Err(ClipError(limit))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_leave_nothing_are_refused() {
        for limit in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(Clip::Norm(limit).check().is_err() && Clip::Value(limit).check().is_err(), "{limit}");
        }
        assert_eq!([Clip::Free, Clip::Norm(1.0), Clip::Value(1.0)].map(Clip::check), [Ok(()); 3]);
    }
}
