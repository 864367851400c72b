// The worker's loop without the worker: takes requests, advances the session in short slices,
// and says when the next slice is due. It knows the lab only by its face, so tests drive it
// with a lab of their own.

import {
  type Catalogue,
  type ExperimentConfig,
  isEngineError,
  type Snapshot,
  type Summary,
  type SweepProgress,
  type View,
} from './model.ts';
import type { Request, Response } from './protocol.ts';

/** What the loop asks of the engine. Refusals are thrown as EngineError; all else is a panic. */
export interface Lab {
  catalogue(): Catalogue;
  /** The id of a data set whose files must be loaded first, or ''. */
  needs(config: ExperimentConfig): string;
  loadImages(id: string, train: Uint8Array, test: Uint8Array): void;
  configure(config: ExperimentConfig, table: string | undefined): Summary;
  /** Batches trained since the weights were drawn. */
  step(): number;
  /** Trains up to so many batches; 0 once it has diverged. */
  train(maxBatches: number): number;
  stepSamples(count: number): void;
  /** A bounded part of an evaluation; true when nothing is left to evaluate. */
  evaluateSlice(): boolean;
  snapshot(view: View): Snapshot;
  set(key: string, value: number): void;
  back(batches: number): void;
  reset(): void;
  restoreLastGood(): void;
  checkpoint(): Uint8Array;
  restore(bytes: Uint8Array): void;
  hash(): string;
  sweepStart(epochs: number, seeds: number): void;
  sweepAdvance(): SweepProgress;
  sweepCancel(): void;
  preview(set: string): Float32Array | undefined;
  provokePanic(): void;
}

export type LoadImages = (
  set: string,
  onProgress: (loaded: number, total: number) => void,
  signal: AbortSignal,
) => Promise<{ train: Uint8Array; test: Uint8Array }>;

export interface Outlet {
  post(message: Response, transfer?: Transferable[]): void;
  now(): number;
  loadImages: LoadImages;
  /** Asks for another slice: something changed outside of one. */
  wake(): void;
}

type Configure = Extract<Request, { type: 'configure' }>;

/** Time of one slice: short enough that a request never waits noticeably. */
const SLICE_MS = 12;
/** No more often than a screen can usefully show. */
const FRAME_MS = 33;
const CHECKPOINT_MS = 3000;
/** Share of the worker's time that drawing material may take. */
const SNAPSHOT_SHARE = 0.25;

export const ASLEEP = Number.POSITIVE_INFINITY;

export class Runner {
  private wanted: Configure | undefined;
  private loading: AbortController | undefined;
  private loadedSets = new Set<string>();
  private generation = 0;
  private summary: Summary | undefined;
  private view: View = { surface: true, example: 0, split: 'test' };
  private playing = false;
  /** Batches still to train because of "one batch" or "one epoch". */
  private remaining = 0;
  private batchMs = 1;
  private sweeping = false;
  private diverged = false;
  private dirty = false;
  private evaluated = true;
  private acknowledged = true;
  private snapshotDue = 0;
  private checkpointDue = 0;
  private checkpointStep = -1;
  private previews: string[] = [];
  private dead = false;

  constructor(
    private readonly lab: Lab,
    private readonly out: Outlet,
    /** What the panic hook wrote last; a trap itself says nothing. */
    private readonly cause: () => string = () => '',
  ) {}

  handle(request: Request): void {
    this.guard(request.type, () => this.dispatch(request));
  }

  /** Works for a few milliseconds; returns the milliseconds until the next slice is due. */
  slice(): number {
    if (this.dead) return ASLEEP;
    let wait = ASLEEP;
    const request = this.wanted ? 'configure' : this.sweeping && !this.active ? 'sweep' : 'play';
    this.guard(request, () => {
      wait = this.work();
    });
    return this.dead ? ASLEEP : wait;
  }

  private get active(): boolean {
    return this.playing || this.remaining > 0;
  }

  private dispatch(request: Request): void {
    switch (request.type) {
      case 'start':
        return;
      case 'configure':
        this.wanted = request;
        this.loading?.abort();
        this.loading = undefined;
        return;
      case 'ping':
        this.out.post({ type: 'pong' });
        return;
      case 'acknowledge':
        this.acknowledged = true;
        return;
      case 'thumbnails':
        this.previews = this.lab
          .catalogue()
          .dataSets.filter((set) => set.kind === 'points')
          .map((set) => set.id);
        return;
      case 'provokePanic':
        this.lab.provokePanic();
        return;
      default:
        if (this.summary) this.command(request);
    }
  }

