// Training never makes the page wait, and drawing hardly makes training wait.

import type { Browser, Page } from 'playwright-core';
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
const patient = { retry: 5, timeout: 120_000 };

const DIGITS = '#data=mnist&layers=128-relu&loss=cross-entropy&batch=32&lr=0.001';

/** Digits are learned, and a unit is looked at: all views are open. */
async function learning(page: Page, hash = DIGITS): Promise<void> {
  await open(page, hash, '?variant=single');
  await button(page, 'Play').click();
  await expect.poll(() => count(page, 'step'), { timeout: 60_000 }).toBeGreaterThan(20);
  await page.locator('[data-picture=spiking] [data-layer="0"][data-unit]').first().click();
  await page.locator('[data-inspector]').waitFor();
  await page.waitForTimeout(500);
}

/** Measures, and closes the page before anything is judged: one that goes on would disturb the next try. */
async function measured<T>(measure: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    return await measure(page);
  } finally {
    await page.close();
  }
}

test('95 % of frames come within 20 ms, and no task takes over 50 ms', patient, async () => {
  const slow = await slowness(browser);
  const { rate, intervals, at95, tasks } = await measured(async (page) => {
    await learning(page);
    const seen = await frames(page, 10);
    return { rate: await count(page, 'rate'), ...seen };
  });
  expect(rate).toBeGreaterThan(0);
  console.log(
    `frames: ${intervals.length} in 10 s, 95 % within ${at95.toFixed(1)} ms, machine ${slow.toFixed(2)} × slower`,
  );
  expect(tasks.filter((ms) => ms > 50 * slow)).toEqual([]);
  expect(at95).toBeLessThanOrEqual(20 * slow);
});

test('thirty frames a second with a quarter of the processor', patient, async () => {
  const slow = await slowness(browser);
  const { rate, intervals } = await measured(async (page) => {
    await learning(page, '#data=spiral');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    // What need not follow every frame finds its pace.
    await page.waitForTimeout(4000);
    const seen = await frames(page, 5);
    return { rate: await count(page, 'rate'), ...seen };
  });
  console.log(
    `${(intervals.length / 5).toFixed(1)} frames a second, slowed down four times, machine ${slow.toFixed(2)} × slower`,
  );
  expect(rate).toBeGreaterThan(0);
  expect(intervals.length / 5).toBeGreaterThanOrEqual(30 / slow);
});

test('drawing leaves training 85 % of its speed', patient, async () => {
  const shares = await measured(async (page) => {
    // A page whose frames can be held back draws nothing and asks for nothing to draw.
    await page.addInitScript(() => {
      const next = requestAnimationFrame.bind(window);
      let held: FrameRequestCallback[] | undefined;
      window.requestAnimationFrame = (callback) => (held ? held.push(callback) : next(callback));
      Object.assign(window, {
        draw(on: boolean) {
          const waiting = held ?? [];
          held = on ? undefined : waiting;
          if (on) for (const callback of waiting) next(callback);
        },
      });
    });
    const draw = (on: boolean) =>
      page.evaluate((on) => (window as unknown as { draw(on: boolean): void }).draw(on), on);
    await learning(page);
    /** The newest snapshot's: what the counter shows follows later. */
    const step = () =>
      page.evaluate(() => document.querySelector('cajal-app')?.model?.snapshot?.step ?? Number.NaN);
    /** Steps a millisecond. */
    const speed = async (drawn: boolean) => {
      await draw(true);
      await page.waitForTimeout(500);
      const [first, begun] = [await step(), performance.now()];
      await draw(drawn);
      await page.waitForTimeout(2500);
      await draw(true);
      await page.waitForTimeout(200);
      return ((await step()) - first) / (performance.now() - begun);
    };
    const shares: number[] = [];
    for (let round = 0; round < 5; round += 1)
      shares.push((await speed(true)) / (await speed(false)));
    return shares.sort((left, right) => left - right);
  });
  console.log(`training with drawing over without: ${shares.map((share) => share.toFixed(2))}`);
  expect(shares[2]).toBeGreaterThanOrEqual(0.85);
});
