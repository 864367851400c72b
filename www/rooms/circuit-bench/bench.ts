// The room without its looks: what is chosen, what the worker is told because of it, and the model that
// the room draws. It knows no element.

import {
  type Brushed,
  CircuitClient,
  type CircuitEvents,
  type CircuitWorker,
  LIMIT_BYTES,
} from '../../engine/circuit-client.ts';
import type {
  BuiltCircuit,
  CircuitConfig,
  CircuitRecord,
  CircuitSnapshot,
  CircuitValues,
  RateCourse,
  TurnsCourse,
} from '../../engine/circuit-protocol.ts';
import type {
  CircuitEstimate,
  CircuitReading,
  EngineError,
  PopulationStatistics,
  WeightDistribution,
} from '../../engine/model.ts';
import type { Choice } from '../../engine/variant.ts';
import { formatBytes, formatCount, formatNumber } from '../../i18n/format.ts';
import { type Notice, withNotice, withoutNotice, withoutRefusals } from '../../page/notices.ts';
import type { Link } from '../../page/sharing.ts';
import { type Deed, Undo } from '../../page/undo.ts';
import { formatCircuit, parseCircuit } from './address.ts';
import { linkOf, verdict } from './link.ts';
import { withSetting } from './settings.ts';
import { SpikeStore } from './spike-store.ts';
import {
  type CircuitState,
  type Circuits,
  circuitOf,
  defaultState,
  overviewOf,
  type Rows,
  rebuilds,
} from './state.ts';

/** A group that was excited or silenced, or that the circuit itself says something is done to. */
export interface Brush {
  from: number;
  until: number;
  kind: 'excited' | 'silenced' | 'planned';
  fromMs: number;
  untilMs: number;
}

/** Figures that follow each snapshot. */
export interface Figures {
  timeMs: number;
  spikes: number;
  factor: number;
  spikeRate: number;
}

export interface CircuitModel {
  circuits: Circuits | undefined;
  state: CircuitState | undefined;
  /** What runs; undefined while the first one is being built. */
  built: BuiltCircuit | undefined;
  /** What is being built. */
  building: { config: CircuitConfig; estimate: CircuitEstimate | undefined } | undefined;
  playing: boolean;
  spikes: SpikeStore;
  figures: Figures;
  course: RateCourse | undefined;
  statistics: readonly PopulationStatistics[];
  reading: CircuitReading | undefined;
  /** Of all projections, from population to population. */
  weights: readonly WeightDistribution[];
  turns: TurnsCourse | undefined;
  /** Past readings: time in s, and what was read. */
  readings: readonly (readonly [number, number | undefined])[];
  brushes: readonly Brush[];
  /** How much of the run of a link is repeated, 0 to 1; undefined where none is. */
  replayed: number | undefined;
  /** What is handed out, while it is. */
  share: Link | 'wait' | undefined;
  /** The scale that would fit where what was asked for does not. */
  fits: number | undefined;
  notices: readonly Notice[];
  stopped: boolean;
  /** What would be undone, and done again. */
  undo: Deed | undefined;
  redo: Deed | undefined;
}

export type CircuitCommand =
  | { type: 'toggle' }
  | { type: 'advance'; ms: number }
  | { type: 'reset' }
  | { type: 'newSeed' }
  | { type: 'brush'; excite: boolean }
  | { type: 'dismiss'; id: number }
  | { type: 'share' }
  | { type: 'closeShare' }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'restart' };

export interface CircuitAround {
  makeWorker(): CircuitWorker;
  choice: Choice;
  /** The address of the page, without a hash. */
  base(): string;
  readAddress(): string;
  writeAddress(hash: string): void;
  changed(model: CircuitModel): void;
  /** Calls back when the page has drawn. */
  drawn(act: () => void): void;
  now(): number;
  newSeed(): number;
  /** Nothing moves by itself. */
  still: boolean;
}

const NOTHING: Figures = { timeMs: 0, spikes: 0, factor: 0, spikeRate: 0 };
/** A slider that is dragged builds when it rests. */
const REST_MS = 250;
const READINGS = 600;
/** A reading follows so many times a second, of time and of biological time. */
const READING_MS = 80;
const BRUSHES = 60;

