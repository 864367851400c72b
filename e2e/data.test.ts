// Data that are not made from a seed: digits over the network, and a table of the visitor's own.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { button, count, drop, fingerprint, message, open } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;
let said: string[];

visits((visit) => {
  ({ page, said } = visit);
});

const flowers = [
  'petal length,petal width,species',
  ...Array.from({ length: 60 }, (_, row) => {
    const large = row % 2;
    return `${(1 + 3 * large + (row % 7) / 10).toFixed(1)},${(0.2 + large).toFixed(1)},${large ? 'versicolor' : 'setosa'}`;
  }),
].join('\n');

test('the digits load with progress, and what is misread is shown', async () => {
  await open(page);
  const seen = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const look = () => {
          const picker = document
            .querySelector('cajal-app')
            ?.shadowRoot?.querySelector('data-picker')?.shadowRoot;
          if (picker?.querySelector('progress')) resolve(true);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await page.getByRole('radio', { name: 'MNIST' }).check();
  expect(await seen).toBe(true);
  await expect
    .poll(() => page.locator('footer').textContent(), { timeout: 50_000 })
    .toContain('60,000 examples to train, 10,000 to test');
  await expect.poll(() => page.locator('progress').count()).toBe(0);
  await button(page, 'One batch').click();
  await expect.poll(() => count(page, 'step')).toBe(1);
  await expect.poll(() => page.locator('confusion-matrix').count(), { timeout: 50_000 }).toBe(2);
  const rows = page.locator('confusion-matrix').first().locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(10);
  await page.locator('misread-gallery img[src^="data:image/png"]').first().waitFor();
  expect(said).toEqual([]);
}, 120_000);

test('a table that is dropped is learned', async () => {
  await open(page);
  await drop(page, 'flowers.csv', flowers);
  await expect.poll(() => page.getByRole('radio', { name: 'Table' }).isChecked()).toBe(true);
  await expect.poll(() => page.url()).toContain('data=table');
  await button(page, 'One batch').click();
  await fingerprint(page, 1);
  // It survives a reload of the tab.
  await page.reload();
  await page.locator('[data-fingerprint]').waitFor();
  expect(await page.getByRole('radio', { name: 'Table' }).isChecked()).toBe(true);
  expect(await page.locator('message-bar li').count()).toBe(0);
});

test('a table with a gap is refused with its place, and what was there stays', async () => {
  await open(page, '#data=moons');
  await button(page, 'One batch').click();
  const weights = await fingerprint(page, 1);
  await drop(page, 'gap.csv', flowers.replace(/\n([^,]*),[^,]*,/, '\n$1,,'));
  await expect.poll(() => message(page)).toMatch(/line 2/i);
  expect(await message(page)).toMatch(/column 2/i);
  expect(await page.getByRole('radio', { name: 'Moons' }).isChecked()).toBe(true);
  expect(await fingerprint(page, 1)).toBe(weights);
  await button(page, 'One batch').click();
  await fingerprint(page, 2);
});

test('rows that are pasted and refused stay to be mended', async () => {
  await open(page);
  await page.getByRole('radio', { name: 'Table' }).check();
  const rows = page.getByLabel('Rows of a table, separated by commas');
  await rows.fill(`${flowers}\n1.0,wide,setosa`);
  await button(page, 'Use these rows').click();
  await expect.poll(() => message(page)).toMatch(/line 62, column 2/i);
  expect(await rows.inputValue()).toContain('wide');
  await rows.fill(flowers);
  await button(page, 'Use these rows').click();
  await expect.poll(() => page.url()).toContain('data=table');
});

test('a file of more than 5 MB is refused unread', async () => {
  await open(page);
  await drop(page, 'large.csv', '1,2,3\n'.repeat(900_000));
  await expect.poll(() => message(page)).toMatch(/large.csv is too large/);
  await fingerprint(page, 0);
});
