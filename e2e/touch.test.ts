// A visitor who has a telephone: 390 pixels, fingers and nothing else. No mouse, no key, and no address typed
// after the first.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { address, complaints, launch } from './browser.ts';
import { button, count, fingerprint } from './laboratory.ts';

const WIDTH = 390;
const within = { timeout: 45_000 };

let browser: Browser;
let page: Page;
let said: string[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  page = await context.newPage();
  said = complaints(page);
  // What only looks like fingers would pass by luck: no mouse may have had a part in it.
  await page.addInitScript(() => {
    const kinds = new Set<string>();
    Object.assign(window, { kinds });
    addEventListener('pointerdown', ({ pointerType }) => kinds.add(pointerType), true);
  });
});
afterEach(async () => {
  const kinds = await page.evaluate(() => [...(window as unknown as { kinds: string[] }).kinds]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.context().close();
  expect(kinds).toEqual(['touch']);
  expect(wide).toBeLessThanOrEqual(WIDTH);
  expect(said).toEqual([]);
});

/** A room of the head. */
const room = (name: string): Locator => page.getByRole('link', { name, exact: true }).first();

test('from the front door into the lab: a guess, some training, a unit of another kind', async () => {
  await page.goto(address);
  await page.getByText('Yes', { exact: true }).tap();
  await page.getByText('Ten times or more').tap();
  await button(page, 'Let them learn').tap();
  const answer = page.locator('answer-view h2');
  await answer.waitFor(within);
  expect(await answer.textContent()).toMatch(/^Yes: 9\d/);
  const verdicts = await page.locator('answer-view [data-guess]').allTextContents();
  expect(verdicts[0]).toContain('was right');

  await page.getByRole('link', { name: 'Open this experiment in the lab' }).tap();
  await expect.poll(() => page.url()).toContain('layers=32-relu,32-relu');
  const untrained = await fingerprint(page, 0);
  await button(page, 'Play').tap();
  await expect.poll(() => count(page, 'step'), within).toBeGreaterThan(20);
  await button(page, 'Pause').tap();
  await button(page, 'Play').waitFor();
  const trained = () => page.locator('[data-fingerprint]').getAttribute('data-fingerprint');
  await expect.poll(trained).not.toBe(untrained);

  const unit = page.locator('[data-picture=artificial] button[data-layer="0"][data-unit]').first();
  await unit.tap();
  const inspector = page.locator('[data-inspector]');
  const kinds = inspector.locator('select[data-kind]');
  await kinds.tap();
  // The list itself is the telephone's own.
  await kinds.selectOption('izhikevich');
  await expect.poll(() => unit.getAttribute('data-kind')).toBe('izhikevich');
  const before = await count(page, 'step');
  await button(page, 'One batch').tap();
  await expect.poll(() => count(page, 'step')).toBe(before + 1);
});

test('in the circuit bench: it is stopped and run, a group is touched and silenced', async () => {
  await page.goto(address);
  await room('Circuit bench').tap();
  await page.locator('circuit-transport [data-built="cuba"]').waitFor(within);
  const time = async () =>
    Number(await page.locator('circuit-transport [data-figure=time]').getAttribute('data-value'));
  await expect.poll(time, within).toBeGreaterThan(200);
  await button(page, 'Pause').tap();
  await button(page, 'Play').waitFor();
  await page.waitForTimeout(300);
  const stopped = await time();
  await page.waitForTimeout(300);
  expect(await time()).toBe(stopped);
  await button(page, 'Play').tap();
  await expect.poll(time, within).toBeGreaterThan(stopped + 100);

  // A finger that is drawn over the raster scrolls the page; one that taps takes a population.
  const canvas = page.locator('spike-raster canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no raster');
  await canvas.tap({ position: { x: box.width / 2, y: box.height * 0.3 } });
  await expect.poll(() => page.url()).toContain('rows=0-3200');
  await canvas.tap({ position: { x: box.width / 2, y: box.height * 0.3 } });
  await expect.poll(() => page.url()).not.toContain('rows=');
  await canvas.tap({ position: { x: box.width / 2, y: box.height * 0.85 } });
  await expect.poll(() => page.url()).toContain('rows=3200-4000');
  await button(page, 'Silence').tap();
  const brushes = () =>
    page.evaluate(() => {
      const room = document.querySelector('circuit-bench-room')?.shadowRoot;
      const raster = room?.querySelector('spike-raster') as unknown as {
        brushes: { kind: string }[];
      };
      return raster.brushes.map(({ kind }) => kind);
    });
  await expect.poll(brushes).toContain('silenced');
});
