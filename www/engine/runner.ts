// The worker's loop without the worker: takes requests, advances the session in short slices,
// and says when the next slice is due. It knows the lab only by its face, so tests drive it
// with a lab of their own.

import {
  type EngineError,
  isEngineError,
  type LabFace,
  type LayeredCatalogue,
  type PictureQuery,
  type Snapshot,
  type Summary,
  type SweepProgress,
  type View,
} from './model.ts';
import { answer, edit, pictureArrays } from './network-desk.ts';
import type { Kept, Request, Response } from './protocol.ts';

/** Loads the two files of an image set. */
export type LoadImages = (
  set: string,
  onProgress: (loaded: number, total: number) => void,
  signal: AbortSignal,
) => Promise<{ train: Uint8Array; test: Uint8Array }>;

/** What surrounds the loop. */
export interface Surroundings {
  post(message: Response, transfer?: Transferable[]): void;
  now(): number;
  loadImages: LoadImages;
  /** The points of a generated set, for its thumbnail. */
  preview(set: string): Float32Array;
  /** What the panic hook wrote last; a trap itself says nothing. */
  lastPanic(): string;
  /** Asks for another slice: something changed outside of one. */
  wake(): void;
}

type Configure = Extract<Request, { type: 'configure' }>;

/** Time of one slice: short enough that a request never waits noticeably. */
const SLICE_MS = 12;
/** No more often than a screen can usefully show. */
const FRAME_MS = 33;
/** Pictures of the networks, while they learn. */
const PICTURE_MS = 125;
const CHECKPOINT_MS = 3000;
const SWEEP_MS = 200;
/** What needs the weights or the settings of the step that is on its way. */
const HELD: readonly Request['type'][] = [
  'advance',
  'until',
  'set',
  'edit',
  'ask',
  'sweep',
  'hash',
  'share',
];
/** Share of the worker's time that drawing material may take. */
const SNAPSHOT_SHARE = 0.25;
/** So far behind its pace it is given up to catch up. */
const BEHIND_MS = 80;
/** Over how long the speed is measured. */
const RATE_MS = 400;
const MOST_BATCHES = 1024;
const DIVERGED = -1;

export const ASLEEP = Number.POSITIVE_INFINITY;

export class Runner {
  private wanted: Configure | undefined;
  private loading: AbortController | undefined;
  private generation = 0;
  private summary: Summary | undefined;
  private view: View = { surface: true, example: 0, split: 'test' };
  private query: PictureQuery | undefined;
  private pictureDue = 0;
  private playing = false;
  /** Steps a second while playing; 0: as many as there is time for. */
  private stepsPerSecond = 0;
  /** When the next of them is due. */
  private stepDue = 0;
  /** Batches still to train because of "one batch" or "one epoch". */
  private remaining = 0;
  private batchMs = 1;
  private sweeping = false;
  private sweepDue = 0;
  /** A step back restored an older state; batches up to the wanted one are being trained again. */
  private replaying = false;
  /** Requests that wait for the end of that. */
  private held: Request[] = [];
  private lastSet = 0;
  private diverged = false;
  private dirty = false;
  private evaluated = true;
  private acknowledged = true;
  private snapshotDue = 0;
  private checkpointDue = 0;
  private checkpointStep = -1;
  private rate = 0;
  private measuredAt = 0;
  private measuredExamples = 0;
  private previews: string[] = [];
  private dead = false;

  constructor(
    private readonly lab: LabFace,
    private readonly catalogue: LayeredCatalogue,
    private readonly around: Surroundings,
  ) {}

  handle(request: Request): void {
    this.guard(request.type, () => this.dispatch(request));
  }

