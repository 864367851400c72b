// An address of the page: a table of fields, one for each value of a room's state. A row says the value's
// name in the address, its place in the state, by which controls name it too, and how it is written and
// read. Every address tells its version. One invalid value refuses the whole: half a restored state would
// be a wrong one.

import { withValue } from './page-state.ts';
import { FieldRefusal } from './read.ts';

/** `Around` is what reading needs besides the text, `Known` what writing needs besides the state. */
export interface AddressRow<State, Around, Known = Around> {
  /** The name in the address. */
  name: string;
  /** The path in the state; empty where the field makes a whole state. */
  path: string;
  /** Undefined where the state has what an address without the field says: it is left out then. */
  write(state: State, known: Known): string | undefined;
  /** What comes to the path. Throws a FieldRefusal that says what was expected. */
  read(text: string, around: Around, state: State): unknown;
  /** The setting by which a control sets it, where nothing else follows from it. */
  control?: string;
}

export interface AddressTable<State, Around, Known = Around> {
  /** The room that the address names; the network lab's has no name. */
  room?: string;
  /** The version that is written. */
  version: string;
  /** Those that are read; an address without one is of the first. */
  reads: readonly string[];
  /** Longer than any state can be: what is beyond is not read at all. */
  longest: number;
  /** Read in this order, whatever the order of the address: what decides defaults comes first. */
  rows: readonly AddressRow<State, Around, Known>[];
  /** What an address without fields means. */
  start(around: Around): State;
}

export interface AddressRefusal {
  field: string;
  reason: string;
  gaps: Record<string, string | number>;
}

const MAX_QUOTED = 40;
/** What has a meaning in no part of an address, so that it may stand as it is. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/%2C/g, ','],
  [/%3A/g, ':'],
];

export function formatTable<State, Around, Known>(
  { room, version, rows }: AddressTable<State, Around, Known>,
  state: State,
  known: Known,
): string {
  const pairs = rows.flatMap(({ name, write }) => {
    const text = write(state, known);
    return text === undefined ? [] : [`${name}=${encode(text)}`];
  });
  return `#${[...(room ? [`room=${room}`] : []), `v=${version}`, ...pairs].join('&')}`;
}

/** `hash` with or without its '#'. What it leaves out has its default. */
export function parseTable<State extends object, Around, Known>(
  table: AddressTable<State, Around, Known>,
  hash: string,
  around: Around,
): { state: State } | { refusal: AddressRefusal } {
  const text = hash.replace(/^#/, '');
  if (text.length > table.longest) return refuse('#', 'refusal-length', { most: table.longest });
  const fields = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const own = table.room !== undefined && name === 'room';
    if (pair === '' || own) continue;
    const known = name === 'v' || table.rows.some((row) => row.name === name);
    if (!known) return refuse(name, 'refusal-unknown');
    if (fields.has(name)) return refuse(name, 'refusal-twice');
    fields.set(name, equals < 0 ? '' : pair.slice(equals + 1));
  }
  let state = table.start(around);
  let at = 'v';
  try {
    const version = fields.get('v');
    if (version !== undefined && !table.reads.includes(decode(version))) {
      throw new FieldRefusal('refusal-version', { text: version });
    }
    for (const { name, path, read } of table.rows) {
      const written = fields.get(name);
      if (written === undefined) continue;
      at = name;
      const value = read(decode(written), around, state);
      state = path === '' ? (value as State) : withValue(state, path, value);
    }
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    return refuse(at, error.reason, error.gaps);
  }
  return { state };
}

/** The state after a setting that has a row of its own; undefined where none has, or the value is refused. */
export function withControl<State extends object, Around, Known>(
  { rows }: AddressTable<State, Around, Known>,
  state: State,
  setting: string,
  value: unknown,
  around: Around,
): State | undefined {
  const row = rows.find(({ control }) => control === setting);
  if (!row) return undefined;
  try {
    const written = typeof value === 'number' || typeof value === 'string';
    return withValue(state, row.path, written ? row.read(String(value), around, state) : value);
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    return undefined;
  }
}

function encode(text: string): string {
  return PLAIN.reduce(
    (whole, [code, sign]) => whole.replaceAll(code, sign),
    encodeURIComponent(text),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new FieldRefusal('refusal-encoding', { text });
  }
}

function refuse(
  field: string,
  reason: string,
  gaps: AddressRefusal['gaps'] = {},
): { refusal: AddressRefusal } {
  const { text } = gaps;
  const shown = typeof text === 'string' ? { ...gaps, text: shorten(text) } : gaps;
  return { refusal: { field: shorten(field), reason, gaps: shown } };
}

function shorten(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
