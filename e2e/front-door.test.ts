// Who comes for the first time: sees two networks learn, guesses, and is answered with what was counted.

import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addressOf, ROOMS } from '../www/rooms/rooms.ts';
import { address } from './browser.ts';
import { fingerprint, LAB, open } from './laboratory.ts';
import { visits } from './visit.ts';

let browser: Browser;
let page: Page;

visits(
  (visit) => {
    ({ browser, page } = visit);
  },
  { quiet: true },
);

const answer = () => page.locator('answer-view h2');
const passes = () => page.locator('.passes');
const share = async (network: 'artificial' | 'spiking') =>
  Number.parseFloat(
    (await page.locator(`[data-network=${network}] [data-figure=accuracy]`).textContent()) ?? '',
  ) / 100;

test('predict, run, and see why, by mouse', async () => {
  await page.goto(address);
  // It learns by itself, and waits where neither can do it yet.
  await expect.poll(() => passes().textContent()).toContain('Pass 10 of 40');
  await page.waitForTimeout(500);
  expect(await passes().textContent()).toContain('Pass 10 of 40');
  expect(await share('artificial')).toBeLessThan(0.8);
  expect(await share('spiking')).toBeLessThan(0.8);
  const run = page.getByRole('button', { name: 'Let them learn' });
  expect(await run.isDisabled()).toBe(true);
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByLabel('Ten times or more').check();
  await run.click();
  await answer().waitFor();
  expect(await passes().textContent()).toContain('Pass 40 of 40');
  expect(await share('artificial')).toBeGreaterThan(0.9);
  expect(await share('spiking')).toBeGreaterThan(0.9);
  expect(await answer().textContent()).toMatch(/^Yes: 9\d\.\d\s% right, the artificial one 9\d/);
  const verdicts = await page.locator('answer-view [data-guess]').allTextContents();
  expect(verdicts.map((verdict) => verdict.trim())).toEqual([
    'Your guess, “Yes”, was right.',
    'Your guess was “Ten times or more”.',
  ]);
  // 2·32 + 32·32 + 32 multiplications; and the sum is the sum of what stands above it.
  const cells = await page
    .locator('cost-table tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
  const numbers = cells.map((row) => row.map((cell) => Number(cell.replaceAll(',', ''))));
  expect(numbers[0]).toEqual([1120, 64]);
  expect(numbers[2]?.[1]).toBe(65 * 25);
  const [macs = 0, additions = 0, updates = 0, sum = 0] = numbers.map((row) => row[1] ?? 0);
  expect(Math.abs(macs + additions + updates - sum)).toBeLessThanOrEqual(1);
  // The way into the lab is this very experiment.
  await page.getByRole('link', { name: 'Open this experiment in the lab' }).click();
  await fingerprint(page, 0);
  await expect.poll(() => page.url()).toContain('data=spiral');
  await expect.poll(() => page.url()).toContain('layers=32-relu,32-relu');
});

test('predict and run by keyboard alone', async () => {
  await page.goto(address);
  await page.locator('guess-form').waitFor();
  const focused = () =>
    page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return `${at?.tagName} ${(at as HTMLInputElement | null)?.name ?? ''}`;
    });
  const tabTo = async (wanted: string) => {
    for (let tab = 0; tab < 20; tab += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()) === wanted) return;
    }
    throw new Error(`no ${wanted}`);
  };
  await tabTo('INPUT learns');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo('INPUT cost');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await tabTo('BUTTON ');
  await page.keyboard.press('Enter');
  await answer().waitFor();
  // Reading goes on where the question was.
  expect(await focused()).toMatch(/^H2/);
  const verdicts = await page.locator('answer-view [data-guess]').allTextContents();
  expect(verdicts.map((verdict) => verdict.trim())).toEqual([
    'Your guess was “No”.',
    'Your guess, “A few times as many”, was right.',
  ]);
  await page.keyboard.press('Tab');
  expect(await focused()).toMatch(/^A/);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('layers=32-relu');
  await page.locator('cajal-app').waitFor();
});

test('the same run comes to the same numbers, another seed to others', async () => {
  const come = async () => {
    await answer().waitFor();
    const table = page.locator('cost-table table');
    await expect.poll(() => table.textContent()).toContain('nJ');
    return table.textContent();
  };
  const guess = async () => {
    await page.getByLabel('Yes', { exact: true }).check();
    await page.getByLabel('Fewer').check();
    await page.getByRole('button', { name: 'Let them learn' }).click();
    return come();
  };
  await page.goto(address);
  const first = await guess();
  await page.reload();
  const second = await guess();
  expect(second).toBe(first);
  await page.getByRole('button', { name: /Once more/ }).click();
  await page.locator('progress').waitFor();
  expect(await come()).not.toBe(first);
  expect(await passes().textContent()).toContain('Seed\u00a02');
});

