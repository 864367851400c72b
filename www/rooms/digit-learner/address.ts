// The room as the hash of the address, and back: `#room=digit-learner&seed=1&learning=off&neuron=17`.
// What is no address of it is refused with its field.

import { FieldRefusal, oneOf, parseNumber } from '../../state/read.ts';
import { addressOf } from '../rooms.ts';

export interface LearnerState {
  seed: number;
  learning: boolean;
  /** The neuron that is looked at. */
  neuron: number;
}

export const LARGEST_SEED = 4_294_967_295;
export const START: LearnerState = { seed: 1, learning: true, neuron: 0 };

const MAX_LENGTH = 400;
const MAX_QUOTED = 40;

export type LearnerReading =
  | { state: LearnerState }
  | { refusal: { field: string; reason: string; gaps: Record<string, string | number> } };

export function formatLearner({ seed, learning, neuron }: LearnerState): string {
  const parts = [
    addressOf('digit-learner'),
    `seed=${seed}`,
    ...(learning ? [] : ['learning=off']),
    ...(neuron === 0 ? [] : [`neuron=${neuron + 1}`]),
  ];
  return parts.join('&');
}

export function parseLearner(hash: string, neurons: number): LearnerReading {
  if (hash.length > MAX_LENGTH) return refuse('#', 'refusal-length', { most: MAX_LENGTH });
  let text = hash;
  try {
    text = decodeURIComponent(hash);
  } catch {
    return refuse('#', 'refusal-encoding');
  }
  let state = START;
  const seen = new Set<string>();
  for (const pair of text.replace(/^#room=[^&]*&?/, '').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    if (seen.has(name)) return refuse(name, 'refusal-twice');
    seen.add(name);
    try {
      state = { ...state, ...field(name, equals < 0 ? '' : pair.slice(equals + 1), neurons) };
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      return refuse(name, error.reason, error.gaps);
    }
  }
  return { state };
}

function field(name: string, value: string, neurons: number): Partial<LearnerState> {
  switch (name) {
    case 'seed':
      return { seed: parseNumber(value, 0, LARGEST_SEED, 'integer') };
    case 'learning':
      return { learning: oneOf(value, ['on', 'off']) === 'on' };
    case 'neuron':
      return { neuron: parseNumber(value, 1, neurons, 'integer') - 1 };
    default:
      throw new FieldRefusal('refusal-unknown');
  }
}

function refuse(
  field: string,
  reason: string,
  gaps: Record<string, string | number> = {},
): LearnerReading {
  const { text } = gaps;
  const long = typeof text === 'string' && text.length > MAX_QUOTED;
  const short = long ? { ...gaps, text: `${text.slice(0, MAX_QUOTED)}…` } : gaps;
  return { refusal: { field: field.slice(0, MAX_QUOTED), reason, gaps: short } };
}
