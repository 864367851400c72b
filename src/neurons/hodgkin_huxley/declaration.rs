//! What the Hodgkin-Huxley neuron says of itself.

use super::HodgkinHuxley;
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::units::Unit;

const HODGKIN_HUXLEY_1952: Citation = Citation {
    authors: "Hodgkin, Huxley",
    year: 1952,
    title: "A quantitative description of membrane current and its application to conduction and excitation in nerve",
    source: "Journal of Physiology 117(4), 500–544",
};
const HUXLEY_1959: Citation = Citation {
    authors: "Huxley",
    year: 1959,
    title: "Ion movements during nerve activity",
    source: "Annals of the New York Academy of Sciences 81(2), 221–246",
};

impl Default for HodgkinHuxley {
    fn default() -> Self {
        Self {
            temperature_c: 6.3,
            c_uf_cm2: 1.0,
            g_na_ms_cm2: 120.0,
            g_k_ms_cm2: 36.0,
            g_leak_ms_cm2: 0.3,
            e_na_mv: 50.0,
            e_k_mv: -77.0,
            e_leak_mv: -54.387,
        }
    }
}

const CONDUCTANCE: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::MillisiemensPerSquareCentimetre,
    range: (0.0, 500.0),
    step: 1.0,
    scale: Scale::Linear,
    default: 0.0,
    meaning: "",
};
const REVERSAL: Parameter =
    Parameter { unit: Unit::Millivolt, range: (-120.0, 120.0), step: 0.1, ..CONDUCTANCE };

const fn gate(key: &'static str, symbol: &'static str, meaning: &'static str) -> StateVariable {
    StateVariable { key, symbol, unit: Unit::One, meaning }
}

const STEP: &[(f64, f64)] = &[(0.0, 0.0), (50.0, 0.0), (50.0, 10.0), (450.0, 10.0), (450.0, 0.0)];

const fn figure(what: &'static str, expected: f64, tolerance: f64, unit: Unit) -> Reference {
    Reference { what, expected, tolerance, unit, citation: HODGKIN_HUXLEY_1952 }
}

impl Declared for HodgkinHuxley {
    const DECLARATION: Declaration = Declaration {
        id: "hodgkin-huxley",
        title: "Hodgkin-Huxley (squid axon)",
        citation: HODGKIN_HUXLEY_1952,
        equations: &[
            r"C \frac{dV}{dt} = -g_\mathrm{Na} m^3 h (V - E_\mathrm{Na}) - g_\mathrm{K} n^4 (V - E_\mathrm{K}) - g_L (V - E_L) + I",
            r"\frac{dx}{dt} = 3^{(T - 6.3)/10} \bigl(\alpha_x (1 - x) - \beta_x x\bigr),\quad x \in \{m, h, n\}",
            r"\alpha_m = \frac{0.1 (V + 40)}{1 - e^{-(V + 40)/10}},\quad \beta_m = 4 e^{-(V + 65)/18}",
            r"\alpha_h = 0.07 e^{-(V + 65)/20},\quad \beta_h = \frac{1}{1 + e^{-(V + 35)/10}}",
            r"\alpha_n = \frac{0.01 (V + 55)}{1 - e^{-(V + 55)/10}},\quad \beta_n = 0.125 e^{-(V + 65)/80}",
        ],
        parameters: &[
            Parameter {
                key: "temperature_c",
                symbol: "T",
                unit: Unit::Celsius,
                range: (0.0, 40.0),
                step: 0.1,
                default: 6.3,
                meaning: "Temperature, which sets the speed of the gates.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "c_uf_cm2",
                symbol: "C",
                unit: Unit::MicrofaradPerSquareCentimetre,
                range: (0.5, 5.0),
                step: 0.1,
                default: 1.0,
                meaning: "Charge that the membrane holds for each millivolt.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "g_na_ms_cm2",
                symbol: r"g_\mathrm{Na}",
                default: 120.0,
                meaning: "Conductance of all sodium channels.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "g_k_ms_cm2",
                symbol: r"g_\mathrm{K}",
                default: 36.0,
                meaning: "Conductance of all potassium channels.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "g_leak_ms_cm2",
                symbol: "g_L",
                range: (0.01, 10.0),
                step: 0.01,
                default: 0.3,
                meaning: "Conductance that is always open.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "e_na_mv",
                symbol: r"E_\mathrm{Na}",
                default: 50.0,
                meaning: "Where sodium channels draw the potential.",
                ..REVERSAL
            },
            Parameter {
                key: "e_k_mv",
                symbol: r"E_\mathrm{K}",
                default: -77.0,
                meaning: "Where potassium channels draw the potential.",
                ..REVERSAL
            },
            Parameter {
                key: "e_leak_mv",
                symbol: "E_L",
                default: -54.387,
                meaning: "Where the leak draws the potential; the default puts the rest at −65 mV.",
                ..REVERSAL
            },
        ],
        state: &[
            StateVariable {
                key: "potential_mv",
                symbol: "V",
                unit: Unit::Millivolt,
                meaning: "Potential of the membrane.",
            },
            gate("m", "m", "Activation of sodium channels."),
            gate("h", "h", "Sodium channels that are not inactivated."),
            gate("n", "n", "Activation of potassium channels."),
        ],
        drive: Unit::MicroamperePerSquareCentimetre,
        integrator: Integrator::ExponentialEuler,
        largest_dt_ms: 0.1,
        presets: &[
            Preset {
                id: "squid",
                title: "Squid axon at 6.3 °C",
                values: &[],
                drive: STEP,
                citation: HODGKIN_HUXLEY_1952,
            },
            Preset {
                id: "warm",
                title: "Squid axon at 18.5 °C",
                values: &[("temperature_c", 18.5)],
                drive: STEP,
                citation: HODGKIN_HUXLEY_1952,
            },
            Preset {
                id: "heat-block",
                title: "Heat block at 35 °C: potassium is as fast as sodium",
                values: &[("temperature_c", 35.0)],
                drive: STEP,
                citation: HUXLEY_1959,
            },
        ],
        references: &[
            figure(
                "smallest sustained current that fires once, from −65 mV at 6.3 °C",
                2.22,
                0.02,
                Unit::MicroamperePerSquareCentimetre,
            ),
            figure(
                "smallest sustained current that fires for ever, at 6.3 °C",
                6.25,
                0.05,
                Unit::MicroamperePerSquareCentimetre,
            ),
            figure(
                "rate just above the onset of repetitive firing, at 6.3 µA/cm² and 6.3 °C",
                52.0,
                1.0,
                Unit::Hertz,
            ),
            figure("rate at 10 µA/cm², at 6.3 °C", 68.4, 0.5, Unit::Hertz),
        ],
        not_biological: "Channels are a smooth average and their four gates independent; a point has no axon along \
                         which the spike could travel.",
    };
    declared_fields!(
        temperature_c,
        c_uf_cm2,
        g_na_ms_cm2,
        g_k_ms_cm2,
        g_leak_ms_cm2,
        e_na_mv,
        e_k_mv,
        e_leak_mv,
    );
}
