// What can be chosen on the circuit bench, and how a choice changes it. Everything that a circuit has
// comes from the catalogue.

import type { CircuitConfig, CircuitValues } from '../../engine/circuit-protocol.ts';
import type {
  BiologicalCatalogue,
  CircuitOverview,
  ModelEntry,
  Parameter,
} from '../../engine/model.ts';

/** Rows of the raster, by their places: from, and one beyond the last. */
export type Rows = readonly [number, number];

export interface CircuitState {
  config: CircuitConfig;
  /** Biological time across the raster, ms. */
  spanMs: number;
  /** Biological time over time; 0 for as fast as possible. */
  speed: number;
  /** The group that is excited or silenced. */
  rows: Rows | undefined;
  /** For how long, ms. */
  brushMs: number;
}

/** What the engine says of all circuits. */
export interface Circuits {
  catalogue: BiologicalCatalogue;
  overview: readonly CircuitOverview[];
}

export const SPANS_MS = [50, 100, 200, 400, 1000, 2000, 4000, 8000] as const;
export const SPEEDS = [0, 1, 0.1, 0.01] as const;
export const BRUSHES_MS = [20, 50, 100, 200, 500, 1000] as const;
const BRUSH_MS = 200;

/** Learns from digits that nobody shows it here. */
const ELSEWHERE = ['diehl-cook'];
/** What a visitor sees first: large, quick and never still. */
const FIRST = 'cuba';

export function circuitsHere({ catalogue }: Circuits): ModelEntry[] {
  return catalogue.circuits.filter(({ id }) => !ELSEWHERE.includes(id));
}

export function circuitOf(circuits: Circuits, id: string): ModelEntry | undefined {
  return circuitsHere(circuits).find((circuit) => circuit.id === id);
}

export function overviewOf({ overview }: Circuits, id: string): CircuitOverview | undefined {
  return overview.find((circuit) => circuit.id === id);
}

export function defaultState(circuits: Circuits, id?: string): CircuitState {
  const here = circuitsHere(circuits);
  const entry = here.find((one) => one.id === (id ?? FIRST)) ?? here[0];
  const circuit = entry?.id ?? '';
  const suits = overviewOf(circuits, circuit);
  return {
    config: { circuit, values: {}, seed: suits?.seed ?? 1 },
    spanMs: suits?.spanMs ?? 1000,
    speed: suits?.speed ?? 1,
    rows: undefined,
    brushMs: BRUSH_MS,
  };
}

export function numberOf(values: CircuitValues, { key, default: standard }: Parameter): number {
  return values[key] ?? standard;
}

/** `values` with some of them set; what has its default is left out. */
export function withValues(
  values: CircuitValues,
  entry: ModelEntry,
  change: CircuitValues,
): CircuitValues {
  const all = { ...values, ...change };
  const standard = new Map(entry.parameters.map((parameter) => [parameter.key, parameter.default]));
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => value !== standard.get(key)),
  );
}

/** Whether a circuit must be built anew to get from some values to others. */
export function rebuilds(
  overview: CircuitOverview | undefined,
  before: CircuitValues,
  after: CircuitValues,
): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].some(
    (key) => before[key] !== after[key] && (overview?.rebuilds.includes(key) ?? true),
  );
}

type Preset = ModelEntry['presets'][number];

export function presetValues(entry: ModelEntry, preset: Preset): CircuitValues {
  return withValues(
    {},
    entry,
    Object.fromEntries(preset.values.map(({ key, value }) => [key, value])),
  );
}

/** The values of a preset, but for those that it says nothing of and that decide the size. */
export function withPreset(
  values: CircuitValues,
  entry: ModelEntry,
  preset: Preset | undefined,
): CircuitValues {
  const kept: CircuitValues = values.scale === undefined ? {} : { scale: values.scale };
  return { ...kept, ...(preset ? presetValues(entry, preset) : {}) };
}

/** The choice of all defaults, where no preset is it. */
export const STANDARD = 'standard';

/** The states that can be chosen: presets, and the defaults unless one of them is that. */
export function presetIds(entry: ModelEntry): string[] {
  const ids = entry.presets.map(({ id }) => id);
  const named = entry.presets.some((preset) => isEmpty(sizeless(presetValues(entry, preset))));
  return named ? ids : [STANDARD, ...ids];
}

/** The one of them that the present values are; empty if they are none. */
export function presetOf(entry: ModelEntry, values: CircuitValues): string {
  const text = (one: CircuitValues) => JSON.stringify(Object.entries(sizeless(one)).sort());
  const found = entry.presets.find((one) => text(presetValues(entry, one)) === text(values));
  return found?.id ?? (isEmpty(sizeless(values)) ? STANDARD : '');
}

function sizeless({ scale: _, ...rest }: CircuitValues): CircuitValues {
  return rest;
}

function isEmpty(values: CircuitValues): boolean {
  return Object.keys(values).length === 0;
}

/** Two parameters of which each preset is a place: a map of the states of a circuit. */
export interface StateMap {
  across: Parameter;
  up: Parameter;
  places: { id: string; title: string; x: number; y: number }[];
}

export function stateMap(
  entry: ModelEntry,
  overview: CircuitOverview | undefined,
): StateMap | undefined {
  const first = entry.presets[0]?.values.map(({ key }) => key);
  if (first?.length !== 2 || entry.presets.length < 3) return undefined;
  const [across, up] = first.map((key) => entry.parameters.find((one) => one.key === key));
  if (!across || !up) return undefined;
  const places = entry.presets.map(({ id, title, values }) => {
    const at = (key: string) => values.find((one) => one.key === key)?.value ?? Number.NaN;
    return { id, title, x: at(across.key), y: at(up.key) };
  });
  const whole = places.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const live = [across, up].every(({ key }) => !overview?.rebuilds.includes(key));
  return whole && live ? { across, up, places } : undefined;
}
