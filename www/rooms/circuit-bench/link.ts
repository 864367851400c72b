// The link of a circuit's run, and what to tell when the run of one was repeated.

import type { CircuitRecord } from '../../engine/circuit-protocol.ts';
import type { Notice } from '../../page/notices.ts';
import type { Link } from '../../page/sharing.ts';
import { isLogTooLong, shortHash } from './record.ts';

/** Undefined where too much was done for a link to tell. */
export function linkOf(
  record: CircuitRecord,
  address: (record: CircuitRecord) => string,
): Link | undefined {
  if (isLogTooLong(record)) return undefined;
  const { deeds, step, hash } = record;
  const short = address({ ...record, hash: shortHash(hash) });
  return {
    short,
    long: undefined,
    weightsBytes: undefined,
    step,
    commands: deeds.length,
    table: false,
  };
}

/** What came of repeating a run up to where the link says. */
export function verdict(
  { step, hash: theirs }: CircuitRecord,
  { hash }: CircuitRecord,
): Pick<Notice, 'kind' | 'message' | 'gaps'> {
  const ours = shortHash(hash);
  if (theirs === '') return { kind: 'note', message: 'circuit-replay-no-hash', gaps: { step } };
  if (ours === theirs)
    return { kind: 'note', message: 'circuit-replay-same', gaps: { step, hash: ours } };
  return { kind: 'refusal', message: 'circuit-replay-differs', gaps: { step, ours, theirs } };
}