  private command(request: Request): void {
    switch (request.type) {
      case 'play':
        this.playing = true;
        break;
      case 'pause':
        this.playing = false;
        this.remaining = 0;
        this.checkpointDue = 0;
        break;
      case 'advance':
        this.advance(request.unit);
        break;
      case 'back':
        this.remaining = 0;
        this.playing = false;
        this.lab.back(request.batches);
        this.moved();
        break;
      case 'reset':
        this.remaining = 0;
        this.playing = false;
        this.lab.reset();
        this.moved();
        break;
      case 'restore':
        this.lab.restoreLastGood();
        this.moved();
        break;
      case 'resume':
        this.lab.restore(request.bytes);
        this.moved();
        break;
      case 'set':
        this.lab.set(request.key, request.value);
        break;
      case 'view':
        this.view = request.view;
        break;
      case 'sweep':
        this.lab.sweepStart(request.epochs, request.seeds);
        this.sweeping = true;
        return;
      case 'cancelSweep':
        this.lab.sweepCancel();
        this.sweeping = false;
        return;
      case 'hash':
        this.out.post({ type: 'hash', id: request.id, value: this.lab.hash() });
        return;
    }
    this.dirty = true;
  }

  private advance(unit: 'sample' | 'batch' | 'epoch'): void {
    this.playing = false;
    if (unit === 'sample') {
      this.lab.stepSamples(1);
      this.moved();
      return;
    }
    const perEpoch = this.summary?.batchesPerEpoch ?? 1;
    this.remaining = unit === 'batch' ? 1 : perEpoch - (this.lab.step() % perEpoch);
  }

  /** The weights changed other than by a slice of training. */
  private moved(): void {
    this.dirty = true;
    this.evaluated = false;
    this.diverged = false;
    this.snapshotDue = 0;
    this.checkpointDue = 0;
    this.checkpointStep = -1;
  }

  private work(): number {
    const started = this.out.now();
    if (this.wanted && !this.loading) this.configure(this.wanted);
    if (!this.summary) return this.preview() ? 0 : ASLEEP;

    if (this.active) this.trainUntil(started + SLICE_MS);
    else if (this.sweeping) this.sweepUntil(started + SLICE_MS);
    this.evaluateUntil(Math.max(started + SLICE_MS, this.out.now() + SLICE_MS / 4));
    this.postCheckpoint();
    const wait = this.postSnapshot();
    if (this.active || this.sweeping || !this.evaluated) return 0;
    return this.preview() ? 0 : wait;
  }

  private configure(request: Configure): void {
    const set = this.lab.needs(request.config);
    if (set !== '' && !this.loadedSets.has(set)) {
      this.load(set, request);
      return;
    }
    this.wanted = undefined;
    // A refusal leaves lab, summary and generation as they were.
    const summary = this.lab.configure(request.config, request.table);
    this.summary = summary;
    this.generation = request.generation;
    this.remaining = 0;
    this.batchMs = 1;
    this.sweeping = false;
    this.acknowledged = true;
    this.moved();
    this.out.post({ type: 'configured', generation: request.generation, summary }, [
      ...ownBuffers([summary.points]),
    ]);
  }

  private load(set: string, request: Configure): void {
    const loading = new AbortController();
    this.loading = loading;
    const current = () => this.loading === loading;
    this.out
      .loadImages(
        set,
        (loaded, total) => {
          if (current()) this.out.post({ type: 'progress', what: 'data', loaded, total });
        },
        loading.signal,
      )
      .then(({ train, test }) => {
        if (!current()) return;
        this.loading = undefined;
        this.guard('configure', () => {
          this.lab.loadImages(set, train, test);
          this.loadedSets.add(set);
        });
      })
      .catch((error: unknown) => {
        if (!current()) return;
        this.loading = undefined;
        this.wanted = undefined;
        this.refuse('configure', request.generation, {
          code: 'data-unreachable',
          message: String(error instanceof Error ? error.message : error),
          detail: { set },
        });
      })
      .finally(() => this.out.wake());
  }

