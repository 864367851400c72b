// The room of the circuit bench, as a visitor uses it.

import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { address } from './browser.ts';
import { fingerprint, message, open } from './laboratory.ts';
import { frames, slowness } from './machine.ts';
import { visits } from './visit.ts';

let browser: Browser;
let page: Page;

visits(
  (visit) => {
    ({ browser, page } = visit);
  },
  { quiet: true },
);

async function enter(hash = '#room=circuit-bench'): Promise<void> {
  await page.goto(`${address}${hash}`);
  await page.locator('circuit-transport [data-built]:not([data-built=""])').waitFor();
}

/** A figure of the transport: 'time', 'factor' or 'rate'. */
const running = async (name: string) =>
  Number(await page.locator(`circuit-transport [data-figure=${name}]`).getAttribute('data-value'));

/** A figure of a population: 'rate', 'cv', 'synchrony' or 'peak'; not a number while unknown. */
async function measured(population: string, name: string): Promise<number> {
  const row = page.locator(`population-table [data-population="${population}"]`);
  const value = await row.locator(`[data-figure=${name}]`).getAttribute('data-value');
  return value === null || value === '' ? Number.NaN : Number(value);
}

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

async function tabTo(name: RegExp): Promise<void> {
  for (let tab = 0; tab < 80; tab += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return `${at?.tagName} ${at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? ''}`;
    });
    if (name.test(at)) return;
  }
  throw new Error(`no ${name} within 80 tabs`);
}

test('4,000 neurons run in real time, and their rate is that of the badge', async () => {
  await enter('#room=circuit-bench&c=cuba&seed=1');
  await expect.poll(() => running('time'), { timeout: 30_000 }).toBeGreaterThan(2500);
  const badge = page.locator('about-circuit [data-reference^="mean rate"]');
  const ours = Number(await badge.locator('[data-ours]').getAttribute('data-ours'));
  for (const population of ['excitatory', 'inhibitory']) {
    const rate = await measured(population, 'rate');
    expect(Math.abs(rate - ours), `${population}: ${rate} Hz`).toBeLessThan(1);
  }
  expect(await page.locator('[data-not-biological]').textContent()).toContain('alike');
  await press('Pause');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  // Steps are 10 ms, or up to the end of the window that they end in.
  await page.waitForTimeout(300);
  const before = await running('time');
  await page.getByRole('button', { name: '+ 10' }).click();
  await expect.poll(() => running('time')).toBeGreaterThanOrEqual(before + 10 - 1e-6);
  expect(await running('time')).toBeLessThan(before + 12);
  await press('Reset');
  await expect.poll(() => running('time')).toBeLessThan(before);
});

test.each(['light', 'dark'] as const)(
  'where colours are forced, %s, spikes are mixed with the paper of the system',
  async (colorScheme) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await enter('#room=circuit-bench&c=cuba&seed=1');
    await expect.poll(() => running('time'), { timeout: 30_000 }).toBeGreaterThan(500);
    const { paper, excitation, drawn } = await page.evaluate(() => {
      const probe = document.createElement('span');
      probe.style.setProperty('forced-color-adjust', 'none');
      document.body.append(probe);
      const computed = (colour: string) => {
        probe.style.color = colour;
        return getComputedStyle(probe).color.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
      };
      const [paper, excitation] = [computed('Canvas'), computed('var(--excitation)')];
      probe.remove();
      const room = document.querySelector('circuit-bench-room')?.shadowRoot;
      const raster = room?.querySelector('spike-raster')?.shadowRoot;
      const canvas = raster?.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('no raster');
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const drawn = new Set<string>();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255) drawn.add(data.slice(at, at + 3).join());
      }
      return { paper, excitation, drawn: [...drawn] };
    });
    await page.emulateMedia({ forcedColors: null, colorScheme: null });
    expect(paper).toEqual(colorScheme === 'light' ? [255, 255, 255] : [0, 0, 0]);
    // One spike at a place is lighter than many; by how much, the raster says.
    const single = excitation.map((end, at) => {
      const from = paper[at] ?? Number.NaN;
      return Math.round(from + (end - from) * (190 / 255));
    });
    expect(drawn).toContain(single.join());
    expect(drawn).toContain(excitation.join());
  },
);

const known = { timeout: 60_000 };
const slow = { timeout: 180_000 };

// Tried again where something else had the processor: what is measured is time, not work.
const patient = { retry: 2, timeout: 120_000 };

