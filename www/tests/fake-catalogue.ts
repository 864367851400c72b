// Catalogues for tests: the same shape as the engine's, and no promise of the same numbers.

import type {
  BiologicalCatalogue,
  DataSetEntry,
  LayeredCatalogue,
  ModelEntry,
  Parameter,
} from '../engine/model.ts';

function parameter(key: string, range: Partial<Parameter>): Parameter {
  return {
    key,
    symbol: '',
    unit: '',
    min: 0,
    max: 1,
    step: 0.01,
    scale: 'linear',
    default: 0,
    meaning: 'What it means.',
    ...range,
  };
}

function points(
  id: string,
  title: string,
  task: DataSetEntry['task'] = 'classification',
): DataSetEntry {
  return {
    id,
    title,
    kind: 'points',
    task,
    classes: task === 'classification' ? 2 : 0,
    features: 2,
    meaning: '',
    equations: '',
    citation: '',
    licence: '',
    notBiological: '',
  };
}

function images(id: string, title: string): DataSetEntry {
  const file = (part: string) => ({ path: `data/${id}-${part}.gz`, sha256: '', bytes: 3_000_000 });
  return {
    id,
    title,
    kind: 'images',
    task: 'classification',
    classes: 10,
    features: 784,
    meaning: '',
    equations: '',
    notBiological: '',
    citation: 'LeCun, Cortes and Burges 1998.',
    licence: 'CC BY-SA 3.0.',
    files: { train: file('train'), test: file('test') },
  };
}

const option = (id: string, title = id) => ({
  id,
  title,
  equation: '',
  citation: '',
  notBiological: `Not as ${title} is.`,
});

const neuron = (id: string): ModelEntry => ({
  id,
  title: id,
  citation: '',
  year: 2003,
  equations: [],
  parameters: [],
  state: [],
  drive: '',
  integrator: { name: 'euler' },
  largestDtMs: 1,
  presets: [],
  references: [],
  notBiological: '',
});