export class CircuitBench {
  private model: CircuitModel = {
    circuits: undefined,
    state: undefined,
    built: undefined,
    building: undefined,
    playing: false,
    spikes: new SpikeStore(),
    figures: NOTHING,
    course: undefined,
    statistics: [],
    reading: undefined,
    weights: [],
    turns: undefined,
    readings: [],
    brushes: [],
    replayed: undefined,
    share: undefined,
    fits: undefined,
    notices: [],
    stopped: false,
    undo: undefined,
    redo: undefined,
  };
  private client: CircuitClient | undefined;
  /** What the engine took last; a refusal leads back to it. */
  private good: CircuitState | undefined;
  private written = '';
  private readAt = Number.NEGATIVE_INFINITY;
  /** The run that a link tells of, until it was repeated. */
  private expected: CircuitRecord | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly edits: Undo<CircuitState>;

  constructor(private readonly around: CircuitAround) {
    this.edits = new Undo({
      now: () => around.now(),
      place: () => Promise.resolve(this.model.state as CircuitState),
      go: (state) =>
        this.go(this.model.state ? { ...state, ...watching(this.model.state, state) } : state),
      changed: (undo, redo) => this.show({ undo, redo }),
    });
    this.enter();
  }

  /** The visitor is here, again or for the first time. */
  enter(): void {
    if (this.client) return;
    const events: CircuitEvents = {
      ready: (catalogue, overview) => this.ready({ catalogue, overview }),
      building: (config, estimate) => this.show({ building: { config, estimate } }),
      built: (built) => this.built(built),
      mustRebuild: (values) => this.mustRebuild(values),
      retuned: (values) => this.retuned(values),
      brushed: (brushed) => this.brushed(brushed),
      snapshot: (snapshot) => this.heard(snapshot),
      recorded: (record) => this.recorded(record),
      replayed: (record, whole) => this.replayed(record, whole),
      refused: (error, request) => this.refused(error, request),
      died: (cause, gone) => this.died(cause, gone),
    };
    this.client = new CircuitClient(this.around.makeWorker, this.around.choice, events);
    if (!this.around.still) this.play(true);
  }

  /** The visitor is elsewhere: the worker ends, what is chosen stays. */
  leave(): void {
    clearTimeout(this.timer);
    this.client?.dispose();
    this.client = undefined;
    this.show({ built: undefined, playing: false });
  }

  addressChanged(): void {
    const hash = this.around.readAddress();
    if (this.model.circuits && hash !== this.written) this.openAddress(hash);
  }

  command(command: CircuitCommand): void {
    switch (command.type) {
      case 'toggle':
        this.play(!this.model.playing);
        return;
      case 'advance':
        this.show({ playing: false });
        this.client?.advance(command.ms);
        return;
      case 'reset':
        if (this.model.state) this.build(this.model.state);
        return;
      case 'newSeed':
        this.setting('seed', this.around.newSeed());
        return;
      case 'brush':
        this.brush(command.excite);
        return;
      case 'share':
        this.show({ share: 'wait' });
        this.client?.record();
        return;
      case 'closeShare':
        this.show({ share: undefined });
        return;
      case 'dismiss':
        this.show({ notices: withoutNotice(this.model.notices, command.id) });
        return;
      case 'undo':
        void this.edits.undo();
        return;
      case 'redo':
        void this.edits.redo();
        return;
      case 'restart':
        this.leave();
        this.show({ stopped: false, notices: [] });
        this.enter();
    }
  }

  /** A control wants a value at a path. */
  setting(path: string, value: unknown): void {
    const { state, circuits } = this.model;
    if (!state || !circuits) return;
    const entry = circuitOf(circuits, state.config.circuit);
    const next = entry && withSetting(state, path, value, circuits, entry);
    if (!next || next === state) return;
    if (next.config !== state.config) this.edits.place(deedOf(path));
    this.go(next);
  }

