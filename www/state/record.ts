// What a shared address carries besides the configuration: how far the run came, what was said to it on
// the way, what its weights hash to, and, where they are few, the weights themselves.

import { fromBase64url, toBase64url } from './base64url.ts';
import { FieldRefusal, parseNumber } from './read.ts';
import { packZeros, unpackZeros } from './zeros.ts';

export interface RunRecord {
  step: number;
  /** The beginning of the hash of each network's weights; empty if it is not known. */
  hash: string;
  /** The commands, as the engine writes them. */
  journal: string;
  /** A light checkpoint; the engine checks what is in it. */
  weights?: Uint8Array;
}

/** Most bytes of weights in an address, without their zeros; what is larger goes into a file. */
export const MOST_WEIGHTS = 32 * 1024;
/** The same with their zeros. */
const MOST_UNPACKED = 2 ** 20;
const MOST_JOURNAL = 60_000;
const LARGEST_STEP = 2 ** 53;
const HASH_DIGITS = 16;
const HASH = /^[0-9a-f]{16}\.[0-9a-f]{16}$/;
const JOURNAL = /^[0-9a-z_.!~-]*$/;

/** Name in the address, how it is written, how it is read. The order is that of the address. */
export const RECORD_FIELDS: readonly {
  name: string;
  write(record: RunRecord): string;
  read(text: string): Partial<RunRecord>;
}[] = [
  {
    name: 'at',
    write: ({ step }) => String(step),
    read: (text) => ({ step: parseNumber(text, 0, LARGEST_STEP, 'integer') }),
  },
  {
    name: 'hash',
    write: ({ hash }) => hash,
    read(text) {
      if (!HASH.test(text)) throw new FieldRefusal('refusal-hash', { text });
      return { hash: text };
    },
  },
  {
    name: 'log',
    write: ({ journal }) => journal,
    read(text) {
      if (text.length > MOST_JOURNAL || !JOURNAL.test(text)) {
        throw new FieldRefusal('refusal-log', { text });
      }
      return { journal: text };
    },
  },
  {
    name: 'weights',
    write: ({ weights }) => (weights ? toBase64url(packZeros(weights)) : ''),
    read(text) {
      const packed = fromBase64url(text);
      const fits = packed && packed.length <= MOST_WEIGHTS;
      const weights = fits ? unpackZeros(packed, MOST_UNPACKED) : undefined;
      if (!weights) {
        throw new FieldRefusal('refusal-weights', { most: MOST_WEIGHTS / 1024 });
      }
      return { weights };
    },
  },
];

/** The part of a fingerprint that an address carries: enough to tell two runs apart. */
export function shortHash(fingerprint: string): string {
  const hashes = fingerprint.split(' ').map((hash) => hash.slice(0, HASH_DIGITS));
  return hashes.length === 2 && hashes.every((hash) => hash.length === HASH_DIGITS)
    ? hashes.join('.')
    : '';
}

/** A record of the fields that were read; none without a step. */
export function recordOf(read: Partial<RunRecord>): RunRecord | undefined {
  if (read.step === undefined) {
    if (Object.keys(read).length === 0) return undefined;
    throw new FieldRefusal('refusal-record');
  }
  return { hash: '', journal: '', ...read, step: read.step };
}
