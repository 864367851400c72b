import type {
  BenchClamp,
  BenchConfig,
  BenchCurve,
  BenchPlane,
  BenchSummary,
  BenchTraces,
  Catalogue,
  Choice,
  ChoiceList,
  ClampConfig,
  CurveConfig,
  DataConfig,
  DataSetEntry,
  DigitStudent,
  Divergence,
  ExperimentConfig,
  Interval,
  Lab,
  LayerConfig,
  Misread,
  ModelEntry,
  NetworkSnapshot,
  NeuronBench,
  Parameter,
  PresentationEntry,
  SettingsInForce,
  Snapshot,
  SpikingConfig,
  StimulusConfig,
  StudentNeurons,
  StudentProgress,
  SubjectConfig,
  Summary,
  SweepProgress,
  SweepRun,
  View,
} from '../../pkg/single/cajal.js';

// What crosses the border between the page and the engine. The engine declares the shapes and
// their TypeScript; here they only get a name that does not depend on where it is built.

export type {
  BenchClamp,
  BenchConfig,
  BenchCurve,
  BenchPlane,
  BenchSummary,
  BenchTraces,
  Catalogue,
  Choice,
  ChoiceList,
  ClampConfig,
  CurveConfig,
  DataConfig,
  DataSetEntry,
  Divergence,
  ExperimentConfig,
  Interval,
  LayerConfig,
  Misread,
  ModelEntry,
  NetworkSnapshot,
  Parameter,
  PresentationEntry,
  SettingsInForce,
  Snapshot,
  SpikingConfig,
  StimulusConfig,
  StudentNeurons,
  StudentProgress,
  SubjectConfig,
  Summary,
  SweepProgress,
  SweepRun,
  View,
};

/** The bench as the worker's loop knows it. */
export type BenchFace = Pick<
  NeuronBench,
  | 'clamp'
  | 'configure'
  | 'curveAdvance'
  | 'curveStart'
  | 'loadRecording'
  | 'needsRecording'
  | 'plane'
  | 'traces'
>;

/** The network that learns digits as the worker's loop knows it. */
export type DigitsFace = Pick<
  DigitStudent,
  'ask' | 'digit' | 'neurons' | 'progress' | 'restart' | 'setLearning'
>;

/** The laboratory as the worker's loop knows it: not how it is made and freed. */
export type LabFace = Pick<
  Lab,
  | 'back'
  | 'checkpoint'
  | 'configure'
  | 'evaluate'
  | 'hash'
  | 'loadImages'
  | 'needs'
  | 'provokePanic'
  | 'replay'
  | 'reset'
  | 'restore'
  | 'restoreLastGood'
  | 'set'
  | 'snapshot'
  | 'step'
  | 'sweepAdvance'
  | 'sweepCancel'
  | 'sweepStart'
  | 'train'
  | 'trainSample'
>;

/** How the engine refuses: `code` is translated by the page, `detail` fills its gaps. */
export interface EngineError {
  code: string;
  message: string;
  detail?: Record<string, string | number>;
}

export function isEngineError(error: unknown): error is EngineError {
  return (
    typeof error === 'object' &&
    error !== null &&
    typeof (error as EngineError).code === 'string' &&
    typeof (error as EngineError).message === 'string'
  );
}
