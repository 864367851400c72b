// What a shared address tells of a circuit besides its numbers: with which it was built, what was done to it
// while it ran and after how many steps, how far it came, and what its state hashes to.

import type { CircuitDeed, CircuitRecord, CircuitValues } from '../../engine/circuit-protocol.ts';
import type { ModelEntry } from '../../engine/model.ts';
import { FieldRefusal, oneOf, parseNumber } from '../../state/read.ts';
import { type CircuitState, withValues } from './state.ts';

/** Longer ones are in no link. */
const LONGEST_LOG = 60_000;
const LARGEST_STEP = 2 ** 53;
const MOST_PLACES = 1e6;
const LONGEST_MS = 60_000;
const HASH_DIGITS = 16;
const HASH = /^[0-9a-f]{16}$/;

/** Name in the address, how it is written, how it is read. The order is that of the address. */
export const RECORD_FIELDS: readonly {
  name: string;
  write(record: CircuitRecord, state: CircuitState): string | undefined;
  read(text: string, entry: ModelEntry): Partial<CircuitRecord>;
}[] = [
  {
    name: 'at',
    write: ({ step }) => String(step),
    read: (text) => ({ step: parseNumber(text, 0, LARGEST_STEP, 'integer') }),
  },
  {
    name: 'hash',
    write: ({ hash }) => hash || undefined,
    read(text) {
      if (!HASH.test(text)) throw new FieldRefusal('refusal-hash', { text });
      return { hash: text };
    },
  },
  {
    name: 'built',
    write({ values }, { config }) {
      const [built, now] = [formatValues(values), formatValues(config.values)];
      // One that was built with its defaults has to say so.
      return built === now ? undefined : built.slice(1) || STANDARD;
    },
    read: (text, entry) => ({
      values: text === STANDARD ? {} : parseValues(text.split('~'), entry),
    }),
  },
  {
    name: 'log',
    write: ({ deeds }) => deeds.map(formatDeed).join('!') || undefined,
    read: (text, entry) => ({ deeds: parseLog(text, entry) }),
  },
];

const STANDARD = 'standard';

/** The part of a hash that an address carries. */
export function shortHash(hash: string): string {
  return hash.slice(0, HASH_DIGITS);
}

export function isLogTooLong(record: CircuitRecord): boolean {
  return record.deeds.map(formatDeed).join('!').length > LONGEST_LOG;
}

/** A record of the fields that were read; none without a step. */
export function recordOf(
  read: Partial<CircuitRecord>,
  values: CircuitValues,
): CircuitRecord | undefined {
  const { step } = read;
  if (step === undefined) {
    if (Object.keys(read).length === 0) return undefined;
    throw new FieldRefusal('refusal-record');
  }
  const record = { hash: '', values, deeds: [], ...read, step };
  const steps = [0, ...record.deeds.map((deed) => deed.step), step];
  if (steps.some((one, at) => one < (steps[at - 1] ?? 0))) throw new FieldRefusal('refusal-log');
  return record;
}

/** `~g:6~drive:0.9` */
export function formatValues(values: CircuitValues): string {
  return Object.entries(values)
    .map(([key, value]) => `~${key}:${value}`)
    .join('');
}

export function parseValues(texts: readonly string[], entry: ModelEntry): CircuitValues {
  const keys = entry.parameters.map(({ key }) => key);
  let values: CircuitValues = {};
  for (const text of texts) {
    const [name = '', value = ''] = text.split(':');
    const key = oneOf(name, keys);
    const parameter = entry.parameters.find((one) => one.key === key);
    if (!parameter) throw new FieldRefusal('refusal-unknown');
    const { min, max, scale } = parameter;
    values = withValues(values, entry, { [key]: parseNumber(value, min, max, scale) });
  }
  return values;
}

/** `1200.set~g:6`, `1300.excite~0~80~200`, `1400.silence~0~80~200`: the step, and what was done. */
function formatDeed(deed: CircuitDeed): string {
  if ('values' in deed) return `${deed.step}.set${formatValues(deed.values)}`;
  const { from, until, excite, ms } = deed;
  return `${deed.step}.${excite ? 'excite' : 'silence'}~${from}~${until}~${ms}`;
}

function parseLog(text: string, entry: ModelEntry): CircuitDeed[] {
  if (text.length > LONGEST_LOG) throw new FieldRefusal('refusal-log', { text });
  return text.split('!').map((one): CircuitDeed => {
    const dot = one.indexOf('.');
    const step = parseNumber(one.slice(0, Math.max(0, dot)), 0, LARGEST_STEP, 'integer');
    const [what = '', ...rest] = one.slice(dot + 1).split('~');
    if (oneOf(what, ['set', 'excite', 'silence']) === 'set') {
      return { step, values: parseValues(rest, entry) };
    }
    const [from = '', until = '', ms = ''] = rest;
    const first = parseNumber(from, 0, MOST_PLACES, 'integer');
    return {
      step,
      from: first,
      until: parseNumber(until, first + 1, MOST_PLACES, 'integer'),
      excite: what === 'excite',
      ms: parseNumber(ms, 1, LONGEST_MS, 'linear'),
    };
  });
}
