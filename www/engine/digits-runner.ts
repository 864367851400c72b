// The loop of the worker in which a network learns digits, without the worker: digits in slices
// between messages, and a state whenever the page has drawn the last one. It knows the network only by
// its face, so tests drive it with one of their own.

import type { DigitsRequest, DigitsResponse, DigitsSpeed } from './digits-protocol.ts';
import { type DigitsFace, isEngineError } from './model.ts';

export interface DigitsSurroundings {
  post(message: DigitsResponse): void;
  now(): number;
  /** A network and its digits, which are loaded the first time. */
  make(seed: number): Promise<DigitsFace>;
  /** What the panic hook wrote last; a trap itself says nothing. */
  lastPanic(): string;
  /** Asks for another slice. */
  wake(): void;
}

/** What the network may take. */
export const LIMIT_BYTES = 2 ** 28;
/** Time of one slice: short enough that a request never waits noticeably. */
const SLICE_MS = 12;
/** No more often than a screen can usefully show. */
const FRAME_MS = 50;
/** 400 receptive fields are a third of a megabyte. */
const NEURONS_MS = 400;
/** Over how long the speed is measured. */
const RATE_MS = 600;

const STILL: DigitsSpeed = { digitsPerSecond: 0, realTimeFactor: 0 };

export class DigitsRunner {
  private network: DigitsFace | undefined;
  private making = false;
  private wanted: Extract<DigitsRequest, { type: 'restart' }> | undefined;
  private generation = 0;
  private playing = false;
  private remaining = 0;
  /** Learned digits at which it pauses; turned into what remains by the network that comes next. */
  private until: number | undefined;
  private learning = true;
  private drawing: Extract<DigitsRequest, { type: 'drawing' }> | undefined;
  private acknowledged = true;
  private dirty = false;
  private stateDue = 0;
  private neuronsDue = 0;
  private neuronsOld = true;
  private speed = STILL;
  private measured = { at: 0, digits: 0, ms: 0 };
  private digits = 0;
  private dead = false;

  constructor(
    private readonly neurons: number,
    private readonly around: DigitsSurroundings,
  ) {}

  handle(request: DigitsRequest): void {
    switch (request.type) {
      case 'start':
        return;
      case 'restart':
        this.wanted = request;
        this.until = undefined;
        return;
      case 'play':
        this.playing = true;
        this.until = undefined;
        this.measured = { at: 0, digits: 0, ms: 0 };
        break;
      case 'pause':
        this.playing = false;
        this.until = undefined;
        this.remaining = 0;
        break;
      case 'one':
        this.playing = false;
        this.until = undefined;
        this.remaining = 1;
        break;
      case 'until':
        this.playing = false;
        this.until = request.digits;
        this.measured = { at: 0, digits: 0, ms: 0 };
        break;
      case 'learning':
        this.learning = request.on;
        this.network?.setLearning(request.on);
        break;
      case 'drawing':
        this.drawing = request;
        return;
      case 'acknowledge':
        this.acknowledged = true;
        return;
    }
    this.dirty = true;
  }

  /** Works for a few milliseconds; true if there is more to do. */
  slice(): boolean {
    if (this.dead || this.making) return false;
    if (this.wanted) {
      const { wanted } = this;
      this.wanted = undefined;
      this.restart(wanted);
      if (this.making) return false;
    }
    const { network } = this;
    if (!network || this.dead) return false;
    if (this.until !== undefined) {
      this.remaining = Math.max(0, this.until - network.progress().shown);
      this.until = undefined;
    }
    if (this.drawing) this.answer(network, this.drawing);
    if (this.playing || this.remaining > 0) this.guard('play', () => this.work(network));
    if (!this.dead) this.guard('acknowledge', () => this.post(network));
    return !this.dead && (this.playing || this.remaining > 0 || this.wanted !== undefined);
  }

  private work(network: DigitsFace): void {
    const begun = this.around.now();
    do {
      network.digit();
      this.digits += 1;
      if (this.remaining > 0) this.remaining -= 1;
      this.dirty = true;
      this.neuronsOld = true;
    } while ((this.playing || this.remaining > 0) && this.around.now() - begun < SLICE_MS);
  }

  private answer(network: DigitsFace, { id, pixels }: { id: number; pixels: Float32Array }): void {
    this.drawing = undefined;
    this.guard('drawing', () => {
      this.around.post({ type: 'answer', id, presentation: network.ask(pixels) });
    });
  }

  private post(network: DigitsFace): void {
    const now = this.around.now();
    const active = this.playing || this.remaining > 0;
    if (!this.dirty || !this.acknowledged || (active && now < this.stateDue)) return;
    const progress = network.progress();
    this.measure(now, progress.presentMs);
    // What stands still is shown as it is.
    const due = this.neuronsOld && (now >= this.neuronsDue || !active);
    if (due) {
      this.neuronsOld = false;
      this.neuronsDue = now + NEURONS_MS;
    }
    this.around.post({
      type: 'state',
      generation: this.generation,
      state: {
        progress,
        playing: this.playing,
        ...(active ? this.speed : STILL),
        ...(due ? { neurons: network.neurons() } : {}),
      },
    });
    this.acknowledged = false;
    this.dirty = false;
    this.stateDue = now + FRAME_MS;
  }

  private measure(now: number, ms: number): void {
    const { at, digits, ms: before } = this.measured;
    const seconds = (now - at) / 1000;
    if (at > 0 && seconds * 1000 < RATE_MS) return;
    // A copy that is asked has a clock of its own.
    if (at > 0 && ms >= before) {
      this.speed = {
        digitsPerSecond: (this.digits - digits) / seconds,
        realTimeFactor: (ms - before) / 1000 / seconds,
      };
    } else this.speed = STILL;
    this.measured = { at: now, digits: this.digits, ms };
  }

  private restart({ generation, seed }: { generation: number; seed: number }): void {
    const fresh = (network: DigitsFace) => {
      this.network = network;
      network.setLearning(this.learning);
      this.generation = generation;
      this.remaining = 0;
      this.digits = 0;
      this.speed = STILL;
      this.measured = { at: 0, digits: 0, ms: 0 };
      this.dirty = true;
      this.neuronsOld = true;
      this.acknowledged = true;
    };
    const { network } = this;
    if (network) {
      this.guard('restart', () => {
        network.restart(this.neurons, seed, LIMIT_BYTES);
        fresh(network);
      });
      return;
    }
    this.making = true;
    this.around
      .make(seed)
      .then((made) => this.guard('restart', () => fresh(made)))
      .catch((error: unknown) => this.failed('restart', error))
      .finally(() => {
        this.making = false;
        this.around.wake();
      });
  }

  private guard(request: DigitsRequest['type'], act: () => void): void {
    try {
      act();
    } catch (error) {
      this.failed(request, error);
    }
  }

  private failed(request: DigitsRequest['type'], error: unknown): void {
    if (isEngineError(error)) {
      this.playing = false;
      this.remaining = 0;
      this.around.post({ type: 'refused', request, error });
      return;
    }
    this.dead = true;
    const message = error instanceof Error ? error.message : String(error);
    this.around.post({ type: 'panic', message: this.around.lastPanic() || message });
  }
}
