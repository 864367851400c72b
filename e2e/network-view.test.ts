// A visitor works on the drawn network: by keyboard and by hand, on units, weights, a drawn digit and the way
// back of one example.

import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { button, count, fingerprint, type Network, open } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;
let said: string[];

visits((visit) => {
  ({ page, said } = visit);
});

const unit = (network: Network, layer: number, number: number): Locator =>
  page.locator(`[data-picture=${network}] button[data-layer="${layer}"][data-unit="${number}"]`);

/** The surface of a network as its pixels. */
const surface = (network: Network) =>
  page.evaluate(
    (at) => {
      const app = document.querySelector('cajal-app')?.shadowRoot;
      const twin = app?.querySelector('twin-view')?.shadowRoot;
      const plot = twin?.querySelectorAll('decision-surface')[at]?.shadowRoot;
      return plot?.querySelector('canvas')?.toDataURL() ?? '';
    },
    network === 'artificial' ? 0 : 1,
  );

test('a neuron is swapped by keyboard alone, and the drawn unit shows its kind', async () => {
  await open(page, '#samples=100&layers=4-tanh,3-tanh');
  for (const [network, kind] of [
    ['artificial', 'izhikevich'],
    ['spiking', 'adaptive-exponential'],
  ] as const) {
    await unit(network, 0, 0).focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight']) {
      await page.keyboard.press(key);
    }
    const at = await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return [at?.getAttribute('data-layer'), Number(at?.getAttribute('data-unit'))] as const;
    });
    expect(at[0]).toBe('1');
    await page.keyboard.press('Enter');
    const inspector = page.locator('[data-inspector]');
    await inspector.locator('[data-kind]').waitFor();
    // From the heading, where the focus is, one Tab leads to the kind.
    await page.keyboard.press('Tab');
    const titles = await inspector
      .locator('[data-kind] option')
      .evaluateAll((options) =>
        options.map((option) => [(option as HTMLOptionElement).value, option.textContent ?? '']),
      );
    const wanted = titles.find(([id]) => id === kind);
    expect(wanted, `${network}: ${titles.map(([id]) => id)}`).toBeDefined();
    const present = await inspector.locator('[data-kind]').inputValue();
    const ids = titles.map(([id]) => id);
    const steps = ids.indexOf(kind) - ids.indexOf(present);
    for (let step = 0; step < Math.abs(steps); step += 1) {
      await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    }
    await expect.poll(() => unit(network, 1, at[1]).getAttribute('data-kind')).toBe(kind);
    expect(await unit(network, 1, at[1]).getAttribute('aria-label')).toContain(
      wanted?.[1]?.trim() ?? '?',
    );
    await page.keyboard.press('Escape');
    await expect.poll(() => inspector.count()).toBe(0);
  }
  await page.keyboard.press('b');
  await expect.poll(() => count(page, 'step')).toBe(1);
  expect(said).toEqual([]);
});

test('an edited weight changes the surface and the fingerprint; a step back undoes it', async () => {
  await open(page, '#samples=100&layers=3-tanh');
  await button(page, 'One batch').click();
  const before = await fingerprint(page, 1);
  await button(page, 'One batch').click();
  const untouched = await fingerprint(page, 2);
  const picture = await surface('artificial');
  await unit('artificial', 1, 0).click();
  const field = page.locator('[data-inspector] weight-field[data-from="1"] input');
  await field.fill('4');
  await field.press('Enter');
  await expect.poll(() => surface('artificial')).not.toBe(picture);
  await expect.poll(() => fingerprint(page, 2)).not.toBe(untouched);
  await field.blur();
  await expect.poll(() => field.inputValue()).toBe('4');
  await button(page, 'One batch back').click();
  expect(await fingerprint(page, 1)).toBe(before);
  await expect.poll(() => field.inputValue()).not.toBe('4');

  // What is no number is refused where it was typed.
  const old = await field.inputValue();
  await field.fill('much');
  await field.press('Enter');
  await page.locator('weight-field .refused').waitFor();
  expect(await field.inputValue()).toBe(old);
  expect(said).toEqual([]);
});

