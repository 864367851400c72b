// The bench as the hash of the address, and back:
// `#room=neuron-bench&v=1&n=hodgkin-huxley~squid~10~0.01~temperature_c:18.5,lif~~20~0.1&s=step~start_ms:50&ms=500`.
// Ranges of what the engine computes are the engine's to refuse.

import type { BenchConfig, BiologicalCatalogue, SubjectConfig } from '../../engine/model.ts';
import {
  type AddressRefusal,
  type AddressRow,
  type AddressTable,
  formatTable,
  parseTable,
  withControl,
} from '../../state/address-table.ts';
import { FieldRefusal, LARGEST_SEED, oneOf, parseNumber } from '../../state/read.ts';
import {
  type BenchState,
  benchModels,
  defaultBench,
  inputOf,
  modelOf,
  OWN,
  subject,
} from './state.ts';

const VAST = 1e12;
const MOST_VARIABLES = 1000;
const MOST_TRIALS = 1000;

type Row = AddressRow<BenchState, BiologicalCatalogue, void>;
type Values = readonly { key: string; value: number }[];
type Stimulus = BenchConfig['stimulus'];

const any = (text: string) => parseNumber(text, -VAST, VAST, 'linear');
const written = (values: Values) => values.map(({ key, value }) => `~${key}:${value}`).join('');
const unless = (left: boolean, text: string) => (left ? undefined : text);

/** A part of the stimulus that most stimuli do not have. */
function ofStimulus<Key extends 'points' | 'spikesMs' | 'trial'>(
  name: string,
  key: Key,
  write: (value: Stimulus[Key]) => string,
  read: (text: string) => Stimulus[Key],
): Row {
  return {
    name,
    path: `config.stimulus.${key}`,
    write: ({ config }) => write(config.stimulus[key]) || undefined,
    read,
  };
}

const TABLE: AddressTable<BenchState, BiologicalCatalogue, void> = {
  room: 'neuron-bench',
  version: '1',
  reads: ['1'],
  longest: 8000,
  rows: [
    {
      name: 'n',
      path: 'config.neurons',
      write: ({ config }) => config.neurons.map(formatSubject).join(','),
      read: (text, catalogue) => text.split(',').map((one) => parseSubject(one, catalogue)),
    },
    {
      name: 's',
      path: 'config.stimulus',
      write: ({ config: { stimulus } }) => `${stimulus.input}${written(stimulus.values)}`,
      read: (text, catalogue, { config }): Stimulus => ({
        ...config.stimulus,
        ...parseInput(text, catalogue),
      }),
    },
    ofStimulus(
      'points',
      'points',
      (points) => points.map(([ms, value]) => `${ms}:${value}`).join(','),
      (text) =>
        text.split(',').map((point): [number, number] => {
          const [ms = '', value = ''] = point.split(':');
          return [any(ms), any(value)];
        }),
    ),
    ofStimulus(
      'spikes',
      'spikesMs',
      (times) => times.join(','),
      (text) => text.split(',').map(any),
    ),
    ofStimulus(
      'trial',
      'trial',
      (trial) => (trial > 0 ? String(trial) : ''),
      (text) => parseNumber(text, 0, MOST_TRIALS, 'integer'),
    ),
    {
      name: 'ms',
      path: 'config.durationMs',
      write: ({ config }) => String(config.durationMs),
      read: any,
    },
    {
      name: 'seed',
      path: 'config.seed',
      control: 'seed',
      write: ({ config }) => String(config.seed),
      read: (text) => parseNumber(text, 0, LARGEST_SEED, 'integer'),
    },
    {
      name: 'focus',
      path: 'focus',
      write: ({ focus }) => unless(focus === 0, String(focus)),
      read: (text, _, { config }) => parseNumber(text, 0, config.neurons.length - 1, 'integer'),
    },
    {
      name: 'along',
      path: 'variable',
      control: 'variable',
      write: ({ variable }) => unless(variable === 0, String(variable)),
      read: (text) => parseNumber(text, 0, MOST_VARIABLES, 'integer'),
    },
    {
      name: 'at',
      path: 'momentMs',
      control: 'momentMs',
      write: ({ momentMs }) => unless(momentMs === 0, String(momentMs)),
      read: any,
    },
    {
      name: 'window',
      path: 'window',
      control: 'window',
      write: ({ window }) => window?.join(':'),
      read(text): [number, number] {
        const [from = '', until = ''] = text.split(':');
        const begin = parseNumber(from, 0, VAST, 'linear');
        return [begin, parseNumber(until, begin, VAST, 'linear')];
      },
    },
  ],
  start: defaultBench,
};

export function formatBench(state: BenchState): string {
  return formatTable(TABLE, state, undefined);
}

export function parseBench(
  hash: string,
  catalogue: BiologicalCatalogue,
): { state: BenchState } | { refusal: AddressRefusal } {
  return parseTable(TABLE, hash, catalogue);
}

/** The state after a setting from which nothing else follows. */
export function withPlainSetting(
  state: BenchState,
  setting: string,
  value: unknown,
  catalogue: BiologicalCatalogue,
): BenchState | undefined {
  return withControl(TABLE, state, setting, value, catalogue);
}

function parseInput(
  text: string,
  catalogue: BiologicalCatalogue,
): Pick<Stimulus, 'input' | 'values'> {
  const [id = '', ...values] = text.split('~');
  const input = oneOf(id, [OWN, ...catalogue.inputs.map((one) => one.id)]);
  const keys = inputOf(catalogue, input)?.parameters.map(({ key }) => key) ?? [];
  return { input, values: values.map((value) => parseValue(value, keys)) };
}

function formatSubject({ model, preset, strength, dtMs, values }: SubjectConfig): string {
  return `${model}~${preset}~${strength}~${dtMs}${written(values)}`;
}

function parseSubject(text: string, catalogue: BiologicalCatalogue): SubjectConfig {
  const [id = '', preset = '', strength, dt, ...values] = text.split('~');
  const model = modelOf(
    catalogue,
    oneOf(
      id,
      benchModels(catalogue).map((one) => one.id),
    ),
  );
  if (!model) throw new FieldRefusal('refusal-unknown');
  const presets = ['', ...model.presets.map((one) => one.id)];
  const base = subject(model, oneOf(preset, presets));
  const keys = model.parameters.map(({ key }) => key);
  return {
    ...base,
    strength: strength === undefined ? base.strength : any(strength),
    dtMs: dt === undefined ? base.dtMs : any(dt),
    values: strength === undefined ? base.values : values.map((value) => parseValue(value, keys)),
  };
}

function parseValue(text: string, keys: readonly string[]): { key: string; value: number } {
  const [key = '', value = ''] = text.split(':');
  return { key: oneOf(key, keys), value: any(value) };
}
