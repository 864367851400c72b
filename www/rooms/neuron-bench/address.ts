// The bench as the hash of the address, and back:
// `#room=neuron-bench&n=hodgkin-huxley~squid~10~0.01~temperature_c:18.5,lif~~20~0.1&s=step~start_ms:50&ms=500`.
// What is no address of the bench is refused with its field; ranges are the engine's to refuse.

import type { BenchConfig, BiologicalCatalogue, SubjectConfig } from '../../engine/model.ts';
import { FieldRefusal, oneOf, parseNumber } from '../../state/read.ts';
import { addressOf } from '../rooms.ts';
import {
  type BenchState,
  benchModels,
  defaultBench,
  inputOf,
  modelOf,
  OWN,
  subject,
} from './state.ts';

const MAX_LENGTH = 8000;
const VAST = 1e12;

export type BenchReading =
  | { state: BenchState }
  | { refusal: { field: string; reason: string; gaps: Record<string, string | number> } };

type Values = readonly { key: string; value: number }[];

const written = (values: Values) => values.map(({ key, value }) => `~${key}:${value}`).join('');

export function formatBench({ config, focus, momentMs }: BenchState): string {
  const { neurons, stimulus, durationMs, seed } = config;
  const parts = [
    `n=${neurons.map((one) => `${one.model}~${one.preset}~${one.strength}~${one.dtMs}${written(one.values)}`).join(',')}`,
    `s=${stimulus.input}${written(stimulus.values)}`,
    ...(stimulus.points.length > 0
      ? [`points=${stimulus.points.map(([ms, value]) => `${ms}:${value}`).join(',')}`]
      : []),
    ...(stimulus.spikesMs.length > 0 ? [`spikes=${stimulus.spikesMs.join(',')}`] : []),
    ...(stimulus.trial > 0 ? [`trial=${stimulus.trial}`] : []),
    `ms=${durationMs}`,
    `seed=${seed}`,
    ...(focus > 0 ? [`focus=${focus}`] : []),
    ...(momentMs > 0 ? [`at=${momentMs}`] : []),
  ];
  return `${addressOf('neuron-bench')}&${parts.join('&')}`;
}

export function parseBench(hash: string, catalogue: BiologicalCatalogue): BenchReading {
  const state = defaultBench(catalogue);
  if (hash.length > MAX_LENGTH) return refuse('#', 'refusal-length', { most: MAX_LENGTH });
  let text = hash;
  try {
    text = decodeURIComponent(hash);
  } catch {
    return refuse('#', 'refusal-encoding');
  }
  let read = state;
  const seen = new Set<string>();
  for (const pair of text.replace(/^#room=[^&]*&?/, '').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    try {
      if (seen.has(name)) throw new FieldRefusal('refusal-twice');
      seen.add(name);
      read = withField(read, name, equals < 0 ? '' : pair.slice(equals + 1), catalogue);
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      return refuse(name.slice(0, 40), error.reason, error.gaps);
    }
  }
  return { state: read };
}

function withField(
  state: BenchState,
  name: string,
  text: string,
  catalogue: BiologicalCatalogue,
): BenchState {
  const config = (change: Partial<BenchConfig>) => ({
    ...state,
    config: { ...state.config, ...change },
  });
  const stimulus = (change: Partial<BenchConfig['stimulus']>) =>
    config({ stimulus: { ...state.config.stimulus, ...change } });
  switch (name) {
    case 'n':
      return config({ neurons: text.split(',').map((one) => parseSubject(one, catalogue)) });
    case 's': {
      const [id = '', ...values] = text.split('~');
      const known = [OWN, ...catalogue.inputs.map((input) => input.id)];
      const input = oneOf(id, known);
      const keys = inputOf(catalogue, input)?.parameters.map(({ key }) => key) ?? [];
      return stimulus({ input, values: values.map((value) => parseValue(value, keys)) });
    }
    case 'points':
      return stimulus({
        points: text.split(',').map((point): [number, number] => {
          const [ms = '', value = ''] = point.split(':');
          return [any(ms), any(value)];
        }),
      });
    case 'spikes':
      return stimulus({ spikesMs: text.split(',').map(any) });
    case 'trial':
      return stimulus({ trial: parseNumber(text, 0, 1000, 'integer') });
    case 'ms':
      return config({ durationMs: any(text) });
    case 'seed':
      return config({ seed: parseNumber(text, 0, 4_294_967_295, 'integer') });
    case 'focus':
      return { ...state, focus: parseNumber(text, 0, state.config.neurons.length - 1, 'integer') };
    case 'at':
      return { ...state, momentMs: any(text) };
    default:
      throw new FieldRefusal('refusal-unknown');
  }
}

const any = (text: string) => parseNumber(text, -VAST, VAST, 'linear');

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

function refuse(
  field: string,
  reason: string,
  gaps: Record<string, string | number> = {},
): BenchReading {
  const { text } = gaps;
  const short = typeof text === 'string' && text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return {
    refusal: { field, reason, gaps: short === undefined ? gaps : { ...gaps, text: short } },
  };
}