test('a raster of 4,000 neurons: 95 % of frames come within 20 ms', patient, async () => {
  const slower = await slowness(browser);
  await enter('#room=circuit-bench&c=cuba&seed=1');
  await expect.poll(() => running('time')).toBeGreaterThan(1000);
  const { intervals, at95, tasks } = await frames(page, 6);
  const factor = await running('factor');
  console.log(
    `frames: ${intervals.length} in 6 s, 95 % within ${at95.toFixed(1)} ms; ${factor.toFixed(2)} × real time, machine ${slower.toFixed(2)} × slower`,
  );
  expect(factor).toBeGreaterThan(0.5 / slower);
  expect(tasks.filter((ms) => ms > 50 * slower)).toEqual([]);
  expect(at95).toBeLessThanOrEqual(20 * slower);
});

test('Brunel goes from state B to C by keyboard, and the numbers follow', slow, async () => {
  // Half of the neurons: the states are of the same kind, and the test is quicker.
  await enter('#room=circuit-bench&c=brunel~scale:0.5~inhibition:6~drive:4&speed=0');
  /** The numbers of excitation after so much more biological time. */
  const settled = async (ms: number) => {
    const begun = await running('time');
    await expect.poll(() => running('time'), known).toBeGreaterThan(begun + ms);
    // While it runs, statistics follow behind: at rest they are those of the moment.
    await press('Pause');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const excitatory = (name: string) => measured('excitatory', name);
    await expect.poll(() => excitatory('peak'), known).toBeGreaterThan(0);
    const numbers = {
      rate: await excitatory('rate'),
      cv: await excitatory('cv'),
      peak: await excitatory('peak'),
    };
    await press('Play');
    return numbers;
  };
  const before = await settled(1500);
  const begun = await running('time');
  await tabTo(/Place on the map/);
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toMatch(/c=brunel~scale:0.5&/);
  expect(await page.getByLabel('Preset', { exact: true }).inputValue()).toBe('asynchronous');
  const after = await settled(1500);
  // It went on, and did not begin again.
  expect(await running('time')).toBeGreaterThan(begun + 1500);
  console.log('B', before, 'C', after);
  // The oscillation of B is fast; C is slower, less irregular and has less of a rhythm.
  expect(before.peak).toBeGreaterThan(150);
  expect(after.rate).toBeLessThan(0.8 * before.rate);
  expect(after.cv).toBeLessThan(0.8 * before.cv);
  expect(after.peak).toBeLessThan(150);
});

test('a run is shared as a link, and repeated elsewhere to the same bits', async () => {
  await enter('#room=circuit-bench&c=brunel~scale:0.1~inhibition:6&seed=4&rows=0-300&for=50');
  await expect.poll(() => running('time')).toBeGreaterThan(60);
  await press('Excite');
  await expect.poll(() => running('time')).toBeGreaterThan(120);
  const field = page.getByRole('textbox', { name: 'Strength of inhibition, exact value' });
  await field.fill('4.5');
  await field.press('Enter');
  await expect.poll(() => page.url()).toContain('inhibition:4.5');
  await press('Silence');
  await expect.poll(() => running('time')).toBeGreaterThan(250);
  await press('Pause');
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog');
  const url = await dialog.getByLabel('Link').inputValue();
  expect(await dialog.textContent()).toContain('3 things that were done');
  expect(url).toMatch(
    /&at=\d+&hash=[0-9a-f]{16}&built=scale:0.1~inhibition:6&log=\d+\.excite~0~300~50!/,
  );
  await page.keyboard.press('Escape');
  const time = await running('time');
  const fresh = await browser.newContext();
  try {
    const there = await fresh.newPage();
    const told = () => message(there);
    await there.goto(url);
    await expect.poll(told, { timeout: 30_000 }).toContain('The same bits');
    const figure = there.locator('circuit-transport [data-figure=time]');
    await expect.poll(async () => Number(await figure.getAttribute('data-value'))).toBe(time);
    // Another history is not the same run, and is told.
    await there.goto('about:blank');
    await there.goto(url.replace('excite~0~300~50', 'excite~0~300~80'));
    await expect.poll(told, { timeout: 30_000 }).toContain('Not the same bits');
  } finally {
    await fresh.close();
  }
});

