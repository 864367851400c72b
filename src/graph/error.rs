//! Why a graph cannot be built.

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// Shapes that an operation cannot take.
    #[error("{op}: expected {expected}, got {got}")]
    Misfit {
        /// Name of the operation.
        op: &'static str,
        /// What it takes.
        expected: String,
        /// What came.
        got: String,
    },
    /// A result without numbers: a layer of no units, a window larger than what it slides over.
    #[error("{op}: expected a result of at least one number, got shape {shape:?}")]
    Empty {
        /// Name of the operation.
        op: &'static str,
        /// The shape it would have.
        shape: Vec<usize>,
    },
    /// A gradient of what has none.
    #[error("{op}: expected an operation with a gradient, got one without")]
    NoGradient {
        /// Name of the operation.
        op: &'static str,
    },
    /// A gradient that comes back from what an operation gives beside its result.
    #[error("{op}: expected a gradient of its first result, got one of another")]
    Beside {
        /// Name of the operation.
        op: &'static str,
    },
    /// An operation on a loss, which is where a network ends.
    #[error("{op}: expected a tensor of the network, got a loss: nothing but sums of losses may follow one")]
    AfterLoss {
        /// Name of the operation.
        op: &'static str,
    },
}

/// A plan whose arena would be larger than there may be; nothing was allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a model of at most {} MB, got one that would take {} MB", .limit / 1_000_000, .needed.div_ceil(1_000_000))]
pub struct MemoryError {
    /// Bytes it would take, at least.
    pub needed: u64,
    /// Bytes there may be.
    pub limit: u64,
}

/// Why work is not done. Nothing that outlives a run was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WorkError {
    /// Numbers for a tensor that is no input of the plan.
    #[error("expected numbers for an input of the plan, got some for another tensor")]
    NoInput,
    /// More or fewer numbers than an input has.
    #[error("{input}: expected {expected} numbers, got {got}")]
    Length {
        /// Name of the input.
        input: String,
        /// Numbers that it has.
        expected: usize,
        /// Numbers that came.
        got: usize,
    },
    /// A number that names nothing: a class, or a symbol.
    #[error("{input}: expected whole numbers below {below}, got {got} at place {place}")]
    Name {
        /// Name of the input.
        input: String,
        /// How many things there are.
        below: usize,
        /// The place of the number.
        place: usize,
        /// The number that came.
        got: f32,
    },
    /// Too few keys to draw by.
    #[error("expected a key for each of {expected} examples to draw by, got {got}")]
    Keys {
        /// Examples.
        expected: usize,
        /// Keys that came.
        got: usize,
    },
    /// Rows of held units for another number of layers.
    #[error("expected held units of {expected} layers, got {got}")]
    Held {
        /// Layers whose units can be held.
        expected: usize,
        /// Layers that came.
        got: usize,
    },
}

/// Why there is no plan for a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Layers that do not fit.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// More memory than there may be.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// A model of a kind that a learning rule cannot teach.
    #[error("{rule}: expected {expected}, got {got}")]
    Kind {
        /// The rule.
        rule: &'static str,
        /// What it can teach.
        expected: &'static str,
        /// What came.
        got: String,
    },
}

/// What an operation takes and what it was given; [`super::Graph::apply`] adds its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What it takes.
    pub expected: String,
    /// What came.
    pub got: String,
}

/// A misfit unless `holds`.
pub(super) fn expect(
    holds: bool,
    expected: impl FnOnce() -> String,
    got: impl core::fmt::Debug,
) -> Result<(), Misfit> {
    if holds { Ok(()) } else { Err(Misfit { expected: expected(), got: format!("{got:?}") }) }
}
