//! Phase plane of a model of two variables: vector field, nullclines and fixed points.
//!
//! `dx/dt = f(x, y)`, `dy/dt = g(x, y)`. A nullcline is where `f` (or `g`) is 0: it is found where the sign
//! changes along an edge of a grid, to the precision of a bisection, and joined within each cell. Fixed
//! points are found by Newton's method from all cells in which both change, and judged by the
//! eigenvalues of the Jacobian, taken by central differences (Strogatz 1994, Nonlinear Dynamics and
//! Chaos, sections 5.2 and 6.3). Variables in the model's own units, rates in these a ms. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::phase_plane::{Plane, Stability};
//! let plane = Plane { x: (-2.0, 2.0), y: (-2.0, 2.0), columns: 40, rows: 40 };
//! let spiral_in = |x: f64, y: f64| (-0.5 * x - y, x - 0.5 * y);
//! let points = plane.fixed_points(spiral_in);
//! assert_eq!(points.len(), 1);
//! assert!(points[0].x.abs() < 1e-9 && points[0].stability == Stability::StableFocus);
//! ```

use crate::order;

/// The part of the plane that is looked at, and how finely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// Smallest and largest value of the first variable.
    pub x: (f64, f64),
    /// Smallest and largest value of the second variable.
    pub y: (f64, f64),
    /// Cells along the first variable.
    pub columns: u32,
    /// Cells along the second variable.
    pub rows: u32,
}

/// An arrow of the vector field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Where it begins.
    pub at: (f64, f64),
    /// `(dx/dt, dy/dt)` there.
    pub rate: (f64, f64),
}

/// A piece of a nullcline within one cell.
pub type Segment = [(f64, f64); 2];

/// What happens near a fixed point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Both eigenvalues real and negative.
    StableNode,
    /// Both real and positive.
    UnstableNode,
    /// One negative, one positive.
    Saddle,
    /// A complex pair with a negative real part.
    StableFocus,
    /// A complex pair with a positive real part.
    UnstableFocus,
    /// An eigenvalue without a real part, as far as differences can tell: the linear terms do not decide.
    Marginal,
}

/// A fixed point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedPoint {
    /// First variable.
    pub x: f64,
    /// Second variable.
    pub y: f64,
    /// Jacobian `[[∂f/∂x, ∂f/∂y], [∂g/∂x, ∂g/∂y]]`.
    pub jacobian: [[f64; 2]; 2],
    /// What the Jacobian says.
    pub stability: Stability,
}

impl Stability {
    /// By trace and determinant of the Jacobian.
    #[must_use]
    pub fn of(jacobian: [[f64; 2]; 2]) -> Self {
        let [[a, b], [c, d]] = jacobian;
        let (trace, determinant) = (a + d, a * d - b * c);
        let size = a.abs() + b.abs() + c.abs() + d.abs();
        let nothing = 1e-7 * size;
        if determinant < -nothing * size {
            Self::Saddle
        } else if determinant.abs() <= nothing * size || trace.abs() <= nothing {
            Self::Marginal
        } else {
            match (trace < 0.0, trace * trace >= 4.0 * determinant) {
                (true, true) => Self::StableNode,
                (true, false) => Self::StableFocus,
                (false, true) => Self::UnstableNode,
                (false, false) => Self::UnstableFocus,
            }
        }
    }

    /// Whether small deviations die out.
    #[must_use]
    pub fn is_stable(self) -> bool {
        matches!(self, Self::StableNode | Self::StableFocus)
    }
}

impl Plane {
    /// Width and height of a cell.
    fn cell(&self) -> (f64, f64) {
        let width = |(from, to): (f64, f64), count: u32| (to - from) / f64::from(count.max(1));
        (width(self.x, self.columns), width(self.y, self.rows))
    }

    /// The corner of a column and a row.
    fn corner(&self, column: u32, row: u32) -> (f64, f64) {
        let (width, height) = self.cell();
        (self.x.0 + width * f64::from(column), self.y.0 + height * f64::from(row))
    }

    /// Arrows at the middle of each cell, row by row; those that are not finite are left out.
    pub fn vector_field(&self, rates: impl Fn(f64, f64) -> (f64, f64)) -> Vec<Arrow> {
        let (width, height) = self.cell();
        let cells = (0..self.rows).flat_map(|row| (0..self.columns).map(move |column| (column, row)));
        let arrow = |(column, row)| {
            let (left, bottom) = self.corner(column, row);
            let at = (left + width / 2.0, bottom + height / 2.0);
            let rate = rates(at.0, at.1);
            (rate.0.is_finite() && rate.1.is_finite()).then_some(Arrow { at, rate })
        };
        cells.filter_map(arrow).collect()
    }

