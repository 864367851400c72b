// The messages between the room of the circuit bench and its worker. A circuit that is built has a
// generation, and so has everything that is said of it; what is of an older one is dropped.

import type {
  BiologicalCatalogue,
  CircuitEstimate,
  CircuitOverview,
  CircuitReading,
  CircuitTurns,
  EngineError,
  PlannedStimulus,
  PopulationEntry,
  PopulationStatistics,
  WeightDistribution,
} from './model.ts';
import type { Variant } from './protocol.ts';

/** Parameters that differ from their defaults. */
export type CircuitValues = Readonly<Record<string, number>>;

export interface CircuitConfig {
  circuit: string;
  values: CircuitValues;
  seed: number;
}

/** What was done to a circuit after so many steps: other values, or a group excited or silenced for some ms. */
export type CircuitDeed = { step: number } & (
  | { values: CircuitValues }
  | { from: number; until: number; excite: boolean; ms: number }
);

/** How a run came about: with which values it was built, what was done to it, how far it came. */
export interface CircuitRecord {
  values: CircuitValues;
  deeds: readonly CircuitDeed[];
  step: number;
  /** The beginning of the hash of its state; empty if it is not known. */
  hash: string;
}

export type CircuitRequest =
  | { type: 'start'; role: 'circuit-bench'; variant: Variant; threads: number }
  | {
      type: 'build';
      generation: number;
      config: CircuitConfig;
      places: number;
      limitBytes: number;
      /** A run that is repeated: built with its values, and done to it what was done then. */
      replay?: CircuitRecord;
    }
  | { type: 'retune'; id: number; values: CircuitValues }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'advance'; ms: number }
  /** Biological time over time; 0 for as fast as possible. */
  | { type: 'speed'; speed: number }
  /** Over how long rates are shown. */
  | { type: 'span'; ms: number }
  | { type: 'brush'; from: number; until: number; excite: boolean; ms: number }
  /** How the run came about, with its hash. */
  | { type: 'record' }
  | { type: 'acknowledge' };

export interface BuiltCircuit {
  config: CircuitConfig;
  populations: PopulationEntry[];
  planned: PlannedStimulus[];
  neurons: number;
  synapses: number;
  bytes: number;
}

/** Rates of all populations, `(populations, bins)`. */
export interface RateCourse {
  startMs: number;
  binMs: number;
  rates: Float32Array;
}

/** How two populations take turns; rows of time in ms, both mean potentials in mV, and of what tires both means. */
export interface TurnsCourse extends CircuitTurns {
  course: Float32Array;
}

export interface CircuitSnapshot {
  timeMs: number;
  playing: boolean;
  /** How much of a run that is repeated is done, 0 to 1; only while it is. */
  replayed?: number;
  /** Spikes of all neurons so far. */
  spikes: number;
  /** Of watched neurons since the last snapshot: ms, and places in the raster. */
  times: Float32Array;
  places: Uint32Array;
  course: RateCourse;
  /** Biological time over time, as measured; 0 before it is known. */
  factor: number;
  /** Spikes of all neurons in a second of time. */
  spikeRate: number;
  /** Only where they are new. */
  statistics?: PopulationStatistics[];
  reading?: CircuitReading;
  /** Only after they were made or changed. */
  weights?: WeightDistribution[];
  /** A few times a second, where two populations take turns. */
  turns?: TurnsCourse;
}

export type CircuitResponse =
  | { type: 'ready'; catalogue: BiologicalCatalogue; overview: CircuitOverview[]; variant: Variant }
  | { type: 'building'; generation: number; estimate: CircuitEstimate }
  | { type: 'built'; generation: number; built: BuiltCircuit }
  /** `goesOn` is false where it must be built anew for these values. */
  | { type: 'retuned'; generation: number; id: number; goesOn: boolean }
  | {
      type: 'brushed';
      generation: number;
      from: number;
      until: number;
      excite: boolean;
      fromMs: number;
      untilMs: number;
    }
  | { type: 'snapshot'; generation: number; snapshot: CircuitSnapshot }
  | { type: 'recorded'; generation: number; record: CircuitRecord }
  /** The run was repeated: as far as the link says, unless the visitor or the circuit stopped it. */
  | { type: 'replayed'; generation: number; record: CircuitRecord; whole: boolean }
  | {
      type: 'refused';
      generation: number;
      request: CircuitRequest['type'];
      id?: number;
      error: EngineError;
    }
  | { type: 'panic'; message: string }
  /** The variant with threads cannot be started here. */
  | { type: 'unstarted'; message: string };
