// The stories by keyboard alone: no mouse, no finger, and the focus goes only where Tab leads.

import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { choose, focused, press, tabTo, type } from './keys.ts';
import { count, figure, fingerprint, LAB, message, type Network, open } from './laboratory.ts';
import { visits } from './visit.ts';

let browser: Browser;
let page: Page;

visits(
  (visit) => {
    ({ browser, page } = visit);
  },
  { quiet: true },
);

const SMALL = '#data=moons&samples=100&layers=4-tanh,3-tanh&seed=3';
const within = { timeout: 45_000 };

test('the twins are built and trained on the spiral', async () => {
  await open(page, LAB);
  await tabTo(page, /^INPUT Circle/);
  for (const set of ['xor', 'gauss', 'spiral']) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain(`data=${set}&`);
  }
  for (const layer of [1, 2]) {
    await tabTo(page, new RegExp(`^INPUT .*layer ${layer}`, 'i'));
    await type(page, '16');
  }
  await expect.poll(() => page.url()).toContain('layers=16-tanh,16-tanh');
  await fingerprint(page, 0);
  const before = {
    artificial: await figure(page, 'artificial', 'loss'),
    spiking: await figure(page, 'spiking', 'loss'),
  };
  await press(page, /^BUTTON Play/);
  await expect
    .poll(() => figure(page, 'artificial', 'loss'), within)
    .toBeLessThan(before.artificial * 0.4);
  await expect
    .poll(() => figure(page, 'spiking', 'loss'), within)
    .toBeLessThan(before.spiking * 0.8);
  expect(await focused(page)).toMatch(/Pause/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/Play/);
});

test('a digit is drawn, and both networks read it', async () => {
  await open(page, '#data=mnist&layers=128-relu&loss=cross-entropy&batch=32&lr=0.001');
  await page.keyboard.press(' ');
  await expect.poll(() => count(page, 'step'), within).toBeGreaterThan(500);
  await page.keyboard.press(' ');
  await press(page, /^BUTTON Draw a digit/);
  await tabTo(page, /^CANVAS .*pixels/);
  await page.keyboard.press(' ');
  for (let row = 0; row < 16; row += 1) await page.keyboard.press('ArrowDown');
  const answer = (network: Network) =>
    page.locator(`[data-reading=${network}]`).getAttribute('data-answer');
  await expect.poll(() => answer('artificial')).toBe('1');
  await expect.poll(() => answer('spiking')).toBe('1');
  await press(page, /^BUTTON Clear/);
  await expect.poll(() => page.locator('[data-reading]').count()).toBe(0);
});

test('a cell of the confusion shows its examples', async () => {
  await open(page, '#data=mnist&layers=32-relu&loss=cross-entropy&batch=32&lr=0.001');
  await page.keyboard.press(' ');
  await expect.poll(() => count(page, 'step'), within).toBeGreaterThan(200);
  await page.keyboard.press(' ');
  await page.locator('confusion-matrix').first().waitFor();
  await tabTo(page, /^TD /);
  for (const key of ['Control+Home', 'ArrowRight', 'ArrowDown', 'Enter']) {
    await page.keyboard.press(key);
  }
  const cell = page.locator('mistake-view [data-cell="11"]').first();
  await cell.waitFor(within);
  await expect
    .poll(() => page.locator('mistake-view [role=status]').first().textContent())
    .toContain('1 read as 1');
  await expect.poll(() => cell.locator('li').count()).toBe(6);
  for (const label of await cell.locator('.label').allTextContents()) {
    expect(label.replace(/\s/g, '')).toBe('1→1');
  }
  // Its examples are images that have ink in them.
  await expect
    .poll(() =>
      cell
        .locator('img')
        .evaluateAll((images) =>
          images.every((image) => (image as HTMLImageElement).naturalWidth === 28),
        ),
    )
    .toBe(true);
  await page.keyboard.press('Escape');
  await cell.waitFor({ state: 'detached' });
});

