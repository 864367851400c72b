// The benches and the digit learner by keyboard alone: what their own tests do by mouse, done without one.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { choose, focused, press, tabTo, type } from './keys.ts';
import { message } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;

visits(
  (visit) => {
    ({ page } = visit);
  },
  { quiet: true },
);

const within = { timeout: 60_000 };

async function enterNeurons(hash = '#room=neuron-bench'): Promise<void> {
  await page.goto(`${address}${hash}`);
  await page.locator('trace-stack [data-neuron]').first().waitFor(within);
}

async function enterCircuits(hash: string): Promise<void> {
  await page.goto(`${address}${hash}`);
  await page.locator('circuit-transport [data-built]:not([data-built=""])').waitFor(within);
}

const running = async (name: string) =>
  Number(await page.locator(`circuit-transport [data-figure=${name}]`).getAttribute('data-value'));

/** Goes back by Shift+Tab, which is nearer. */
const BACK = 'Shift+Tab';

test('neurons are added and taken away, and a pattern is one choice away', async () => {
  await enterNeurons();
  const neurons = () => page.locator('trace-stack [data-neuron]').count();
  await press(page, /^BUTTON Add a neuron/);
  await expect.poll(neurons).toBe(2);
  await press(page, /^BUTTON Remove neuron 2/, BACK);
  await expect.poll(neurons).toBe(1);
  // The button that was pressed is gone with the neuron; Tab goes on near it.
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/parameters|Add a neuron/);
  await tabTo(page, /^SELECT Model/, BACK);
  await choose(page, 'izhikevich');
  await tabTo(page, /^SELECT Preset/);
  await choose(page, 'phasic-spiking');
  await expect.poll(() => page.url()).toContain('phasic-spiking');
  await expect
    .poll(() => page.locator('[data-neuron="0"] .soft.number').textContent())
    .toMatch(/^1\s/);
});

test('equations show other numbers, the state of a moment, or none', async () => {
  await enterNeurons('#room=neuron-bench&n=hodgkin-huxley&seed=1');
  await tabTo(page, /^INPUT Sodium conductance, exact value/);
  await type(page, '100');
  const number = page.locator('math-formula [data-value="g_\\\\mathrm{Na}"]').first();
  await expect.poll(() => number.textContent()).toBe('100');
  await tabTo(page, /^SELECT Against/);
  await page.keyboard.press('Home');
  await tabTo(page, /^INPUT Moment, exact value/);
  await type(page, '52');
  const state = page.locator('close-view [data-state]');
  await expect.poll(() => state.textContent()).toMatch(/At 52\sms/);
  await expect.poll(() => state.textContent()).toMatch(/m = 0\.\d+/);
  await tabTo(page, /^INPUT with the present numbers/);
  await page.keyboard.press(' ');
  await expect.poll(() => page.locator('math-formula [data-value]').count()).toBe(0);
});

test('traces are looked at closely, and the dendrite is put on the bench', async () => {
  await enterNeurons();
  await press(page, /^A A dendrite/);
  await expect.poll(() => page.locator('[data-neuron]').count()).toBe(4);
  await tabTo(page, /^DIV Traces/);
  const window = page.locator('trace-stack .bar .soft');
  const whole = await window.textContent();
  await page.keyboard.press('+');
  await expect.poll(() => window.textContent()).not.toBe(whole);
  await page.keyboard.press('0');
  await expect.poll(() => window.textContent()).toBe(whole);
});

test('a circuit is stopped, advanced, begun again, and run at another speed', async () => {
  await enterCircuits('#room=circuit-bench&c=cuba&seed=1');
  await press(page, /^BUTTON Pause/);
  await expect.poll(() => focused(page)).toMatch(/^BUTTON Play/);
  await page.waitForTimeout(300);
  const before = await running('time');
  await press(page, /^BUTTON \+ 10/);
  await expect.poll(() => running('time')).toBeGreaterThan(before + 9);
  const advanced = await running('time');
  await press(page, /^BUTTON Reset/);
  await expect.poll(() => running('time')).toBeLessThan(advanced);
  await press(page, /^BUTTON New seed/);
  await expect.poll(() => page.url()).toMatch(/seed=(?!1(&|$))\d+/);
  await tabTo(page, /^SELECT Speed/);
  await choose(page, '0.1');
  await expect.poll(() => page.url()).toContain('speed=0.1');
  await tabTo(page, /^SELECT Window/);
  await choose(page, '2000');
  await expect.poll(() => page.url()).toContain('span=2000');
});

