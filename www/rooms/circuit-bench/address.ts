// The circuit bench as the hash of the address, and back:
// `#room=circuit-bench&c=brunel~inhibition:6~drive:4&seed=3&span=400&speed=1&rows=0-800&for=200`.
// What is no address of the room is refused with its field; of numbers that each lie in their range, the
// engine refuses those that contradict each other.

import type { CircuitValues } from '../../engine/circuit-protocol.ts';
import { FieldRefusal, oneOf, parseNumber } from '../../state/read.ts';
import { addressOf } from '../rooms.ts';
import {
  type CircuitState,
  type Circuits,
  circuitOf,
  circuitsHere,
  defaultState,
  withValues,
} from './state.ts';

const MAX_LENGTH = 2000;
const MOST_PLACES = 1e6;
const LONGEST_MS = 60_000;
const SHORTEST_MS = 10;
const FASTEST = 100;

type Gaps = Record<string, string | number>;

export type CircuitReading =
  | { state: CircuitState }
  | { refusal: { field: string; reason: string; gaps: Gaps } };

export function formatCircuit(state: CircuitState, circuits: Circuits): string {
  const { config, spanMs, speed, rows, brushMs } = state;
  const standard = defaultState(circuits, config.circuit);
  const values = Object.entries(config.values).map(([key, value]) => `~${key}:${value}`);
  const parts = [
    `c=${config.circuit}${values.join('')}`,
    `seed=${config.seed}`,
    ...(spanMs === standard.spanMs ? [] : [`span=${spanMs}`]),
    ...(speed === standard.speed ? [] : [`speed=${speed}`]),
    ...(rows ? [`rows=${rows[0]}-${rows[1]}`] : []),
    ...(brushMs === standard.brushMs ? [] : [`for=${brushMs}`]),
  ];
  return `${addressOf('circuit-bench')}&${parts.join('&')}`;
}

export function parseCircuit(hash: string, circuits: Circuits): CircuitReading {
  if (hash.length > MAX_LENGTH) return refuse('#', 'refusal-length', { most: MAX_LENGTH });
  let text = hash;
  try {
    text = decodeURIComponent(hash);
  } catch {
    return refuse('#', 'refusal-encoding');
  }
  let state = defaultState(circuits);
  const pairs = text
    .replace(/^#room=[^&]*&?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
  // The circuit first: what suits it is the default of the rest.
  pairs.sort(([one], [other]) => Number(other === 'c') - Number(one === 'c'));
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    try {
      if (seen.has(name)) throw new FieldRefusal('refusal-twice');
      seen.add(name);
      state = withField(state, name, value, circuits);
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      return refuse(name.slice(0, 40), error.reason, error.gaps);
    }
  }
  return { state };
}

function withField(
  state: CircuitState,
  name: string,
  text: string,
  circuits: Circuits,
): CircuitState {
  switch (name) {
    case 'c':
      return parseConfig(text, circuits);
    case 'seed': {
      const seed = parseNumber(text, 0, 4_294_967_295, 'integer');
      return { ...state, config: { ...state.config, seed } };
    }
    case 'span':
      return { ...state, spanMs: parseNumber(text, SHORTEST_MS, LONGEST_MS / 5, 'linear') };
    case 'speed':
      return { ...state, speed: parseNumber(text, 0, FASTEST, 'linear') };
    case 'rows': {
      const [from = '', until = ''] = text.split('-');
      const first = parseNumber(from, 0, MOST_PLACES, 'integer');
      return { ...state, rows: [first, parseNumber(until, first + 1, MOST_PLACES, 'integer')] };
    }
    case 'for':
      return { ...state, brushMs: parseNumber(text, 1, LONGEST_MS, 'linear') };
    default:
      throw new FieldRefusal('refusal-unknown');
  }
}

function parseConfig(text: string, circuits: Circuits): CircuitState {
  const [id = '', ...numbers] = text.split('~');
  const ids = circuitsHere(circuits).map((circuit) => circuit.id);
  const entry = circuitOf(circuits, oneOf(id, ids));
  if (!entry) throw new FieldRefusal('refusal-unknown');
  const keys = entry.parameters.map(({ key }) => key);
  let values: CircuitValues = {};
  for (const number of numbers) {
    const [name = '', value = ''] = number.split(':');
    const key = oneOf(name, keys);
    const parameter = entry.parameters.find((one) => one.key === key);
    if (!parameter) throw new FieldRefusal('refusal-unknown');
    const { min, max, scale } = parameter;
    values = withValues(values, entry, { [key]: parseNumber(value, min, max, scale) });
  }
  const state = defaultState(circuits, entry.id);
  return { ...state, config: { ...state.config, values } };
}

function refuse(field: string, reason: string, gaps: Gaps = {}): CircuitReading {
  const { text } = gaps;
  const short = typeof text === 'string' && text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return {
    refusal: { field, reason, gaps: short === undefined ? gaps : { ...gaps, text: short } },
  };
}
