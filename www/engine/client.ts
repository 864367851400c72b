// The page's end of the engine. It owns the worker and everything that must outlive it:
// the newest configuration, table and checkpoint. A worker that panics or falls silent is
// replaced, configured as the old one was and given its last checkpoint.

import type {
  EngineError,
  ExperimentConfig,
  LayeredCatalogue,
  NetworkPicture,
  PictureQuery,
  SettingsInForce,
  Snapshot,
  Summary,
  SweepProgress,
  View,
} from './model.ts';
import type { Answer, Question, UnitEdit } from './network-desk.ts';
import type { Kept, Request, Response, Start, Unit, Variant } from './protocol.ts';
import { Questions } from './questions.ts';
import type { Choice } from './variant.ts';

export interface WorkerLike {
  postMessage(message: Request, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Response>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface ClientEvents {
  ready(engine: {
    variant: Variant;
    threads: number;
    catalogue: LayeredCatalogue;
    fallback?: string;
  }): void;
  progress(loaded: number, total: number): void;
  configured(summary: Summary): void;
  /** A new snapshot waits for `takeSnapshot`. */
  snapshotWaiting(): void;
  thumbnail(set: string, points: Float32Array): void;
  sweep(progress: SweepProgress): void;
  /** Where the experiment stands, every few seconds and whenever it stops. */
  checkpoint?(step: number, bytes: Uint8Array): void;
  /** The engine refused a request; what was there stays. */
  refused(error: EngineError, request: Request['type']): void;
  /** The worker died; a new one goes on from where the last checkpoint was. */
  restarting(death: Death): void;
  /** It died again and again: nothing runs until `restart`. */
  stopped(cause: string): void;
}

export interface Death {
  cause: string;
  /** The step of the checkpoint that the new worker goes on from. */
  resumedAt: number | undefined;
  /** It died while taking a new configuration, so the one of before is back. */
  reverted: boolean;
}

interface Waiting {
  snapshot: Snapshot;
  picture: NetworkPicture[] | undefined;
  playing: boolean;
  /** Examples a second. */
  rate: number;
  lastSet: number;
}

export interface Taken {
  snapshot: Snapshot;
  playing: boolean;
  rate: number;
  /** Both networks, where a picture was asked for and has come since the last one. */
  picture: NetworkPicture[] | undefined;
  /** Settings in force, unless newer ones are on their way to the engine. */
  settings?: SettingsInForce;
}

interface Checkpoint {
  generation: number;
  step: number;
  bytes: Uint8Array;
}

const PING_MS = 5000;
/** How long threads may take to start: a pool that hangs says nothing. */
const THREADS_MS = 10_000;
/** Pings in a row without any sign of life: counted, not timed, so that sleep does no harm. */
const SILENT_PINGS = 4;
/** Deaths in a row, without a good snapshot in between, after which the client gives up. */
const MAX_DEATHS = 3;

export const SETTINGS = ['learningRate', 'batchSize', 'l1', 'l2'] as const;

export class EngineClient {
  private worker: WorkerLike | undefined;
  private isReady = false;
  /** This worker, not only one before it, runs an experiment. */
  private running = false;
  private fallback: string | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  /** Number of the last `set` that this worker was sent. */
  private sets = 0;
  private issued = 0;
  /** The generation that the page waits for; `accepted` is the one that the engine runs. */
  private newest = 0;
  private accepted = 0;
  private config: ExperimentConfig | undefined;
  private table: string | undefined;
  private acceptedConfig: ExperimentConfig | undefined;
  private acceptedTable: string | undefined;
  /** Settings that were changed since the session was configured. */
  private changes = new Map<string, number>();
  private view: View | undefined;
  private query: PictureQuery | undefined;
  private stepsPerSecond = 0;
  private checkpoint: Checkpoint | undefined;
  private waiting: Waiting | undefined;
  private resuming = false;
  private deaths = 0;
  private unanswered = 0;
  private readonly hashes = new Questions<string>();
  private readonly places = new Questions<Kept>();
  private readonly inspections = new Questions<ExperimentConfig>();
  /** Where the newest experiment begins. */
  private origin: Start | undefined;
  private questions = new Map<number, (answer: Answer | undefined) => void>();
  private nextQuestion = 1;
  private wantsThumbnails = false;
  private readonly watchdog: ReturnType<typeof setInterval>;

  constructor(
    private readonly makeWorker: () => WorkerLike,
    private choice: Choice,
    private readonly events: ClientEvents,
  ) {
    this.watchdog = setInterval(() => this.watch(), PING_MS);
    this.start();
  }

  /** Replaces the whole experiment; an answer to an older one is dropped. */
  configure(config: ExperimentConfig, table?: string, start?: Start): void {
    // What a worker that died had come to belongs to the experiment of before.
    this.resuming = false;
    this.issued += 1;
    this.newest = this.issued;
    this.config = config;
    this.table = table;
    this.origin = start;
    if (this.isReady) this.postConfigure();
  }

  play(): void {
    this.post({ type: 'play' });
  }

  pause(): void {
    this.post({ type: 'pause' });
  }

  advance(unit: Unit): void {
    this.post({ type: 'advance', unit });
  }

  /** Trains up to a step. */
  until(step: number): void {
    this.post({ type: 'until', step });
  }

  back(batches: number): void {
    this.post({ type: 'back', batches });
  }

  reset(): void {
    this.post({ type: 'reset' });
  }

  /** An experiment was asked for and is not there yet: a `set` would be lost. */
  get configuring(): boolean {
    return this.newest !== this.accepted && !this.resuming;
  }

  /** Changes a setting of the running session. */
  set(key: string, value: number): void {
    this.changes.set(key, value);
    if (!this.resuming) this.postSet(key, value);
  }

  private postSet(key: string, value: number): void {
    this.sets += 1;
    this.post({ type: 'set', id: this.sets, key, value });
  }

  look(view: View): void {
    this.view = view;
    this.post({ type: 'view', view });
  }

  /** How many steps a second it plays; 0: as many as it can. */
  pace(stepsPerSecond: number): void {
    if (stepsPerSecond === this.stepsPerSecond) return;
    this.stepsPerSecond = stepsPerSecond;
    this.post({ type: 'pace', stepsPerSecond });
  }

  /** From now on snapshots come with pictures of the networks. */
  draw(query: PictureQuery | undefined): void {
    this.query = query;
    this.post({ type: 'draw', query });
  }

  /** Changes a unit or a weight. */
  edit(edit: UnitEdit): void {
    this.post({ type: 'edit', edit });
  }

  /** Nothing, where there was nothing to ask about, or the worker died. */
  ask(question: Question): Promise<Answer | undefined> {
    const id = this.nextQuestion++;
    return new Promise((resolve) => {
      this.questions.set(id, resolve);
      this.post({ type: 'ask', id, question });
    });
  }

  restoreLastGood(): void {
    this.post({ type: 'restore' });
  }

  sweep(epochs: number, seeds: number): void {
    this.post({ type: 'sweep', epochs, seeds });
  }

  cancelSweep(): void {
    this.post({ type: 'cancelSweep' });
  }

  thumbnails(): void {
    this.wantsThumbnails = true;
    this.post({ type: 'thumbnails' });
  }

  /** The fingerprint of all weights. */
  async hash(): Promise<string> {
    return (await this.hashes.ask((id) => this.post({ type: 'hash', id }))) ?? '';
  }

  /** Where the experiment stands, before what is asked of it next; its last checkpoint if it cannot say. */
  async keep(): Promise<Uint8Array | undefined> {
    if (!this.running || this.configuring) return undefined;
    const last = this.checkpoint?.bytes;
    const kept = await this.places.ask((id) => this.post({ type: 'keep', id }));
    return kept?.bytes ?? last;
  }

  /** The same once it stands still, and what a link carries of it. */
  share(): Promise<Kept | undefined> {
    return this.places.ask((id) => this.post({ type: 'share', id }));
  }

  /** What experiment a checkpoint is of; a refusal is told as one. */
  inspect(bytes: Uint8Array): Promise<ExperimentConfig | undefined> {
    return this.inspections.ask((id) => this.post({ type: 'inspect', id, bytes }));
  }

  /** What the running experiment was made from. */
  get configInForce(): ExperimentConfig | undefined {
    return this.acceptedConfig;
  }

  /** Only for tests of the recovery: makes the engine panic. */
  provokePanic(): void {
    this.post({ type: 'provokePanic' });
  }

  /** The newest snapshot, once; taking it tells the worker that the page can draw another. */
  takeSnapshot(): Taken | undefined {
    if (!this.waiting) return undefined;
    const { lastSet, ...taken } = this.waiting;
    this.waiting = undefined;
    this.post({ type: 'acknowledge' });
    if (lastSet !== this.sets || this.newest !== this.accepted) return taken;
    const { settings } = taken.snapshot;
    this.remember(settings);
    return { ...taken, settings };
  }

  /** Settings in force, after a step back or a refusal not those that were asked for last. */
  private remember(settings: SettingsInForce): void {
    const configured = this.acceptedConfig?.training;
    this.changes.clear();
    for (const name of SETTINGS) {
      if (settings[name] !== configured?.[name]) {
        this.changes.set(`training.${name}`, settings[name]);
      }
    }
  }

  /** After `stopped`: tries once more. */
  restart(): void {
    this.deaths = 0;
    this.start();
  }

  dispose(): void {
    clearInterval(this.watchdog);
    this.stopWorker();
  }

  private start(): void {
    this.stopWorker();
    const worker = this.makeWorker();
    this.worker = worker;
    this.unanswered = 0;
    this.sets = 0;
    if (this.choice.variant === 'threads') {
      this.patience = setTimeout(
        () => this.withoutThreads('the threads did not start'),
        THREADS_MS,
      );
    }
    worker.onmessage = (event) => {
      if (worker === this.worker) this.receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker === this.worker) this.died(event.message || 'the worker could not be started');
    };
    worker.onmessageerror = () => {
      if (worker === this.worker) this.died('a message could not be read');
    };
    this.post({ type: 'start', ...this.choice });
  }

  /** In a fresh worker: what hangs in the old one would take its time and its memory. */
  private withoutThreads(cause: string): void {
    this.choice = { variant: 'single', threads: 1 };
    this.fallback = cause;
    this.start();
  }

  private stopWorker(): void {
    clearTimeout(this.patience);
    this.isReady = false;
    this.running = false;
    const worker = this.worker;
    this.worker = undefined;
    for (const questions of [this.hashes, this.places, this.inspections]) questions.drop();
    for (const [, resolve] of this.questions) resolve(undefined);
    this.questions.clear();
    if (!worker) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
  }

  private post(request: Request): void {
    this.worker?.postMessage(request);
  }

  private postConfigure(): void {
    if (!this.config) return;
    this.post({
      type: 'configure',
      generation: this.newest,
      config: this.config,
      table: this.table,
      ...(this.origin && !this.resuming ? { start: this.origin } : {}),
    });
  }

  private receive(response: Response): void {
    this.unanswered = 0;
    switch (response.type) {
      case 'ready':
        this.ready(response);
        break;
      case 'progress':
        this.events.progress(response.loaded, response.total);
        break;
      case 'configured':
        this.configured(response.generation, response.summary);
        break;
      case 'snapshot':
        this.snapshotArrived(response);
        break;
      case 'checkpoint':
        if (response.generation !== this.accepted) break;
        this.checkpoint = response;
        this.events.checkpoint?.(response.step, response.bytes);
        break;
      case 'thumbnail':
        this.events.thumbnail(response.set, response.points);
        break;
      case 'sweepProgress':
        if (response.generation === this.accepted) this.events.sweep(response.progress);
        break;
      case 'hash':
        this.hashes.answer(response.id, response.value);
        break;
      case 'kept':
        this.places.answer(response.id, response.kept);
        break;
      case 'inspected':
        this.inspections.answer(response.id, response.config);
        break;
      case 'answer':
        this.questions.get(response.id)?.(response.answer);
        this.questions.delete(response.id);
        break;
      case 'error':
        this.refused(response);
        break;
      case 'panic':
        this.died(response.message);
        break;
      case 'unstarted':
        this.withoutThreads(response.message);
        break;
    }
  }

  private ready(response: Extract<Response, { type: 'ready' }>): void {
    clearTimeout(this.patience);
    this.isReady = true;
    if (this.view) this.look(this.view);
    if (this.query) this.draw(this.query);
    const { stepsPerSecond } = this;
    if (stepsPerSecond > 0) this.post({ type: 'pace', stepsPerSecond });
    this.postConfigure();
    if (this.wantsThumbnails) this.thumbnails();
    const { variant, threads, catalogue } = response;
    const { fallback } = this;
    this.events.ready({ variant, threads, catalogue, ...(fallback ? { fallback } : {}) });
  }

  private configured(generation: number, summary: Summary): void {
    if (generation !== this.newest) return;
    this.running = true;
    this.accepted = generation;
    this.acceptedConfig = this.config;
    this.acceptedTable = this.table;
    this.waiting = undefined;
    this.events.configured(summary);
    if (this.resuming) this.resume(generation);
    else {
      this.checkpoint = undefined;
      this.changes.clear();
    }
  }

  /** The new worker runs the old configuration; now it gets what came after. */
  private resume(generation: number): void {
    this.resuming = false;
    if (this.checkpoint) {
      // Copied, not transferred: it is still wanted if this worker dies of it.
      this.checkpoint = { ...this.checkpoint, generation };
      this.post({ type: 'resume', generation, bytes: this.checkpoint.bytes });
    }
    for (const [key, value] of this.changes) this.postSet(key, value);
  }

  private snapshotArrived(response: Extract<Response, { type: 'snapshot' }>): void {
    if (response.generation !== this.accepted) return;
    if (response.snapshot.step > (this.checkpoint?.step ?? 0)) this.deaths = 0;
    const { snapshot, playing, rate, lastSet } = response;
    const picture = response.picture ?? this.waiting?.picture;
    this.waiting = { snapshot, picture, playing, rate, lastSet };
    this.events.snapshotWaiting();
  }

  private refused(response: Extract<Response, { type: 'error' }>): void {
    const { code, message, detail, request, generation } = response;
    if (request === 'configure') {
      if (generation !== this.newest) return;
      // The session of before goes on; so does its configuration.
      this.config = this.acceptedConfig;
      this.table = this.acceptedTable;
      this.newest = this.accepted;
      this.resuming = false;
      if (!this.running && this.config) this.bringBack();
    }
    this.events.refused({ code, message, ...(detail ? { detail } : {}) }, request);
  }

  /** A new worker refused what was asked of it: it has no session of before yet. */
  private bringBack(): void {
    this.issued += 1;
    this.newest = this.issued;
    this.resuming = true;
    this.postConfigure();
  }

  private died(cause: string): void {
    this.stopWorker();
    this.deaths += 1;
    this.waiting = undefined;
    const changed = this.config !== this.acceptedConfig || this.table !== this.acceptedTable;
    const reverted = changed && this.acceptedConfig !== undefined;
    if (reverted) {
      this.config = this.acceptedConfig;
      this.table = this.acceptedTable;
    }
    this.issued += 1;
    this.newest = this.issued;
    // A checkpoint that kills is not tried twice.
    if (this.deaths > 1) this.checkpoint = undefined;
    this.resuming = this.acceptedConfig !== undefined;
    if (this.deaths >= MAX_DEATHS) {
      this.events.stopped(cause);
      return;
    }
    this.events.restarting({ cause, resumedAt: this.checkpoint?.step, reverted });
    this.start();
  }

  private watch(): void {
    if (!this.worker || !this.isReady) return;
    if (this.unanswered >= SILENT_PINGS) {
      // A thread of the pool may have died and left the others waiting for it.
      this.choice = { variant: 'single', threads: 1 };
      this.died('the engine no longer answers');
      return;
    }
    this.unanswered += 1;
    this.post({ type: 'ping' });
  }
}