test('an edge is opened by pointing at it, and a lesioned unit is silent until it is let go', async () => {
  await open(page, '#samples=100&layers=2-tanh');
  const stage = await page.locator('[data-picture=artificial] .stage').boundingBox();
  const from = await unit('artificial', 0, 0).boundingBox();
  const to = await unit('artificial', 1, 0).boundingBox();
  if (!stage || !from || !to) throw new Error('nothing is drawn');
  // Just behind the unit, where its only edge begins.
  await page.mouse.click(from.x + from.width + 6, from.y + from.height / 2);
  const inspector = page.locator('[data-inspector]');
  await inspector.waitFor();
  expect(await inspector.getAttribute('aria-label')).toContain('output');
  // The weight that was pointed at waits for a number.
  await expect
    .poll(() =>
      page.evaluate(() => {
        let at = document.activeElement;
        let field: Element | null = null;
        while (at?.shadowRoot?.activeElement) {
          if (at.tagName === 'WEIGHT-FIELD') field = at;
          at = at.shadowRoot.activeElement;
        }
        return field?.getAttribute('data-from');
      }),
    )
    .toBe('0');

  await unit('artificial', 0, 1).click();
  const before = await surface('artificial');
  await inspector.getByRole('checkbox', { name: 'Lesion' }).check();
  await expect.poll(() => unit('artificial', 0, 1).getAttribute('data-state')).toBe('lesioned');
  await expect.poll(() => surface('artificial')).not.toBe(before);
  await inspector.getByRole('checkbox', { name: 'Lesion' }).uncheck();
  await expect.poll(() => unit('artificial', 0, 1).getAttribute('data-state')).toBe('free');
  await expect.poll(() => surface('artificial')).toBe(before);
  await inspector.getByRole('checkbox', { name: 'Clamp' }).check();
  await expect.poll(() => unit('artificial', 0, 1).getAttribute('data-state')).toBe('clamped');
  expect(said).toEqual([]);
});

test('units and layers are added and taken away on the columns', async () => {
  await open(page, '#samples=100&layers=3-tanh');
  await button(page, 'Add a unit to layer 1').click();
  await expect.poll(() => page.url()).toContain('layers=4-tanh');
  await unit('spiking', 0, 3).waitFor();
  await button(page, 'Add a hidden layer').click();
  await unit('artificial', 1, 3).waitFor();
  await unit('artificial', 1, 3).click();
  await page.locator('[data-inspector]').waitFor();
  await button(page, 'Remove the last hidden layer').click();
  await button(page, 'Take a unit from layer 1').click();
  await expect.poll(() => page.url()).toContain('layers=3-tanh');
  await expect.poll(() => unit('artificial', 0, 3).count()).toBe(0);
  expect(await page.locator('[data-inspector]').count()).toBe(0);
  expect(said).toEqual([]);
});

test('a drawn digit is read by both networks, and every wide layer says how much of it is shown', async () => {
  const hash = '#data=mnist&layers=128-relu&loss=cross-entropy&batch=32&lr=0.001';
  await open(page, hash);
  await page
    .locator('[data-picture=artificial]')
    .getByText(/^\d+ of 128 shown$/)
    .waitFor();
  await button(page, 'Play').click();
  await expect.poll(() => count(page, 'step'), { timeout: 60_000 }).toBeGreaterThan(500);
  await button(page, 'Pause').click();
  await button(page, 'Draw a digit').click();
  const pad = page.locator('canvas.pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  // A one: a stroke from top to bottom.
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.3, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.32, 0.8), { steps: 12 });
  await page.mouse.up();
  const answer = (network: Network) =>
    page.locator(`[data-reading=${network}]`).getAttribute('data-answer');
  await expect.poll(() => answer('artificial')).toBe('1');
  await expect.poll(() => answer('spiking')).toBe('1');

  // The same by keyboard.
  await button(page, 'Clear').click();
  await expect.poll(() => page.locator('[data-reading]').count()).toBe(0);
  await pad.focus();
  await page.keyboard.press(' ');
  for (let row = 0; row < 16; row += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(() => answer('artificial')).toBe('1');
  await expect.poll(() => answer('spiking')).toBe('1');
  // Chromium sometimes calls a download aborted that was read to its end.
  expect(said.filter((line) => !/^failed: .*\/data\//.test(line))).toEqual([]);
});

test('the way back of one example goes stage by stage, and moves no weight', async () => {
  await open(page, '#samples=100&layers=4-tanh,3-tanh');
  await button(page, 'One batch').click();
  const before = await fingerprint(page, 1);
  await button(page, 'Backpropagation, step by step').click();
  const microscope = page.locator('[data-stage]');
  const stage = () => microscope.getAttribute('data-stage');
  const slider = microscope.getByRole('slider');
  await slider.focus();
  const ways: (string | null)[] = [];
  for (let press = 0; press < 7; press += 1) {
    await page.keyboard.press('ArrowRight');
    ways.push(await stage());
  }
  expect(ways).toEqual([
    'forward',
    'forward',
    'forward',
    'loss',
    'backward',
    'backward',
    'backward',
  ]);
  const gradients = () => microscope.locator('[data-gradient]').allTextContents();
  await expect
    .poll(async () => (await gradients()).map(Number).every((size) => size > 0))
    .toBe(true);
  const picture = page.locator('time-gradient [role=img]');
  await expect.poll(() => picture.getAttribute('aria-label')).toMatch(/25 steps/);
  await microscope.getByRole('button', { name: 'One stage back' }).click();
  await expect.poll(() => microscope.getAttribute('data-place')).toBe('6');
  expect(await fingerprint(page, 1)).toBe(before);
  expect(await page.locator('message-bar li').count()).toBe(0);
  expect(said).toEqual([]);
});