test('a neuron is swapped, lesioned and clamped, and a weight is written', async () => {
  await open(page, SMALL);
  const unit = page.locator('[data-picture=artificial] button[data-layer="1"][data-unit="0"]');
  await tabTo(page, /^BUTTON .*layer 1, unit 1|^BUTTON .*unit 1.*layer 1/i);
  await page.keyboard.press('ArrowRight');
  for (let row = 0; row < 3; row += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await tabTo(page, /^SELECT Kind/i);
  await choose(page, 'izhikevich');
  await expect.poll(() => unit.getAttribute('data-kind')).toBe('izhikevich');
  await tabTo(page, /^INPUT Lesion/);
  await page.keyboard.press(' ');
  await expect.poll(() => unit.getAttribute('data-state')).toBe('lesioned');
  await tabTo(page, /^INPUT Clamp at/);
  await page.keyboard.press(' ');
  await expect.poll(() => unit.getAttribute('data-state')).toBe('clamped');
  const before = await fingerprint(page, 0);
  await tabTo(page, /^INPUT Weight/);
  await type(page, '2.5');
  await expect.poll(() => fingerprint(page, 0)).not.toBe(before);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('[data-inspector]').count()).toBe(0);
  // The focus is back on the unit, and each of these edits can be taken back.
  await expect.poll(() => focused(page)).toMatch(/layer 2/i);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => fingerprint(page, 0)).toBe(before);
});

test('a batch forward and a batch back lead to the same weights', async () => {
  await open(page, SMALL);
  await press(page, /^BUTTON One batch$/);
  const first = await fingerprint(page, 1);
  await page.keyboard.press('Enter');
  const second = await fingerprint(page, 2);
  expect(second).not.toBe(first);
  await press(page, /^BUTTON One batch back/);
  expect(await fingerprint(page, 1)).toBe(first);
  await press(page, /^BUTTON One batch$/, 'Shift+Tab');
  expect(await fingerprint(page, 2)).toBe(second);
});

test('a link is made, and leads to the same bits elsewhere', async () => {
  await open(page, SMALL);
  await page.keyboard.press('e');
  const weights = await fingerprint(page, 5);
  await press(page, /^BUTTON .*Share/);
  // Without its weights the run is repeated, which is more to show.
  await tabTo(page, /^INPUT .*weights/i);
  await page.keyboard.press(' ');
  await tabTo(page, /^INPUT Link/, 'Shift+Tab');
  // What is marked there is what Ctrl+C would take.
  const url = await page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const { value, selectionStart, selectionEnd } = at as HTMLInputElement;
    return value.slice(selectionStart ?? 0, selectionEnd ?? 0);
  });
  expect(url).toContain('&at=5&hash=');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toMatch(/Share/);
  const context = await browser.newContext();
  const there = await context.newPage();
  await there.goto(url);
  await expect.poll(() => message(there), within).toMatch(/The same bits/);
  expect(await fingerprint(there, 5)).toBe(weights);
  await context.close();
});

test('two runs are pinned, named and compared', async () => {
  await open(page, SMALL);
  await page.keyboard.press('e');
  await fingerprint(page, 5);
  await press(page, /^BUTTON Pin this run/);
  const runs = page.locator('run-shelf li');
  await expect.poll(() => runs.count()).toBe(1);
  await tabTo(page, /^INPUT .*name/i);
  await type(page, 'slow');
  await tabTo(page, /^INPUT Learning rate, exact value/);
  await type(page, '0.1');
  await expect.poll(() => page.url()).toContain('lr=0.1');
  await press(page, /^BUTTON Reset/);
  await fingerprint(page, 0);
  await page.keyboard.press('e');
  await fingerprint(page, 5);
  await press(page, /^BUTTON Pin this run/);
  await expect.poll(() => runs.count()).toBe(2);
  await expect.poll(() => runs.first().textContent()).toMatch(/Learning rate/);
  const curve = page.locator('curve-plot [role=img]').first();
  await expect.poll(() => curve.getAttribute('aria-label')).toMatch(/slow/);
  await press(page, /^BUTTON .*slow/);
  await expect.poll(() => page.url()).not.toContain('lr=0.1');
});

test('Hodgkin and Huxley’s axon fires as its badge says', async () => {
  await open(page, LAB);
  await press(page, /^A Neuron bench/, 'Shift+Tab');
  await page.locator('trace-stack [data-neuron]').first().waitFor();
  await tabTo(page, /^SELECT Model/);
  await choose(page, 'hodgkin-huxley');
  await tabTo(page, /^INPUT Strength, exact value/);
  await type(page, '10');
  const rate = page.locator('close-view [data-figure=rate]');
  await expect.poll(() => rate.getAttribute('data-value'), within).toMatch(/^6[78]\./);
  const badge = page.locator('[data-reference^="rate at 10"]');
  const ours = Number(await badge.locator('[data-ours]').getAttribute('data-ours'));
  expect(Math.abs(ours - Number(await rate.getAttribute('data-value')))).toBeLessThan(0.05);
  // Of each figure its source opens.
  await press(page, /^SUMMARY Source/);
  await page.locator('badge-list details[open]', { hasText: 'Hodgkin' }).first().waitFor();
});