  /** Another state takes the place of this one, with as little built anew as it allows. */
  private go(next: CircuitState): void {
    const { state, circuits } = this.model;
    if (!state || !circuits) return;
    const { config } = next;
    const before = state.config;
    if (config !== before)
      this.show({ notices: withoutRefusals(this.model.notices), fits: undefined });
    this.adopt(next);
    this.client?.watch(next.speed, next.spanMs);
    if (config === before) return;
    if (config.circuit !== before.circuit || config.seed !== before.seed) this.build(next);
    else if (rebuilds(overviewOf(circuits, config.circuit), before.values, config.values)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.build(this.model.state ?? next), REST_MS);
    } else this.client?.retune(config.values);
  }

  private ready(circuits: Circuits): void {
    const first = this.model.circuits === undefined;
    this.show({ circuits, stopped: false });
    if (first) this.openAddress(this.around.readAddress());
    else if (this.model.state && !this.model.built) this.build(this.model.state);
  }

  private openAddress(hash: string): void {
    const { circuits } = this.model;
    if (!circuits) return;
    const reading = parseCircuit(hash, circuits);
    if ('refusal' in reading) {
      const { field, reason, gaps } = reading.refusal;
      this.refuse(reason, { field, ...gaps });
    }
    // What runs stays; without anything, the first circuit comes.
    if ('refusal' in reading && this.good) {
      this.adopt(this.good);
      return;
    }
    const state = 'state' in reading ? reading.state : defaultState(circuits);
    if (this.model.state) this.edits.place({ message: 'edit-link' });
    this.adopt(state);
    this.build(state, 'state' in reading ? reading.record : undefined);
  }

  private adopt(state: CircuitState): void {
    const { circuits } = this.model;
    if (!circuits) return;
    this.show({ state });
    this.written = formatCircuit(state, circuits);
    this.around.writeAddress(this.written);
  }

  private build({ config, speed, spanMs }: CircuitState, replay?: CircuitRecord): void {
    clearTimeout(this.timer);
    this.expected = replay;
    this.client?.watch(speed, spanMs);
    this.show({ building: { config, estimate: undefined } });
    this.client?.build(config, replay);
  }

  private built(built: BuiltCircuit): void {
    const { state, spikes } = this.model;
    spikes.clear();
    const rows = state?.rows && within(state.rows, built);
    if (state && state.rows?.[1] !== rows?.[1]) this.adopt({ ...state, rows });
    this.good = this.model.state && { ...this.model.state, config: built.config };
    this.show({
      built,
      building: undefined,
      figures: NOTHING,
      course: undefined,
      statistics: [],
      reading: undefined,
      weights: [],
      turns: undefined,
      readings: [],
      brushes: built.planned.map((one): Brush => ({ ...one, kind: 'planned' })),
      replayed: this.expected && 0,
    });
  }

  private recorded(record: CircuitRecord): void {
    const { state, circuits } = this.model;
    if (!state || !circuits || this.model.share !== 'wait') return;
    const address = (of?: CircuitRecord) =>
      `${this.around.base()}${formatCircuit(state, circuits, of)}`;
    const link = linkOf(record, address);
    this.show({ share: link });
    if (!link) this.refuse('circuit-log-long', {});
  }

  private replayed(record: CircuitRecord, whole: boolean): void {
    const { expected } = this;
    this.expected = undefined;
    this.show({ replayed: undefined, playing: false });
    if (!expected) return;
    if (whole) this.tell(verdict(expected, record));
    else this.tell({ kind: 'note', message: 'circuit-replay-left', gaps: { step: record.step } });
    // What was not repeated is not what the link says.
    const { state, circuits } = this.model;
    const last = record.deeds.findLast((deed) => 'values' in deed);
    const values = last && 'values' in last ? last.values : record.values;
    if (whole || !state || !circuits) return;
    this.adopt({ ...state, config: { ...state.config, values } });
    this.retuned(values);
  }

  private retuned(values: CircuitValues): void {
    if (this.good) this.good = { ...this.good, config: { ...this.good.config, values } };
    this.show({ statistics: [] });
  }

  /** What the engine knows better than its list: a stimulus that is over cannot be moved. */
  private mustRebuild(values: CircuitValues): void {
    const { state } = this.model;
    if (state) this.build({ ...state, config: { ...state.config, values } });
  }

  private play(playing: boolean): void {
    this.client?.play(playing);
    this.model.spikes.heardAt = this.around.now();
    this.show({ playing });
  }

  private brush(excite: boolean): void {
    const { state } = this.model;
    if (!state?.rows) return;
    this.client?.brush(state.rows[0], state.rows[1], excite, state.brushMs);
  }

  private brushed({ excite, ...where }: Brushed): void {
    const brush: Brush = { ...where, kind: excite ? 'excited' : 'silenced' };
    this.show({ brushes: [...this.model.brushes, brush].slice(-BRUSHES) });
  }

  private heard(snapshot: CircuitSnapshot): void {
    const { spikes, readings } = this.model;
    const { timeMs, times, places, factor, spikeRate, statistics, reading, course } = snapshot;
    const { weights, turns } = snapshot;
    spikes.push(times, places);
    const now = this.around.now();
    spikes.hear(timeMs, now, this.model.playing);
    const last = readings.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
    const read = reading && now - this.readAt >= READING_MS;
    if (read) this.readAt = now;
    const due = read && timeMs / 1000 - last >= READING_MS / 1000;
    this.show({
      figures: { timeMs, spikes: snapshot.spikes, factor, spikeRate },
      ...(this.expected ? { replayed: snapshot.replayed ?? this.model.replayed } : {}),
      course,
      ...(read ? { reading } : {}),
      ...(statistics ? { statistics } : {}),
      ...(weights ? { weights } : {}),
      ...(turns ? { turns } : {}),
      ...(due
        ? { readings: [...readings, [timeMs / 1000, reading.value] as const].slice(-READINGS) }
        : {}),
    });
    this.around.drawn(() => this.client?.acknowledge());
  }

  private refused({ code, message, detail }: EngineError, request: string): void {
    const gaps = {
      message,
      needed: formatBytes(Number(detail?.needed ?? 0)),
      synapses: formatCount(Number(detail?.synapses ?? 0)),
      limit: formatBytes(LIMIT_BYTES),
      scale: formatNumber(Number(detail?.scale ?? 0)),
    };
    const scale = Number(detail?.scale ?? 0);
    const memory = code === 'network-memory';
    this.refuse(memory && scale > 0 ? 'error-network-scale' : `error-${code}`, gaps);
    if (request === 'advance') {
      this.show({ playing: false });
      return;
    }
    const { circuits, state } = this.model;
    if (!circuits) return;
    this.show({ building: undefined, fits: memory && scale > 0 ? scale : undefined });
    // What was there stays; an address that was refused from the start gives the first circuit.
    if (this.good) {
      if (request === 'build' || request === 'retune') this.edits.refused();
      this.adopt({ ...this.good, ...(state ? watching(state, this.good) : {}) });
    } else if (request === 'build') {
      const first = defaultState(circuits);
      this.adopt(first);
      this.build(first);
    }
  }

  private died(cause: string, gone: boolean): void {
    this.show({ built: undefined, building: undefined });
    if (!gone) {
      this.tell({ kind: 'note', message: 'note-circuit-restarted', gaps: { cause } });
      return;
    }
    this.show({ stopped: true, playing: false });
    this.tell({
      kind: 'refusal',
      message: 'error-stopped',
      gaps: { cause },
      action: { message: 'action-restart', command: { type: 'restart' } },
    });
  }

  private refuse(message: string, gaps: Notice['gaps']): void {
    this.tell({ kind: 'refusal', message, gaps });
  }

  private tell(news: Parameters<typeof withNotice>[1]): void {
    this.show({ notices: withNotice(this.model.notices, news) });
  }

  private show(change: Partial<CircuitModel>): void {
    this.model = { ...this.model, ...change };
    this.around.changed(this.model);
  }
}

/** What a setting does, in words; a control that is moved on is one deed. */
function deedOf(path: string): Deed {
  const [head = ''] = path.split('.');
  return { message: `edit-circuit-${head}`, group: path };
}

/** How one looks at a circuit, where it is still the same one. */
function watching(now: CircuitState, good: CircuitState): Partial<CircuitState> {
  const { spanMs, speed, brushMs } = now;
  return now.config.circuit === good.config.circuit ? { spanMs, speed, brushMs } : {};
}

/** The rows that there are; none if all of them lie beyond. */
function within([from, until]: Rows, { populations }: BuiltCircuit): Rows | undefined {
  const last = populations.at(-1);
  const end = last ? last.begin + last.places : 0;
  return from < end ? [from, Math.min(until, end)] : undefined;
}
