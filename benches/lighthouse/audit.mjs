// Lighthouse on every room, with its desktop and its mobile preset, several times: the medians have bars.
// `cargo xtask lighthouse [ROUNDS]` builds and serves the page, and says where it is.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';

const address = process.env.CAJAL_URL ?? 'http://localhost:8080/';
const chromium = process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium';
const rounds = Number(process.argv[2] ?? 3);
const rooms = ['', ...process.argv.slice(3).map((room) => `#room=${room}`)];

const BARS = {
  desktop: { performance: 95, accessibility: 100, 'best-practices': 100 },
  mobile: { performance: 90, accessibility: 100, 'best-practices': 100 },
};
const CATEGORIES = Object.keys(BARS.desktop);
const PRESETS = { desktop: desktopConfig, mobile: undefined };

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const profile = mkdtempSync(join(tmpdir(), 'cajal-lighthouse-'));
const browser = spawn(
  chromium,
  [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
const port = await new Promise((found, failed) => {
  let said = '';
  browser.stderr.on('data', (data) => {
    said += data;
    const at = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said);
    if (at) found(Number(at[1]));
  });
  browser.on('exit', () => failed(new Error(`Chromium ended: ${said}`)));
});

const faults = [];
for (const room of rooms) {
  for (const [preset, config] of Object.entries(PRESETS)) {
    const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
    const wrong = new Map();
    for (let round = 0; round < rounds; round += 1) {
      const flags = { port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES };
      const { lhr } = await lighthouse(`${address}${room}`, flags, config);
      for (const category of CATEGORIES) {
        scores[category].push(Math.round((lhr.categories[category].score ?? 0) * 100));
      }
      for (const { id, score, displayValue } of Object.values(lhr.audits)) {
        if (score !== null && score < 0.9) wrong.set(id, `${score} ${displayValue ?? ''}`);
      }
    }
    const parts = CATEGORIES.map((category) => {
      const score = median(scores[category]);
      const bar = BARS[preset][category];
      if (score < bar) faults.push(`${room || 'the page'}, ${preset}: ${category} ${score} < ${bar}`);
      return `${category} ${score} (${scores[category].join(', ')}; bar ${bar})`;
    });
    console.log(`${room || 'the page'}, ${preset}: ${parts.join('; ')}`);
    for (const [id, found] of wrong) console.log(`    ${id}: ${found}`);
  }
}

browser.removeAllListeners('exit');
await new Promise((ended) => {
  browser.on('exit', ended);
  browser.kill();
});
rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
for (const fault of faults) console.log(`missed: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