test('Brunel’s network is found and brought from state B to C, and a group is silenced', async () => {
  await page.goto(`${address}#room=circuit-bench`);
  const built = page.locator('circuit-transport [data-built]:not([data-built=""])');
  await built.waitFor();
  await press(page, /^BUTTON Other circuits/);
  await tabTo(page, /^BUTTON .*Brunel|^BUTTON .*four states/i);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('c=brunel');
  await built.waitFor();
  // A tenth of the neurons: what is tested here is the way, not the state.
  await tabTo(page, /^INPUT Size, exact value/);
  await type(page, '0.1');
  await tabTo(page, /^SELECT Preset/, 'Shift+Tab');
  await choose(page, 'fast-oscillation');
  await tabTo(page, /Place on the map/);
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowDown');
  const preset = page.getByLabel('Preset', { exact: true });
  await expect.poll(() => preset.inputValue()).toBe('asynchronous');

  await tabTo(page, /^DIV .*(rows|neurons|raster)/i);
  await page.keyboard.press('PageDown');
  await expect.poll(() => page.url()).toMatch(/rows=\d+-\d+/);
  await press(page, /^BUTTON Silence/);
  const kinds = () =>
    page.evaluate(() => {
      const room = document.querySelector('circuit-bench-room')?.shadowRoot;
      const raster = room?.querySelector('spike-raster') as unknown as {
        brushes: { kind: string }[];
      };
      return raster.brushes.map(({ kind }) => kind);
    });
  await expect.poll(kinds).toContain('silenced');
});

test('the digit learner learns, is asked about a neuron, and reads what is drawn', async () => {
  await page.goto(`${address}#room=digit-learner`);
  const shown = page.locator('accuracy-view [data-figure=shown]');
  const seen = async () => Number(await shown.getAttribute('data-value'));
  await page.locator('learner-controls button:enabled').first().waitFor(within);
  await press(page, /^BUTTON Play/);
  await expect.poll(seen, within).toBeGreaterThan(300);
  await page.keyboard.press('Enter');
  await tabTo(page, /^INPUT Learning/);
  await page.keyboard.press(' ');
  await expect.poll(() => page.url()).toContain('learning=off');
  const drawn = page.locator('learner-controls [data-drawn]');
  await tabTo(page, /^CANVAS /);
  for (let row = 0; row < 9; row += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  for (let row = 0; row < 18; row += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect.poll(() => drawn.getAttribute('data-drawn'), within).toBe('1');
  await press(page, /^BUTTON Clear/);
  await expect.poll(() => drawn.getAttribute('data-drawn')).toBe('');
  await tabTo(page, /^DIV .*field/i);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toContain('neuron=22');
});

test('in both benches what was done is undone, and done again', async () => {
  await page.goto(`${address}#room=neuron-bench`);
  await page.locator('trace-stack [data-neuron]').first().waitFor(within);
  const neurons = () => page.locator('trace-stack [data-neuron]').count();
  const one = await neurons();
  await press(page, /^BUTTON Add a neuron/);
  await expect.poll(neurons).toBeGreaterThan(one);
  await page.keyboard.press('Control+z');
  await expect.poll(neurons).toBe(one);
  await tabTo(page, /^BUTTON Redo: neuron added/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(neurons).toBeGreaterThan(one);

  await page.goto(`${address}#room=circuit-bench&c=cuba`);
  const built = page.locator('circuit-transport [data-built=cuba]');
  await built.waitFor(within);
  await tabTo(page, /^INPUT Excitation, exact value/);
  await type(page, '2');
  await expect.poll(() => page.url()).toMatch(/c=cuba~\w+:2/);
  await press(page, /^BUTTON Undo: parameter/, 'Shift+Tab');
  await expect.poll(() => page.url()).not.toContain('~');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => page.url()).toMatch(/c=cuba~\w+:2/);
});
