// The messages between the room of the neuron bench and its worker. Every question has a number, and
// its answer has the same; a newer question of the same kind makes the older one void.

import type {
  BenchClamp,
  BenchConfig,
  BenchCurve,
  BenchMoment,
  BenchPlane,
  BenchSummary,
  BenchTraces,
  BiologicalCatalogue,
  ClampConfig,
  CurveConfig,
  EngineError,
} from './model.ts';

export type BenchQuestion =
  | { type: 'configure'; config: BenchConfig }
  | { type: 'traces'; fromMs: number; untilMs: number; columns: number }
  | { type: 'plane'; neuron: number; variable: number; timeMs: number }
  | { type: 'moment'; neuron: number; timeMs: number }
  | { type: 'clamp'; neuron: number; spec: ClampConfig; columns: number }
  | { type: 'curve'; neuron: number; spec: CurveConfig };

export type BenchRequest =
  | { type: 'start'; role: 'neuron-bench' }
  | { type: 'ask'; id: number; question: BenchQuestion }
  | { type: 'cancelCurve' };

export type BenchAnswer =
  | { type: 'configure'; summary: BenchSummary }
  | { type: 'traces'; traces: BenchTraces }
  | { type: 'plane'; plane: BenchPlane }
  | { type: 'moment'; moment: BenchMoment }
  | { type: 'clamp'; clamp: BenchClamp }
  /** Several to one question, the last of which is done. */
  | { type: 'curve'; curve: BenchCurve };

export type BenchResponse =
  | { type: 'ready'; catalogue: BiologicalCatalogue }
  | { type: 'answer'; id: number; answer: BenchAnswer }
  | { type: 'refused'; id: number; question: BenchQuestion['type']; error: EngineError }
  | { type: 'panic'; message: string };
