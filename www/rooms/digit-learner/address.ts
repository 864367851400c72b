// The room as the hash of the address, and back: `#room=digit-learner&v=1&seed=1&learning=off&neuron=17`.

import {
  type AddressRefusal,
  type AddressTable,
  formatTable,
  parseTable,
} from '../../state/address-table.ts';
import { LARGEST_SEED, oneOf, parseNumber } from '../../state/read.ts';

export interface LearnerState {
  seed: number;
  learning: boolean;
  /** The neuron that is looked at. */
  neuron: number;
}

export const START: LearnerState = { seed: 1, learning: true, neuron: 0 };

/** What is read needs to know how many neurons there are. */
const TABLE: AddressTable<LearnerState, number, void> = {
  room: 'digit-learner',
  version: '1',
  reads: ['1'],
  longest: 400,
  rows: [
    {
      name: 'seed',
      path: 'seed',
      write: ({ seed }) => String(seed),
      read: (text) => parseNumber(text, 0, LARGEST_SEED, 'integer'),
    },
    {
      name: 'learning',
      path: 'learning',
      write: ({ learning }) => (learning ? undefined : 'off'),
      read: (text) => oneOf(text, ['on', 'off']) === 'on',
    },
    {
      name: 'neuron',
      path: 'neuron',
      write: ({ neuron }) => (neuron === START.neuron ? undefined : String(neuron + 1)),
      read: (text, neurons) => parseNumber(text, 1, neurons, 'integer') - 1,
    },
  ],
  start: () => START,
};

export function formatLearner(state: LearnerState): string {
  return formatTable(TABLE, state, undefined);
}

export function parseLearner(
  hash: string,
  neurons: number,
): { state: LearnerState } | { refusal: AddressRefusal } {
  return parseTable(TABLE, hash, neurons);
}
