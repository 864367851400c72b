// The state as the hash of the address, `#v=2&data=spiral&layers=8-tanh,8-tanh&…`, and back. A shared one
// has a record of the run behind it (record.ts). Version 1 had neither records nor units of other kinds;
// it is read as what it is, and so is an address without a version.
// One invalid value refuses the whole: half a restored experiment would be a wrong one.

import type { LayeredCatalogue } from '../engine/model.ts';
import { defaultState, FIELDS, fieldValue, formatField, parseField } from './fields.ts';
import { type PageState, withValue } from './page-state.ts';
import { FieldRefusal } from './read.ts';
import { formatRecord, RECORD_FIELDS, type RunRecord, recordOf } from './record.ts';

export const VERSION = '2';
const READ = ['1', '2'];

/** Longer than any state can be: what is beyond is not read at all. */
const MAX_LENGTH = 120_000;

export interface AddressRefusal {
  field: string;
  reason: string;
  gaps: Record<string, string | number>;
}

export type Reading = { state: PageState; record?: RunRecord } | { refusal: AddressRefusal };

export function formatAddress(state: PageState, record?: RunRecord): string {
  const pairs = FIELDS.map((field) => {
    const text = formatField(field, fieldValue(state, field));
    return `${field.name}=${encodeURIComponent(text).replaceAll('%2C', ',')}`;
  });
  return `#v=${VERSION}&${pairs.join('&')}${record ? formatRecord(record) : ''}`;
}

/** `hash` with or without its '#'. What it leaves out has its default. */
export function parseAddress(hash: string, catalogue: LayeredCatalogue): Reading {
  const text = hash.replace(/^#/, '');
  let state = defaultState(catalogue);
  if (text === '') return { state };
  if (text.length > MAX_LENGTH) return refuse('#', 'refusal-length', { most: MAX_LENGTH });
  let read: Partial<RunRecord> = {};
  const seen = new Set<string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const field = FIELDS.find((entry) => entry.name === name);
    const recorded = RECORD_FIELDS.find((entry) => entry.name === name);
    if (!field && !recorded && name !== 'v') return refuse(shorten(name), 'refusal-unknown');
    if (seen.has(name)) return refuse(name, 'refusal-twice');
    seen.add(name);
    try {
      const value = decode(equals < 0 ? '' : pair.slice(equals + 1));
      if (field) state = withValue(state, field.path, parseField(field, value, catalogue));
      else if (recorded) read = { ...read, ...recorded.read(value) };
      else if (!READ.includes(value))
        return refuse(name, 'refusal-version', { text: shorten(value) });
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      return refuse(name, error.reason, error.gaps);
    }
  }
  try {
    const record = recordOf(read);
    return record ? { state, record } : { state };
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    return refuse('at', error.reason, error.gaps);
  }
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
  gaps: Record<string, string | number> = {},
): { refusal: AddressRefusal } {
  const { text } = gaps;
  const shown = typeof text === 'string' ? { ...gaps, text: shorten(text) } : gaps;
  return { refusal: { field, reason, gaps: shown } };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
