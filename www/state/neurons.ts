// The neurons that are not as declared, as the address writes them: `izhikevich*a(0.02)*frozen`, or `none`.
// Whether a neuron has such a parameter, and in what range, the engine checks.

import type { ExperimentConfig, LayeredCatalogue } from '../engine/model.ts';
import { FieldRefusal, oneOf, parseNumber } from './read.ts';

type Neurons = NonNullable<ExperimentConfig['neurons']>;

const NONE = 'none';
const FROZEN = 'frozen';
const MOST = 40;
const VALUE = /^([a-z0-9_]{1,40})\(([^()]+)\)$/i;
const LARGEST = Number.MAX_VALUE;

export function formatNeurons(neurons: ExperimentConfig['neurons']): string {
  if (!neurons || neurons.length === 0) return NONE;
  return neurons
    .map(({ id, values, frozen }) => {
      const parts = values.map(({ key, value }) => `*${key}(${value})`);
      return `${id}${parts.join('')}${frozen ? `*${FROZEN}` : ''}`;
    })
    .join(',');
}

export function parseNeurons(text: string, catalogue: LayeredCatalogue): Neurons {
  if (text === NONE) return [];
  const known = catalogue.neurons.map(({ id }) => id);
  return text.split(',', MOST).map((part) => {
    const [id = '', ...parts] = part.split('*');
    const values = parts
      .filter((value) => value !== FROZEN)
      .map((value) => {
        const [, key = '', number = ''] = VALUE.exec(value) ?? [];
        if (key === '') throw new FieldRefusal('refusal-neuron', { text: value });
        return { key, value: parseNumber(number, -LARGEST, LARGEST, 'linear') };
      });
    return { id: oneOf(id, known), values, frozen: parts.includes(FROZEN) };
  });
}
