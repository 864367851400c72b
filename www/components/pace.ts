// How fast this machine draws: on a slow one, what need not follow every frame follows less often, so that
// thirty frames a second go on coming.

/** From the wish to draw to the end of the frame, ms: longer, and frames are missed. */
const EASY_MS = 30;
/** What a late frame and one in time do to the slowdown: it settles where one frame in ten is late. */
const LATE = 1.04;
const IN_TIME = 0.996;
/** What follows ten times a second follows every other second at the least. */
const MOST = 20;

let factor = 1;

/** How many times as rarely as on a fast machine; at least 1. */
export const slowdown = (): number => factor;

/** What a frame that took so long, ms, does to the slowdown. */
export function drawn(ms: number): void {
  factor = Math.min(MOST, Math.max(1, factor * (ms > EASY_MS ? LATE : IN_TIME)));
}

/** Draws in the next frame, and measures how long that takes the page's thread. */
export function nextFrame(draw: () => void): void {
  const asked = performance.now();
  requestAnimationFrame(() => {
    draw();
    const after = new MessageChannel();
    after.port1.onmessage = () => {
      after.port1.close();
      // In a tab that nobody sees no frame comes.
      if (document.visibilityState === 'visible') drawn(performance.now() - asked);
    };
    // A task of its own: it comes when layout and paint are done.
    after.port2.postMessage(undefined);
  });
}
