// The loop of the circuit worker without the worker: advances the circuit within slices of time, as fast
// as the visitor wants to see it, and posts a snapshot when the page has drawn the last one. It knows a
// circuit only by its face.

import type {
  CircuitConfig,
  CircuitDeed,
  CircuitRecord,
  CircuitRequest,
  CircuitResponse,
  CircuitSnapshot,
} from './circuit-protocol.ts';
import { type CircuitEstimate, type CircuitFace, isEngineError } from './model.ts';
import { ASLEEP } from './runner.ts';

/** What surrounds the loop. */
export interface CircuitSurroundings {
  estimate(config: CircuitConfig, limitBytes: number): CircuitEstimate;
  /** Builds it; throws a refusal. */
  make(config: CircuitConfig, places: number, limitBytes: number): CircuitFace;
  post(message: CircuitResponse, transfer: Transferable[]): void;
  now(): number;
  lastPanic(): string;
}

const SLICE_MS = 12;
/** Snapshots do not come faster than frames. */
const FRAME_MS = 14;
const STATISTICS_MS = 400;
/** Statistics may take this share of the time. */
const STATISTICS_SHARE = 0.1;
const MEASURE_MS = 600;
/** So far behind real time it is given up to catch up, ms of time. */
const BEHIND_MS = 80;
/** As little as there is: one window. */
const WINDOW = 1e-6;
const COURSE_BINS = 500;
const WEIGHT_BINS = 40;
const TURNS_MS = 100;
const TURNS_ROWS = 400;
/** The picture may be a little behind: rates reach back further than its span. */
const REACH = 1.25;
/** A circuit larger than this goes before another one comes. */
const LARGE_BYTES = 128e6;

export class CircuitRunner {
  private circuit: CircuitFace | undefined;
  private bytes = 0;
  private populations = 0;
  private generation = 0;
  private playing = false;
  private speed = 1;
  private spanMs = 1000;
  /** Biological time up to which steps go. */
  private until = 0;
  /** Where real time is counted from: time, biological time. */
  private anchor: [number, number] = [0, 0];
  private acknowledged = true;
  private dirty = false;
  private snapshotDue = 0;
  private statisticsDue = 0;
  private statisticsOf = -1;
  /** Weights were made or changed, and the page does not know them yet. */
  private weighed = false;
  private turnsDue = 0;
  private measured: [number, number, number] = [0, 0, 0];
  private factor = 0;
  private spikeRate = 0;
  /** With which values it was built, and what was done to it since. */
  private built: CircuitRecord['values'] = {};
  private deeds: CircuitDeed[] = [];
  /** A run that is being repeated, and how many of its deeds are done. */
  private replay: { record: CircuitRecord; done: number } | undefined;
  private dead = false;

  constructor(private readonly around: CircuitSurroundings) {}

  handle(request: CircuitRequest): void {
    this.guard(request, () => this.obey(request));
  }

  /** Works for a slice; when to come back, in ms. */
  slice(): number {
    if (this.dead || !this.circuit) return ASLEEP;
    const begin = this.around.now();
    let wait = ASLEEP;
    this.guard({ type: 'advance', ms: 0 }, () => {
      wait = this.advance(begin + SLICE_MS);
    });
    if (this.dead || !this.circuit) return ASLEEP;
    return Math.min(wait, this.post(this.circuit));
  }

  private get active(): boolean {
    const steps = (this.circuit?.timeMs ?? 0) < this.until - 1e-9;
    return this.replay !== undefined || this.playing || steps;
  }

  private obey(request: CircuitRequest): void {
    const { circuit } = this;
    switch (request.type) {
      case 'build':
        this.build(request);
        return;
      case 'retune': {
        if (!circuit) return;
        this.leaveReplay();
        const { id, values } = request;
        const goesOn = this.retune(circuit, values);
        this.say({ type: 'retuned', generation: this.generation, id, goesOn });
        return;
      }
      case 'play':
        this.leaveReplay();
        this.playing = true;
        this.restartClock();
        return;
      case 'pause':
        this.leaveReplay();
        this.playing = false;
        this.until = 0;
        this.dirty = true;
        return;
      case 'advance':
        this.leaveReplay();
        this.playing = false;
        this.until = Math.max(this.until, circuit?.timeMs ?? 0) + request.ms;
        return;
      case 'speed':
        this.speed = request.speed;
        this.restartClock();
        return;
      case 'span':
        this.spanMs = request.ms;
        this.dirty = true;
        return;
      case 'brush': {
        if (!circuit) return;
        this.leaveReplay();
        this.brush(circuit, request);
        return;
      }
      case 'record':
        if (!circuit) return;
        this.say({ type: 'recorded', generation: this.generation, record: this.record(circuit) });
        return;
      case 'acknowledge':
        this.acknowledged = true;
    }
  }

