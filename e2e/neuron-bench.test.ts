// The room of the neuron bench, as a visitor uses it.

import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { fingerprint, message, open } from './laboratory.ts';
import { visits } from './visit.ts';

let browser: Browser;
let page: Page;

visits(
  (visit) => {
    ({ browser, page } = visit);
  },
  { quiet: true },
);

async function enter(hash = '#room=neuron-bench'): Promise<void> {
  await page.goto(`${address}${hash}`);
  await page.locator('trace-stack [data-neuron]').first().waitFor();
}

/** The rate of the f-I curve at the strength of the neuron, once it is known. */
async function curveRate(): Promise<number> {
  const at = page.locator('close-view [data-figure=rate]');
  await expect.poll(() => at.getAttribute('data-value'), { timeout: 60_000 }).not.toBe('');
  return Number(await at.getAttribute('data-value'));
}

const spikes = async (neuron = 0) => {
  const text = await page.locator(`[data-neuron="${neuron}"] .soft.number`).textContent();
  return Number.parseInt(text ?? '', 10);
};

test('the squid fires at 68 Hz under 10 µA/cm², as its badge says', async () => {
  await enter('#room=neuron-bench&n=lif&s=step~start_ms:50~stop_ms:450');
  await page
    .getByLabel('Model', { exact: true })
    .selectOption({ label: 'Hodgkin-Huxley (squid axon)' });
  await expect.poll(() => page.url()).toContain('n=hodgkin-huxley~squid~10~0.01');
  await page.locator('[data-neuron="0"] h3', { hasText: 'Hodgkin-Huxley' }).waitFor();
  const rate = await curveRate();
  expect(rate).toBeCloseTo(68.0, 1);
  expect(await page.locator('close-view section[data-curve]').textContent()).toMatch(
    /at 10\sµA\/cm²/,
  );
  const badge = page.locator('[data-reference^="rate at 10"]');
  const ours = Number(await badge.locator('[data-ours]').getAttribute('data-ours'));
  expect(Math.abs(ours - rate)).toBeLessThan(0.05);
  expect(await badge.textContent()).toContain('68.40 ± 0.50');
  await badge.getByText('Source').click();
  await badge.getByText('Hodgkin, Huxley (1952)').waitFor();
  expect(await page.locator('[data-not-biological]').textContent()).toContain('Channels');
});

test('a pattern of Izhikevich is one choice away, and its address restores it', async () => {
  await enter();
  await page.getByLabel('Model', { exact: true }).selectOption({ label: 'Izhikevich' });
  await page.getByLabel('Preset', { exact: true }).selectOption({ label: 'B: phasic spiking' });
  await expect.poll(() => page.url()).toContain('phasic-spiking');
  await expect.poll(() => spikes()).toBe(1);
  const other = await browser.newPage();
  await other.goto(page.url());
  await other.locator('[data-neuron="0"]').waitFor();
  expect(await other.getByLabel('Preset', { exact: true }).inputValue()).toBe('phasic-spiking');
  await other.close();
});

test('four neurons share one stimulus, and one is taken away again', async () => {
  await enter();
  const add = page.getByRole('button', { name: 'Add a neuron' });
  for (const count of [2, 3, 4]) {
    await add.click();
    await expect.poll(() => page.locator('[data-neuron]').count()).toBe(count);
  }
  expect(await add.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Remove neuron 2' }).click();
  await expect.poll(() => page.locator('[data-neuron]').count()).toBe(3);
});

test('equations show the present numbers', async () => {
  await enter();
  await page.getByLabel('Sodium conductance, exact value').fill('100');
  await page.getByLabel('Sodium conductance, exact value').press('Enter');
  const number = page.locator('math-formula [data-value="g_\\\\mathrm{Na}"]').first();
  await expect.poll(() => number.textContent()).toBe('100');
  await page.getByLabel('with the present numbers').uncheck();
  await expect.poll(() => page.locator('math-formula [data-value]').count()).toBe(0);
});

test('a dendrite fires at two of four things, which no perceptron tells apart', async () => {
  await enter();
  await page.getByRole('link', { name: 'A dendrite that solves what a perceptron cannot' }).click();
  await expect.poll(() => page.locator('[data-neuron]').count()).toBe(4);
  await expect
    .poll(async () => await Promise.all([0, 1, 2, 3].map(spikes)), { timeout: 20_000 })
    .toEqual([1, 1, 0, 0]);
});

test('all of it by keyboard', async () => {
  await enter();
  const focused = () =>
    page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      const label = (at as HTMLInputElement | null)?.labels?.[0]?.textContent;
      return `${at?.tagName} ${at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? ''}`;
    });
  const tabTo = async (name: RegExp) => {
    for (let tab = 0; tab < 80; tab += 1) {
      await page.keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`no ${name} within 80 tabs`);
  };
  await tabTo(/^SELECT\s+Model/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toContain('n=wang-buzsaki');
  await tabTo(/Strength, exact value/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('wang-buzsaki~');
  await tabTo(/^DIV Traces/);
  const window = page.locator('trace-stack .bar .soft');
  expect(await window.textContent()).toMatch(/^0 to 500/);
  await page.keyboard.press('+');
  await expect.poll(() => window.textContent()).toMatch(/^125 to 375/);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => window.textContent()).toMatch(/^175 to 425/);
  await page.keyboard.press('0');
  await expect.poll(() => window.textContent()).toMatch(/^0 to 500/);
});

