// Runs that were put aside to be compared: what they were made from, their curves, how they ended.

import type { ExperimentConfig } from '../engine/model.ts';
import { FIELDS, type Field } from '../state/fields.ts';
import { valueAt } from '../state/page-state.ts';
import type { PageModel } from './model.ts';

export interface PinnedRun {
  id: number;
  /** Empty: it is called by its number. */
  name: string;
  /** With the settings that were in force. */
  config: ExperimentConfig;
  step: number;
  /** Artificial, spiking: rows of step, train loss, test loss, train accuracy, test accuracy. */
  curves: readonly [Float32Array, Float32Array];
}

export const MOST_RUNS = 6;
const COLUMNS = 5;

/** The shelf with the present run on it; undefined if it is full or there is nothing to pin. */
export function withRun(
  shelf: readonly PinnedRun[],
  { state, snapshot }: Pick<PageModel, 'state' | 'snapshot'>,
): PinnedRun[] | undefined {
  const [artificial, spiking] = snapshot?.networks ?? [];
  if (!state || !snapshot || !artificial || !spiking || shelf.length >= MOST_RUNS) return undefined;
  let id = 1;
  while (shelf.some((run) => run.id === id)) id += 1;
  const curves = [artificial.curve.slice(), spiking.curve.slice()] as const;
  const { config } = state;
  return [...shelf, { id, name: '', config: structuredClone(config), step: snapshot.step, curves }];
}

/** The settings by which a run differs from another configuration. */
export function differing(run: PinnedRun, config: ExperimentConfig): Field[] {
  const text = (root: ExperimentConfig, path: string) =>
    JSON.stringify(valueAt({ config: root }, path));
  return FIELDS.filter(
    ({ path }) => path.startsWith('config.') && text(run.config, path) !== text(config, path),
  );
}

/** A curve of a run, to be written into a table. */
export interface NamedCurve {
  name: string;
  seed: string;
  kind: string;
  curve: Float32Array;
}

export const CURVE_HEADER = [
  'run',
  'seed',
  'network',
  'step',
  'train_loss',
  'test_loss',
  'train_accuracy',
  'test_accuracy',
] as const;

/** A row for each point of each curve. */
export function* curveRows(curves: readonly NamedCurve[]): Generator<(string | number)[]> {
  for (const { name, seed, kind, curve } of curves) {
    for (let row = 0; row + COLUMNS <= curve.length; row += COLUMNS) {
      yield [name, seed, kind, ...curve.subarray(row, row + COLUMNS)];
    }
  }
}

/** What was kept of a shelf; anything else on it is left out. */
export function readShelf(kept: unknown): PinnedRun[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter(isRun).slice(0, MOST_RUNS);
}

function isRun(value: unknown): value is PinnedRun {
  const run = value as PinnedRun | null;
  return (
    typeof run?.id === 'number' &&
    typeof run.name === 'string' &&
    typeof run.step === 'number' &&
    typeof run.config === 'object' &&
    Array.isArray(run.curves) &&
    run.curves.length === 2 &&
    run.curves.every((curve) => curve instanceof Float32Array)
  );
}
