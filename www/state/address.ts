// The state of the network lab as the hash of the address, `#v=2&data=spiral&layers=8-tanh,8-tanh&…`, and
// back. A shared one has a record of the run behind it (record.ts). Version 1 had neither records nor units
// of other kinds; it is read as what it is.

import type { LayeredCatalogue } from '../engine/model.ts';
import {
  type AddressRefusal,
  type AddressTable,
  formatTable,
  parseTable,
} from './address-table.ts';
import { defaultState, FIELDS, fieldValue, formatField, parseField } from './fields.ts';
import type { PageState } from './page-state.ts';
import { FieldRefusal } from './read.ts';
import { RECORD_FIELDS, type RunRecord, recordOf } from './record.ts';

export type Reading = { state: PageState; record?: RunRecord } | { refusal: AddressRefusal };

interface Shared {
  state: PageState;
  record: Partial<RunRecord>;
}

const TABLE: AddressTable<Shared, LayeredCatalogue, void> = {
  version: '2',
  reads: ['1', '2'],
  longest: 120_000,
  rows: [
    ...FIELDS.map((field) => ({
      name: field.name,
      path: `state.${field.path}`,
      write: ({ state }: Shared) => formatField(field, fieldValue(state, field)),
      read: (text: string, catalogue: LayeredCatalogue) => parseField(field, text, catalogue),
    })),
    ...RECORD_FIELDS.map(({ name, write, read }) => ({
      name,
      path: 'record',
      write: ({ record }: Shared) =>
        record.step === undefined ? undefined : write(record as RunRecord) || undefined,
      read: (text: string, _: unknown, { record }: Shared) => ({ ...record, ...read(text) }),
    })),
  ],
  start: (catalogue) => ({ state: defaultState(catalogue), record: {} }),
};

export function formatAddress(state: PageState, record?: RunRecord): string {
  return formatTable(TABLE, { state, record: record ?? {} }, undefined);
}

export function parseAddress(hash: string, catalogue: LayeredCatalogue): Reading {
  const reading = parseTable(TABLE, hash, catalogue);
  if ('refusal' in reading) return reading;
  const { state, record: read } = reading.state;
  try {
    const record = recordOf(read);
    return record ? { state, record } : { state };
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    return { refusal: { field: 'at', reason: error.reason, gaps: error.gaps } };
  }
}
