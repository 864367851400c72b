// What the page draws, and what a visitor can ask of it.

import type {
  LayeredCatalogue,
  NetworkPicture,
  PictureQuery,
  Snapshot,
  Summary,
  SweepProgress,
} from '../engine/model.ts';
import type { Question, UnitEdit } from '../engine/network-desk.ts';
import type { Unit, Variant } from '../engine/protocol.ts';
import type { PageState } from '../state/page-state.ts';
import type { Answers } from './network-answers.ts';
import type { Notice } from './notices.ts';
import type { Link } from './sharing.ts';
import type { PinnedRun } from './shelf.ts';
import type { Deed } from './undo.ts';

export interface PageModel {
  phase: 'loading' | 'ready' | 'stopped';
  engine: { variant: Variant; threads: number; fallback?: string } | undefined;
  catalogue: LayeredCatalogue | undefined;
  state: PageState | undefined;
  summary: Summary | undefined;
  snapshot: Snapshot | undefined;
  /** Both networks as they are drawn. */
  picture: readonly NetworkPicture[] | undefined;
  /** The newest answer to each kind of question. */
  answers: Answers;
  playing: boolean;
  /** Examples that each network learned from in a second, when it last did. */
  rate: number;
  progress: { loaded: number; total: number } | undefined;
  thumbnails: ReadonlyMap<string, Float32Array>;
  sweep: SweepProgress | undefined;
  sweeping: boolean;
  notices: readonly Notice[];
  /** Of all weights, while nothing runs. */
  fingerprint: string | undefined;
  /** The visitor chose a table of their own and has not given one yet. */
  awaitingTable: boolean;
  tableName: string | undefined;
  /** What would be undone, and done again. */
  undo: Deed | undefined;
  redo: Deed | undefined;
  /** The run of a link is being repeated, or was stopped on the way. */
  following: Following | undefined;
  /** What there is to share; 'wait' until it is known. */
  share: Link | 'wait' | undefined;
  shelf: readonly PinnedRun[];
}

export interface Following {
  until: number;
  stopped: boolean;
}

export type Command =
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'toggle' }
  | { type: 'advance'; unit: Unit }
  | { type: 'back'; batches: number }
  | { type: 'reset' }
  | { type: 'newSeed' }
  | { type: 'restore' }
  | { type: 'draw'; query: PictureQuery | undefined }
  | { type: 'edit'; edit: UnitEdit }
  | { type: 'ask'; question: Question }
  | { type: 'sweep'; epochs: number; seeds: number }
  | { type: 'cancelSweep' }
  | { type: 'dismiss'; id: number }
  | { type: 'restart' }
  | { type: 'table'; name: string; text: string }
  | { type: 'refuseTable'; name: string; bytes: number }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'share' }
  | { type: 'closeShare' }
  | { type: 'saveFile' }
  | { type: 'file'; name: string; bytes: Uint8Array }
  | { type: 'refuseFile'; name: string }
  /** Goes on repeating the run of a link. */
  | { type: 'follow' }
  /** Repeats the run of a link whose weights were taken. */
  | { type: 'replayLink'; hash: string }
  | { type: 'pin' }
  | { type: 'unpin'; id: number }
  | { type: 'rename'; id: number; name: string }
  | { type: 'restoreRun'; id: number }
  /** Away with what was kept: the experiment that the engine declares. */
  | { type: 'fresh' }
  /** Learns on from where it began until it has learned from so many digits. */
  | { type: 'relearn'; digits: number }
  | { type: 'provokePanic' };

/** Commands after which the weights are others, even at a step of the same number. */
export const MOVING: readonly Command['type'][] = [
  'play',
  'toggle',
  'advance',
  'back',
  'reset',
  'restore',
  'edit',
];

export const EMPTY: PageModel = {
  phase: 'loading',
  engine: undefined,
  catalogue: undefined,
  state: undefined,
  summary: undefined,
  snapshot: undefined,
  picture: undefined,
  answers: {},
  playing: false,
  rate: 0,
  progress: undefined,
  thumbnails: new Map(),
  sweep: undefined,
  sweeping: false,
  notices: [],
  fingerprint: undefined,
  awaitingTable: false,
  tableName: undefined,
  undo: undefined,
  redo: undefined,
  following: undefined,
  share: undefined,
  shelf: [],
};
