// What crosses the border between the page and the engine: configuration as one
// JSON-able struct, numbers as typed arrays. The Rust bindings make these shapes.

export interface DataConfig {
  set: string;
  samples: number;
  noise: number;
  trainShare: number;
  seed: number;
}

export interface LayerConfig {
  units: number;
  activation: string;
}

export interface TrainingConfig {
  loss: string;
  optimiser: string;
  learningRate: number;
  batchSize: number;
  l1: number;
  l2: number;
  initialiser: string;
}

export interface SpikingConfig {
  encoding: string;
  steps: number;
  dtMs: number;
  tauMs: number;
  refractoryMs: number;
  peakRateHz: number;
  surrogateSlope: number;
}

export interface ExperimentConfig {
  data: DataConfig;
  layers: LayerConfig[];
  training: TrainingConfig;
  spiking: SpikingConfig;
  seed: number;
}

export type Scale = 'linear' | 'log' | 'integer';

/** One adjustable number, declared once in Rust; `key` is its path in ExperimentConfig. */
export interface Parameter {
  key: string;
  /** As LaTeX. */
  symbol: string;
  unit: string;
  min: number;
  max: number;
  step: number;
  scale: Scale;
  default: number;
  meaning: string;
}

export interface Choice {
  id: string;
  title: string;
  equation: string;
  citation: string;
}

export interface ChoiceList {
  key: string;
  default: string;
  options: Choice[];
}

export interface PackedFile {
  path: string;
  sha256: string;
  bytes: number;
}

export interface DataSetEntry {
  id: string;
  title: string;
  kind: 'points' | 'images' | 'table';
  task: 'classification' | 'regression';
  classes: number;
  features: number;
  citation: string;
  licence: string;
  files?: { train: PackedFile; test: PackedFile };
}

export interface ModelEntry {
  id: string;
  title: string;
  citation: string;
}

export interface Catalogue {
  parameters: Parameter[];
  choices: ChoiceList[];
  dataSets: DataSetEntry[];
  neurons: ModelEntry[];
}

/** What the engine made of a configuration: sizes, names and, for 2-D sets, the points. */
export interface Summary {
  task: 'classification' | 'regression';
  kind: 'points' | 'images' | 'table';
  features: number;
  classes: number;
  classNames: string[];
  trainExamples: number;
  testExamples: number;
  batchesPerEpoch: number;
  /** Rows of x, y, label, 1 if it is a test point. Empty unless the set lies in the plane. */
  points: Float32Array;
  /** The square that a surface covers: x from, x to, y from, y to. */
  extent: [number, number, number, number];
  /** Smallest and largest target of the first output: what a surface is coloured over. */
  outputRange: [number, number];
  imageWidth: number;
  imageHeight: number;
  outputs: number;
}

export type NetworkKind = 'artificial' | 'spiking';

export interface Evaluation {
  step: number;
  examples: number;
  loss: number;
  accuracy: number;
}

/** Estimates, in picojoules for one inference. */
export interface Energy {
  /** 45 nm arithmetic only (Horowitz 2014). */
  opsOnlyPj: number;
  /** The same operations with the traffic of weights and states (arXiv 2409.08290). */
  withMemoryPj: number;
}

export interface Misread {
  index: number;
  truth: number;
  predicted: number;
  /** imageWidth × imageHeight, row-major, 0 to 255; empty unless the set has images. */
  pixels: Uint8Array;
}

export interface NetworkSnapshot {
  kind: NetworkKind;
  /** Rows of step, train loss, test loss, train accuracy, test accuracy. */
  curve: Float32Array;
  complete?: Evaluation;
  /** resolution², row-major, y down: first output, or the class where there are more than two. */
  surface: Float32Array;
  surfaceResolution: number;
  /** Per hidden layer: units × resolution². */
  unitSurfaces: Float32Array[];
  unitResolution: number;
  /** Per hidden layer: activation or mean rate of each unit for the viewed example. */
  unitResponses: Float32Array[];
  /** Spiking only, per hidden layer: pairs of time step and unit for the viewed example. */
  rasters: Uint32Array[];
  /** classes², rows are the truth. */
  confusion: Uint32Array;
  misread: Misread[];
  parameters: number;
  macs: number;
  synapticOps: number;
  spikeRateHz: number;
  energy: Energy;
}

export interface Divergence {
  network: NetworkKind;
  layer: number;
  reason: string;
  setting: string;
  message: string;
}

export interface Snapshot {
  step: number;
  epoch: number;
  examplesPerSecond: number;
  status: 'paused' | 'running' | 'diverged';
  divergence?: Divergence;
  networks: NetworkSnapshot[];
}

/** What the page wants to see in a snapshot, so that nothing unseen is computed. */
export interface View {
  surface: boolean;
  example: number;
  split: 'train' | 'test';
}

export interface Interval {
  low: number;
  mean: number;
  high: number;
}

export interface SweepRun {
  seed: number;
  artificial: number;
  spiking: number;
}

export interface SweepProgress {
  done: boolean;
  /** 0 to 1 over all seeds. */
  fraction: number;
  runs: SweepRun[];
  /** What the numbers of the runs are: accuracy, or the loss of a regression. */
  measure: 'accuracy' | 'loss';
  artificial?: Interval;
  spiking?: Interval;
}

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
