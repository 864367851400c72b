// The page's end of the circuit worker. One circuit is being built at a time and one change of numbers is
// on its way, and only the newest of those that wait follows; a worker that dies is replaced and given
// the last circuit that could be built.

import type {
  BuiltCircuit,
  CircuitConfig,
  CircuitRecord,
  CircuitRequest,
  CircuitResponse,
  CircuitSnapshot,
  CircuitValues,
} from './circuit-protocol.ts';
import type {
  BiologicalCatalogue,
  CircuitEstimate,
  CircuitOverview,
  EngineError,
} from './model.ts';
import { Undying, type WorkerPort } from './undying.ts';
import type { Choice } from './variant.ts';

export type CircuitWorker = WorkerPort<CircuitRequest, CircuitResponse>;
export type Brushed = Omit<Extract<CircuitResponse, { type: 'brushed' }>, 'type' | 'generation'>;

export interface CircuitEvents {
  ready(catalogue: BiologicalCatalogue, overview: readonly CircuitOverview[]): void;
  building(config: CircuitConfig, estimate: CircuitEstimate): void;
  built(built: BuiltCircuit): void;
  /** The circuit cannot go on with these values. */
  mustRebuild(values: CircuitValues): void;
  retuned(values: CircuitValues): void;
  brushed(brushed: Brushed): void;
  snapshot(snapshot: CircuitSnapshot): void;
  recorded(record: CircuitRecord): void;
  /** The run of a link was repeated, the whole of it or up to where something else was wanted. */
  replayed(record: CircuitRecord, whole: boolean): void;
  refused(error: EngineError, request: CircuitRequest['type']): void;
  /** The worker died; `gone` if it is not tried again. */
  died(cause: string, gone: boolean): void;
}

/** What a circuit may take. */
export const LIMIT_BYTES = 512e6;
/** Rows of the raster at most. */
export const PLACES = 4000;

interface Wanted {
  config: CircuitConfig;
  replay?: CircuitRecord | undefined;
}

export class CircuitClient {
  private readonly worker: Undying<CircuitRequest, CircuitResponse>;
  private isReady = false;
  /** Of the last circuit that was asked for, and of the one that runs. */
  private issued = 0;
  private running = 0;
  private building: { generation: number; config: CircuitConfig } | undefined;
  private nextBuild: Wanted | undefined;
  private good: CircuitConfig | undefined;
  private tuning: { id: number; values: CircuitValues } | undefined;
  private nextTuning: CircuitValues | undefined;
  private tunings = 0;
  private playing = false;
  private speed = 1;
  private spanMs = 1000;

  constructor(
    makeWorker: () => CircuitWorker,
    private choice: Choice,
    private readonly events: CircuitEvents,
  ) {
    const first = () => ({ type: 'start', role: 'circuit-bench', ...this.choice }) as const;
    this.worker = new Undying(makeWorker, first, {
      heard: (response) => this.receive(response),
      died: (cause, gone) => this.died(cause, gone),
    });
    this.worker.start();
  }

  /** Builds a circuit, and repeats what was done to it then. */
  build(config: CircuitConfig, replay?: CircuitRecord): void {
    this.nextBuild = { config, replay };
    this.nextTuning = undefined;
    this.flush();
  }

  retune(values: CircuitValues): void {
    if (this.nextBuild) this.nextBuild = { config: { ...this.nextBuild.config, values } };
    else this.nextTuning = values;
    this.flush();
  }

  play(playing: boolean): void {
    this.playing = playing;
    this.tell({ type: playing ? 'play' : 'pause' });
  }

  advance(ms: number): void {
    this.playing = false;
    this.tell({ type: 'advance', ms });
  }

  watch(speed: number, spanMs: number): void {
    if (speed !== this.speed) this.tell({ type: 'speed', speed });
    if (spanMs !== this.spanMs) this.tell({ type: 'span', ms: spanMs });
    this.speed = speed;
    this.spanMs = spanMs;
  }

