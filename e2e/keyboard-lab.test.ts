// The network lab by keyboard alone: what its other tests do by mouse, done without one.

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { choose, chosenFile, focused, paste, press, saved, tabTo, type } from './keys.ts';
import { count, fingerprint, message, open } from './laboratory.ts';
import { visits } from './visit.ts';

let browser: Browser;
let page: Page;

visits(
  (visit) => {
    ({ browser, page } = visit);
  },
  { quiet: true },
);

const SMALL = '#data=moons&samples=100&layers=4-tanh&seed=3';
const within = { timeout: 45_000 };

const flowers = [
  'petal length,petal width,species',
  ...Array.from({ length: 30 }, (_, row) =>
    row % 2 ? `4.${row},1.3,versicolor` : `1.${row},0.2,setosa`,
  ),
].join('\n');

test('five seeds are run, called off, and run to their end', async () => {
  await open(page, '#data=gauss&samples=100&layers=4-tanh');
  await tabTo(page, /^INPUT Epochs/);
  await type(page, '500');
  await press(page, /^BUTTON Run five seeds/);
  // Where it was started it is called off.
  await expect.poll(() => focused(page)).toMatch(/^BUTTON Cancel/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^BUTTON Run five seeds/);
  await tabTo(page, /^INPUT Epochs/, 'Shift+Tab');
  await type(page, '2');
  await press(page, /^BUTTON Run five seeds/);
  const rows = page.locator('seed-sweep dd.number');
  await expect.poll(() => rows.count(), within).toBeGreaterThan(1);
  await expect.poll(() => rows.nth(1).textContent(), within).toMatch(/%.*%/);
  await expect.poll(() => page.locator('seed-sweep circle').count(), within).toBe(10);
});