export const fakeCatalogue: LayeredCatalogue = {
  defaults: {
    data: { set: 'spiral', samples: 500, noise: 0, trainShare: 0.5, seed: 1 },
    layers: [
      { units: 8, activation: 'tanh', others: [] },
      { units: 8, activation: 'tanh', others: [] },
    ],
    training: {
      loss: 'half-mse',
      rule: 'backpropagation',
      optimiser: 'adam',
      learningRate: 0.01,
      batchSize: 10,
      l1: 0,
      l2: 0,
      schedule: 'constant',
      scheduleSteps: 1000,
      scheduleFactor: 0.1,
      warmUp: 0,
      clip: 'free',
      clipLimit: 1,
      initialiser: 'glorot',
    },
    spiking: {
      encoding: 'current',
      steps: 25,
      dtMs: 1,
      tauMs: 20,
      refractoryMs: 0,
      peakRateHz: 500,
      surrogateSlope: 25,
    },
    neurons: [],
    fair: { by: 'units', spikes: 0.064 },
    seed: 1,
  },
  maxLayers: 6,
  maxTableBytes: 5_000_000,
  energy: { macPj: 4.6, accumulatePj: 0.9, accessPj: 5, breakEvenSpikes: 0.064 },
  parameters: [
    parameter('data.samples', {
      min: 10,
      max: 2000,
      step: 10,
      scale: 'integer',
      default: 500,
      symbol: 'n',
    }),
    parameter('data.noise', { max: 0.5, default: 0, symbol: '\\sigma' }),
    parameter('data.trainShare', { min: 0.1, max: 0.9, step: 0.05, default: 0.5 }),
    parameter('data.seed', {
      max: 4_294_967_295,
      step: 1,
      scale: 'integer',
      default: 1,
    }),
    parameter('layers.units', { min: 1, max: 512, step: 1, scale: 'integer', default: 8 }),
    parameter('training.learningRate', {
      min: 1e-5,
      max: 10,
      scale: 'log',
      default: 0.01,
      symbol: '\\eta',
    }),
    parameter('training.batchSize', {
      min: 1,
      max: 512,
      step: 1,
      scale: 'integer',
      default: 10,
      symbol: 'B',
    }),
    parameter('training.l1', {
      max: 0.1,
      step: 1e-6,
      scale: 'log',
      default: 0,
      symbol: '\\lambda_1',
    }),
    parameter('training.l2', {
      max: 0.1,
      step: 1e-6,
      scale: 'log',
      default: 0,
      symbol: '\\lambda_2',
    }),
    parameter('training.scheduleSteps', {
      min: 1,
      max: 1_000_000,
      step: 100,
      scale: 'integer',
      default: 1000,
    }),
    parameter('training.scheduleFactor', { min: 0.001, default: 0.1 }),
    parameter('training.warmUp', { max: 100_000, step: 10, scale: 'integer' }),
    parameter('training.clipLimit', { min: 1e-4, max: 1000, scale: 'log', default: 1 }),
    parameter('spiking.steps', {
      min: 1,
      max: 100,
      step: 1,
      scale: 'integer',
      default: 25,
      symbol: 'T',
    }),
    parameter('spiking.dtMs', {
      min: 0.1,
      max: 5,
      step: 0.1,
      default: 1,
      unit: 'ms',
      symbol: '\\Delta t',
    }),
    parameter('spiking.tauMs', {
      min: 1,
      max: 100,
      step: 0.5,
      default: 20,
      unit: 'ms',
      symbol: '\\tau_m',
    }),
    parameter('spiking.refractoryMs', {
      max: 20,
      step: 0.5,
      default: 0,
      unit: 'ms',
      symbol: 't_\\mathrm{ref}',
    }),
    parameter('spiking.peakRateHz', { min: 10, max: 1000, step: 10, default: 500, unit: 'Hz' }),
    parameter('fair.spikes', { min: 0.005, default: 0.064, symbol: 'p' }),
    parameter('spiking.surrogateSlope', { min: 1, max: 100, step: 1, default: 25, symbol: 'k' }),
    parameter('seed', { min: 0, max: 4_294_967_295, step: 1, scale: 'integer', default: 1 }),
  ],
  choices: [
    {
      key: 'layers.activation',
      default: 'tanh',
      options: ['step', 'linear', 'relu', 'leaky-relu', 'gelu', 'sigmoid', 'tanh', 'softplus'].map(
        (id) => option(id),
      ),
    },
    {
      key: 'training.loss',
      default: 'half-mse',
      options: [option('half-mse', 'Half squared error'), option('cross-entropy', 'Cross-entropy')],
    },
    {
      key: 'training.optimiser',
      default: 'adam',
      options: [option('sgd', 'SGD'), option('momentum', 'Momentum'), option('adam', 'Adam')],
    },
    {
      key: 'training.rule',
      default: 'backpropagation',
      options: [option('backpropagation'), option('feedback-alignment')],
    },
    {
      key: 'training.schedule',
      default: 'constant',
      options: [option('constant'), option('step'), option('cosine')],
    },
    {
      key: 'training.clip',
      default: 'free',
      options: [option('free'), option('norm'), option('value')],
    },
    {
      key: 'training.initialiser',
      default: 'glorot',
      options: [option('glorot', 'Glorot'), option('he', 'He')],
    },
    {
      key: 'spiking.encoding',
      default: 'current',
      options: [option('current', 'Current'), option('rate', 'Rate'), option('latency', 'Latency')],
    },
    { key: 'layers.others', default: 'lif', options: [option('lif'), option('relu')] },
    {
      key: 'fair.by',
      default: 'units',
      options: ['units', 'parameters', 'operations', 'time'].map((id) => option(id)),
    },
  ],
  dataSets: [
    points('spiral', 'Spiral'),
    points('circle', 'Circle'),
    points('xor', 'XOR'),
    points('gauss', 'Two Gaussians'),
    points('moons', 'Moons'),
    points('checkerboard', 'Checkerboard'),
    points('plane', 'Plane', 'regression'),
    points('bumps', 'Gauss bumps', 'regression'),
    images('mnist', 'MNIST'),
    images('fashion', 'Fashion-MNIST'),
    { ...points('table', 'Your own table'), kind: 'table', classes: 0, features: 0 },
  ],
  layerNeurons: [],
  neurons: ['izhikevich', 'hodgkin-huxley'].map(neuron),
};

export const fakeBiology: BiologicalCatalogue = {
  neurons: [],
  compartments: [],
  synapses: [],
  plasticity: [],
  inputs: [],
  circuits: [],
  dataSets: [],
  largestSeed: 4_294_967_295,
  neuronBench: {
    defaults: {
      neurons: [{ model: 'lif', preset: '', values: [], strength: 20, dtMs: 0.1 }],
      stimulus: { input: 'step', values: [], points: [], spikesMs: [], trial: 0 },
      durationMs: 500,
      seed: 1,
    },
    mostNeurons: 4,
    longestMs: 60_000,
    clamp: [
      parameter('holdingMv', { min: -90, max: 40, default: -70, unit: 'mV' }),
      parameter('levels', { min: 1, max: 9, step: 1, scale: 'integer', default: 3 }),
    ],
    clampDefaults: {
      holdingMv: -70,
      fromMv: -40,
      toMv: 40,
      levels: 3,
      beforeMs: 1,
      stepMs: 5,
      afterMs: 1,
    },
    recording: { path: 'data/grasshopper.bin.gz', bytes: 132_365 },
  },
};
