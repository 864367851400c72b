// Browsers that cannot run the engine are told so, and which ones can.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, launch } from './browser.ts';
import { LAB } from './laboratory.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const versions = /Chrome and Edge from version 91, Firefox from 114 and Safari from 16\.4/;

test('a browser without SIMD', async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto(address);
  const sentence = page.getByRole('alert');
  await sentence.waitFor();
  expect(await sentence.textContent()).toMatch(versions);
  expect(await page.locator('transport-bar').count()).toBe(0);
  await page.close();
});

test('a browser that cannot read the modules', async () => {
  const page = await browser.newPage();
  await page.route('**/main.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'a syntax of tomorrow' }),
  );
  await page.goto(address);
  const sentence = page.getByRole('alert');
  await sentence.waitFor();
  expect(await sentence.textContent()).toMatch(versions);
  await page.close();
});

test('one that can says nothing of it', async () => {
  const page = await browser.newPage();
  await page.goto(`${address}${LAB}`);
  await page.locator('[data-fingerprint]').waitFor();
  expect(await page.getByRole('alert').filter({ hasText: versions }).count()).toBe(0);
  await page.close();
});