test('a fair match is chosen, and its numbers follow', async () => {
  await open(page, '#data=moons&samples=100&layers=32-tanh,32-tanh');
  const numbers = page.locator('[data-fair]');
  expect(await numbers.textContent()).toMatch(/32, 32 units over 25 time steps/);
  await tabTo(page, /^SELECT Equal in/);
  await choose(page, 'operations');
  await expect.poll(() => numbers.textContent()).toMatch(/32, 32 units over 16 time steps/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toContain('fair=time');
  await expect.poll(() => numbers.textContent()).toMatch(/\b[4-8], [4-8] units over 25 time steps/);
});

test('rows are pasted, refused, mended and learned; a file is chosen', async () => {
  await open(page, SMALL);
  await tabTo(page, /^INPUT Moons/);
  for (let set = 0; set < 12; set += 1) {
    if (/^INPUT Table/.test(await focused(page))) break;
    await page.keyboard.press('ArrowRight');
  }
  await tabTo(page, /^TEXTAREA/);
  await paste(page, `${flowers}\n1.0,wide,setosa`);
  await press(page, /^BUTTON Use these rows/);
  await expect.poll(() => message(page)).toMatch(/line 32, column 2/i);
  await tabTo(page, /^TEXTAREA/, 'Shift+Tab');
  await page.keyboard.press('ControlOrMeta+A');
  await paste(page, flowers);
  await press(page, /^BUTTON Use these rows/);
  await expect.poll(() => page.url()).toContain('data=table');
  await fingerprint(page, 0);
  await press(page, /^BUTTON One batch$/);
  const pasted = await fingerprint(page, 1);

  await press(page, /^BUTTON New seed/);
  expect(await fingerprint(page, 0)).not.toBe(pasted);
  await tabTo(page, /^BUTTON Choose a file/);
  await chosenFile(page, 'flowers.csv', flowers.replaceAll(',0.2,', ',0.3,'));
  await page.locator('table-drop').getByText('flowers.csv').waitFor();
  await press(page, /^BUTTON One batch$/);
  await fingerprint(page, 1);
});

test('layers and units are added, changed and taken away, in the list and on the columns', async () => {
  await open(page, '#samples=100&layers=3-tanh');
  const layers = (wanted: string) =>
    expect.poll(() => page.url()).toMatch(new RegExp(`layers=${wanted}(&|$)`));
  await press(page, /^BUTTON One unit more in layer 1/);
  await layers('4-tanh');
  await press(page, /^BUTTON One unit fewer in layer 1/, 'Shift+Tab');
  await layers('3-tanh');
  await tabTo(page, /^SELECT Activation of layer 1/);
  await choose(page, 'relu');
  await layers('3-relu');
  await press(page, /^BUTTON Add a layer/);
  await layers('3-relu,3-relu');
  await tabTo(page, /^INPUT Units of layer 2/, 'Shift+Tab');
  await type(page, '5');
  await layers('3-relu,5-relu');
  await press(page, /^BUTTON Remove layer 1/, 'Shift+Tab');
  await layers('5-relu');
  await tabTo(page, /^SELECT Optimiser/);
  await choose(page, 'momentum');
  await expect.poll(() => page.url()).toContain('optimiser=momentum');

  await press(page, /^BUTTON Add a unit to layer 1/);
  await layers('6-relu');
  await press(page, /^BUTTON Take a unit from layer 1/, 'Shift+Tab');
  await layers('5-relu');
  await press(page, /^BUTTON Add a hidden layer/, 'Shift+Tab');
  await layers('5-relu,5-relu');
  await press(page, /^BUTTON Remove the last hidden layer/, 'Shift+Tab');
  await layers('5-relu');
});

test('an experiment is saved as a file, and opened again', async () => {
  await open(page, SMALL);
  await page.keyboard.press('e');
  const weights = await fingerprint(page, 5);
  await press(page, /^BUTTON Share/);
  await tabTo(page, /^BUTTON Save a file/);
  const { name, bytes } = await saved(page);
  expect(name).toBe('moons-5.cajal');
  await page.keyboard.press('Escape');
  await press(page, /^BUTTON New seed/);
  expect(await fingerprint(page, 0)).not.toBe(weights);
  await press(page, /^BUTTON Share/, 'Shift+Tab');
  await tabTo(page, /^BUTTON Open a file/);
  await chosenFile(page, 'mine.cajal', bytes);
  expect(await fingerprint(page, 5)).toBe(weights);
  expect(await message(page)).toMatch(/mine.cajal is open/);
  await expect.poll(() => focused(page)).toMatch(/^BUTTON Share/);
  await press(page, /^BUTTON Dismiss/);
  await expect.poll(() => page.locator('message-bar li').count()).toBe(0);
});

test('a link with weights is made, opened, and its run repeated; one without is stopped', async () => {
  await open(page, SMALL);
  await press(page, /^BUTTON One sample/);
  const weights = await fingerprint(page, 1);
  await press(page, /^BUTTON Share/, 'Shift+Tab');
  await tabTo(page, /^INPUT Link/);
  const link = () => page.getByRole('dialog').getByLabel('Link').inputValue();
  const long = await link();
  await tabTo(page, /^INPUT .*weights/i);
  await page.keyboard.press(' ');
  await expect.poll(async () => (await link()).length).toBeLessThan(long.length);
  const short = await link();

  const context = await browser.newContext();
  const there = await context.newPage();
  await there.goto(long);
  await expect.poll(() => message(there)).toMatch(/brought its weights/);
  await press(there, /^BUTTON Train it again from the start/);
  await expect.poll(() => message(there)).toMatch(/The same bits/);
  expect(await fingerprint(there, 1)).toBe(weights);

  await there.goto('about:blank');
  await there.goto(short.replace('at=1', 'at=100000').replace(/&(hash|log)=[^&]*/g, ''));
  await press(there, /^BUTTON Stop/);
  await press(there, /^BUTTON Go on/);
  const stopped = await count(there, 'step');
  await expect.poll(() => count(there, 'step')).toBeGreaterThan(stopped);
  await press(there, /^BUTTON Pause/);
  await context.close();
});

test('speed is chosen, and runs on the shelf are taken as a table and put away', async () => {
  await open(page, SMALL);
  await tabTo(page, /^SELECT Speed/);
  await page.keyboard.press('End');
  await expect.poll(() => page.url()).toContain('speed=1');
  await press(page, /^BUTTON One epoch/, 'Shift+Tab');
  await fingerprint(page, 5);
  await press(page, /^BUTTON Pin this run/);
  const runs = page.locator('run-shelf li');
  await expect.poll(() => runs.count()).toBe(1);
  await tabTo(page, /^BUTTON Curves as CSV/);
  const { bytes } = await saved(page);
  expect(bytes.toString()).toMatch(/^run,seed,network,step,/);
  await press(page, /^BUTTON Remove Run 1/, 'Shift+Tab');
  await expect.poll(() => runs.count()).toBe(0);
});

test('the way back of one example is gone through stage by stage', async () => {
  await open(page, SMALL);
  await press(page, /^BUTTON Backpropagation, step by step/);
  const microscope = page.locator('[data-stage]');
  await tabTo(page, /^INPUT Stage/);
  const ways: (string | null)[] = [];
  for (let stage = 0; stage < 5; stage += 1) {
    await page.keyboard.press('ArrowRight');
    ways.push(await microscope.getAttribute('data-stage'));
  }
  expect(ways).toEqual(['forward', 'forward', 'loss', 'backward', 'backward']);
  await press(page, /^BUTTON One stage back/, 'Shift+Tab');
  await expect.poll(() => microscope.getAttribute('data-place')).toBe('4');
});

test('a loss that is no number is left behind', async () => {
  await open(page, '#data=plane&layers=8-linear,8-linear&optimiser=sgd&lr=10');
  await page.keyboard.press(' ');
  await page.locator('divergence-notice [role=alert]').waitFor(within);
  await press(page, /^BUTTON Restore the last good weights/);
  await page.locator('divergence-notice [role=alert]').waitFor({ state: 'detached' });
  // It was put back, and can be saved and trained on.
  await page.getByRole('button', { name: 'Play' }).waitFor();
  const step = await count(page, 'step');
  await fingerprint(page, step);
});

test('digits are chosen among the sets, and both networks are told what they misread', async () => {
  await open(page, SMALL);
  await tabTo(page, /^INPUT Moons/);
  for (let set = 0; set < 12; set += 1) {
    if (/^INPUT MNIST/.test(await focused(page))) break;
    await page.keyboard.press('ArrowRight');
  }
  await expect.poll(() => page.url(), within).toContain('data=mnist');
  await expect
    .poll(() => page.locator('footer').textContent(), within)
    .toContain('60,000 examples to train, 10,000 to test');
  await press(page, /^BUTTON One batch$/);
  await expect.poll(() => count(page, 'step'), within).toBe(1);
  await page.locator('misread-gallery img[src^="data:image/png"]').first().waitFor(within);
});

test('a visit that is reopened is begun afresh', async () => {
  const context = await browser.newContext();
  const first = await context.newPage();
  await open(first, SMALL);
  await first.keyboard.press('b');
  await fingerprint(first, 1);
  await first.waitForTimeout(500);
  await first.close();
  const again = await context.newPage();
  await again.goto(address);
  await fingerprint(again, 1);
  await press(again, /^BUTTON Start afresh/);
  await expect.poll(() => again.url()).toContain('data=circle');
  await fingerprint(again, 0);
  await context.close();
});

test('what is taken from a plot is a file of numbers or a picture', async () => {
  await open(page, SMALL);
  await press(page, /^BUTTON Loss: data and picture/);
  for (const kind of ['CSV', 'SVG', 'PNG']) {
    await tabTo(page, new RegExp(`^BUTTON ${kind}$`));
    const { name, path } = await saved(page);
    expect(name).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
    expect((await readFile(path)).length).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toMatch(/^BUTTON Loss: data and picture/);
    await page.keyboard.press('Enter');
  }
});
