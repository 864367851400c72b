// The newest spikes on the page's side, in the order of time: a ring, so that nothing is allocated while a
// circuit runs.

/** A power of two; some seconds of the busiest raster. */
const CAPACITY = 1 << 19;
/** Whoever is not heard for so long stood still, ms. */
const ASLEEP_MS = 2000;

export class SpikeStore {
  private readonly times = new Float32Array(CAPACITY);
  private readonly places = new Uint32Array(CAPACITY);
  /** Spikes that ever came; those before `first` are forgotten. */
  private count = 0;
  /** Changes when all is forgotten. */
  epoch = 0;
  /** Biological time up to which all spikes are known, ms. */
  timeMs = 0;
  /** When that was heard. */
  heardAt = Number.NEGATIVE_INFINITY;
  /** Biological time over time; 0 while it stands still. */
  pace = 0;
  /** Time from one hearing to the next, ms. */
  everyMs = 0;
  /** Biological time at the right end of the picture, which follows evenly, ms. */
  shownMs = 0;

  get end(): number {
    return this.count;
  }

  get first(): number {
    return Math.max(0, this.count - CAPACITY);
  }

  clear(): void {
    this.count = 0;
    this.timeMs = 0;
    this.shownMs = 0;
    this.pace = 0;
    this.everyMs = 0;
    this.heardAt = Number.NEGATIVE_INFINITY;
    this.epoch += 1;
  }

  /** All spikes up to here are known now; `moving` if time goes on by itself. */
  hear(timeMs: number, now: number, moving: boolean): void {
    const passed = now - this.heardAt;
    const apart = moving && passed > 0 && passed < ASLEEP_MS;
    const pace = apart ? (timeMs - this.timeMs) / passed : 0;
    const smooth = (held: number, one: number) => (held === 0 ? one : 0.9 * held + 0.1 * one);
    this.pace = apart ? smooth(this.pace, pace) : 0;
    if (apart) this.everyMs = smooth(this.everyMs, passed);
    this.timeMs = timeMs;
    this.heardAt = now;
  }

  push(times: Float32Array, places: Uint32Array): void {
    // Of more than it can keep, the newest.
    const from = Math.max(0, times.length - CAPACITY);
    for (let at = from; at < times.length; at += 1) {
      const slot = this.count & (CAPACITY - 1);
      this.times[slot] = times[at] as number;
      this.places[slot] = places[at] as number;
      this.count += 1;
    }
  }

  timeOf(spike: number): number {
    return this.times[spike & (CAPACITY - 1)] as number;
  }

  placeOf(spike: number): number {
    return this.places[spike & (CAPACITY - 1)] as number;
  }

  /** The first spike that is kept of those at `timeMs` or later. */
  since(timeMs: number): number {
    let low = this.first;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeOf(middle) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Spikes of rows in a stretch of time: what a summary says. */
  within(fromMs: number, untilMs: number, from = 0, until = Number.POSITIVE_INFINITY): number {
    let spikes = 0;
    for (let at = this.since(fromMs); at < this.count && this.timeOf(at) < untilMs; at += 1) {
      const place = this.placeOf(at);
      if (place >= from && place < until) spikes += 1;
    }
    return spikes;
  }
}
