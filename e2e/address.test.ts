// The whole state stands in the address.

import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { button, fingerprint, message, open } from './laboratory.ts';
import { visits } from './visit.ts';

let browser: Browser;
let page: Page;

visits((visit) => {
  ({ browser, page } = visit);
});

test('opening the address of an experiment restores it', async () => {
  await open(page);
  await page.getByRole('radio', { name: 'XOR' }).check();
  await button(page, 'Add a layer').click();
  await page.getByRole('textbox', { name: 'Units of layer 3' }).fill('5');
  await page.getByRole('textbox', { name: 'Units of layer 3' }).press('Enter');
  await page.getByLabel('Activation of layer 1').selectOption('relu');
  await page.getByLabel('Noise, exact value').fill('0.1');
  await page.getByLabel('Noise, exact value').press('Enter');
  await page.getByLabel('Optimiser').selectOption('momentum');
  await button(page, 'New seed').click();
  await expect.poll(() => page.url()).toContain('seed=2');
  const url = page.url();
  expect(url).toContain('#v=2&data=xor');
  expect(url).toContain('layers=8-relu,8-tanh,5-tanh');
  const weights = await fingerprint(page, 0);

  const other = await browser.newPage();
  await open(other, url.slice(url.indexOf('#')));
  expect(await fingerprint(other, 0)).toBe(weights);
  expect(await other.getByLabel('Noise, exact value').inputValue()).toBe('0.1');
  expect(await other.getByLabel('Optimiser').inputValue()).toBe('momentum');
  expect(await other.getByRole('radio', { name: 'XOR' }).isChecked()).toBe(true);
  await other.close();
});

test.each([
  ['#lr=fast', /lr is “fast”, which is not a number/],
  ['#layers=8-cosine', /layers has “8-cosine”/],
  ['#data=moons&batch=0', /batch is 0, but must be from 1 to/],
  ['#%3Cscript%3E', /unknown field/],
  ['#v=99', /version/],
])('%s is refused with a reason, and the default taken', async (hash, reason) => {
  await open(page, hash);
  expect(await message(page)).toMatch(reason);
  const defaults = await browser.newPage();
  await open(defaults);
  expect(await fingerprint(page, 0)).toBe(await fingerprint(defaults, 0));
  await defaults.close();
});

test('an address that is typed over is followed', async () => {
  await open(page);
  await page.evaluate(() => {
    location.hash = '#data=plane';
  });
  await expect.poll(() => page.getByRole('radio', { name: 'Plane' }).isChecked()).toBe(true);
  await button(page, 'One batch').click();
  await fingerprint(page, 1);
});
