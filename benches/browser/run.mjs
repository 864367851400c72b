// Opens the bench in Chromium and writes what it measured; `cargo xtask bench` serves it.
// node run.mjs OUT [--only NAME]... [--rounds N] [--engine NAME]...

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    engine: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '12' },
  },
});
const [out] = positionals;
const rounds = Number(values.rounds);
if (out === undefined || !Number.isInteger(rounds) || rounds < 1) {
  throw new Error('usage: node run.mjs OUT [--only NAME] [--rounds N] [--engine NAME]');
}

const browser = await chromium.launch({
  executablePath: process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  page.on('console', (message) => console.log(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(process.env.CAJAL_URL ?? 'http://localhost:8080/');
  await page.waitForFunction(() => globalThis.measure !== undefined);
  const options = { only: values.only, rounds, engines: values.engine };
  const measured = await page.evaluate((options) => globalThis.measure(options), options);
  writeFileSync(out, JSON.stringify({ browser: browser.version(), ...measured }));
} finally {
  await browser.close();
}