test('a group is brushed and silenced, and the others are not', async () => {
  await enter('#room=circuit-bench&c=cuba&seed=1');
  await expect.poll(() => running('time')).toBeGreaterThan(500);
  const raster = page.locator('spike-raster canvas');
  const box = await raster.boundingBox();
  if (!box) throw new Error('no raster');
  // Over the upper half of what excites.
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.4, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/rows=\d+-\d+/);
  const [, from, until] = /rows=(\d+)-(\d+)/.exec(page.url()) ?? [];
  expect(Number(from)).toBeLessThan(100);
  expect(Number(until)).toBeGreaterThan(1000);
  await page.locator('brush-panel').getByLabel('for').selectOption('500');
  const spikes = (rows: [number, number]) =>
    page.evaluate(([from, until]) => {
      const room = document.querySelector('circuit-bench-room');
      const raster = room?.shadowRoot?.querySelector('spike-raster') as unknown as {
        spikes: { timeMs: number; within(a: number, b: number, c: number, d: number): number };
        brushes: { fromMs: number; untilMs: number; kind: string }[];
      };
      const brush = raster.brushes.find(({ kind }) => kind === 'silenced');
      if (!brush || raster.spikes.timeMs < brush.untilMs) return -1;
      // The membranes need some time to fall.
      return raster.spikes.within(
        brush.fromMs + 30,
        brush.untilMs,
        from as number,
        until as number,
      );
    }, rows);
  await press('Silence');
  await expect.poll(() => spikes([Number(from), Number(until)])).toBeGreaterThanOrEqual(0);
  expect(await spikes([Number(from), Number(until)])).toBe(0);
  expect(await spikes([3200, 4000])).toBeGreaterThan(0);
  // By keyboard: the raster has the focus, a page further is the next population.
  await page.locator('spike-raster [tabindex]').focus();
  await page.keyboard.press('PageDown');
  await expect.poll(() => page.url()).toContain('rows=3200-4000');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).not.toContain('rows=');
});

test('what takes too much memory is refused with what would fit', async () => {
  await enter('#room=circuit-bench&c=microcircuit~scale:0.02');
  await page.getByLabel('Size, exact value').fill('1');
  await page.getByLabel('Size, exact value').press('Enter');
  await page.locator('message-bar li.refusal').waitFor();
  expect(await message(page)).toMatch(/would take 1\.\d\sGB .* scale of 0\.\d+ fits/);
  // What was there runs on.
  const before = await running('time');
  await expect.poll(() => running('time')).toBeGreaterThan(before);
  await expect.poll(() => page.url()).toContain('scale:0.02');
  await page.getByRole('button', { name: /^Use a scale of 0\.\d+/ }).waitFor();
});

test('a bad address says why, and a good one restores everything', async () => {
  await enter('#room=circuit-bench&c=brunel~inhibition:99');
  expect(await message(page)).toMatch(/inhibition|c is “99”|c is 99.*from 0 to 10/);
  expect(await page.locator('circuit-picker h2').textContent()).toContain('CUBA');
  await page.goto('about:blank');
  await enter('#room=circuit-bench&c=half-centre~drive_pa:800&seed=3&span=2000&speed=0');
  expect(await page.getByLabel('Drive, exact value').inputValue()).toBe('800');
  expect(await page.getByLabel('Window', { exact: true }).inputValue()).toBe('2000');
  expect(await page.getByLabel('Speed', { exact: true }).inputValue()).toBe('0');
});

test('every circuit can be picked, and runs', slow, async () => {
  await enter();
  await press('Other circuits');
  const ids = await page
    .locator('circuit-picker [data-circuit]')
    .evaluateAll((list) => list.map((one) => one.getAttribute('data-circuit') ?? ''));
  expect(ids).toHaveLength(11);
  await page.keyboard.press('Escape');
  for (const id of ids) {
    await press('Other circuits');
    await page.locator(`circuit-picker [data-circuit="${id}"]`).click();
    await page.locator(`circuit-transport [data-built="${id}"]`).waitFor({ timeout: 30_000 });
    await expect.poll(() => running('time'), { timeout: 30_000 }).toBeGreaterThan(0);
  }
});

test('the room is left and entered again where it was', async () => {
  await open(page, '#data=moons&samples=100');
  await page.keyboard.press('b');
  const weights = await fingerprint(page, 1);
  await page.getByRole('link', { name: 'Circuit bench' }).click();
  await page.locator('spike-raster').waitFor();
  expect(await page.title()).toBe('Circuit bench · Cajal');
  await page.getByLabel('Excitation, exact value').fill('2');
  await page.getByLabel('Excitation, exact value').press('Enter');
  await expect.poll(() => page.url()).toContain('excitation_mv:2');
  await page.getByRole('link', { name: 'Network lab' }).click();
  await expect.poll(() => page.url()).toContain('data=moons');
  expect(await fingerprint(page, 1)).toBe(weights);
  await page.getByRole('link', { name: 'Circuit bench' }).click();
  await page.locator('circuit-transport [data-built="cuba"]').waitFor();
  await expect.poll(() => running('time')).toBeGreaterThan(0);
  expect(await page.getByLabel('Excitation, exact value').inputValue()).toBe('2');
});

