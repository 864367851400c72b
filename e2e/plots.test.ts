// Every plot of every room gives its numbers and itself away.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { button, fingerprint, open } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;

visits(
  (visit) => {
    ({ page } = visit);
  },
  { quiet: true },
);

/** Takes all that a plot gives; the names of its columns. */
async function taken(plot: string, at = 0): Promise<string> {
  const menu = page.locator(`${plot} plot-menu`).nth(at);
  const opener = menu.locator('.opener');
  let header = '';
  for (const kind of ['CSV', 'SVG', 'PNG']) {
    // Opened by keyboard: a menu in a corner is seen once it has the focus.
    await opener.focus();
    await page.keyboard.press('Enter');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      menu.getByRole('button', { name: kind, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
    const content = await readFile(await download.path());
    if (kind === 'CSV') {
      const rows = content.toString().trimEnd().split('\n');
      expect(rows.length, `${plot}: rows`).toBeGreaterThan(1);
      expect(rows[1], `${plot}: numbers`).toMatch(/\d/);
      header = rows[0] ?? '';
    }
    if (kind === 'SVG') {
      expect(content.toString()).toMatch(/^<svg .*<title>.+<\/title><desc>.+<\/desc>.*<\/svg>\n$/s);
    }
    if (kind === 'PNG') {
      expect(content.subarray(1, 4).toString()).toBe('PNG');
      expect(content.length, `${plot}: pixels`).toBeGreaterThan(1000);
    }
    await page.keyboard.press('Escape');
  }
  return header;
}

test('of the network lab', async () => {
  await open(page, '#data=xor&samples=80&layers=6-tanh&seed=3');
  await button(page, 'One epoch').click();
  await fingerprint(page, 4);
  expect(await taken('curve-plot')).toBe(
    'run,seed,network,step,train_loss,test_loss,train_accuracy,test_accuracy',
  );
  expect(await taken('decision-surface')).toBe('what,x,y,value');
  expect(await taken('raster-plot')).toBe('time_ms,unit');
  expect(await taken('confusion-matrix')).toMatch(/^truth,/);
  expect(await taken('network-view .legend')).toBe('network,layer,from,to,value');
  await page.getByRole('button', { name: 'Run five seeds' }).click();
  await page.locator('seed-sweep plot-menu').waitFor({ timeout: 60_000 });
  expect(await taken('seed-sweep')).toBe('seed,artificial_accuracy,spiking_accuracy');
  await page.locator('[data-picture=artificial] [data-layer="0"][data-unit]').first().click();
  await page.locator('function-plot plot-menu').first().waitFor();
  expect(await taken('function-plot')).toMatch(/^Weighted sum,/);
});

test('of units that are too many to draw, and of a gradient in time', async () => {
  await open(page, '#samples=80&layers=16-tanh,3-tanh');
  await button(page, 'One batch').click();
  await fingerprint(page, 1);
  expect(await taken('unit-grid', 0)).toMatch(/^unit,answer_0,answer_1,/);
  expect(await taken('unit-grid', 1)).toMatch(/^unit,answer_0,answer_1,/);
  await button(page, 'Backpropagation, step by step').click();
  const place = page.locator('[data-stage]').getByRole('slider');
  await place.focus();
  await page.keyboard.press('End');
  await page.locator('time-gradient plot-menu').waitFor({ state: 'attached' });
  expect(await taken('time-gradient')).toBe('time_ms,spike,potential,surrogate,error,flow');
});

test('of pictures: what units answer, and what the networks see of a drawn digit', async () => {
  await open(page, '#data=mnist&layers=16-relu');
  expect(await taken('unit-grid')).toBe('unit,answer');
  await button(page, 'Draw a digit').click();
  const pad = page.locator('canvas.pad');
  await pad.focus();
  await page.keyboard.press(' ');
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.locator('digit-pad plot-menu').waitFor({ timeout: 60_000 });
  expect(await taken('digit-pad')).toMatch(/^row,column_1,.*,column_28$/);
});

test('of the neuron bench', async () => {
  await page.goto(`${address}#room=neuron-bench&n=hodgkin-huxley`);
  await page.locator('[data-curve=done]').waitFor({ timeout: 60_000 });
  expect(await taken('trace-stack line-plot', 0)).toMatch(/^Time \(ms\),/);
  expect(await taken('trace-stack line-plot', 1)).toMatch(/^Time \(ms\),V \(mV\)/);
  expect(await taken('[data-curve] line-plot')).toMatch(/settled,first interval$/);
  expect(await taken('plane-plot')).toMatch(/^curve,/);
  const clamp = 'close-view:not([about]) section:last-of-type line-plot';
  expect(await taken(clamp)).toMatch(/^Time \(ms\),−45.mV,/);
});

test('of two half-centres that take turns', async () => {
  await page.goto(`${address}#room=circuit-bench&c=half-centre&speed=0`);
  await page.locator('turns-view [data-figure=period]:not([data-value=""])').waitFor();
  await page.keyboard.press(' ');
  expect(await taken('turns-view line-plot', 0)).toBe('Time (s),left,right');
  expect(await taken('turns-view line-plot', 1)).toBe(
    'Time (s),left,right,the silent side escapes',
  );
});

test('of what a circuit stands for', async () => {
  await page.goto(`${address}#room=circuit-bench&c=ring-attractor&speed=0`);
  await page.locator('reading-view').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  await page.keyboard.press(' ');
  expect(await taken('reading-view', 0)).toBe('Place (°),Spikes');
  expect(await taken('reading-view', 1)).toMatch(/^Time \(s\),/);
});

test('of the circuit bench, and of the digit learner after it', async () => {
  await page.goto(`${address}#room=circuit-bench&c=brunel~scale:0.1`);
  await page.locator('spike-raster plot-menu').waitFor({ state: 'attached' });
  await page.waitForTimeout(3000);
  await page.keyboard.press(' ');
  expect(await taken('spike-raster')).toBe('time_ms,population,row');
  expect(await taken('rate-plots line-plot', 0)).toMatch(/^Time \(ms\),/);
  expect(await taken('rate-plots line-plot', 1)).toMatch(/^Frequency \(Hz\),/);
  expect(await taken('state-map-plot')).toMatch(/^state,/);
  expect(await taken('weight-plot')).toBe('from,to,low,high,synapses');
  await page.getByRole('link', { name: 'Digit learner' }).click();
  await page.locator('digit-learner-room').waitFor();
  await button(page, 'Play').click();
  await expect
    .poll(() => page.locator('digit-raster plot-menu').count(), { timeout: 60_000 })
    .toBeGreaterThan(1);
  await page.locator('accuracy-view plot-menu').waitFor({ state: 'attached', timeout: 60_000 });
  await button(page, 'Pause').click();
  expect(await taken('digit-raster', 0)).toBe('time_ms,neuron');
  expect(await taken('present-view digit-picture')).toMatch(/^row,column_1,.*,column_28$/);
  expect(await taken('neuron-close digit-picture')).toMatch(/^row,column_1,.*,column_28$/);
  expect(await taken('field-mosaic')).toMatch(/^neuron,digit,weight_0,/);
  expect(await taken('digit-bars', 0)).toMatch(/^digit,/);
  expect(await taken('accuracy-view')).toMatch(/digits seen/i);
});