  private retune(circuit: CircuitFace, values: CircuitRecord['values']): boolean {
    const { step } = circuit;
    const goesOn = circuit.retune(values);
    if (goesOn) this.deeds.push({ step, values });
    this.statisticsOf = -1;
    this.weighed = false;
    this.dirty = true;
    return goesOn;
  }

  private brush(
    circuit: CircuitFace,
    { from, until, excite, ms }: Extract<CircuitRequest, { type: 'brush' }>,
  ): void {
    const { step, timeMs: fromMs } = circuit;
    circuit.brush(from, until, excite, ms);
    this.deeds.push({ step, from, until, excite, ms });
    const { generation } = this;
    const untilMs = fromMs + ms;
    this.say({ type: 'brushed', generation, from, until, excite, fromMs, untilMs });
  }

  private record(circuit: CircuitFace): CircuitRecord {
    const { built: values, deeds } = this;
    return { values, deeds: [...deeds], step: circuit.step, hash: circuit.hash() };
  }

  /** Does what was done at this step, and ends the repetition where it ends; whether to go on. */
  private repeat(circuit: CircuitFace): boolean {
    const { replay } = this;
    if (!replay) return true;
    const { deeds, step: end } = replay.record;
    for (;;) {
      const deed = deeds[replay.done];
      if (!deed || deed.step > circuit.step) break;
      replay.done += 1;
      if (!('values' in deed)) this.brush(circuit, { type: 'brush', ...deed });
      else if (!this.retune(circuit, deed.values)) {
        this.endReplay(circuit, false);
        return false;
      }
    }
    if (circuit.step < end) return true;
    this.endReplay(circuit, true);
    return false;
  }

  private endReplay(circuit: CircuitFace, whole: boolean): void {
    this.replay = undefined;
    this.playing = false;
    this.dirty = true;
    const { generation } = this;
    this.say({ type: 'replayed', generation, record: this.record(circuit), whole });
  }

  /** The visitor does something else. */
  private leaveReplay(): void {
    if (this.replay && this.circuit) this.endReplay(this.circuit, false);
  }

  private build(request: Extract<CircuitRequest, { type: 'build' }>): void {
    const { generation, config: wanted, places, limitBytes, replay } = request;
    const config = replay ? { ...wanted, values: replay.values } : wanted;
    const estimate = this.around.estimate(config, limitBytes);
    if (estimate.bytes > limitBytes) {
      const { bytes: needed, synapses, largestScale } = estimate;
      const scale = largestScale ?? 0;
      const detail = { needed, synapses, limit: limitBytes, scale };
      throw { code: 'network-memory', message: `${needed} bytes`, detail };
    }
    this.say({ type: 'building', generation, estimate });
    if (estimate.bytes + this.bytes > LARGE_BYTES) this.release();
    const circuit = this.around.make(config, places, limitBytes);
    this.release();
    this.circuit = circuit;
    this.bytes = estimate.bytes;
    this.generation = generation;
    const populations = circuit.populations();
    this.populations = populations.length;
    this.until = 0;
    this.dirty = true;
    this.acknowledged = true;
    this.statisticsOf = -1;
    this.weighed = false;
    this.turnsDue = 0;
    this.factor = 0;
    this.spikeRate = 0;
    this.built = config.values;
    this.deeds = [];
    this.replay = replay && { record: replay, done: 0 };
    this.restartClock();
    const { neurons, bytes } = estimate;
    const planned = circuit.planned();
    const built = {
      config: wanted,
      populations,
      planned,
      neurons,
      synapses: circuit.synapses,
      bytes,
    };
    this.say({ type: 'built', generation, built });
  }

  private release(): void {
    this.circuit?.free();
    this.circuit = undefined;
    this.bytes = 0;
  }

  private restartClock(): void {
    const now = this.around.now();
    const time = this.circuit?.timeMs ?? 0;
    this.anchor = [now, time];
    this.measured = [now, time, this.circuit?.spikes ?? 0];
  }