  private trainUntil(deadline: number): void {
    while (this.active) {
      const now = this.out.now();
      if (now >= deadline) return;
      const fit = Math.max(1, Math.floor((deadline - now) / Math.max(this.batchMs, 1e-3)));
      const asked = Math.min(fit, this.remaining > 0 ? this.remaining : fit, 1024);
      const done = this.lab.train(asked);
      const took = this.out.now() - now;
      if (done > 0) this.batchMs = 0.7 * this.batchMs + 0.3 * (took / done);
      this.dirty = true;
      this.evaluated = false;
      if (this.remaining > 0) {
        this.remaining -= done;
        if (this.remaining <= 0) this.checkpointDue = 0;
      }
      if (done === 0) {
        this.diverged = true;
        this.playing = false;
        this.remaining = 0;
        this.snapshotDue = 0;
      }
    }
  }

  private sweepUntil(deadline: number): void {
    let progress: SweepProgress;
    do {
      progress = this.lab.sweepAdvance();
      this.sweeping = !progress.done;
    } while (this.sweeping && this.out.now() < deadline);
    this.out.post({ type: 'sweepProgress', generation: this.generation, progress });
  }

  private evaluateUntil(deadline: number): void {
    while (!this.evaluated) {
      this.evaluated = this.lab.evaluateSlice();
      if (this.evaluated) this.dirty = true;
      if (this.out.now() >= deadline) return;
    }
  }

  private postCheckpoint(): void {
    const now = this.out.now();
    const step = this.lab.step();
    if (this.diverged || now < this.checkpointDue || step === this.checkpointStep) return;
    const bytes = this.lab.checkpoint();
    this.checkpointStep = step;
    this.checkpointDue = now + CHECKPOINT_MS;
    this.out.post(
      { type: 'checkpoint', generation: this.generation, step, bytes },
      ownBuffers([bytes]),
    );
  }

  /** Posts when the page has drawn the last one; returns when to come back. */
  private postSnapshot(): number {
    if (!this.dirty || !this.acknowledged) return ASLEEP;
    const before = this.out.now();
    if (before < this.snapshotDue) return this.snapshotDue - before;
    const snapshot = this.lab.snapshot(this.view);
    const cost = this.out.now() - before;
    this.snapshotDue = before + Math.max(FRAME_MS, cost / SNAPSHOT_SHARE);
    this.dirty = false;
    this.acknowledged = false;
    this.out.post(
      { type: 'snapshot', generation: this.generation, playing: this.active, snapshot },
      snapshotBuffers(snapshot),
    );
    return ASLEEP;
  }

  /** One thumbnail per idle slice. */
  private preview(): boolean {
    const set = this.previews.shift();
    if (set === undefined) return false;
    const points = this.lab.preview(set);
    if (points) this.out.post({ type: 'thumbnail', set, points }, ownBuffers([points]));
    return this.previews.length > 0;
  }

  private guard(request: Request['type'], act: () => void): void {
    if (this.dead) return;
    const generation = this.wanted?.generation ?? this.generation;
    try {
      act();
    } catch (error) {
      if (isEngineError(error)) {
        this.refuse(request, generation, error);
        return;
      }
      this.dead = true;
      this.out.post({ type: 'panic', message: this.cause() || panicMessage(error) });
    }
  }

  private refuse(
    request: Request['type'],
    generation: number,
    error: { code: string; message: string; detail?: Record<string, string | number> },
  ): void {
    if (request === 'configure') this.wanted = undefined;
    if (request === 'sweep') this.sweeping = false;
    if (request === 'play') this.playing = false;
    const { code, message, detail } = error;
    this.out.post({
      type: 'error',
      generation,
      request,
      code,
      message,
      ...(detail ? { detail } : {}),
    });
  }
}

function panicMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Buffers that may be transferred: whole, and not shared with wasm memory. */
function ownBuffers(arrays: readonly (ArrayBufferView | undefined)[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const array of arrays) {
    if (array?.buffer instanceof ArrayBuffer && array.byteLength === array.buffer.byteLength) {
      buffers.add(array.buffer);
    }
  }
  return [...buffers];
}

function snapshotBuffers(snapshot: Snapshot): ArrayBuffer[] {
  return ownBuffers(
    snapshot.networks.flatMap((network) => [
      network.curve,
      network.surface,
      network.confusion,
      ...network.unitSurfaces,
      ...network.unitResponses,
      ...network.rasters,
      ...network.misread.map((digit) => digit.pixels),
    ]),
  );
}
