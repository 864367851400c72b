//! The shape of a cell: cylinders cut into compartments, each tied to its parent.
//!
//! A compartment of length `h` and diameter `d` has the membrane `π d h` and the cross-section
//! `π d²/4`. Its conductance to the parent is that of the cytoplasm between the two centres:
//! `G = 1/(R_i h/2A + R_i h_p/2A_p)`. The potential stands for the centre, so a cable is exact to the
//! second order of `h` there (Mascagni, Sherman 1998, *Numerical methods for neuronal modeling*, in
//! Koch, Segev, Methods in Neuronal Modeling). Both ends are sealed. Where several branches leave the
//! end of one compartment, each is charged the whole half of it: first order there; cut the last
//! compartment short, or let branches begin at a soma's centre, as [`Origin`] offers.

use super::{Simulation, SquidChannels};

/// The most compartments that a cell may have.
pub const LARGEST_CELL: u32 = 100_000;

/// Why a cell is not built.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CellError {
    /// Too many compartments.
    #[error("a cell of {compartments} compartments would take {bytes} bytes; at most {largest} are built")]
    TooLarge {
        /// What was asked for.
        compartments: u64,
        /// What it would take.
        bytes: u64,
        /// What is built.
        largest: u32,
    },
    /// Nothing to simulate.
    #[error("{what} needs at least one compartment")]
    Empty {
        /// What was asked for.
        what: &'static str,
    },
    /// A size or a constant of the material that is not a positive number.
    #[error("{what} must be a positive number, not {value}")]
    NotPositive {
        /// Which one.
        what: &'static str,
        /// What came.
        value: f64,
    },
    /// A branch from a compartment that is not there, or a second root.
    #[error("{parent:?} is no place to begin in a cell of {compartments} compartments")]
    NoSuchParent {
        /// Where the branch was to begin.
        parent: Origin,
        /// How many there are.
        compartments: usize,
    },
}

/// What cytoplasm and membrane are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Material {
    /// Capacitance of the membrane, µF/cm².
    pub capacitance_uf_cm2: f64,
    /// Resistance of the leak, kΩ·cm²; infinite where nothing leaks.
    pub membrane_kohm_cm2: f64,
    /// Resistance of the cytoplasm, Ω·cm.
    pub axial_ohm_cm: f64,
    /// Reversal potential of the leak, mV.
    pub leak_mv: f64,
}

/// Where a branch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the first branch of the cell.
    Root,
    /// At the far end of a compartment: half of it lies in between.
    End(u32),
    /// At the centre of a compartment that is of one potential, a soma.
    Centre(u32),
}

/// A cylinder and into how many compartments it is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// Where it begins.
    pub from: Origin,
    /// Length, µm.
    pub length_um: f64,
    /// Diameter, µm.
    pub diameter_um: f64,
    /// Number of compartments.
    pub compartments: u32,
}

/// A piece of the cell with one potential.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compartment {
    /// Index of the neighbour towards the root; 0 for the root itself.
    pub parent: u32,
    /// Distance of its centre from the beginning of the root, µm.
    pub distance_um: f64,
    /// Length, µm.
    pub length_um: f64,
    /// Diameter, µm.
    pub diameter_um: f64,
    /// Capacitance, pF.
    pub capacitance_pf: f64,
    /// Conductance to the parent, nS; 0 for the root.
    pub axial_ns: f64,
    /// Leak, nS.
    pub leak_ns: f64,
    /// Sodium conductance with all gates open, nS.
    pub sodium_ns: f64,
    /// Potassium conductance with all gates open, nS.
    pub potassium_ns: f64,
}

impl Compartment {
    /// Membrane, µm².
    pub fn area_um2(&self) -> f64 {
        core::f64::consts::PI * self.diameter_um * self.length_um
    }

    /// The cytoplasm from the centre to either end, GΩ.
    fn half_gohm(&self, axial_ohm_cm: f64) -> f64 {
        let section_um2 = core::f64::consts::PI * self.diameter_um * self.diameter_um / 4.0;
        // 1 Ω·cm/µm is 10⁴ Ω.
        axial_ohm_cm * self.length_um / 2.0 / section_um2 * 1e-5
    }
}

