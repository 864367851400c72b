import type {
  BenchClamp,
  BenchConfig,
  BenchCurve,
  BenchMoment,
  BenchPlane,
  BenchSummary,
  BenchTraces,
  BiologicalCatalogue,
  Circuit,
  CircuitEstimate,
  CircuitOverview,
  CircuitReading,
  CircuitTurns,
  ClampConfig,
  CurveConfig,
  DigitStudent,
  NeuronBench,
  PlannedStimulus,
  PopulationEntry,
  PopulationStatistics,
  PresentationEntry,
  StimulusConfig,
  StudentNeurons,
  StudentProgress,
  SubjectConfig,
  WeightDistribution,
} from '../../pkg/single/biological/cajal.js';
import type {
  Backward,
  Choice,
  ChoiceList,
  DataConfig,
  DataSetEntry,
  DigitReading,
  Divergence,
  ExperimentConfig,
  Interval,
  Lab,
  LayerConfig,
  LayeredCatalogue,
  LayerGradients,
  LayerPicture,
  Misread,
  ModelEntry,
  NetworkPicture,
  NetworkSnapshot,
  Parameter,
  PictureQuery,
  Reading,
  SettingsInForce,
  Snapshot,
  SpikingConfig,
  Summary,
  SweepProgress,
  SweepRun,
  UnitCurve,
  UnitInTime,
  UnitState,
  View,
} from '../../pkg/single/layered/cajal.js';

// What crosses the border between the page and the engine. The engine declares the shapes and
// their TypeScript; here they only get a name that does not depend on where it is built.

export type {
  Backward as BackwardPicture,
  BenchClamp,
  BenchConfig,
  BenchCurve,
  BenchMoment,
  BenchPlane,
  BenchSummary,
  BenchTraces,
  BiologicalCatalogue,
  Choice,
  ChoiceList,
  CircuitEstimate,
  CircuitOverview,
  CircuitReading,
  CircuitTurns,
  ClampConfig,
  CurveConfig,
  DataConfig,
  DataSetEntry,
  DigitReading,
  Divergence,
  ExperimentConfig,
  Interval,
  LayerConfig,
  LayeredCatalogue,
  LayerGradients,
  LayerPicture,
  Misread,
  ModelEntry,
  NetworkPicture,
  NetworkSnapshot,
  Parameter,
  PictureQuery,
  PlannedStimulus,
  PopulationEntry,
  PopulationStatistics,
  PresentationEntry,
  Reading,
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
  UnitCurve,
  UnitInTime,
  UnitState,
  View,
  WeightDistribution,
};

/** The bench as the worker's loop knows it. */
export type BenchFace = Pick<
  NeuronBench,
  | 'clamp'
  | 'configure'
  | 'curveAdvance'
  | 'curveStart'
  | 'loadRecording'
  | 'moment'
  | 'needsRecording'
  | 'plane'
  | 'traces'
>;

/** A circuit as the worker's loop knows it: not how it is made. */
export type CircuitFace = Pick<
  Circuit,
  | 'advance'
  | 'brush'
  | 'course'
  | 'free'
  | 'hash'
  | 'planned'
  | 'populations'
  | 'reading'
  | 'retune'
  | 'spikes'
  | 'statistics'
  | 'step'
  | 'synapses'
  | 'takeSpikes'
  | 'timeMs'
  | 'turns'
  | 'turnsCourse'
  | 'weights'
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
  | 'backward'
  | 'checkpoint'
  | 'configOf'
  | 'configure'
  | 'editWeight'
  | 'evaluate'
  | 'hash'
  | 'holdUnit'
  | 'journal'
  | 'lightCheckpoint'
  | 'loadImages'
  | 'needs'
  | 'picture'
  | 'provokePanic'
  | 'readDrawing'
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
  | 'swapUnit'
  | 'testImages'
  | 'train'
  | 'trainSample'
  | 'unitCurve'
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
