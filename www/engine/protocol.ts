// The messages between the page and its worker. A request that changes what is computed
// carries a generation; answers of an older generation are dropped by the client.

import type {
  Catalogue,
  EngineError,
  ExperimentConfig,
  NetworkPicture,
  PictureQuery,
  Snapshot,
  Summary,
  SweepProgress,
  View,
} from './model.ts';
import type { Answer, Question, UnitEdit } from './network-desk.ts';

export type Variant = 'single' | 'threads';
export type Unit = 'sample' | 'batch' | 'epoch';

export type Request =
  | { type: 'start'; variant: Variant; threads: number }
  | { type: 'configure'; generation: number; config: ExperimentConfig; table?: string | undefined }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'advance'; unit: Unit }
  | { type: 'back'; batches: number }
  | { type: 'reset' }
  | { type: 'set'; id: number; key: string; value: number }
  | { type: 'view'; view: View }
  /** From now on snapshots come with such a picture, a few times a second; or without. */
  | { type: 'draw'; query: PictureQuery | undefined }
  | { type: 'edit'; edit: UnitEdit }
  | { type: 'ask'; id: number; question: Question }
  | { type: 'restore' }
  | { type: 'resume'; generation: number; bytes: Uint8Array }
  | { type: 'sweep'; epochs: number; seeds: number }
  | { type: 'cancelSweep' }
  | { type: 'thumbnails' }
  | { type: 'acknowledge' }
  | { type: 'ping' }
  | { type: 'hash'; id: number }
  | { type: 'provokePanic' };

export type Response =
  | { type: 'ready'; variant: Variant; threads: number; catalogue: Catalogue }
  | { type: 'progress'; what: 'data'; loaded: number; total: number }
  | { type: 'configured'; generation: number; summary: Summary }
  | {
      type: 'snapshot';
      generation: number;
      playing: boolean;
      /** Examples that each network learned from in a second. */
      rate: number;
      /** The last `set` that was dealt with: settings in `snapshot` are at least as new. */
      lastSet: number;
      snapshot: Snapshot;
      picture?: NetworkPicture[];
    }
  | { type: 'checkpoint'; generation: number; step: number; bytes: Uint8Array }
  | { type: 'thumbnail'; set: string; points: Float32Array }
  | { type: 'sweepProgress'; generation: number; progress: SweepProgress }
  | { type: 'hash'; id: number; value: string }
  /** Without an answer where there was nothing to ask about. */
  | { type: 'answer'; id: number; answer: Answer | undefined }
  | { type: 'pong' }
  | ({ type: 'error'; generation: number; request: Request['type'] } & EngineError)
  | { type: 'panic'; message: string }
  /** The variant with threads cannot be started here. */
  | { type: 'unstarted'; message: string };
