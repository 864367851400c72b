// Makes the link of an experiment, and compares what came out of one with what it says.

import type { ExperimentConfig } from '../engine/model.ts';
import type { Kept } from '../engine/protocol.ts';
import { formatAddress } from '../state/address.ts';
import type { PageState } from '../state/page-state.ts';
import { MOST_WEIGHTS, type RunRecord, shortHash } from '../state/record.ts';
import { packZeros } from '../state/zeros.ts';
import type { Notice } from './notices.ts';

export interface Link {
  /** Opened, the run is trained again. */
  short: string;
  /** With the weights, where they fit. */
  long: string | undefined;
  /** Undefined where nothing has weights. */
  weightsBytes: number | undefined;
  step: number;
  commands: number;
  /** The data is a table, which no link carries. */
  table: boolean;
}

/** Most bytes of a file that is read. */
export const MOST_FILE_BYTES = 256 * 2 ** 20;

export interface Shared {
  /** The address of the page, without a hash. */
  base: string;
  /** What the experiment was made from. */
  config: ExperimentConfig;
  view: PageState['view'];
  kept: Kept;
  table: boolean;
}

/** Undefined after a divergence: there is no hash of what is no number. */
export function linkOf({ base, config, view, kept, table }: Shared): Link | undefined {
  const { step, journal, light } = kept;
  const hash = shortHash(kept.hash);
  if (hash === '') return undefined;
  const record: RunRecord = { step, hash, journal };
  const address = (of: RunRecord) => `${base}${formatAddress({ config, view }, of)}`;
  const weightsBytes = light ? packZeros(light).length : 0;
  const fits = light !== undefined && weightsBytes <= MOST_WEIGHTS;
  return {
    short: address(record),
    long: fits ? address({ ...record, weights: light }) : undefined,
    weightsBytes,
    step,
    commands: journal.split(/[~!]/).filter((entry) => entry !== '').length,
    table,
  };
}

/** What a link says of the run that it was made from. */
export interface Expected {
  record: RunRecord;
  /** The address without weights, to train it again. */
  replay: string;
}

/** What to tell once the run has come as far as the link says. */
export function verdict(
  { record, replay }: Expected,
  fingerprint: string,
): Pick<Notice, 'kind' | 'message' | 'gaps'> & Partial<Notice> {
  const { step, hash } = record;
  const ours = shortHash(fingerprint);
  const note = (message: string, gaps: Notice['gaps']) => ({
    kind: 'note' as const,
    message,
    gaps,
  });
  if (hash === '') return note('note-no-hash', { step });
  if (ours !== hash) {
    return { ...note('note-differs', { step, ours, theirs: hash }), kind: 'refusal' };
  }
  if (!record.weights) return note('note-same', { step, hash });
  return {
    ...note('note-carried', { hash }),
    action: { message: 'action-replay', command: { type: 'replayLink', hash: replay } },
  };
}