    /// The pieces of the curve on which `value` is 0.
    pub fn nullcline(&self, value: impl Fn(f64, f64) -> f64) -> Vec<Segment> {
        let values = self.at_corners(&value);
        let mut pieces = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(right, up)| {
                    let (column, row) = (column + right, row + up);
                    (self.corner(column, row), values[self.place(column, row)])
                });
                let edges = (0..4).map(|edge| (corners[edge], corners[(edge + 1) % 4]));
                let crossings: Vec<(f64, f64)> = edges
                    .filter(|(from, to)| changes(from.1, to.1))
                    .map(|(from, to)| bisect(&value, from, to))
                    .collect();
                // Two crossings are a line through the cell; four, at a saddle, are two lines.
                pieces.extend(crossings.as_chunks::<2>().0);
            }
        }
        pieces
    }

    /// The fixed points within the plane, ordered by `x`, each once.
    pub fn fixed_points(&self, rates: impl Fn(f64, f64) -> (f64, f64)) -> Vec<FixedPoint> {
        let (width, height) = self.cell();
        let dx = self.at_corners(&|x, y| rates(x, y).0);
        let dy = self.at_corners(&|x, y| rates(x, y).1);
        let mut found: Vec<FixedPoint> = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let mixed = |values: &[f64]| {
                    let at = |right, up| values[self.place(column + right, row + up)];
                    [at(1, 0), at(0, 1), at(1, 1)].into_iter().any(|other| changes(at(0, 0), other))
                };
                if !(mixed(&dx) && mixed(&dy)) {
                    continue;
                }
                let (left, bottom) = self.corner(column, row);
                let Some(point) = self.newton(&rates, left + width / 2.0, bottom + height / 2.0) else {
                    continue;
                };
                let near = |other: &FixedPoint| {
                    (other.x - point.x).abs() < 1e-3 * width.abs()
                        && (other.y - point.y).abs() < 1e-3 * height.abs()
                };
                if !found.iter().any(near) {
                    found.push(point);
                }
            }
        }
        order::sort_by(&mut found, |a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        found
    }

    fn place(&self, column: u32, row: u32) -> usize {
        row as usize * (self.columns as usize + 1) + column as usize
    }

    fn at_corners(&self, value: &impl Fn(f64, f64) -> f64) -> Vec<f64> {
        let corners = (0..=self.rows).flat_map(|row| (0..=self.columns).map(move |column| (column, row)));
        let values = corners.map(|(column, row)| {
            let (x, y) = self.corner(column, row);
            value(x, y)
        });
        values.collect()
    }

    /// The Jacobian by central differences, over a hundred-thousandth of a plane's side.
    fn jacobian(&self, rates: &impl Fn(f64, f64) -> (f64, f64), x: f64, y: f64) -> [[f64; 2]; 2] {
        let (h, k) = ((self.x.1 - self.x.0) * 1e-5, (self.y.1 - self.y.0) * 1e-5);
        let (right, left, above, below) =
            (rates(x + h, y), rates(x - h, y), rates(x, y + k), rates(x, y - k));
        [
            [(right.0 - left.0) / (2.0 * h), (above.0 - below.0) / (2.0 * k)],
            [(right.1 - left.1) / (2.0 * h), (above.1 - below.1) / (2.0 * k)],
        ]
    }

    /// Newton's method from a cell; None if it leaves the plane by more than a cell or does not settle.
    fn newton(&self, rates: &impl Fn(f64, f64) -> (f64, f64), x: f64, y: f64) -> Option<FixedPoint> {
        let (width, height) = self.cell();
        let within = |value: f64, range: (f64, f64), slack: f64| {
            let (low, high) = (range.0.min(range.1), range.0.max(range.1));
            (low - slack.abs()..=high + slack.abs()).contains(&value)
        };
        let (mut x, mut y) = (x, y);
        for _ in 0..50 {
            let (f, g) = rates(x, y);
            let jacobian @ [[a, b], [c, d]] = self.jacobian(rates, x, y);
            let determinant = a * d - b * c;
            if determinant == 0.0 || !determinant.is_finite() {
                return None;
            }
            let (dx, dy) = ((d * f - b * g) / determinant, (a * g - c * f) / determinant);
            (x, y) = (x - dx, y - dy);
            if !(within(x, self.x, width) && within(y, self.y, height)) {
                return None;
            }
            if dx.abs() <= 1e-10 * width.abs() && dy.abs() <= 1e-10 * height.abs() {
                let inside = within(x, self.x, 1e-9 * width) && within(y, self.y, 1e-9 * height);
                return inside.then_some(FixedPoint { x, y, jacobian, stability: Stability::of(jacobian) });
            }
        }
        None
    }
}

/// Whether a zero lies between two values; a value of exactly 0 counts as positive.
fn changes(from: f64, to: f64) -> bool {
    !from.is_nan() && !to.is_nan() && (from < 0.0) != (to < 0.0)
}