test.each([320, 390, 768, 1024, 1440, 2560])('nothing sticks out at %d pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await enter();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(width);
});

test('every control has a name, and focus is visible', async () => {
  await enter('#room=neuron-bench&n=hodgkin-huxley~squid,lif&s=waveform&points=0:0,100:1');
  const nameless = await page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (!element.matches('button, input:not([hidden]), select, textarea, [tabindex]')) continue;
        const labels = (element as HTMLInputElement).labels;
        const name = element.getAttribute('aria-label') || labels?.[0]?.textContent;
        const own = element.textContent || element.shadowRoot?.textContent;
        if (!(name || own)?.trim()) found.push(element.outerHTML.slice(0, 120));
      }
    };
    look(document);
    return found;
  });
  expect(nameless).toEqual([]);
});

test('what is refused says why, and what was there stays', async () => {
  await enter('#room=neuron-bench&n=lif~~20~99');
  expect(await message(page)).toMatch(/neuron 1: .* up to 5 ms, not 99 ms/);
  expect(await page.locator('[data-neuron="0"] h3').textContent()).toContain('Hodgkin-Huxley');
  // A fresh page: the room would write its own address over one that only follows a fragment.
  await page.goto('about:blank');
  await page.goto(`${address}#room=neuron-bench&volume=11`);
  await page.locator('[data-neuron]').first().waitFor();
  expect(await message(page)).toMatch(/unknown field “volume”/);
});

test('the rooms lead to each other, and the laboratory stays as it was left', async () => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await open(page, '#data=moons&samples=100');
  await page.keyboard.press('b');
  const weights = await fingerprint(page, 1);
  const before = loaded.length;
  await page.getByRole('link', { name: 'Neuron bench' }).click();
  await page.locator('[data-neuron]').first().waitFor();
  // The room came over the network when it was entered, and not before.
  expect(loaded.slice(before).some((path) => path.includes('/chunks/open-'))).toBe(true);
  expect(loaded.slice(0, before).some((path) => path.includes('/chunks/open-'))).toBe(false);
  expect(await page.title()).toBe('Neuron bench · Cajal');
  // Keys of the other room do nothing here.
  await page.keyboard.press('b');
  await page.getByRole('link', { name: 'Network lab' }).click();
  await expect.poll(() => page.url()).toContain('data=moons');
  expect(await fingerprint(page, 1)).toBe(weights);
  await page.goBack();
  await page.locator('[data-neuron]').first().waitFor();
});

test('equations say all that the neuron was in at the moment, and what comes of it', async () => {
  await enter('#room=neuron-bench&n=hodgkin-huxley&seed=1');
  const said = async (name: string) =>
    (await page.locator(`close-view [data-${name}]`).textContent())?.replace(/\s+/g, '');
  await expect
    .poll(() => said('state'))
    .toMatch(/^At0ms:V=−6[45][.\d]*mVm=0\.05\d+h=0\.59\d+n=0\.31\d+I=0µA\/cm²$/);
  await page.getByLabel('Moment, exact value').fill('52');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => said('state'))
    .toMatch(/^At52ms:V=−?[\d.]+mVm=[\d.]+h=[\d.]+n=[\d.]+I=10µA\/cm²$/);
  expect(await said('rates')).toMatch(
    /^Itmovesby:dV\/dt=−?[\d.]+mV\/msdm\/dt=.*1\/msdh\/dt=.*1\/msdn\/dt=.*1\/ms$/,
  );
  // The potential stands in the equation of the membrane, and its name left of it.
  const membrane = page.locator('close-view math-formula').first();
  await expect.poll(() => membrane.locator('[data-value="V"]').count()).toBeGreaterThan(2);
  expect(await membrane.locator('mfrac').first().textContent()).toBe('dVdt');
  await page.getByText('with the present numbers').click();
  await page.locator('close-view [data-state]').waitFor({ state: 'detached' });
  expect(await membrane.locator('[data-value]').count()).toBe(0);
});

test('a clamp is controlled by what the engine declares', async () => {
  await enter('#room=neuron-bench&n=hodgkin-huxley&seed=1');
  const levels = page.locator('clamp-view .levels > span');
  await expect.poll(() => levels.count()).toBe(6);
  await page.getByText('Number and length of the steps').click();
  await page.getByLabel('Levels, exact value').fill('3');
  await page.keyboard.press('Enter');
  await expect.poll(() => levels.allTextContents()).toHaveLength(3);
});