  /** Advances until the deadline, or as far as it should be by now; when to come back. */
  private advance(deadline: number): number {
    const { circuit } = this;
    while (circuit && this.active) {
      const now = this.around.now();
      if (this.replay) {
        if (!this.repeat(circuit)) break;
      } else if (this.playing && this.speed > 0) {
        const goal = this.anchor[1] + (now - this.anchor[0]) * this.speed;
        const behind = goal - circuit.timeMs;
        if (behind <= 0) return Math.max(1, Math.min(FRAME_MS, -behind / this.speed));
        if (behind > BEHIND_MS * this.speed) {
          this.anchor = [now, circuit.timeMs + 0.5 * BEHIND_MS * this.speed];
        }
      }
      if (now >= deadline) return 0;
      circuit.advance(WINDOW);
      this.dirty = true;
    }
    return ASLEEP;
  }

  private post(circuit: CircuitFace): number {
    if (!this.dirty || !this.acknowledged) return ASLEEP;
    const now = this.around.now();
    // Steps are shown when they are done.
    const settled = !this.active;
    if (now < this.snapshotDue && !settled) return this.snapshotDue - now;
    this.snapshotDue = now + FRAME_MS;
    this.dirty = false;
    this.acknowledged = false;
    this.measure(circuit, now);
    const spikes = circuit.takeSpikes();
    const times = spikes.times();
    const places = spikes.places();
    spikes.free();
    const course = circuit.course(REACH * this.spanMs, COURSE_BINS);
    const rates = course.rates();
    const { startMs, binMs } = course;
    course.free();
    const reading = circuit.reading();
    const snapshot: CircuitSnapshot = {
      timeMs: circuit.timeMs,
      playing: this.playing,
      ...(this.replay ? { replayed: circuit.step / Math.max(1, this.replay.record.step) } : {}),
      spikes: circuit.spikes,
      times,
      places,
      course: { startMs, binMs, rates },
      factor: this.factor,
      spikeRate: this.spikeRate,
      ...this.statistics(circuit, now, settled),
      ...(reading ? { reading } : {}),
      ...(this.weighed ? {} : { weights: circuit.weights(WEIGHT_BINS) }),
      ...this.turns(circuit, now, settled),
    };
    this.weighed = true;
    const { generation } = this;
    this.around.post({ type: 'snapshot', generation, snapshot }, [
      times.buffer,
      places.buffer,
      rates.buffer,
    ]);
    return ASLEEP;
  }

  private turns(
    circuit: CircuitFace,
    now: number,
    settled: boolean,
  ): Pick<CircuitSnapshot, 'turns'> {
    if (now < this.turnsDue && !settled) return {};
    this.turnsDue = now + TURNS_MS;
    const turns = circuit.turns();
    if (!turns) return {};
    return { turns: { ...turns, course: circuit.turnsCourse(this.spanMs, TURNS_ROWS) } };
  }

  private statistics(
    circuit: CircuitFace,
    now: number,
    settled: boolean,
  ): Pick<CircuitSnapshot, 'statistics'> {
    const time = circuit.timeMs;
    if (time === this.statisticsOf || (now < this.statisticsDue && !settled)) return {};
    this.statisticsOf = time;
    const statistics = Array.from({ length: this.populations }, (_, at) => circuit.statistics(at));
    const cost = this.around.now() - now;
    this.statisticsDue = now + Math.max(STATISTICS_MS, cost / STATISTICS_SHARE);
    return { statistics };
  }

  /** How fast it runs, over the last moments. */
  private measure(circuit: CircuitFace, now: number): void {
    const [at, time, spikes] = this.measured;
    if (!this.playing || now - at < MEASURE_MS) return;
    this.factor = (circuit.timeMs - time) / (now - at);
    this.spikeRate = ((circuit.spikes - spikes) / (now - at)) * 1000;
    this.measured = [now, circuit.timeMs, circuit.spikes];
  }

  private say(message: CircuitResponse): void {
    this.around.post(message, []);
  }

  private guard(request: CircuitRequest, act: () => void): void {
    if (this.dead) return;
    try {
      act();
    } catch (error) {
      if (!isEngineError(error)) {
        this.dead = true;
        this.say({ type: 'panic', message: this.around.lastPanic() || errorText(error) });
        return;
      }
      // A run that became unstable stands where it last was well.
      if (request.type === 'advance') {
        this.playing = false;
        this.until = 0;
        this.dirty = true;
        this.leaveReplay();
      }
      const generation = request.type === 'build' ? request.generation : this.generation;
      const id = request.type === 'retune' ? { id: request.id } : {};
      this.say({ type: 'refused', generation, request: request.type, ...id, error });
    }
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
