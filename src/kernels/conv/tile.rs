//! The register tile of a convolution: a few positions × a few out channels, summed over all taps.
#![allow(unsafe_code, reason = "reads in the innermost loop, within bounds that are asserted once a pass")]

use super::depthwise;
use crate::kernels::lane::{F32x4, Real};

/// Numbers in the widest row of a tile.
const WIDEST: usize = 8;

/// `columns` with what the last panel is filled up with: panels are eight wide, the last one four
/// where that is enough.
pub(super) fn padded_columns(columns: usize) -> usize {
    columns.checked_next_multiple_of(4).unwrap_or(usize::MAX)
}

/// The panels of `columns`: where each begins, how many columns it has and how wide it is stored.
pub(super) fn panels(columns: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..columns).step_by(WIDEST).map(move |start| {
        let count = WIDEST.min(columns - start);
        (start, count, if count <= 4 { 4 } else { WIDEST })
    })
}

/// Fills panels: `fill(group, columns, tap, row)` writes the weights of one tap to the front of
/// `row`, whose rest stays zero.
pub(super) fn pack(
    groups: usize,
    depth: usize,
    columns: usize,
    panels: &mut [f32],
    fill: impl Fn(usize, core::ops::Range<usize>, usize, &mut [f32]),
) {
    panels.fill(0.0);
    let mut rest = panels;
    for group in 0..groups {
        for (start, count, width) in self::panels(columns) {
            let (panel, behind) = rest.split_at_mut(depth * width);
            rest = behind;
            for (tap, row) in panel.chunks_exact_mut(width).enumerate() {
                fill(group, start..start + count, tap, row);
            }
        }
    }
}

/// One direction of a grid: how many positions, and their distance where numbers are read and where
/// results go.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub count: usize,
    pub from: usize,
    pub to: usize,
}

/// Positions of the kernel: where the first reads and writes, and how they follow one another.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    pub from_start: usize,
    pub to_start: usize,
    pub example: Axis,
    pub row: Axis,
    pub col: Axis,
}

impl Grid {
    /// Where the last position reads. There must be positions.
    fn last(&self) -> usize {
        let steps = [self.example, self.row, self.col].map(|axis| (axis.count - 1) * axis.from);
        self.from_start + steps.iter().sum::<usize>()
    }
}

/// Where one position reads and where it writes.
#[derive(Clone, Copy, Default)]
pub(super) struct Position {
    row: usize,
    pub from: usize,
    pub to: usize,
}

impl Position {
    fn step(self, axis: Axis) -> Self {
        Self { row: self.row, from: self.from + axis.from, to: self.to + axis.to }
    }
}

/// Walks a grid without dividing: column by column, row by row, example by example.
pub(super) struct Walk {
    grid: Grid,
    col: usize,
    example_start: Position,
    row_start: Position,
    here: Position,
}

impl Walk {
    pub fn new(grid: Grid) -> Self {
        let start = Position { row: 0, from: grid.from_start, to: grid.to_start };
        Self { grid, col: 0, example_start: start, row_start: start, here: start }
    }

    #[inline(always)]
    pub fn next(&mut self) -> Position {
        let here = self.here;
        self.here = here.step(self.grid.col);
        self.col += 1;
        if self.col == self.grid.col.count {
            self.col = 0;
            self.row_start = self.row_start.step(self.grid.row);
            self.row_start.row += 1;
            if self.row_start.row == self.grid.row.count {
                self.example_start = self.example_start.step(self.grid.example);
                self.row_start = self.example_start;
            }
            self.here = self.row_start;
        }
        here
    }
}

/// A kernel over a grid: `taps` rows and columns of `channels` numbers, `row` and `col` apart, into
/// `columns` results; the same for each group, whose numbers and results follow one another.
#[derive(Clone, Copy)]
pub(super) struct Pass {
    pub grid: Grid,
    pub taps: [usize; 2],
    pub row: usize,
    pub col: usize,
    pub channels: usize,
    pub columns: usize,
    pub groups: usize,
    /// What rows of taps may be left out because they find only padding.
    pub solid: Option<Solid>,
}