/// A cell to be simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    material: Material,
    compartments: Vec<Compartment>,
    channels: Option<SquidChannels>,
    /// The potential everywhere at the beginning, mV.
    pub initial_mv: f64,
    /// The largest time step it is meant for, ms.
    pub largest_dt_ms: f64,
}

/// 1 mS/cm² over 1 µm² is 0.01 nS; 1 µF/cm² over 1 µm² is 0.01 pF.
const PER_SQUARE_MICROMETRE: f64 = 0.01;

impl Cell {
    /// A cell without any compartment, resting at the leak's potential.
    ///
    /// # Errors
    /// If a constant is not positive.
    pub fn new(material: Material) -> Result<Self, CellError> {
        positive("the capacitance", material.capacitance_uf_cm2)?;
        positive("the resistance of the cytoplasm", material.axial_ohm_cm)?;
        if material.membrane_kohm_cm2 != f64::INFINITY {
            positive("the resistance of the membrane", material.membrane_kohm_cm2)?;
        }
        Ok(Self {
            material,
            compartments: Vec::new(),
            channels: None,
            initial_mv: material.leak_mv,
            largest_dt_ms: 1.0,
        })
    }

    /// Refuses a cell that is too large, before anything is allocated.
    ///
    /// # Errors
    /// [`CellError::TooLarge`], which names the bytes.
    pub fn check_size(compartments: u64) -> Result<(), CellError> {
        if compartments <= u64::from(LARGEST_CELL) {
            return Ok(());
        }
        let bytes = compartments.saturating_mul(Simulation::BYTES_PER_COMPARTMENT);
        Err(CellError::TooLarge { compartments, bytes, largest: LARGEST_CELL })
    }

    /// Appends a branch and says which compartments it is.
    ///
    /// # Errors
    /// If it is empty, would make the cell too large, has a size that is not positive, or begins
    /// nowhere. The cell is unchanged then.
    pub fn grow(&mut self, branch: Branch) -> Result<core::ops::Range<u32>, CellError> {
        let first = self.compartments.len();
        Self::check_size(first as u64 + u64::from(branch.compartments))?;
        if branch.compartments == 0 {
            return Err(CellError::Empty { what: "a branch" });
        }
        positive("the length of a branch", branch.length_um)?;
        positive("the diameter of a branch", branch.diameter_um)?;
        let nowhere = || CellError::NoSuchParent { parent: branch.from, compartments: first };
        let origin = match branch.from {
            Origin::Root if first == 0 => None,
            Origin::Root => return Err(nowhere()),
            Origin::End(parent) | Origin::Centre(parent) => {
                let above = *self.compartments.get(parent as usize).ok_or_else(nowhere)?;
                let at_end = matches!(branch.from, Origin::End(_));
                let gohm = if at_end { above.half_gohm(self.material.axial_ohm_cm) } else { 0.0 };
                Some((parent, gohm, above.distance_um + if at_end { above.length_um / 2.0 } else { 0.0 }))
            }
        };
        let length_um = branch.length_um / f64::from(branch.compartments);
        let Material { capacitance_uf_cm2, membrane_kohm_cm2, axial_ohm_cm, .. } = self.material;
        for index in 0..branch.compartments {
            let mut piece = Compartment {
                parent: 0,
                distance_um: origin.map_or(0.0, |(_, _, um)| um) + length_um * (f64::from(index) + 0.5),
                length_um,
                diameter_um: branch.diameter_um,
                capacitance_pf: 0.0,
                axial_ns: 0.0,
                leak_ns: 0.0,
                sodium_ns: 0.0,
                potassium_ns: 0.0,
            };
            let area = piece.area_um2() * PER_SQUARE_MICROMETRE;
            piece.capacitance_pf = capacitance_uf_cm2 * area;
            piece.leak_ns = area / membrane_kohm_cm2;
            let half = piece.half_gohm(axial_ohm_cm);
            if index > 0 {
                (piece.parent, piece.axial_ns) = (self.compartments.len() as u32 - 1, 0.5 / half);
            } else if let Some((parent, gohm, _)) = origin {
                (piece.parent, piece.axial_ns) = (parent, 1.0 / (half + gohm));
            }
            self.compartments.push(piece);
        }
        Ok(first as u32..first as u32 + branch.compartments)
    }

