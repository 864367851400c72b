// What need not follow every snapshot follows a few a second, in a task of its own: so no frame
// has to draw everything at once. Where frames take long it follows less often.

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { slowdown } from './pace.ts';

export class Slow<T> implements ReactiveController {
  private shown: T | undefined;
  private newest: T | undefined;
  private shownAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly everyMs: number,
  ) {
    host.addController(this);
  }

  /** The value to show now; the newest follows by itself. */
  follow(newest: T | undefined): T | undefined {
    this.newest = newest;
    if (newest === this.shown || this.timer !== undefined) return this.shown;
    if (this.shown === undefined || newest === undefined) this.show();
    else {
      const wait = Math.max(0, this.shownAt + this.everyMs * slowdown() - performance.now());
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.show();
        this.host.requestUpdate();
      }, wait);
    }
    return this.shown;
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private show(): void {
    this.shown = this.newest;
    this.shownAt = performance.now();
  }
}
