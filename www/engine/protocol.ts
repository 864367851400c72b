// The messages between the page and its worker. A request that changes what is computed
// carries a generation; answers of an older generation are dropped by the client.

import type {
  EngineError,
  ExperimentConfig,
  LayeredCatalogue,
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

/** Where an experiment begins, other than at its initial weights. */
export interface Start {
  /** At a checkpoint. */
  bytes?: Uint8Array;
  /** At the beginning, with these commands to come … */
  journal?: string;
  /** … and trained up to this step. */
  until?: number;
}

/** Where an experiment stands. */
export interface Kept {
  step: number;
  /** Absent after a divergence and on the way back. */
  bytes?: Uint8Array;
  /** The same without curves and the way back. */
  light?: Uint8Array;
  /** The commands so far. */
  journal: string;
  /** Of the weights; empty after a divergence. */
  hash: string;
}

export type Request =
  | { type: 'start'; variant: Variant; threads: number }
  | {
      type: 'configure';
      generation: number;
      config: ExperimentConfig;
      table?: string | undefined;
      start?: Start | undefined;
    }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'advance'; unit: Unit }
  | { type: 'back'; batches: number }
  | { type: 'reset' }
  | { type: 'set'; id: number; key: string; value: number }
  | { type: 'view'; view: View }
  /** How many steps a second it plays; 0: as many as it can. */
  | { type: 'pace'; stepsPerSecond: number }
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
  /** Trains up to a step. */
  | { type: 'until'; step: number }
  /** Where it stands at this moment, before what is asked next. */
  | { type: 'keep'; id: number }
  /** Where it stands, once it stands still, and what a link carries. */
  | { type: 'share'; id: number }
  /** What experiment a checkpoint is of. */
  | { type: 'inspect'; id: number; bytes: Uint8Array }
  | { type: 'provokePanic' };

export type Response =
  | { type: 'ready'; variant: Variant; threads: number; catalogue: LayeredCatalogue }
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
  | { type: 'kept'; id: number; kept: Kept }
  | { type: 'inspected'; id: number; config?: ExperimentConfig }
  /** Without an answer where there was nothing to ask about. */
  | { type: 'answer'; id: number; answer: Answer | undefined }
  | { type: 'pong' }
  | ({ type: 'error'; generation: number; request: Request['type'] } & EngineError)
  | { type: 'panic'; message: string }
  /** The variant with threads cannot be started here. */
  | { type: 'unstarted'; message: string };