test.each([320, 390, 768, 1024, 1440, 2560])('nothing sticks out at %d pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await enter('#room=circuit-bench&c=ring-attractor&rows=0-100');
  await page.locator('reading-view h2').waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(width);
});

test('every control has a name', async () => {
  await enter('#room=circuit-bench&c=brunel~scale:0.1&rows=0-100');
  await press('Other circuits');
  const nameless = await page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (!element.matches('button, input:not([hidden]), select, textarea, [tabindex]')) continue;
        const labels = (element as HTMLInputElement).labels;
        const name = element.getAttribute('aria-label') || labels?.[0]?.textContent;
        if (!(name || element.textContent)?.trim()) found.push(element.outerHTML.slice(0, 120));
      }
    };
    look(document);
    return found;
  });
  expect(nameless).toEqual([]);
});

test('the weights of every projection are counted, all of its synapses', async () => {
  await enter('#room=circuit-bench&c=cuba&seed=1');
  const rows = page.locator('weight-plot [data-weights]');
  await expect.poll(() => rows.count(), known).toBe(4);
  const told = await rows.evaluateAll((all) =>
    all.map((row) => [Number(row.dataset.synapses), Number(row.dataset.counted)]),
  );
  for (const [synapses, counted] of told) expect(counted).toBe(synapses);
  const sum = told.reduce((sum, [synapses = 0]) => sum + synapses, 0);
  expect(sum).toBe(320_369);
  const words = () => page.locator('weight-plot svg[role=img]').getAttribute('aria-label');
  expect(await words()).toMatch(/^excitatory → excitatory: 1\.62\smV · 205,182 synapses;/);
  // Another weight, while it runs.
  await page.getByLabel('Excitation, exact value').fill('2');
  await page.keyboard.press('Enter');
  await expect.poll(words).toMatch(/^excitatory → excitatory: 2\smV/);
  // Drawn weights are spread.
  await page.goto(`${address}#room=circuit-bench&c=microcircuit~scale:0.05`);
  await expect.poll(words, known).toMatch(/L2\/3E → L2\/3E: 15\.7 ± 1\.57\smV/);
  await page.getByRole('button', { name: /^\d+ more$/ }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(30);
});

test('two half-centres take turns, as long as the equations say', async () => {
  await enter('#room=circuit-bench&c=half-centre&speed=0');
  const turn = (name: string) =>
    page
      .locator(`turns-view [data-figure=${name}]`)
      .getAttribute('data-value')
      .then((value) => (value ? Number(value) : Number.NaN));
  await expect.poll(() => turn('period'), known).toBeGreaterThan(0);
  await expect.poll(() => running('time'), known).toBeGreaterThan(30_000);
  const [period, expected, phase] = await Promise.all(['period', 'expected', 'phase'].map(turn));
  expect(Math.abs((period ?? 0) / (expected ?? 1) - 1)).toBeLessThan(0.05);
  expect(Math.abs((phase ?? 0) - 0.5)).toBeLessThan(0.03);
  await expect
    .poll(() => page.locator('turns-view line-plot figure').first().getAttribute('aria-label'))
    .toMatch(/take turns with a period of 2,\d+\sms/);
});

test('who fell silent says since when, and is seen again by keyboard', slow, async () => {
  await enter('#room=circuit-bench&c=reverberating-chain~gain:0.5&speed=0.1');
  const note = page.locator('silence-note [data-silent]');
  await note.waitFor();
  const since = Number(await note.getAttribute('data-silent'));
  expect(since).toBeGreaterThan(0);
  expect(since).toBeLessThan(500);
  expect(await page.locator('silence-note [role=status]').textContent()).toMatch(
    /Nobody has fired since 0\.\d+\ss/,
  );
  await page.getByRole('button', { name: 'See it again' }).press('Enter');
  await expect.poll(() => note.count()).toBe(0);
  // Who goes on never says so.
  await page.goto('about:blank');
  await enter('#room=circuit-bench&c=half-centre&speed=0');
  await expect.poll(() => running('time'), known).toBeGreaterThan(9000);
  expect(await note.count()).toBe(0);
  // The period that the equations give has a source.
  expect(await page.locator('turns-view [data-source]').textContent()).toMatch(
    /5\s?%.*Skinner.*1994/s,
  );
});
