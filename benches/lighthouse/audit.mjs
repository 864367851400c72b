// Lighthouse on every room, with its desktop and its mobile preset, several times: the medians have bars.
// `cargo xtask lighthouse [ROUNDS [ROOM ...]]` builds and serves the page, and says where it is. All rooms in at
// least three rounds are written to benches/LIGHTHOUSE.md; a look at some rooms, or in fewer rounds, is only told.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { roomsOf } from '../../e2e/rooms.mjs';
import { CATEGORIES, LEAST_ROUNDS, missed, report } from './report.js';

const OUT = 'benches/LIGHTHOUSE.md';
const PRESETS = { desktop: desktopConfig, mobile: undefined };

const address = process.env.CAJAL_URL ?? 'http://localhost:8080/';
const executablePath = process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium';
const [roundsWanted = String(LEAST_ROUNDS), ...wanted] = process.argv.slice(2);
const rounds = Number(roundsWanted);
if (!Number.isInteger(rounds) || rounds < 1) refuse(`rounds are a number, not “${roundsWanted}”`);

const { rooms, version } = await lookAround();
const ids = rooms.map(([id]) => id);
const unknown = wanted.filter((id) => !ids.includes(id));
if (unknown.length > 0) refuse(`no room ${unknown.join(', ')}; there are ${ids.join(', ')}`);
const audited = rooms.filter(([id]) => wanted.length === 0 || wanted.includes(id));

const browser = await start();
let versionOfLighthouse = '';
const audits = [];
for (const [room, hash] of audited) {
  for (const [preset, config] of Object.entries(PRESETS)) {
    const audit = await examine(room, hash, preset, config);
    audits.push(audit);
    const parts = CATEGORIES.map((category) => `${category} ${audit.scores[category].join(', ')}`);
    console.log(`${room}, ${preset}: ${parts.join('; ')}`);
    for (const [id, said] of audit.wrong) console.log(`    ${id}: ${said}`);
  }
}
await browser.end();

if (wanted.length === 0 && rounds >= LEAST_ROUNDS) {
  writeFileSync(OUT, report({ ...surroundings(), rounds, audits }));
  console.log(`written to ${OUT}`);
}
const faults = missed(audits);
for (const fault of faults) console.log(`missed: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

function refuse(message) {
  console.error(message);
  process.exit(1);
}

/** Which rooms the page itself says there are, and which Chromium this is. */
async function lookAround() {
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  const found = { rooms: await roomsOf(browser, address), version: browser.version() };
  await browser.close();
  return found;
}

/** A Chromium that Lighthouse can talk to, with nothing remembered. */
async function start() {
  const profile = mkdtempSync(join(tmpdir(), 'cajal-lighthouse-'));
  const running = spawn(
    executablePath,
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
    running.stderr.on('data', (data) => {
      said += data;
      const at = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said);
      if (at) found(Number(at[1]));
    });
    running.on('exit', () => failed(new Error(`Chromium ended: ${said}`)));
  });
  const end = async () => {
    running.removeAllListeners('exit');
    await new Promise((ended) => {
      running.on('exit', ended);
      running.kill();
    });
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { port, end };
}

/** Some rounds of one room with one preset. */
async function examine(room, hash, preset, config) {
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
  const wrong = new Map();
  for (let round = 0; round < rounds; round += 1) {
    const flags = {
      port: browser.port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: CATEGORIES,
    };
    const { lhr } = await lighthouse(`${address}${hash}`, flags, config);
    if (lhr.runtimeError) wrong.set(lhr.runtimeError.code, lhr.runtimeError.message);
    for (const category of CATEGORIES) {
      scores[category].push(Math.round((lhr.categories[category].score ?? 0) * 100));
    }
    for (const { id, score, displayValue } of Object.values(lhr.audits)) {
      if (score !== null && score < 0.9) wrong.set(id, `${score} ${displayValue ?? ''}`.trim());
    }
    versionOfLighthouse = lhr.lighthouseVersion;
  }
  return { room, preset, scores, wrong };
}

function surroundings() {
  const git = (...command) => execFileSync('git', command, { encoding: 'utf8' }).trim();
  // What is written here does not count as a change of what was measured.
  const changed = git('status', '--porcelain', '--', `:!${OUT}`) === '' ? '' : ', with changes';
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const [load] = loadavg();
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: `${git('rev-parse', '--short=10', 'HEAD')}${changed}`,
    machine: `${cores[0].model.trim()}, ${cores.length} cores, ${memory} GiB; load at the end ${load.toFixed(1)}`,
    chromium: version,
    lighthouse: versionOfLighthouse,
  };
}
