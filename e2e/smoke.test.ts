import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, complaints, launch } from './browser.ts';
import { button, fingerprint, LAB, open } from './laboratory.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('an isolated page can run the variant with threads', async () => {
  const page = await browser.newPage();
  const said = complaints(page);
  await page.goto(`${address}?variant=threads${LAB}`);
  await page.waitForSelector('[data-variant=threads]');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(said).toEqual([]);
  await page.close();
});

test('a page without isolation runs the variant without, whatever is asked', async () => {
  const page = await browser.newPage();
  const said = complaints(page);
  await page.route(`${address}**`, async (route) => {
    if (!route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
  await page.goto(`${address}?variant=threads${LAB}`);
  await page.waitForSelector('[data-variant=single]');
  expect(said).toEqual([]);
  await page.close();
});

test('threads that never start leave the work to the variant without', async () => {
  const page = await browser.newPage();
  // Neither answered nor refused: the pool waits for ever.
  await page.route('**/pkg/threads/*/snippets/**', () => {});
  await page.goto(`${address}?variant=threads${LAB}`);
  await page.waitForSelector('[data-variant=single]');
  await page.locator('[data-fingerprint]').waitFor();
  await page.close();
});

test('both variants come to the same weights', async () => {
  const weights: string[] = [];
  for (const variant of ['single', 'threads']) {
    const page = await browser.newPage();
    await open(page, '#data=moons&samples=200&layers=32-relu,16-gelu', `?variant=${variant}`);
    await page.waitForSelector(`[data-variant=${variant}]`);
    await button(page, 'One epoch').click();
    weights.push(await fingerprint(page, 10));
    await page.close();
  }
  expect(weights[0]).toBe(weights[1]);
});

test('the page tells about the neurons that its networks consist of, and no others', async () => {
  const page = await browser.newPage();
  await open(page);
  const titles = await page.locator('model-card summary').allTextContents();
  const neurons = titles
    .map((title) => title.trim())
    .filter((title) => !title.startsWith('Circle'));
  expect(neurons).toHaveLength(2);
  expect(neurons.every((title) => title.startsWith('Leaky int'))).toBe(true);
  await page.close();
});
