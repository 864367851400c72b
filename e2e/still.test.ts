// Nothing jumps: what is on the screen stays where it is while a room comes to life.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, launch } from './browser.ts';

/** Cumulative layout shift; below 0.1 is called good. */
const LIMIT = 0.02;

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const ROOMS = [
  ['the front door', ''],
  ['the network lab', '#room=network'],
  ['the neuron bench', '#room=neuron-bench'],
  ['the circuit bench', '#room=circuit-bench'],
  ['the digit learner', '#room=digit-learner'],
] as const;

test.each(ROOMS.flatMap(([name, hash]) => [1440, 390].map((width) => ({ name, hash, width }))))(
  'nothing jumps in $name at $width pixels',
  async ({ hash, width }) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as Shift).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${address}${hash}`);
    await page.locator('canvas').first().waitFor({ timeout: 20_000 });
    await page.waitForTimeout(2500);
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(LIMIT);
    await page.close();
  },
);

/** Not yet among the types of the DOM. */
interface Shift {
  value: number;
}