/// The zero on the line between two corners whose values differ in sign.
fn bisect(value: &impl Fn(f64, f64) -> f64, from: ((f64, f64), f64), to: ((f64, f64), f64)) -> (f64, f64) {
    let ((mut low, sign), mut high) = ((from.0, from.1 < 0.0), to.0);
    let middle = |low: (f64, f64), high: (f64, f64)| ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
    for _ in 0..40 {
        let at = middle(low, high);
        if (value(at.0, at.1) < 0.0) == sign {
            low = at;
        } else {
            high = at;
        }
    }
    middle(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLANE: Plane = Plane { x: (-2.5, 2.5), y: (-1.5, 2.5), columns: 50, rows: 40 };

    /// FitzHugh (1961), Biophys. J. 1, 445–466, in the form of Nagumo: a 0.7, b 0.8, ε 0.08.
    fn fitzhugh(current: f64) -> impl Fn(f64, f64) -> (f64, f64) {
        move |v, w| (v - v.powi(3) / 3.0 - w + current, 0.08 * (v + 0.7 - 0.8 * w))
    }

    #[test]
    fn nullclines_lie_on_their_closed_forms() {
        let rates = fitzhugh(0.5);
        let cubic = PLANE.nullcline(|v, w| rates(v, w).0);
        let line = PLANE.nullcline(|v, w| rates(v, w).1);
        assert!(cubic.len() > 60 && line.len() > 50);
        for (v, w) in cubic.iter().flatten() {
            assert!((w - (v - v.powi(3) / 3.0 + 0.5)).abs() < 1e-9);
        }
        for (v, w) in line.iter().flatten() {
            assert!((w - (v + 0.7) / 0.8).abs() < 1e-9);
        }
        assert!(PLANE.nullcline(|_, _| 1.0).is_empty() && PLANE.nullcline(|_, _| f64::NAN).is_empty());
    }

    #[test]
    fn fitzhughs_rest_is_stable_and_loses_that_under_current() {
        let rest = PLANE.fixed_points(fitzhugh(0.0));
        assert_eq!(rest.len(), 1);
        // The real root of v³/3 + v/4 + 7/8 = 0.
        let root: f64 = -1.199_408_035;
        assert!((root.powi(3) / 3.0 + 0.25 * root + 0.875).abs() < 1e-8);
        assert!((rest[0].x - root).abs() < 1e-8 && (rest[0].y - (root + 0.7) / 0.8).abs() < 1e-8);
        assert!((rest[0].jacobian[0][0] - (1.0 - root * root)).abs() < 1e-6);
        assert_eq!(rest[0].stability, Stability::StableFocus);
        let driven = PLANE.fixed_points(fitzhugh(0.5));
        assert!(driven.len() == 1 && !driven[0].stability.is_stable());
    }

    #[test]
    fn each_kind_of_fixed_point_is_named() {
        let cases = [
            ([[-1.0, 0.0], [0.0, -2.0]], Stability::StableNode),
            ([[1.0, 0.0], [0.0, 2.0]], Stability::UnstableNode),
            ([[1.0, 0.3], [0.0, -2.0]], Stability::Saddle),
            ([[-0.1, 1.0], [-1.0, -0.1]], Stability::StableFocus),
            ([[0.1, 1.0], [-1.0, 0.1]], Stability::UnstableFocus),
            ([[0.0, 1.0], [-1.0, 0.0]], Stability::Marginal),
            ([[0.0, 0.0], [0.0, -1.0]], Stability::Marginal),
        ];
        for (jacobian @ [[a, b], [c, d]], expected) in cases {
            assert_eq!(Stability::of(jacobian), expected);
            let points = PLANE.fixed_points(|x, y| {
                let (x, y) = (x - 0.31, y - 0.17);
                (a * x + b * y, c * x + d * y)
            });
            // Where a whole line is fixed, there is no point to be named.
            if a * d != b * c {
                assert_eq!(points.iter().map(|p| p.stability).collect::<Vec<_>>(), [expected]);
                assert!((points[0].x - 0.31).abs() < 1e-8 && (points[0].y - 0.17).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn two_wells_and_the_saddle_between_them() {
        let points = PLANE.fixed_points(|x, y| (x - x.powi(3), 0.4 - y));
        let found: Vec<_> = points.iter().map(|p| (libm::round(p.x), p.stability)).collect();
        let expected =
            [-1.0, 0.0, 1.0].map(|x| (x, if x == 0.0 { Stability::Saddle } else { Stability::StableNode }));
        assert_eq!(found, expected);
        assert_eq!(PLANE.vector_field(|x, y| (x, y)).len(), 2000);
        assert!(PLANE.vector_field(|_, _| (f64::NAN, 0.0)).is_empty());
        let empty = Plane { columns: 0, rows: 0, ..PLANE };
        assert!(empty.fixed_points(|x, y| (x, y)).is_empty() && empty.nullcline(|x, _| x).is_empty());
    }
}
