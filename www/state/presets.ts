// What changes along with the data set: settings that make no sense on the new one, and a
// better starting point for images while the visitor has not chosen a network of their own.

import type { DataSetEntry, ExperimentConfig, LayeredCatalogue } from '../engine/model.ts';
import { defaultState } from './fields.ts';

const IMAGE_LAYERS: ExperimentConfig['layers'] = [{ units: 128, activation: 'relu', others: [] }];
const IMAGE_TRAINING = {
  loss: 'cross-entropy',
  learningRate: 1e-3,
  batchSize: 32,
  initialiser: 'he',
};

type Kind = DataSetEntry['kind'];

function presetFor(kind: Kind, catalogue: LayeredCatalogue) {
  const { layers, training } = defaultState(catalogue).config;
  if (kind !== 'images') return { layers, training };
  return { layers: IMAGE_LAYERS, training: { ...training, ...IMAGE_TRAINING } };
}

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

export function withDataSet(
  config: ExperimentConfig,
  id: string,
  catalogue: LayeredCatalogue,
): ExperimentConfig {
  const entry = (set: string) => catalogue.dataSets.find((candidate) => candidate.id === set);
  const before = entry(config.data.set);
  const after = entry(id);
  if (!after) return config;
  let { layers, training } = config;
  if (before && before.kind !== after.kind) {
    const untouched = presetFor(before.kind, catalogue);
    const suited = presetFor(after.kind, catalogue);
    if (same(layers, untouched.layers)) layers = suited.layers;
    if (same({ ...training, loss: '' }, { ...untouched.training, loss: '' })) {
      training = suited.training;
    }
  }
  training = { ...training, loss: fittingLoss(training.loss, after) };
  return { ...config, data: { ...config.data, set: id }, layers, training };
}

/** Cross-entropy needs classes. */
export function fittingLoss(loss: string, { task }: Pick<DataSetEntry, 'task'>): string {
  return task === 'regression' ? 'half-mse' : loss;
}
