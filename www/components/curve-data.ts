// The curves of both networks as uPlot wants them: one list of steps, one of values per line.

/** A row of NetworkSnapshot.curve: step, train loss, test loss, train accuracy, test accuracy. */
export const CURVE_ROW = 5;
export type Measure = 'loss' | 'accuracy';

export type CurveColumns = [
  steps: number[],
  artificialTrain: (number | null)[],
  artificialTest: (number | null)[],
  spikingTrain: (number | null)[],
  spikingTest: (number | null)[],
];

/** Both curves over the union of their steps, which rise in each; a gap where one has no row. */
export function curveColumns(
  artificial: Float32Array,
  spiking: Float32Array,
  measure: Measure,
): CurveColumns {
  const at = measure === 'loss' ? 1 : 3;
  const columns: CurveColumns = [[], [], [], [], []];
  const value = (curve: Float32Array, index: number) => {
    const number = curve[index];
    return number !== undefined && Number.isFinite(number) ? number : null;
  };
  let left = 0;
  let right = 0;
  while (left < artificial.length || right < spiking.length) {
    const here = artificial[left] ?? Number.POSITIVE_INFINITY;
    const there = spiking[right] ?? Number.POSITIVE_INFINITY;
    const step = Math.min(here, there);
    columns[0].push(step);
    columns[1].push(here === step ? value(artificial, left + at) : null);
    columns[2].push(here === step ? value(artificial, left + at + 1) : null);
    columns[3].push(there === step ? value(spiking, right + at) : null);
    columns[4].push(there === step ? value(spiking, right + at + 1) : null);
    if (here === step) left += CURVE_ROW;
    if (there === step) right += CURVE_ROW;
  }
  return columns;
}

/** One line: pairs of step and value, null where it is not a number. */
export type LinePoints = [step: number, value: number | null][];

/** The test curve of a run, of no more points than a plot can show. */
export function testLine(curve: Float32Array, measure: Measure, most = 300): LinePoints {
  const at = measure === 'loss' ? 2 : 4;
  const rows = Math.floor(curve.length / CURVE_ROW);
  const every = Math.max(1, Math.ceil(rows / most));
  const points: LinePoints = [];
  for (let row = 0; row < rows; row += 1) {
    // The last one counts: it is how the run ended.
    if (row % every !== 0 && row !== rows - 1) continue;
    const value = curve[row * CURVE_ROW + at] ?? Number.NaN;
    points.push([curve[row * CURVE_ROW] ?? 0, Number.isFinite(value) ? value : null]);
  }
  return points;
}

/** Columns over the union of their steps and those of other lines, which come behind. */
export function withLines(
  columns: CurveColumns,
  lines: readonly LinePoints[],
): [number[], ...(number | null)[][]] {
  if (lines.length === 0) return columns;
  const [present, ...values] = columns;
  const steps = [...new Set([...present, ...lines.flat().map(([step]) => step)])].sort(
    (one, other) => one - other,
  );
  const spread = (points: Iterable<readonly [number, number | null]>) => {
    const at = new Map(points);
    return steps.map((step) => at.get(step) ?? null);
  };
  const own = values.map((column) =>
    spread(present.map((step, row) => [step, column[row] ?? null] as const)),
  );
  return [steps, ...own, ...lines.map(spread)];
}

export interface LastRow {
  step: number;
  trainLoss: number;
  testLoss: number;
  trainAccuracy: number;
  testAccuracy: number;
}

export function lastRow(curve: Float32Array): LastRow | undefined {
  if (curve.length < CURVE_ROW) return undefined;
  const [step = 0, trainLoss = 0, testLoss = 0, trainAccuracy = 0, testAccuracy = 0] =
    curve.subarray(curve.length - CURVE_ROW);
  return { step, trainLoss, testLoss, trainAccuracy, testAccuracy };
}
