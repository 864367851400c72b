import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, complaints, launch } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The variant of the engine that the page says it runs. */
async function variant(page: Page): Promise<string | null> {
  const engine = page.locator('[data-variant]');
  await engine.waitFor();
  return engine.getAttribute('data-variant');
}

/** Serves the page as a host does that sets no headers of isolation. */
async function withoutIsolation(page: Page): Promise<void> {
  await page.route(
    (url) => url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    },
  );
}

test('an isolated page can run the variant with threads', async () => {
  const page = await browser.newPage();
  const said = complaints(page);
  await page.goto(`${address}?variant=threads`);
  expect(await variant(page)).toBe('threads');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(said).toEqual([]);
  await page.close();
});

test('a page without isolation runs the variant without, whatever is wished', async () => {
  const page = await browser.newPage();
  const said = complaints(page);
  await withoutIsolation(page);
  await page.goto(`${address}?variant=threads`);
  expect(await variant(page)).toBe('single');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(said).toEqual([]);
  await page.close();
});
