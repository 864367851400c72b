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
    /// Microseconds.
    Microsecond,
    /// Seconds.
    Second,
    /// Events a second.
    Hertz,
    /// Picoamperes.
    Picoampere,
    /// Nanoamperes.
    Nanoampere,
    /// Microamperes a square centimetre.
    MicroamperePerSquareCentimetre,
    /// Nanosiemens.
    Nanosiemens,
    /// Millisiemens a square centimetre.
    MillisiemensPerSquareCentimetre,
    /// Picofarads.
    Picofarad,
    /// Microfarads a square centimetre.
    MicrofaradPerSquareCentimetre,
    /// Megaohms.
    Megaohm,
    /// Ohm centimetres: the resistance of the inside.
    OhmCentimetre,
    /// Kiloohm square centimetres: the resistance of the membrane.
    KiloohmSquareCentimetre,
    /// Micrometres.
    Micrometre,
    /// Metres a second.
    MetrePerSecond,
    /// Degrees Celsius.
    Celsius,
    /// Millimoles a litre.
    Millimolar,
    /// Events a millisecond.
    PerMillisecond,
    /// Events a millimole and millisecond.
    PerMillimolarMillisecond,
    /// Degrees of an angle.
    Degree,
    /// Percent.
    Percent,
}

impl Unit {
    /// The symbol of the unit, empty for plain numbers.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::One | Self::Count => "",
            Self::Millivolt => "mV",
            Self::Millisecond => "ms",
            Self::Microsecond => "µs",
            Self::Second => "s",
            Self::Hertz => "Hz",
            Self::Picoampere => "pA",
            Self::Nanoampere => "nA",
            Self::MicroamperePerSquareCentimetre => "µA/cm²",
            Self::Nanosiemens => "nS",
            Self::MillisiemensPerSquareCentimetre => "mS/cm²",
            Self::Picofarad => "pF",
            Self::MicrofaradPerSquareCentimetre => "µF/cm²",
            Self::Megaohm => "MΩ",
            Self::OhmCentimetre => "Ω·cm",
            Self::KiloohmSquareCentimetre => "kΩ·cm²",
            Self::Micrometre => "µm",
            Self::MetrePerSecond => "m/s",
            Self::Celsius => "°C",
            Self::Millimolar => "mM",
            Self::PerMillisecond => "1/ms",
            Self::PerMillimolarMillisecond => "1/(mM·ms)",
            Self::Degree => "°",
            Self::Percent => "%",
        }
    }
}
