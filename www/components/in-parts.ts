// A view that is drawn part by part, a part a frame: the first stands there sooner, and on a slow machine the
// page answers in between.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class InParts implements ReactiveController {
  /** How many parts are drawn. */
  private drawn = 0;
  private asked = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly parts: number,
  ) {
    host.addController(this);
  }

  /** Whether a part is drawn by now; the first always is. Asked for while the host is drawn. */
  has(part: number): boolean {
    this.asked = true;
    return part <= this.drawn;
  }

  hostUpdated(): void {
    if (!this.asked || this.drawn + 1 >= this.parts) return;
    this.asked = false;
    // After the frame, not before it.
    requestAnimationFrame(() => {
      setTimeout(() => {
        this.drawn += 1;
        this.host.requestUpdate();
      });
    });
  }
}