/// Rows that hold more than padding, counted from the one that the first position begins with, where
/// neighbouring positions begin one row apart. Others add nothing to a sum as long as the weights are
/// finite.
#[derive(Clone, Copy)]
pub(super) struct Solid {
    pub start: usize,
    pub end: usize,
}

impl Solid {
    /// Those of `taps` rows that find something, for positions in the rows `first` to `last`.
    fn taps(self, taps: usize, first: usize, last: usize) -> core::ops::Range<usize> {
        let end = taps.min(self.end.saturating_sub(first));
        self.start.saturating_sub(last).min(end)..end
    }
}

/// Stretches of contiguous numbers under a kernel.
#[derive(Clone, Copy)]
struct Runs {
    rows: usize,
    row: usize,
    cols: usize,
    col: usize,
    len: usize,
}

impl Runs {
    /// Distance from a position to behind the last number under its kernel.
    fn reach(self) -> usize {
        if self.rows * self.cols * self.len == 0 {
            return 0;
        }
        (self.rows - 1) * self.row + (self.cols - 1) * self.col + self.len
    }
}

impl Pass {
    /// Numbers that one result sums.
    pub(super) fn depth(&self) -> usize {
        self.taps[0] * self.taps[1] * self.channels
    }

    /// Numbers in all panels.
    pub(super) fn packed_len(&self) -> usize {
        self.groups * self.depth() * padded_columns(self.columns)
    }

    fn runs(&self) -> Runs {
        let [rows, cols] = self.taps;
        if self.col == self.channels {
            Runs { rows, row: self.row, cols: 1, col: 0, len: cols * self.channels }
        } else {
            Runs { rows, row: self.row, cols, col: self.col, len: self.channels }
        }
    }

    /// Whether the numbers of all groups lie side by side and each has a result of its own.
    fn is_depthwise(&self) -> bool {
        self.groups > 1 && self.channels == 1 && self.columns == 1
    }

    /// Runs over `examples` images that lie in `from`, with weights of [`pack`], or `(taps, groups)`
    /// where each group is one channel with one result.
    pub(super) fn run(
        &self,
        examples: usize,
        from: &[f32],
        packed: &[f32],
        bias: Option<&[f32]>,
        out: &mut [f32],
    ) {
        if self.is_depthwise() {
            return depthwise::run(self, examples, from, packed, bias, out);
        }
        let runs = self.runs();
        let mut rest = packed;
        for group in 0..self.groups {
            for (first, columns, width) in panels(self.columns) {
                let (panel, behind) = rest.split_at(self.depth() * width);
                rest = behind;
                let column = group * self.columns + first;
                let mut grid = self.grid;
                grid.example.count = examples;
                grid.from_start += group * self.channels;
                grid.to_start += column;
                let bias = bias.map(|bias| &bias[column..][..columns]);
                if width == WIDEST {
                    sweep::<4, 2, 8>(grid, (runs, self.solid), from, (panel, bias, columns), out);
                } else {
                    sweep::<8, 1, 4>(grid, (runs, self.solid), from, (panel, bias, columns), out);
                }
            }
        }
    }
}