  /** Works for a few milliseconds; returns the milliseconds until the next slice is due. */
  slice(): number {
    if (this.dead) return ASLEEP;
    let wait = 0;
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
        this.around.post({ type: 'pong' });
        return;
      case 'acknowledge':
        this.acknowledged = true;
        return;
      case 'view':
        this.view = request.view;
        this.dirty = this.summary !== undefined;
        return;
      case 'draw':
        this.query = request.query;
        this.pictureDue = 0;
        this.dirty = this.summary !== undefined;
        return;
      case 'pace':
        this.stepsPerSecond = request.stepsPerSecond;
        this.stepDue = this.around.now();
        return;
      case 'thumbnails':
        this.previews = this.catalogue.dataSets
          .filter((set) => set.kind === 'points')
          .map((set) => set.id);
        return;
      case 'keep':
        this.answerKept(request.id, false);
        return;
      case 'inspect':
        this.inspect(request.id, request.bytes);
        return;
      case 'provokePanic':
        this.lab.provokePanic();
        return;
      default:
        if (this.summary) this.command(request);
        else if (request.type === 'ask') this.unanswered(request.id);
    }
  }

  private command(request: Request): void {
    if (this.replaying && HELD.includes(request.type)) {
      this.held.push(request);
      return;
    }
    switch (request.type) {
      case 'play':
        this.playing = !this.diverged;
        this.stepDue = this.around.now();
        this.measure(true);
        break;
      case 'pause':
        this.stop();
        this.checkpointDue = 0;
        break;
      case 'advance':
        this.advance(request.unit);
        break;
      case 'back':
        this.stop();
        this.lab.back(request.batches);
        this.moved(true);
        break;
      case 'reset':
        this.stop();
        this.lab.reset();
        this.moved();
        break;
      case 'restore':
        this.stop();
        this.lab.restoreLastGood();
        this.moved(true);
        break;
      case 'resume':
        this.lab.restore(request.bytes);
        this.moved();
        break;
      case 'set':
        // Also when it is refused: the next snapshot says what is in force.
        this.lastSet = request.id;
        this.dirty = true;
        this.lab.set(request.key, request.value);
        break;
      case 'edit':
        edit(this.lab, request.edit);
        this.moved();
        this.pictureDue = 0;
        break;
      case 'ask':
        this.answer(request);
        return;
      case 'sweep':
        this.lab.sweepStart(request.epochs, request.seeds);
        this.sweeping = true;
        this.sweepDue = 0;
        return;
      case 'cancelSweep':
        this.lab.sweepCancel();
        this.sweeping = false;
        return;
      case 'hash':
        this.around.post({ type: 'hash', id: request.id, value: this.lab.hash() });
        return;
      case 'share':
        this.answerKept(request.id, true);
        return;
      case 'until':
        this.trainTo(request.step);
        break;
    }
    this.dirty = true;
  }

  private answer({ id, question }: Extract<Request, { type: 'ask' }>): void {
    try {
      this.around.post({ type: 'answer', id, answer: answer(this.lab, question) });
    } catch (error) {
      if (!isEngineError(error)) throw error;
      this.unanswered(id);
      if (error.code !== 'unit-absent') throw error;
    }
  }

  private unanswered(id: number): void {
    this.around.post({ type: 'answer', id, answer: undefined });
  }

  private stop(): void {
    this.playing = false;
    this.remaining = 0;
    this.held = this.held.filter(({ type }) => type !== 'advance' && type !== 'until');
  }

  private advance(unit: 'sample' | 'batch' | 'epoch'): void {
    this.stop();
    if (this.diverged) return;
    if (unit === 'sample') {
      const trained = this.lab.trainSample();
      this.moved();
      this.diverged = !trained;
    } else {
      this.remaining = unit === 'batch' ? 1 : this.batchesToEpochEnd();
      this.measure(true);
    }
  }

  private trainTo(step: number): void {
    this.stop();
    if (this.diverged) return;
    this.remaining = Math.max(0, step - this.lab.step());
    this.measure(true);
  }

  private answerKept(id: number, light: boolean): void {
    const kept: Kept = {
      step: this.lab.step(),
      journal: this.lab.journal(),
      hash: this.lab.hash(),
    };
    const bytes = this.lab.checkpoint();
    if (bytes) kept.bytes = bytes;
    const little = light ? this.lab.lightCheckpoint() : undefined;
    if (little) kept.light = little;
    this.around.post({ type: 'kept', id, kept }, ownBuffers([bytes, little]));
  }

  private inspect(id: number, bytes: Uint8Array): void {
    try {
      const config = this.lab.configOf(bytes);
      this.around.post({ type: 'inspected', id, config });
    } catch (error) {
      this.around.post({ type: 'inspected', id });
      throw error;
    }
  }

  private batchesToEpochEnd(): number {
    const { epoch, settings } = this.lab.snapshot({ ...this.view, surface: false });
    const left = (1 - (epoch % 1)) * (this.summary?.trainExamples ?? 1);
    // Not one batch more because of the last digit of a division.
    return Math.max(1, Math.ceil(left / settings.batchSize - 1e-6));
  }

  /** The weights changed other than by a slice of training. */
  private moved(replaying = false): void {
    this.replaying = replaying;
    this.dirty = true;
    this.evaluated = false;
    this.diverged = false;
    this.snapshotDue = 0;
    this.checkpointDue = 0;
    this.checkpointStep = -1;
  }

  private work(): number {
    const deadline = this.around.now() + SLICE_MS;
    if (this.wanted && !this.loading) this.configure(this.wanted);
    if (!this.summary) return this.preview() ? 0 : ASLEEP;

    if (this.replaying && !this.replayUntil(deadline)) return 0;
    this.release();
    if (this.active) this.trainUntil(deadline);
    else if (this.sweeping) this.sweepUntil(deadline);
    // Where the networks stand still, they are judged where they stand.
    if (!this.active) this.evaluateUntil(Math.max(deadline, this.around.now() + SLICE_MS / 4));
    this.postCheckpoint();
    const wait = this.postSnapshot();
    if (this.active) return Math.min(wait, this.untilDue());
    if (this.sweeping || !this.evaluated) return 0;
    return this.preview() ? 0 : wait;
  }

  /** Only what plays has a pace: one epoch, or the run of a link, is there as soon as it can be. */
  private get paced(): boolean {
    return this.stepsPerSecond > 0 && this.remaining === 0;
  }

  private untilDue(): number {
    return this.paced ? Math.max(0, this.stepDue - this.around.now()) : 0;
  }

  /** How many batches may be trained at once now. */
  private allowed(now: number): number {
    if (this.remaining > 0) return this.remaining;
    if (!this.paced) return MOST_BATCHES;
    const stepMs = 1000 / this.stepsPerSecond;
    this.stepDue = Math.max(this.stepDue, now - Math.max(BEHIND_MS, stepMs));
    return now < this.stepDue ? 0 : 1 + Math.floor((now - this.stepDue) / stepMs);
  }

  private configure(request: Configure): void {
    const set = this.lab.needs(request.config);
    if (set !== '') {
      this.load(set, request);
      return;
    }
    // A refusal leaves lab, summary and generation as they were.
    const { config, table, start } = request;
    const summary = this.lab.configure(config, table, start?.bytes, start?.journal);
    this.wanted = undefined;
    this.summary = summary;
    this.generation = request.generation;
    this.remaining = 0;
    this.forgetHeld();
    this.batchMs = 1;
    this.sweeping = false;
    this.acknowledged = true;
    this.moved();
    this.rate = 0;
    this.around.post(
      { type: 'configured', generation: request.generation, summary },
      ownBuffers([summary.points]),
    );
    if (start?.until !== undefined) this.trainTo(start.until);
  }

  private load(set: string, request: Configure): void {
    const loading = new AbortController();
    this.loading = loading;
    const current = () => this.loading === loading;
    this.around
      .loadImages(
        set,
        (loaded, total) => {
          if (current()) this.around.post({ type: 'progress', what: 'data', loaded, total });
        },
        loading.signal,
      )
      .then(({ train, test }) => {
        if (!current()) return;
        this.loading = undefined;
        this.guard('configure', () => this.lab.loadImages(set, train, test));
      })
      .catch((error: unknown) => {
        if (!current()) return;
        this.loading = undefined;
        this.refuse('configure', request.generation, {
          code: 'data-unreachable',
          message: errorText(error),
          detail: { set },
        });
      })
      .finally(() => this.around.wake());
  }

  /** True when the wanted step is reached. */
  private replayUntil(deadline: number): boolean {
    while (!this.lab.replay()) if (this.around.now() >= deadline) return false;
    this.moved();
    return true;
  }

  private release(): void {
    const { held } = this;
    this.held = [];
    for (const request of held) this.guard(request.type, () => this.command(request));
  }

  /** What was asked of an experiment that is no more; a question is still answered. */
  private forgetHeld(): void {
    for (const request of this.held) {
      if (request.type === 'set') this.lastSet = request.id;
      if (request.type === 'ask') this.unanswered(request.id);
    }
    this.held = this.held.filter(({ type }) => type === 'hash' || type === 'share');
  }

  private trainUntil(deadline: number): void {
    while (this.active) {
      const now = this.around.now();
      if (now >= deadline) return;
      const fit = Math.max(1, Math.floor((deadline - now) / Math.max(this.batchMs, 1e-3)));
      const most = this.allowed(now);
      if (most === 0) return;
      const done = this.lab.train(Math.min(fit, most, MOST_BATCHES));
      this.dirty = true;
      this.evaluated = false;
      if (done === DIVERGED) {
        this.stop();
        this.diverged = true;
        this.snapshotDue = 0;
      } else if (done === 0) {
        // An evaluation comes first.
        this.lab.evaluate(false);
      } else {
        this.batchMs = 0.7 * this.batchMs + 0.3 * ((this.around.now() - now) / done);
        if (this.paced) this.stepDue += (done * 1000) / this.stepsPerSecond;
        if (this.remaining > 0) this.remaining -= done;
        if (!this.active) this.checkpointDue = 0;
      }
    }
  }

  private sweepUntil(deadline: number): void {
    let progress: SweepProgress;
    do {
      progress = this.lab.sweepAdvance();
      this.sweeping = !progress.done;
    } while (this.sweeping && this.around.now() < deadline);
    const now = this.around.now();
    if (this.sweeping && now < this.sweepDue) return;
    this.sweepDue = now + SWEEP_MS;
    this.around.post({ type: 'sweepProgress', generation: this.generation, progress });
  }

  private evaluateUntil(deadline: number): void {
    while (!this.evaluated && !this.diverged) {
      this.evaluated = this.lab.evaluate(true);
      this.dirty = true;
      if (this.around.now() >= deadline) return;
    }
    this.evaluated = true;
  }

  private postCheckpoint(): void {
    const now = this.around.now();
    const step = this.lab.step();
    if (this.diverged || now < this.checkpointDue || step === this.checkpointStep) return;
    const bytes = this.lab.checkpoint();
    this.checkpointStep = step;
    this.checkpointDue = now + CHECKPOINT_MS;
    if (!bytes) return;
    this.around.post(
      { type: 'checkpoint', generation: this.generation, step, bytes },
      ownBuffers([bytes]),
    );
  }

  /** Posts when the page has drawn the last one; returns when to come back. */
  private postSnapshot(): number {
    if (!this.dirty || !this.acknowledged) return ASLEEP;
    const before = this.around.now();
    if (before < this.snapshotDue) return this.snapshotDue - before;
    const snapshot = this.lab.snapshot(this.view);
    // Where the networks stand still every snapshot may be the last, so the picture belongs to it.
    const drawn = this.query && (!this.active || before >= this.pictureDue);
    const picture = drawn && this.query ? this.lab.picture(this.query) : undefined;
    if (picture) this.pictureDue = before + PICTURE_MS;
    const cost = this.around.now() - before;
    this.snapshotDue = before + Math.max(FRAME_MS, cost / SNAPSHOT_SHARE);
    this.dirty = false;
    this.acknowledged = false;
    if (this.active) this.measure(false, snapshot.examples);
    const { generation, active: playing, rate, lastSet } = this;
    this.around.post(
      {
        type: 'snapshot',
        generation,
        playing,
        rate,
        lastSet,
        snapshot,
        ...(picture ? { picture } : {}),
      },
      [...snapshotBuffers(snapshot), ...ownBuffers(pictureArrays(picture ?? []))],
    );
    return ASLEEP;
  }

  /** Examples a second, over the last moments of training. */
  private measure(anew: boolean, examples = 0): void {
    const now = this.around.now();
    const elapsed = now - this.measuredAt;
    if (anew) {
      this.measuredExamples = Number.NaN;
    } else if (Number.isNaN(this.measuredExamples) || examples < this.measuredExamples) {
      this.measuredExamples = examples;
    } else if (elapsed >= RATE_MS && examples > this.measuredExamples) {
      this.rate = ((examples - this.measuredExamples) / elapsed) * 1000;
      this.measuredExamples = examples;
    } else {
      return;
    }
    this.measuredAt = now;
  }

  /** One thumbnail per idle slice; true if more are wanted. */
  private preview(): boolean {
    const set = this.previews.shift();
    if (set === undefined) return false;
    const points = this.around.preview(set);
    this.around.post({ type: 'thumbnail', set, points }, ownBuffers([points]));
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
      this.around.post({ type: 'panic', message: this.around.lastPanic() || errorText(error) });
    }
  }

  private refuse(request: Request['type'], generation: number, error: EngineError): void {
    if (request === 'configure') this.wanted = undefined;
    if (request === 'sweep') this.sweeping = false;
    if (request === 'play') this.playing = false;
    const { code, message, detail } = error;
    this.around.post({
      type: 'error',
      generation,
      request,
      code,
      message,
      ...(detail ? { detail } : {}),
    });
  }
}

function errorText(error: unknown): string {
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
      network.answer,
      network.confusion,
      network.cells,
      ...network.unitSurfaces,
      ...network.unitResponses,
      ...network.rasters,
      ...network.misread.map((digit) => digit.pixels),
    ]),
  );
}
