// How slow the machine is just now: bars in milliseconds hold for a machine of a given speed that
// does nothing else, and a test may run on neither.

import type { Browser, Page } from 'playwright-core';

/** What the same work takes on an idle core of 2.1 GHz, ms. */
const REFERENCE_MS = 46;

/**
 * Time of a fixed piece of work over what it takes on the machine for which the bars were set; at
 * least 1: a faster machine is held to the same bars. The median of nine, in an empty page's thread. To be
 * asked before the page that is judged opens: what that page itself computes must not loosen its bar.
 */
export async function slowness(browser: Browser): Promise<number> {
  const idle = await browser.newPage();
  try {
    return await slownessOf(idle);
  } finally {
    await idle.close();
  }
}

async function slownessOf(page: Page): Promise<number> {
  const ms = await page.evaluate(async () => {
    const times: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const begun = performance.now();
      let state = 1;
      for (let step = 0; step < 1e7; step += 1) {
        state = Math.imul(state ^ (state >>> 13), 0x5bd1e995) + step;
      }
      // The first is compiled on its way.
      if (round > 0 && state !== 0.5) times.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return times.sort((left, right) => left - right)[4] ?? Number.NaN;
  });
  return Math.max(1, ms / REFERENCE_MS);
}

/** Intervals between frames, in order of length, and tasks over 50 ms, all in ms. */
export async function frames(page: Page, seconds: number) {
  const { intervals, tasks } = await page.evaluate(
    (ms) =>
      new Promise<{ intervals: number[]; tasks: number[] }>((resolve) => {
        const intervals: number[] = [];
        const tasks: number[] = [];
        new PerformanceObserver((list) => {
          tasks.push(...list.getEntries().map(({ duration }) => duration));
        }).observe({ type: 'longtask' });
        let last = performance.now();
        const end = last + ms;
        const frame = (now: number) => {
          intervals.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(frame);
          else resolve({ intervals: intervals.slice(1), tasks });
        };
        requestAnimationFrame(frame);
      }),
    1000 * seconds,
  );
  intervals.sort((left, right) => left - right);
  const at95 = intervals[Math.floor(intervals.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  return { intervals, at95, tasks };
}