    /// Puts squid channels of these densities (sodium, potassium, mS/cm²) into all compartments.
    pub fn excite(&mut self, channels: SquidChannels, densities_ms_cm2: (f64, f64)) {
        self.channels = Some(channels);
        for piece in &mut self.compartments {
            let area = piece.area_um2() * PER_SQUARE_MICROMETRE;
            piece.sodium_ns = densities_ms_cm2.0 * area;
            piece.potassium_ns = densities_ms_cm2.1 * area;
        }
    }

    /// Its compartments, parents before children.
    pub fn compartments(&self) -> &[Compartment] {
        &self.compartments
    }

    /// What it is made of.
    pub fn material(&self) -> Material {
        self.material
    }

    /// Its channels, if it has any.
    pub fn channels(&self) -> Option<SquidChannels> {
        self.channels
    }

    /// The cytoplasm between the centre of a compartment and its end, MΩ: what an electrode at the
    /// very end of a cable has in series. None if there is no such compartment.
    pub fn half_mohm(&self, compartment: u32) -> Option<f64> {
        let piece = self.compartments.get(compartment as usize)?;
        Some(piece.half_gohm(self.material.axial_ohm_cm) * 1000.0)
    }
}

fn positive(what: &'static str, value: f64) -> Result<(), CellError> {
    if value.is_finite() && value > 0.0 { Ok(()) } else { Err(CellError::NotPositive { what, value }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATERIAL: Material =
        Material { capacitance_uf_cm2: 1.0, membrane_kohm_cm2: 20.0, axial_ohm_cm: 150.0, leak_mv: -70.0 };

    fn branch(from: Origin, compartments: u32) -> Branch {
        Branch { from, length_um: 100.0, diameter_um: 2.0, compartments }
    }

    #[test]
    fn compartments_have_the_sizes_of_their_cylinder() {
        let mut cell = Cell::new(MATERIAL).unwrap();
        assert_eq!(cell.grow(branch(Origin::Root, 4)), Ok(0..4));
        assert_eq!(cell.grow(branch(Origin::End(3), 2)), Ok(4..6));
        let area: f64 = cell.compartments().iter().map(Compartment::area_um2).sum();
        assert!((area - 400.0 * core::f64::consts::PI).abs() < 1e-9);
        let capacitance: f64 = cell.compartments().iter().map(|piece| piece.capacitance_pf).sum();
        assert!((capacitance - area * 0.01).abs() < 1e-9);
        // 150 Ω·cm · 25 µm / π µm² is 11.94 MΩ.
        assert!((cell.compartments()[1].axial_ns - 1e3 / 11.9366).abs() < 1e-3);
        let joint = 1e-3 * (cell.half_mohm(3).unwrap() + cell.half_mohm(4).unwrap());
        assert!((cell.compartments()[4].axial_ns - 1.0 / joint).abs() < 1e-9);
        assert_eq!(cell.compartments()[4].parent, 3);
        assert!((cell.compartments()[5].distance_um - 175.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_is_refused_and_changes_nothing() {
        let mut cell = Cell::new(MATERIAL).unwrap();
        cell.grow(branch(Origin::Root, 2)).unwrap();
        let before = cell.clone();
        let refused = [
            branch(Origin::Root, 1),
            branch(Origin::End(2), 1),
            branch(Origin::End(1), 0),
            Branch { length_um: f64::NAN, ..branch(Origin::End(1), 1) },
            Branch { diameter_um: -1.0, ..branch(Origin::End(1), 1) },
            branch(Origin::End(1), 99_999),
            branch(Origin::End(1), u32::MAX),
        ];
        for branch in refused {
            assert!(cell.grow(branch).is_err(), "{branch:?}");
        }
        assert_eq!(cell, before);
        assert!(cell.grow(branch(Origin::End(1), 99_998)).is_ok());
        let error = Cell::check_size(200_000).unwrap_err().to_string();
        let bytes = 200_000 * Simulation::BYTES_PER_COMPARTMENT;
        assert!(error.contains(&format!("{bytes} bytes")), "{error}");
        assert!(Cell::new(Material { axial_ohm_cm: 0.0, ..MATERIAL }).is_err());
    }
}
