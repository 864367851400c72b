// A visitor trains the twins: they learn, go back, start over, and are the same every time.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { button, command, count, figure, fingerprint, message, open } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;
let said: string[];

visits((visit) => {
  ({ page, said } = visit);
});

/** The step once the counter, which follows by a moment, stands still. */
async function settled(): Promise<number> {
  let step = -1;
  await expect
    .poll(
      async () => {
        const before = step;
        step = await count(page, 'step');
        return step === before;
      },
      { interval: 300 },
    )
    .toBe(true);
  return step;
}

test('both networks learn the spiral, and both are drawn', async () => {
  await open(page, '#data=spiral&layers=16-tanh,16-tanh&lr=0.01');
  // One network is evaluated after the other, and a picture may come in between.
  await expect.poll(() => figure(page, 'artificial', 'loss')).toBeGreaterThan(0);
  await expect.poll(() => figure(page, 'spiking', 'loss')).toBeGreaterThan(0);
  const before = {
    artificial: await figure(page, 'artificial', 'loss'),
    spiking: await figure(page, 'spiking', 'loss'),
  };
  await button(page, 'Play').click();
  const within = { timeout: 45_000 };
  await expect
    .poll(() => figure(page, 'artificial', 'loss'), within)
    .toBeLessThan(before.artificial * 0.4);
  await expect
    .poll(() => figure(page, 'spiking', 'loss'), within)
    .toBeLessThan(before.spiking * 0.8);
  await button(page, 'Pause').click();
  await button(page, 'Play').waitFor();
  await page.locator('[data-fingerprint]').waitFor();
  // The counter follows by a moment, and then stands still.
  await page.waitForTimeout(500);
  const step = await count(page, 'step');
  await page.waitForTimeout(500);
  expect(await count(page, 'step')).toBe(step);
  expect(await count(page, 'rate')).toBeGreaterThan(0);
  for (const plot of ['decision-surface', 'unit-grid', 'raster-plot', 'curve-plot']) {
    const picture = page.locator(`${plot} [role=img]`).first();
    // Descriptions follow calmly, so as not to be read aloud without end.
    await expect.poll(() => picture.getAttribute('aria-label'), { timeout: 5000 }).toMatch(/\d/);
  }
  expect(said).toEqual([]);
});

test('reset gives the same weights, another seed others, and an epoch is the same twice', async () => {
  await open(page, '#samples=100&batch=10');
  const start = await fingerprint(page, 0);
  await button(page, 'One epoch').click();
  const trained = await fingerprint(page, 5);
  expect(trained).not.toBe(start);
  await button(page, 'Reset to the same initial weights').click();
  expect(await fingerprint(page, 0)).toBe(start);
  await button(page, 'One epoch').click();
  expect(await fingerprint(page, 5)).toBe(trained);
  await button(page, 'New seed').click();
  await expect.poll(() => page.url()).toContain('seed=2');
  expect(await fingerprint(page, 0)).not.toBe(start);
});

test('one step a second is that, and leads to the same weights as full speed', async () => {
  await open(page, '#data=moons&samples=200&layers=4-tanh');
  const speed = page.getByLabel('Speed');
  await speed.focus();
  await page.keyboard.press('End');
  expect(await speed.inputValue()).toBe('1');
  await expect.poll(() => page.url()).toContain('speed=1');
  await button(page, 'Play').click();
  await expect.poll(() => count(page, 'step'), { interval: 20 }).toBe(1);
  const begin = performance.now();
  await expect.poll(() => count(page, 'step'), { interval: 20, timeout: 20_000 }).toBe(4);
  const seconds = (performance.now() - begin) / 1000;
  expect(seconds).toBeGreaterThan(2.5);
  expect(seconds).toBeLessThan(6);
  await button(page, 'Pause').click();
  await button(page, 'Play').waitFor();
  await page.locator('[data-fingerprint]').waitFor();
  const slow = await settled();
  const weights = await fingerprint(page, slow);

  await button(page, 'Reset to the same initial weights').click();
  await speed.selectOption('most');
  await button(page, 'Play').click();
  await expect.poll(() => count(page, 'step'), { timeout: 20_000 }).toBeGreaterThan(slow + 100);
  await button(page, 'Pause').click();
  await button(page, 'Play').waitFor();
  await page.locator('[data-fingerprint]').waitFor();
  await command(page, { type: 'back', batches: (await settled()) - slow });
  expect(await fingerprint(page, slow)).toBe(weights);
  expect(said).toEqual([]);
});