  brush(from: number, until: number, excite: boolean, ms: number): void {
    this.tell({ type: 'brush', from, until, excite, ms });
  }

  /** Asks how the run came about. */
  record(): void {
    this.tell({ type: 'record' });
  }

  /** The last snapshot was drawn. */
  acknowledge(): void {
    this.tell({ type: 'acknowledge' });
  }

  dispose(): void {
    this.isReady = false;
    this.worker.stop();
  }

  private tell(request: CircuitRequest): void {
    if (this.isReady) this.worker.post(request);
  }

  private flush(): void {
    if (!this.isReady || this.building) return;
    const { nextBuild } = this;
    if (nextBuild) {
      const { config, replay } = nextBuild;
      this.nextBuild = undefined;
      this.tuning = undefined;
      this.issued += 1;
      const generation = this.issued;
      this.building = { generation, config };
      this.worker.post({
        type: 'build',
        generation,
        config,
        places: PLACES,
        limitBytes: LIMIT_BYTES,
        ...(replay ? { replay } : {}),
      });
      return;
    }
    const values = this.nextTuning;
    if (!values || this.tuning) return;
    this.nextTuning = undefined;
    this.tunings += 1;
    this.tuning = { id: this.tunings, values };
    this.worker.post({ type: 'retune', id: this.tunings, values });
  }

  private receive(response: CircuitResponse): void {
    switch (response.type) {
      case 'ready':
        this.isReady = true;
        this.worker.post({ type: 'speed', speed: this.speed });
        this.worker.post({ type: 'span', ms: this.spanMs });
        if (this.playing) this.worker.post({ type: 'play' });
        this.events.ready(response.catalogue, response.overview);
        this.flush();
        return;
      case 'unstarted':
        this.choice = { variant: 'single', threads: 1 };
        this.worker.start();
        return;
      case 'panic':
        this.worker.die(response.message);
        return;
      case 'refused':
        this.refused(response);
        return;
    }
    const { generation } = response;
    if (generation !== this.running && generation !== this.building?.generation) return;
    switch (response.type) {
      case 'building':
        if (this.building) this.events.building(this.building.config, response.estimate);
        return;
      case 'built':
        this.good = response.built.config;
        this.running = generation;
        this.building = undefined;
        this.worker.thrives();
        this.events.built(response.built);
        this.flush();
        return;
      case 'retuned': {
        const { tuning } = this;
        if (!tuning || tuning.id !== response.id) return;
        this.tuning = undefined;
        if (response.goesOn) {
          if (this.good) this.good = { ...this.good, values: tuning.values };
          this.events.retuned(tuning.values);
        } else this.events.mustRebuild(this.nextTuning ?? tuning.values);
        this.flush();
        return;
      }
      case 'brushed': {
        const { type: _, generation: __, ...brushed } = response;
        this.events.brushed(brushed);
        return;
      }
      case 'snapshot':
        this.events.snapshot(response.snapshot);
        return;
      case 'recorded':
        this.events.recorded(response.record);
        return;
      case 'replayed':
        this.playing = false;
        this.events.replayed(response.record, response.whole);
    }
  }

  private refused({
    generation,
    request,
    id,
    error,
  }: Extract<CircuitResponse, { type: 'refused' }>): void {
    if (request === 'build') {
      if (generation !== this.building?.generation) return;
      // What was there runs on.
      this.building = undefined;
    } else if (request === 'retune') {
      if (id !== this.tuning?.id) return;
      this.tuning = undefined;
    } else if (request === 'advance') this.playing = false;
    // A wish that waits may mend it.
    const newer = request === 'build' ? this.nextBuild : this.nextTuning;
    if (!newer) this.events.refused(error, request);
    this.flush();
  }

  private died(cause: string, gone: boolean): void {
    this.isReady = false;
    this.building = undefined;
    this.tuning = undefined;
    this.nextTuning = undefined;
    if (!gone && this.good) this.nextBuild ??= { config: this.good };
    this.events.died(cause, gone);
  }
}
