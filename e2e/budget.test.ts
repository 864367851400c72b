// What the first view costs: bytes until the visitor acts, and time until the first training step is
// drawn, from a cold cache, also on a slow machine.

import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, launch } from './browser.ts';
import { slowness } from './machine.ts';

/** Brotli bytes, everything that is requested before the visitor acts. */
const MOST_BYTES = 420_000;
const ALIVE_MS = 1000;
/** With four times less processor: a school's Chromebook. */
const ALIVE_SLOW_MS = 3000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  // The browser's own start is not the page's.
  const page = await browser.newPage();
  await page.goto('about:blank');
  await page.close();
});
afterAll(() => browser.close());

/** From a cold cache: a context of its own shares none. */
async function alive(slowdown: number): Promise<{ ms: number; slow: number }> {
  const slow = await slowness(browser);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  if (slowdown > 1) {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  await page.goto(address);
  let at: number | undefined;
  await expect
    .poll(async () => {
      at = await page.evaluate(() => performance.getEntriesByName('cajal-alive')[0]?.startTime);
      return at;
    })
    .toBeGreaterThan(0);
  await context.close();
  return { ms: at ?? Number.NaN, slow };
}

// Tried again where something else had the processor: what is measured is time, not work.
const patient = { retry: 2, timeout: 60_000 };

test(`alive within ${ALIVE_MS} ms`, patient, async () => {
  const { ms, slow } = await alive(1);
  console.log(`alive after ${ms.toFixed(0)} ms, machine ${slow.toFixed(2)} × slower`);
  expect(ms).toBeLessThanOrEqual(ALIVE_MS * slow);
});

test(`alive within ${ALIVE_SLOW_MS} ms with a quarter of the processor`, patient, async () => {
  const { ms, slow } = await alive(4);
  console.log(`alive after ${ms.toFixed(0)} ms, slowed down four times`);
  expect(ms).toBeLessThanOrEqual(ALIVE_SLOW_MS * slow);
});

test(`at most ${MOST_BYTES / 1000} KB before the visitor acts`, async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const bodies = new Map<string, Promise<Buffer>>();
  // Of the workers too.
  context.on('response', (response) => {
    const url = new URL(response.url());
    if (url.protocol.startsWith('http')) bodies.set(url.pathname, response.body());
  });
  await page.goto(address);
  await expect.poll(() => page.locator('.passes').textContent()).toContain('Pass 10 of');
  let total = 0;
  const weights: [string, number][] = [];
  for (const [path, body] of bodies) {
    const bytes = brotliCompressSync(await body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    }).length;
    weights.push([path, bytes]);
    total += bytes;
  }
  weights.sort(([, left], [, right]) => right - left);
  console.log(weights.map(([path, bytes]) => `${path} ${bytes}`).join('\n'));
  console.log(`before the visitor acts: ${total} bytes with brotli, at most ${MOST_BYTES}`);
  expect([...bodies.keys()].some((path) => path.endsWith('cajal_bg.wasm'))).toBe(true);
  expect(total).toBeLessThanOrEqual(MOST_BYTES);
  await context.close();
});
