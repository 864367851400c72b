// The one table of what can be set: name in the address, place in the state, kind of value.
// Ranges, defaults and options stand in the catalogue, which the engine declares.

import type { ExperimentConfig, LayerConfig, LayeredCatalogue } from '../engine/model.ts';
import { formatLayers, parseLayers } from './layers.ts';
import { formatNeurons, parseNeurons } from './neurons.ts';
import { choicesOf, type PageState, parameterOf, SPEEDS, valueAt } from './page-state.ts';
import { oneOf, parseNumber } from './read.ts';

export type FieldKind =
  | 'number'
  | 'choice'
  | 'dataSet'
  | 'layers'
  | 'neurons'
  | 'example'
  | 'option';

export interface Field {
  /** The name in the address. */
  name: string;
  /** The path in PageState. */
  path: string;
  kind: FieldKind;
  /** Of an 'option': what belongs to the page alone, so not in the catalogue. */
  options?: readonly string[];
  /** Changes a running session, instead of starting anew. */
  live?: boolean;
  /** The choice at this path with which the field means nothing, and is not shown. */
  unless?: readonly [path: string, choice: string];
  /** The choice at this path without which the field means nothing. */
  onlyWith?: readonly [path: string, choice: string];
}

export const FIELDS: readonly Field[] = [
  { name: 'data', path: 'config.data.set', kind: 'dataSet' },
  { name: 'samples', path: 'config.data.samples', kind: 'number' },
  { name: 'noise', path: 'config.data.noise', kind: 'number' },
  { name: 'train', path: 'config.data.trainShare', kind: 'number' },
  { name: 'points', path: 'config.data.seed', kind: 'number' },
  { name: 'layers', path: 'config.layers', kind: 'layers' },
  { name: 'loss', path: 'config.training.loss', kind: 'choice' },
  { name: 'rule', path: 'config.training.rule', kind: 'choice' },
  { name: 'optimiser', path: 'config.training.optimiser', kind: 'choice' },
  { name: 'lr', path: 'config.training.learningRate', kind: 'number', live: true },
  { name: 'batch', path: 'config.training.batchSize', kind: 'number', live: true },
  { name: 'l1', path: 'config.training.l1', kind: 'number', live: true },
  { name: 'l2', path: 'config.training.l2', kind: 'number', live: true },
  { name: 'schedule', path: 'config.training.schedule', kind: 'choice' },
  {
    name: 'span',
    path: 'config.training.scheduleSteps',
    kind: 'number',
    unless: ['config.training.schedule', 'constant'],
  },
  {
    name: 'factor',
    path: 'config.training.scheduleFactor',
    kind: 'number',
    unless: ['config.training.schedule', 'constant'],
  },
  { name: 'warm', path: 'config.training.warmUp', kind: 'number' },
  { name: 'clip', path: 'config.training.clip', kind: 'choice' },
  {
    name: 'limit',
    path: 'config.training.clipLimit',
    kind: 'number',
    unless: ['config.training.clip', 'free'],
  },
  { name: 'init', path: 'config.training.initialiser', kind: 'choice' },
  { name: 'encoding', path: 'config.spiking.encoding', kind: 'choice' },
  { name: 'steps', path: 'config.spiking.steps', kind: 'number' },
  { name: 'dt', path: 'config.spiking.dtMs', kind: 'number' },
  { name: 'tau', path: 'config.spiking.tauMs', kind: 'number' },
  { name: 'refractory', path: 'config.spiking.refractoryMs', kind: 'number' },
  { name: 'peak', path: 'config.spiking.peakRateHz', kind: 'number' },
  { name: 'slope', path: 'config.spiking.surrogateSlope', kind: 'number' },
  { name: 'neurons', path: 'config.neurons', kind: 'neurons' },
  { name: 'fair', path: 'config.fair.by', kind: 'choice' },
  {
    name: 'fairspikes',
    path: 'config.fair.spikes',
    kind: 'number',
    onlyWith: ['config.fair.by', 'operations'],
  },
  { name: 'seed', path: 'config.seed', kind: 'number' },
  { name: 'example', path: 'view.example', kind: 'example' },
  { name: 'split', path: 'view.split', kind: 'option', options: ['test', 'train'] },
  {
    name: 'show',
    path: 'view.points',
    kind: 'option',
    options: ['all', 'train', 'test', 'none'],
  },
  { name: 'speed', path: 'view.speed', kind: 'option', options: SPEEDS },
];

const LARGEST_EXAMPLE = 9_999_999;

export function catalogueKey(field: Field): string {
  return field.path.replace(/^config\./, '');
}

export function formatField(field: Field, value: unknown): string {
  if (field.kind === 'layers') return formatLayers(value as LayerConfig[]);
  if (field.kind === 'neurons') return formatNeurons(value as ExperimentConfig['neurons']);
  return String(value);
}

/** Throws a FieldRefusal that says what was expected. */
export function parseField(field: Field, text: string, catalogue: LayeredCatalogue): unknown {
  switch (field.kind) {
    case 'number': {
      const { min, max, scale } = parameterOf(catalogue, catalogueKey(field));
      return parseNumber(text, min, max, scale);
    }
    case 'choice': {
      const { options } = choicesOf(catalogue, catalogueKey(field));
      return oneOf(
        text,
        options.map((option) => option.id),
      );
    }
    case 'dataSet':
      return oneOf(
        text,
        catalogue.dataSets.map((set) => set.id),
      );
    case 'layers':
      return parseLayers(text, catalogue);
    case 'neurons':
      return parseNeurons(text, catalogue);
    case 'example':
      return parseNumber(text, 0, LARGEST_EXAMPLE, 'integer');
    case 'option':
      return oneOf(text, field.options ?? []);
  }
}

/** The experiment that the engine declares, looked at from the first test example. */
export function defaultState({ defaults }: LayeredCatalogue): PageState {
  return { config: defaults, view: { example: 0, split: 'test', points: 'all', speed: 'most' } };
}

export function fieldValue(state: PageState, field: Field): unknown {
  return valueAt(state, field.path);
}

/** Whether the field means something with the choices that were made. */
export function isInUse(state: PageState, { unless, onlyWith }: Field): boolean {
  if (onlyWith && valueAt(state, onlyWith[0]) !== onlyWith[1]) return false;
  return !unless || valueAt(state, unless[0]) !== unless[1];
}

export function fieldAt(path: string): Field {
  const field = FIELDS.find((entry) => entry.path === path);
  if (!field) throw new Error(`no field at ${path}`);
  return field;
}
