// Training never makes the page wait: frames go on while the digits are learned.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { button, count, open } from './laboratory.ts';
import { frames, slowness } from './machine.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

// Tried again where something else had the processor: what is measured is time, not work.
const patient = { retry: 2, timeout: 120_000 };

test('95 % of frames come within 20 ms, and no task takes over 50 ms', patient, async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const hash = '#data=mnist&layers=128-relu&loss=cross-entropy&batch=32&lr=0.001';
  await open(page, hash, '?variant=single');
  await button(page, 'Play').click();
  await expect.poll(() => count(page, 'step'), { timeout: 30_000 }).toBeGreaterThan(20);
  const slow = await slowness(page);
  const { intervals, at95, tasks } = await frames(page, 10);
  const rate = await count(page, 'rate');
  // Before anything is judged: a page that goes on training would disturb the next try.
  await page.close();
  expect(rate).toBeGreaterThan(0);
  console.log(
    `frames: ${intervals.length} in 10 s, 95 % within ${at95.toFixed(1)} ms, machine ${slow.toFixed(2)} × slower`,
  );
  expect(tasks.filter((ms) => ms > 50 * slow)).toEqual([]);
  expect(at95).toBeLessThanOrEqual(20 * slow);
});
