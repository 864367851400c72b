// Texts that describe a moving picture: read aloud thirty times a second they would be noise,
// so they change at most every two seconds, and always end on the last one.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

const CALM_MS = 2000;

export class Calm implements ReactiveController {
  private shown = '';
  private newest = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  text(newest: string): string {
    this.newest = newest;
    if (this.timer === undefined && newest !== this.shown) {
      this.shown = newest;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        if (this.newest !== this.shown) this.host.requestUpdate();
      }, CALM_MS);
    }
    return this.shown;
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