/// One panel over all positions, `POSITIONS` at a time.
fn sweep<const POSITIONS: usize, const VECTORS: usize, const WIDTH: usize>(
    grid: Grid,
    (runs, solid): (Runs, Option<Solid>),
    from: &[f32],
    (panel, bias, columns): (&[f32], Option<&[f32]>, usize),
    out: &mut [f32],
) {
    let (panel, _) = panel.as_chunks::<WIDTH>();
    let start: [F32x4; VECTORS] = match bias {
        Some(bias) => read_row(bias),
        None => [F32x4::splat(0.0); VECTORS],
    };
    let mut walk = Walk::new(grid);
    let mut left = grid.example.count * grid.row.count * grid.col.count;
    if left > 0 {
        assert!(grid.last() + runs.reach() <= from.len(), "all that a pass reads must be there");
    }
    while left > 0 {
        let inside = left.min(POSITIONS);
        left -= inside;
        let mut positions = [walk.next(); POSITIONS];
        for index in 1..POSITIONS {
            // Missing positions repeat the last one; their results are dropped.
            positions[index] = if index < inside { walk.next() } else { positions[index - 1] };
        }
        let rows = match solid {
            None => 0..runs.rows,
            Some(solid) => {
                let rows = positions.map(|position| position.row);
                let first = rows.into_iter().fold(rows[0], usize::min);
                solid.taps(runs.rows, first, rows.into_iter().fold(first, usize::max))
            }
        };
        let lines = positions.map(|position| &from[position.from..]);
        // SAFETY: `rows` are some of those of `runs`, and no position lies behind the last one, from which on all of `reach` is there.
        let tile = unsafe { accumulate(runs, rows, lines, panel, start) };
        for (position, row) in positions[..inside].iter().zip(tile) {
            write_row(row, &mut out[position.to..][..columns]);
        }
    }
}

/// Adds the products of one panel with the numbers at some positions, in the order of the taps, of
/// which there are so many `rows`.
///
/// # Safety
/// Each line holds at least [`Runs::reach`] numbers, and no row is beyond those of `runs`.
#[inline(always)]
unsafe fn accumulate<const POSITIONS: usize, const VECTORS: usize, const WIDTH: usize>(
    runs: Runs,
    rows: core::ops::Range<usize>,
    lines: [&[f32]; POSITIONS],
    panel: &[[f32; WIDTH]],
    start: [F32x4; VECTORS],
) -> [[F32x4; VECTORS]; POSITIONS] {
    let mut tile = [start; POSITIONS];
    let mut rest = &panel[rows.start * runs.cols * runs.len..];
    for row in rows {
        for col in 0..runs.cols {
            let offset = row * runs.row + col * runs.col;
            let (weights, behind) = rest.split_at(runs.len);
            rest = behind;
            for (at, weights) in weights.iter().enumerate() {
                let weights: [F32x4; VECTORS] =
                    core::array::from_fn(|part| F32x4::load(&weights[4 * part..]));
                for (sums, line) in tile.iter_mut().zip(lines) {
                    // SAFETY: `at < len`, so the place is before the end of the reach.
                    let number = F32x4::splat(unsafe { *line.get_unchecked(offset + at) });
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = *sum + number * weight;
                    }
                }
            }
        }
    }
    tile
}

/// A row of a tile; numbers that are missing are zero.
#[inline(always)]
pub(super) fn read_row<const VECTORS: usize>(from: &[f32]) -> [F32x4; VECTORS] {
    let mut row = [F32x4::splat(0.0); VECTORS];
    for (vector, from) in row.iter_mut().zip(from.chunks(4)) {
        *vector = match from.first_chunk::<4>() {
            Some(from) => F32x4::from_array(from),
            None => F32x4::from_array(&core::array::from_fn(|lane| from.get(lane).copied().unwrap_or(0.0))),
        };
    }
    row
}

/// As much of a row of a tile as there is place for.
#[inline(always)]
pub(super) fn write_row<const VECTORS: usize>(row: [F32x4; VECTORS], to: &mut [f32]) {
    // Not by `copy_from_slice`: for so few numbers the call costs more than the sums did.
    for (to, vector) in to.chunks_mut(4).zip(row) {
        if let Some(to) = to.first_chunk_mut::<4>() {
            vector.store(to);
        } else {
            for (to, number) in to.iter_mut().zip(vector.to_array()) {
                *to = number;
            }
        }
    }
}