test('a group is chosen from the list and excited', async () => {
  await enterCircuits('#room=circuit-bench&c=cuba&seed=1');
  await tabTo(page, /^SELECT Group/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toMatch(/rows=\d+-\d+/);
  await tabTo(page, /^SELECT for/);
  await choose(page, '500');
  await press(page, /^BUTTON Excite/);
  const brushes = () =>
    page.evaluate(() => {
      const room = document.querySelector('circuit-bench-room')?.shadowRoot;
      const raster = room?.querySelector('spike-raster') as unknown as {
        brushes: { kind: string; fromMs: number; untilMs: number }[];
      };
      return raster.brushes.map(({ kind, fromMs, untilMs }) => `${kind} ${untilMs - fromMs}`);
    });
  await expect.poll(brushes).toContain('excited 500');
});

test('what is too large is refused, and what would fit is at hand', async () => {
  await enterCircuits('#room=circuit-bench&c=microcircuit~scale:0.02');
  await tabTo(page, /^INPUT Size, exact value/);
  await type(page, '1');
  await page.locator('message-bar li.refusal').waitFor(within);
  expect(await message(page)).toMatch(/scale of 0\.\d+ fits/);
  await tabTo(page, /^BUTTON Use a scale of 0\.\d+/);
  await press(page, /^BUTTON Dismiss/);
  await expect.poll(() => page.locator('message-bar li').count()).toBe(0);
  const weights = page.locator('weight-plot [data-weights]');
  await press(page, /^BUTTON \d+ more$/);
  await expect.poll(() => weights.count(), within).toBeGreaterThan(30);
});

test('a circuit that fell silent is seen again', async () => {
  await enterCircuits('#room=circuit-bench&c=reverberating-chain~gain:0.5&speed=0.1');
  const note = page.locator('silence-note [data-silent]');
  await note.waitFor(within);
  await press(page, /^BUTTON See it again/);
  await expect.poll(() => note.count()).toBe(0);
});

test('the list of circuits is gone through, and left', async () => {
  await enterCircuits('#room=circuit-bench&c=cuba&seed=1');
  await press(page, /^BUTTON Other circuits/);
  const all = await page.locator('circuit-picker [data-circuit]').count();
  const reached = new Set<string>();
  // It begins at the circuit that runs, in the middle of the list; then from its head.
  for (let round = 0; round < 2; round += 1) {
    for (let tab = 0; tab < all; tab += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.getAttribute('data-circuit');
      });
      if (at) reached.add(at);
    }
    await tabTo(page, /^BUTTON Close the list/, BACK);
  }
  expect(reached.size).toBe(all);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toMatch(/^BUTTON Other circuits/);
});

test('digits are learned one by one, from another seed, and forgotten', async () => {
  await page.goto(`${address}#room=digit-learner&seed=3`);
  const seen = async () =>
    Number(
      await page.locator('accuracy-view [data-figure=shown]').getAttribute('data-value', within),
    );
  await page.locator('learner-controls button:enabled').first().waitFor(within);
  await press(page, /^BUTTON One digit/);
  await expect.poll(seen, within).toBe(1);
  expect(await focused(page)).toMatch(/^BUTTON One digit/);
  await page.keyboard.press('Enter');
  await expect.poll(seen, within).toBe(2);
  await press(page, /^BUTTON Forget everything/);
  await expect.poll(seen, within).toBe(0);
  await tabTo(page, /^INPUT Seed/);
  await type(page, '-3');
  await page.getByText(/A seed is a whole number from 0/).waitFor();
  await tabTo(page, /^BUTTON New seed/);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('seed=4');
});
