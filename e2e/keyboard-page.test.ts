// What belongs to the page as a whole, by keyboard alone: the front door, rooms, language, look and plots.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { choose, focused, press, saved, tabTo } from './keys.ts';
import { visits } from './visit.ts';

let page: Page;

visits(
  (visit) => {
    ({ page } = visit);
  },
  { quiet: true },
);

const within = { timeout: 60_000 };

test('it is guessed, answered, and seen once more from other weights', async () => {
  await page.goto(address);
  await tabTo(page, /^INPUT Yes/);
  await page.keyboard.press('Space');
  await tabTo(page, /^INPUT Fewer/);
  await page.keyboard.press('Space');
  for (let choice = 0; choice < 3; choice += 1) await page.keyboard.press('ArrowDown');
  await press(page, /^BUTTON Let them learn/);
  const answer = page.locator('answer-view h2');
  await answer.waitFor(within);
  const first = await page.locator('cost-table table').textContent();
  await press(page, /^BUTTON Once more/);
  await expect.poll(() => page.locator('.passes').textContent()).toContain('Seed\u00a02');
  await answer.waitFor(within);
  await expect.poll(() => page.locator('cost-table table').textContent()).not.toBe(first);
  await expect.poll(() => focused(page)).toMatch(/^H2/);
});

test('every room is entered from the front door and from the head, and left again', async () => {
  await page.goto(address);
  const rooms = ['Network lab', 'Neuron bench', 'Circuit bench', 'Digit learner'];
  const head = page.locator('page-header a[aria-current]');
  for (const room of rooms) {
    await press(page, new RegExp(`^A ${room}.`));
    await expect.poll(() => head.textContent(), within).toContain(room);
    await press(page, /^A Cajal/);
    await page.locator('guess-form').waitFor(within);
  }
  for (const room of rooms) {
    await press(page, new RegExp(`^A ${room}$`));
    await expect.poll(() => head.textContent(), within).toContain(room);
  }
});

test('the language is chosen, in place, and the focus stays', async () => {
  await page.goto(`${address}?lang=en#room=network`);
  await page.locator('[data-fingerprint]').waitFor(within);
  await tabTo(page, /^SELECT Language/);
  await choose(page, 'es');
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('es');
  await expect.poll(() => focused(page)).toMatch(/^SELECT Idioma/);
  await press(page, /^BUTTON Entrenar/);
  await press(page, /^BUTTON Pausa/);
  await tabTo(page, /^SELECT Idioma/, 'Shift+Tab');
  await choose(page, 'en');
  await expect.poll(() => focused(page)).toMatch(/^SELECT Language/);
});

test('the look is chosen, and the focus stays', async () => {
  await page.goto(address);
  await page.locator('guess-form').waitFor(within);
  const theme = () => page.locator('html').getAttribute('data-theme');
  await tabTo(page, /^SELECT Look/);
  for (const look of ['dark', 'projector', 'light']) {
    await choose(page, look);
    await expect.poll(theme).toBe(look);
    expect(await focused(page)).toMatch(/^SELECT Look/);
  }
});

/** Something to see in every plot. */
const PLOTS: [name: string, hash: string, ready: string][] = [
  ['network lab', '#data=xor&samples=80&layers=6-tanh&seed=3', '[data-fingerprint]'],
  ['neuron bench', '#room=neuron-bench&n=hodgkin-huxley', '[data-curve=done]'],
  ['circuit bench', '#room=circuit-bench&c=brunel~scale:0.1', 'spike-raster plot-menu'],
  ['digit learner', '#room=digit-learner', 'field-mosaic plot-menu'],
];

test.each(PLOTS)(
  'every plot of the %s is reached, and gives its numbers',
  async (_, hash, ready) => {
    await page.goto(`${address}${hash}`);
    await page
      .locator(ready)
      .first()
      .waitFor({ state: 'attached', ...within });
    await page.waitForTimeout(1500);
    if (hash.includes('circuit')) await page.keyboard.press(' ');
    if (hash.includes('digit')) {
      await page.keyboard.press(' ');
      await page.locator('accuracy-view plot-menu').waitFor({ state: 'attached', ...within });
      await page.keyboard.press(' ');
      await page.waitForTimeout(500);
    }
    const plots = await page.locator('plot-menu').count();
    const reached = new Set<string>();
    let files = 0;
    for (let tab = 0; tab < 160; tab += 1) {
      await page.keyboard.press('Tab');
      const at = await focused(page);
      if (!at.endsWith(': data and picture')) continue;
      if (reached.has(at)) break;
      reached.add(at);
      await page.keyboard.press('Enter');
      await tabTo(page, /^BUTTON CSV$/);
      const { name, bytes } = await saved(page);
      expect(name).toMatch(/\.csv$/);
      expect(bytes.toString().trimEnd().split('\n').length, at).toBeGreaterThan(1);
      files += 1;
      await page.keyboard.press('Escape');
      await expect.poll(() => focused(page)).toBe(at);
    }
    expect(files).toBe(plots);
  },
);
