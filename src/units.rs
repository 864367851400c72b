//! Physical units as they are named in declarations and shown beside numbers.

/// A unit of a parameter or of a state variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A plain number.
    One,
    /// A count of things.
    Count,
    /// Millivolts.
    Millivolt,
    /// Milliseconds.
    Millisecond,
    /// Events a second.
    Hertz,
}

impl Unit {
    /// The symbol of the unit, empty for plain numbers.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::One | Self::Count => "",
            Self::Millivolt => "mV",
            Self::Millisecond => "ms",
            Self::Hertz => "Hz",
        }
    }
}