test('a batch back and a batch forward lead to the same weights', async () => {
  await open(page);
  const steps: string[] = [];
  for (let step = 1; step <= 3; step += 1) {
    await button(page, 'One batch').click();
    steps.push(await fingerprint(page, step));
  }
  await button(page, 'One batch back').click();
  expect(await fingerprint(page, 2)).toBe(steps[1]);
  await button(page, 'One batch').click();
  expect(await fingerprint(page, 3)).toBe(steps[2]);
  await button(page, 'One sample').click();
  await fingerprint(page, 4);
});

test('a step back brings back the settings of then', async () => {
  await open(page, '#data=moons&samples=200&layers=4-tanh&lr=0.02');
  const rate = page.getByRole('textbox', { name: 'Learning rate, exact value' });
  await button(page, 'One batch').click();
  await expect.poll(() => count(page, 'step')).toBe(1);
  await rate.fill('0.5');
  await rate.press('Enter');
  await button(page, 'One batch').click();
  await expect.poll(() => count(page, 'step')).toBe(2);
  expect(await rate.inputValue()).toBe('0.5');
  await command(page, { type: 'back', batches: 2 });
  await expect.poll(() => rate.inputValue()).toBe('0.02');
  await expect.poll(() => page.url()).toContain('lr=0.02');
});

test('a loss that is no number is explained, and the last good weights come back', async () => {
  const linear = '8-linear,8-linear';
  await open(page, `#data=plane&layers=${linear}&optimiser=sgd&lr=10`);
  await button(page, 'Play').click();
  const notice = page.locator('divergence-notice [role=alert]');
  await notice.waitFor({ timeout: 30_000 });
  expect(await notice.textContent()).toMatch(/layer/i);
  expect(await notice.textContent()).toMatch(/learning rate/i);
  await button(page, 'Restore the last good weights').click();
  await notice.waitFor({ state: 'detached' });
  await button(page, 'Play').waitFor();
});

test('a panic is told with its cause, and the experiment goes on where it was', async () => {
  await open(page, '#data=moons&seed=7&layers=5-relu');
  await button(page, 'One epoch').click();
  const step = 25;
  await fingerprint(page, step);
  await page.getByLabel('Learning rate, exact value').fill('0.02');
  await page.getByLabel('Learning rate, exact value').press('Enter');
  await expect.poll(() => page.url()).toContain('lr=0.02');
  const before = await fingerprint(page, step);
  const url = page.url();
  await command(page, { type: 'provokePanic' });
  await expect.poll(() => message(page)).toMatch(/panicked at/);
  expect(await fingerprint(page, step)).toBe(before);
  expect(page.url()).toBe(url);
  await button(page, 'One batch').click();
  await fingerprint(page, step + 1);
});

test('five seeds give an interval for both networks, and can be cancelled', async () => {
  await open(page, '#data=gauss&samples=100&layers=4-tanh');
  const epochs = page.locator('seed-sweep input');
  await epochs.fill('500');
  await epochs.blur();
  await button(page, 'Run five seeds').click();
  await button(page, 'Cancel').click();
  await epochs.fill('2');
  await epochs.blur();
  await button(page, 'Run five seeds').click();
  await button(page, 'Run five seeds').waitFor({ timeout: 45_000 });
  const rows = page.locator('seed-sweep dd.number');
  await expect.poll(() => rows.first().textContent()).toMatch(/%.*%/);
  expect(await rows.nth(1).textContent()).toMatch(/%.*%/);
  expect(await page.locator('seed-sweep circle').count()).toBe(10);
});
