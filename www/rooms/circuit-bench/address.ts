// The circuit bench as the hash of the address, and back:
// `#room=circuit-bench&v=1&c=brunel~inhibition:6~drive:4&seed=3&span=400&speed=1&rows=0-800&for=200`, and
// behind it, in a shared one, the record of a run (record.ts). Of numbers that each lie in their range, the
// engine refuses those that contradict each other.

import type { CircuitRecord, CircuitValues } from '../../engine/circuit-protocol.ts';
import {
  type AddressRefusal,
  type AddressRow,
  type AddressTable,
  formatTable,
  parseTable,
  withControl,
} from '../../state/address-table.ts';
import { FieldRefusal, LARGEST_SEED, oneOf, parseNumber } from '../../state/read.ts';
import { formatValues, parseValues, RECORD_FIELDS, recordOf } from './record.ts';
import {
  type CircuitState,
  type Circuits,
  circuitOf,
  circuitsHere,
  defaultState,
} from './state.ts';

const MOST_PLACES = 1e6;
const LONGEST_MS = 60_000;
const SHORTEST_MS = 10;
const FASTEST = 100;

interface Shared {
  state: CircuitState;
  record: Partial<CircuitRecord>;
}

type Row = AddressRow<Shared, Circuits>;

export type CircuitAddress =
  | { state: CircuitState; record?: CircuitRecord }
  | { refusal: AddressRefusal };

/** A number that is left out where it is what suits the circuit. */
function number(name: string, key: 'spanMs' | 'speed' | 'brushMs', min: number, max: number): Row {
  return {
    name,
    path: `state.${key}`,
    control: key,
    write({ state }, circuits) {
      const standard = defaultState(circuits, state.config.circuit);
      return state[key] === standard[key] ? undefined : String(state[key]);
    },
    read: (text) => parseNumber(text, min, max, 'linear'),
  };
}

const TABLE: AddressTable<Shared, Circuits> = {
  room: 'circuit-bench',
  version: '1',
  reads: ['1'],
  longest: 64_000,
  rows: [
    {
      name: 'c',
      path: 'state',
      write: ({ state: { config } }) => `${config.circuit}${formatValues(config.values)}`,
      read: parseCircuitState,
    },
    {
      name: 'seed',
      path: 'state.config.seed',
      control: 'seed',
      write: ({ state }) => String(state.config.seed),
      read: (text) => parseNumber(text, 0, LARGEST_SEED, 'integer'),
    },
    number('span', 'spanMs', SHORTEST_MS, LONGEST_MS / 5),
    number('speed', 'speed', 0, FASTEST),
    {
      name: 'rows',
      path: 'state.rows',
      control: 'rows',
      write: ({ state: { rows } }) => (rows ? `${rows[0]}-${rows[1]}` : undefined),
      read(text) {
        const [from = '', until = ''] = text.split('-');
        const first = parseNumber(from, 0, MOST_PLACES, 'integer');
        return [first, parseNumber(until, first + 1, MOST_PLACES, 'integer')];
      },
    },
    number('for', 'brushMs', 1, LONGEST_MS),
    ...RECORD_FIELDS.map(
      ({ name, write, read }): Row => ({
        name,
        path: 'record',
        write: ({ record, state }) =>
          record.step === undefined ? undefined : write(record as CircuitRecord, state),
        read: (text, circuits, { record, state }) => {
          const entry = circuitOf(circuits, state.config.circuit);
          if (!entry) throw new FieldRefusal('refusal-unknown');
          return { ...record, ...read(text, entry) };
        },
      }),
    ),
  ],
  start: (circuits) => ({ state: defaultState(circuits), record: {} }),
};

export function formatCircuit(
  state: CircuitState,
  circuits: Circuits,
  record?: CircuitRecord,
): string {
  return formatTable(TABLE, { state, record: record ?? {} }, circuits);
}

export function parseCircuit(hash: string, circuits: Circuits): CircuitAddress {
  const reading = parseTable(TABLE, hash, circuits);
  if ('refusal' in reading) return reading;
  const { state, record: read } = reading.state;
  try {
    const record = recordOf(read, state.config.values);
    return record ? { state, record } : { state };
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    return { refusal: { field: 'at', reason: error.reason, gaps: error.gaps } };
  }
}

/** The state after a setting from which nothing else follows. */
export function withPlainSetting(
  state: CircuitState,
  setting: string,
  value: unknown,
  circuits: Circuits,
): CircuitState | undefined {
  return withControl(TABLE, { state, record: {} }, setting, value, circuits)?.state;
}

function parseCircuitState(text: string, circuits: Circuits): CircuitState {
  const [id = '', ...numbers] = text.split('~');
  const ids = circuitsHere(circuits).map((circuit) => circuit.id);
  const entry = circuitOf(circuits, oneOf(id, ids));
  if (!entry) throw new FieldRefusal('refusal-unknown');
  const values: CircuitValues = parseValues(numbers, entry);
  const state = defaultState(circuits, entry.id);
  return { ...state, config: { ...state.config, values } };
}
