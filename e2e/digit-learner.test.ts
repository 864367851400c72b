// The room in which a spiking network learns digits, as a visitor uses it.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { button, message } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;

visits(
  (visit) => {
    ({ page } = visit);
  },
  { quiet: true, height: 1000 },
);

async function enter(hash = '#room=digit-learner'): Promise<void> {
  await page.goto(`${address}${hash}`);
  await button(page, 'Play').and(page.locator(':enabled')).waitFor({ timeout: 60_000 });
}

async function figure(name: string, attribute = 'data-value'): Promise<number> {
  const at = page.locator(`accuracy-view [data-figure=${name}]`);
  return Number(await at.getAttribute(attribute));
}

const workers = () => page.workers().filter((worker) => worker.url().includes('worker.js')).length;

test('it learns: from chance to most of them right, and what it knows it shows', async () => {
  await enter();
  await button(page, 'Play').click();
  await expect.poll(() => figure('shown'), { timeout: 60_000 }).toBeGreaterThan(600);
  await button(page, 'Pause').click();
  await button(page, 'Play').waitFor();
  // Of ten digits one is right by chance; the whole interval is far above.
  expect(await figure('accuracy', 'data-low')).toBeGreaterThan(0.3);
  const mosaic = page.locator('field-mosaic canvas');
  await expect.poll(() => mosaic.getAttribute('aria-label')).toMatch(/1: [1-9]/);
  expect(await page.locator('present-view h2').textContent()).toMatch(/Training digit \d/);

  // A neuron is chosen by the mosaic, by click and by key.
  await mosaic.click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toContain('neuron=22');
  expect(await page.locator('neuron-close section').textContent()).toMatch(/\d\s*mV/);

  // Held still it is asked test digits, and learns nothing from them.
  const shown = await figure('shown');
  await page.getByRole('checkbox', { name: 'Learning' }).uncheck();
  await button(page, 'One digit').click();
  await page.getByRole('heading', { name: /^Test digit 1, a 7/ }).waitFor();
  expect(await figure('shown')).toBe(shown);
  await expect.poll(() => page.url()).toContain('learning=off');

  // A drawn 1 is read, and it is a 1 to a network that has seen some.
  const pad = page.locator('drawing-pad canvas');
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.15);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.85, { steps: 8 });
  await page.mouse.up();
  const drawn = page.locator('learner-controls [data-drawn]');
  await expect.poll(() => drawn.getAttribute('data-drawn')).toBe('1');
  await button(page, 'Clear').click();
  await expect.poll(() => drawn.getAttribute('data-drawn')).toBe('');

  // Leaving ends the worker; the way back begins anew and says so.
  const before = workers();
  await page.getByRole('link', { name: 'Neuron bench' }).click();
  await page.locator('[data-neuron]').first().waitFor();
  await expect.poll(workers).toBe(before);
  await page.goBack();
  expect(await message(page)).toMatch(/It ended when you left the room/);
  await button(page, 'Play').and(page.locator(':enabled')).waitFor({ timeout: 60_000 });
  expect(await figure('shown')).toBe(0);
});

test('the same seed learns the same, and another one does not', async () => {
  const spikes = async (hash: string) => {
    await page.goto('about:blank');
    await enter(hash);
    for (let digit = 1; digit <= 3; digit += 1) {
      await button(page, 'One digit').click();
      await expect.poll(() => figure('shown')).toBe(digit);
    }
    return page.locator('present-view digit-raster figcaption').allTextContents();
  };
  const first = await spikes('#room=digit-learner&seed=3');
  expect(first).toHaveLength(2);
  expect(first[0]).toMatch(/^[\d,]*\d{3} spikes in 500/);
  expect(await spikes('#room=digit-learner&seed=3')).toEqual(first);
  expect(await spikes('#room=digit-learner&seed=4')).not.toEqual(first);
});

test('all of it by keyboard: it plays, stops, and a digit is drawn', async () => {
  await enter();
  await page.keyboard.press(' ');
  await expect.poll(() => figure('shown')).toBeGreaterThan(5);
  await page.keyboard.press(' ');
  await button(page, 'Play').waitFor();
  await page.locator('drawing-pad canvas').focus();
  await page.keyboard.press(' ');
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect.poll(() => button(page, 'Clear').isEnabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Seed' }).fill('-3');
  await page.getByRole('textbox', { name: 'Seed' }).press('Enter');
  await page.getByText(/A seed is a whole number from 0/).waitFor();
});

test('what was done is undone and done again, by mouse and by keyboard', async () => {
  await enter('#room=digit-learner&seed=5');
  const undo = page.locator('[data-edit=undo]');
  const redo = page.locator('[data-edit=redo]');
  expect(await undo.isDisabled()).toBe(true);

  // A stroke by mouse, and the button that takes it back.
  const box = await page.locator('drawing-pad canvas').boundingBox();
  if (!box) throw new Error('no pad');
  for (const x of [0.3, 0.6]) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.8, { steps: 4 });
    await page.mouse.up();
  }
  const ink = () =>
    page.locator('drawing-pad').evaluate((pad) => {
      const { pixels } = pad as HTMLElement & { pixels?: Float32Array };
      return Math.round(pixels?.reduce((sum, pixel) => sum + pixel, 0) ?? 0);
    });
  const both = await ink();
  expect(await undo.getAttribute('aria-label')).toBe('Undo: stroke');
  await undo.click();
  const one = await ink();
  expect(one).toBeLessThan(both);
  expect(one).toBeGreaterThan(0);
  await redo.click();
  await expect.poll(ink).toBe(both);
  await button(page, 'Clear').click();
  await page.keyboard.press('Control+z');
  await expect.poll(ink).toBe(both);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(ink).toBe(0);

  // Another seed is another network; what the first one had learned is learned again on wish.
  const learning = page.getByRole('checkbox', { name: 'Learning' });
  await learning.uncheck();
  await page.keyboard.press('Control+z');
  await expect.poll(() => learning.isChecked()).toBe(true);
  await button(page, 'Play').click();
  await expect.poll(() => figure('shown')).toBeGreaterThan(20);
  await button(page, 'Pause').click();
  await button(page, 'Play').waitFor();
  const shown = await figure('shown');
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect.poll(() => figure('shown')).toBe(0);
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.url()).toContain('seed=5');
  expect(await message(page)).toMatch(/seed 5 had learned from \d+ digits was not kept/);
  await button(page, 'Learn it again').click();
  await expect.poll(() => figure('shown'), { timeout: 30_000 }).toBe(shown);
  await button(page, 'Play').waitFor();
  await page.keyboard.press('Control+y');
  await expect.poll(() => page.url()).toContain('seed=6');
});

test('what the address has wrong is refused with its reason', async () => {
  await enter('#room=digit-learner&seed=many');
  expect(await message(page)).toMatch(/seed is “many”, which is not a number/);
  expect(await page.locator('[data-not-biological]').textContent()).toContain('Labels');
});

test.each([320, 390, 768, 1024, 1440, 2560])('nothing sticks out at %d pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await enter();
  await button(page, 'One digit').click();
  await expect.poll(() => figure('shown')).toBe(1);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(width);
});