test('the bare address is the front door, and every room is one link away', async () => {
  await page.goto(address);
  await page.locator('.ways').getByRole('link', { name: 'Network lab' }).click();
  await page.locator('[data-fingerprint]').waitFor();
  await page.getByRole('link', { name: 'Cajal' }).click();
  await page.locator('guess-form').waitFor();
  expect(await page.locator('cajal-app').count()).toBe(0);
  await page.goBack();
  await page.locator('cajal-app').waitFor();
  expect(await page.locator('front-door-room').count()).toBe(0);
});

test('little motion is wanted: pictures change every tenth pass', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(address);
  await page.locator('guess-form').waitFor();
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByLabel('Fewer').check();
  await page.evaluate(() => {
    const room = document.querySelector('front-door-room');
    const seen = new Set<number>();
    const look = () => {
      seen.add(room?.model?.snapshot?.epoch ?? -1);
      (window as unknown as { seen: number[] }).seen = [...seen];
      requestAnimationFrame(look);
    };
    look();
  });
  await page.getByRole('button', { name: 'Let them learn' }).click();
  await answer().waitFor();
  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.filter((epoch) => epoch > 1 && epoch % 10 !== 0)).toEqual([]);
});

test('in Spanish: asked for, chosen, and kept', async () => {
  await page.goto(`${address}?lang=es`);
  await page.getByRole('button', { name: 'Que aprendan' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  await page.getByLabel('Sí', { exact: true }).check();
  await page.getByLabel('Unas cuantas veces más').check();
  await page.getByRole('button', { name: 'Que aprendan' }).click();
  await answer().waitFor();
  expect(await answer().textContent()).toMatch(/^Sí: 9\d,\d\s%/);
  // Another language in place: nothing is lost, and the address says it.
  await page.getByLabel('Idioma').selectOption('en');
  await expect.poll(() => answer().textContent()).toMatch(/^Yes: 9\d\.\d\s%/);
  await expect.poll(() => page.url()).toContain('lang=en');
  await page.getByLabel('Language').selectOption('es');
  await expect.poll(() => answer().textContent()).toMatch(/^Sí/);
  await page.goto('about:blank');
  await page.goto(`${address}${LAB}`);
  await page.getByRole('button', { name: 'Entrenar' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
});

test('a browser that prefers Spanish gets it, and English is not loaded', async () => {
  const context = await browser.newContext({ locale: 'es-MX' });
  const spanish = await context.newPage();
  const loaded: string[] = [];
  spanish.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await spanish.goto(address);
  await spanish.getByRole('button', { name: 'Que aprendan' }).waitFor();
  const languages = loaded.filter((path) => path.includes('locale_'));
  expect(languages).toHaveLength(1);
  expect(languages[0]).toContain('locale_es');
  await context.close();
});

test.each(['', ...ROOMS.map(({ id }) => addressOf(id))])(
  'long texts and texts from the right fit a telephone: “%s”',
  async (hash) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const language of ['ar-XB', 'en-XA']) {
      await page.goto('about:blank');
      await page.goto(`${address}?lang=${language}${hash}`);
      await page.locator('main').waitFor();
      await page.waitForTimeout(500);
      const { direction, wide, out } = await page.evaluate(() => ({
        direction: document.documentElement.dir,
        wide: document.documentElement.scrollWidth,
        out: document.documentElement.scrollLeft,
      }));
      expect(direction).toBe(language === 'ar-XB' ? 'rtl' : 'ltr');
      expect(wide).toBeLessThanOrEqual(390);
      expect(out).toBe(0);
    }
  },
);

test('looks are chosen in the head, kept, and follow the system where they are asked to', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(address);
  const theme = () => page.locator('html').getAttribute('data-theme');
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await theme()).toBe('dark');
  const dark = await paper();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(theme).toBe('light');
  expect(await paper()).not.toBe(dark);
  await page.getByLabel('Look').selectOption('projector');
  await expect.poll(theme).toBe('projector');
  expect(await paper()).toBe('rgb(255, 255, 255)');
  await page.reload();
  await page.locator('guess-form').waitFor();
  expect(await theme()).toBe('projector');
  await page.getByLabel('Look').selectOption('auto');
  await expect.poll(theme).toBe('light');
});

test('what is printed is light, and has no controls', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(
    await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
  ).toBe('rgb(255, 255, 255)');
  expect(await page.locator('transport-bar').isVisible()).toBe(false);
  expect(await page.locator('curve-plot').first().isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });
});

test.each([320, 768, 2560])('nothing sticks out at %d pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  await page.goto(address);
  await expect.poll(() => passes().textContent()).toContain('Pass 10 of 40');
  expect(await wide()).toBeLessThanOrEqual(width);
  // With the answer there is a table more.
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByLabel('Ten times or more').check();
  await page.getByRole('button', { name: 'Let them learn' }).click();
  await answer().waitFor();
  expect(await wide()).toBeLessThanOrEqual(width);
});
