// Measures the spiking works, all simulators side by side:
// node run.mjs OUT [--only NAME]... [--rounds N] [--limit SECONDS]
//
// Works that OUT has already and that are not measured now stay in it, with their date and commit.
// A native simulator that takes longer than the limit for a run is left out, and said so.
//
// `cargo xtask bench --spiking` serves benches/browser and says where Chromium, cargo and the Python of the
// peers are (CAJAL_URL, CAJAL_CHROMIUM, CARGO, CAJAL_PEERS; without the last there are no peers).

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { contenders, works } from './works.mjs';

/** A run that takes longer than this is repeated three times only. */
const LONG_MS = 6000;
const ROUNDS_OF_LONG = 3;
/** To load, connect and compile, a process may take longer than for a run: so many times. */
const PREPARING = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '7' },
    limit: { type: 'string', default: '60' },
  },
});
const [out] = positionals;
const rounds = Number(values.rounds);
const limitS = Number(values.limit);
if (out === undefined || !Number.isInteger(rounds) || rounds < 1 || !(limitS > 0)) {
  throw new Error('usage: node run.mjs OUT [--only NAME] [--rounds N] [--limit SECONDS]');
}

const cargo = process.env.CARGO ?? 'cargo';
const nativeCommand = (...args) => [cargo, 'bench', '--quiet', '--bench', 'spiking', '--', ...args];
const say = (text) => console.log(text);

class TooLate extends Error {
  constructor(seconds) {
    super(`took longer than ${seconds} s`);
  }
}

/** A program that answers a line with a line. */
class Process {
  constructor([program, ...args], cwd) {
    this.child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.errors = '';
    this.child.stderr.on('data', (data) => {
      this.errors = (this.errors + data).slice(-4000);
    });
    this.child.on('error', (error) => {
      this.errors += error.message;
    });
  }

  /** The next answer; a process that takes longer than `seconds` for it is ended. */
  async read(seconds) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        reject(new TooLate(seconds));
      }, 1000 * seconds);
    });
    try {
      return await Promise.race([late, this.answer()]);
    } finally {
      clearTimeout(timer);
    }
  }

  async answer() {
    for (;;) {
      const { value } = await this.answers.next();
      if (value === undefined) {
        const last = this.errors.trim().split('\n').at(-1);
        throw new Error(`it ended: ${last}`);
      }
      // Simulators greet when they are loaded.
      if (value.startsWith('{')) return JSON.parse(value);
    }
  }

  async ask(question) {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.read(limitS);
  }

  close() {
    this.child.stdin.end();
    return new Promise((resolve) => {
      if (this.child.exitCode !== null) resolve();
      this.child.on('exit', resolve);
    });
  }
}

async function openProcess(command, work, cwd) {
  const process = new Process(command, cwd);
  const facts = await process.read(PREPARING * limitS);
  const question = { ms: work.biological_ms, anew: work.anew };
  return { facts, run: () => process.ask(question), close: () => process.close() };
}

async function openPage(browser, id, work) {
  const page = await browser.newPage();
  await page.goto(process.env.CAJAL_URL ?? 'http://localhost:8080/');
  await page.waitForFunction(() => globalThis.spiking !== undefined);
  const facts = await page.evaluate(([id, work]) => globalThis.spiking.open(id, work), [id, work]);
  return {
    facts,
    run: () => page.evaluate((id) => globalThis.spiking.run(id), id),
    close: () => page.close(),
  };
}

function open(browser, { id, kind, script }, work) {
  const here = fileURLToPath(new URL('.', import.meta.url));
  if (kind === 'browser') return openPage(browser, id, work);
  if (kind === 'native') return openProcess(nativeCommand(work.id), work);
  const python = process.env.CAJAL_PEERS;
  if (python === undefined) return { facts: { refusal: 'not available' } };
  const [file, ...rest] = script;
  return openProcess([python, file, ...rest, work.id], work, here);
}

/** Everyone is prepared and runs once unmeasured; then round by round, each beginning with another. */
async function measure(browser, work) {
  const taking = [];
  const outcomes = {};
  for (const contender of contenders) {
    const { id } = contender;
    let opened;
    try {
      opened = await open(browser, contender, work);
      outcomes[id] = { ...opened.facts };
      if (opened.facts.refusal !== undefined) continue;
      const { ms } = await opened.run();
      outcomes[id].samples = [];
      taking.push({
        id,
        ...opened,
        wanted: ms > LONG_MS ? Math.min(rounds, ROUNDS_OF_LONG) : rounds,
      });
    } catch (error) {
      const why = error instanceof TooLate ? error.message : `failed: ${error.message}`;
      outcomes[id] = { refusal: why };
      await opened?.close?.();
    }
    say(`  ${work.id} ${id}: ${outcomes[id].refusal ?? 'ready'}`);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < taking.length; turn += 1) {
      const { id, run, wanted } = taking[(turn + round) % taking.length];
      if (round >= wanted || outcomes[id].refusal !== undefined) continue;
      try {
        outcomes[id].samples.push(await run());
      } catch (error) {
        if (!(error instanceof TooLate)) throw error;
        outcomes[id].refusal = error.message;
      }
    }
  }
  for (const { close } of taking) await close();
  for (const [id, { samples }] of Object.entries(outcomes)) {
    const each = samples?.map(({ ms, biological_ms }) => (1000 * ms) / biological_ms);
    if (each) say(`  ${work.id} ${id}: ${each.map((ms) => ms.toFixed(1)).join(' ')} ms a second`);
  }
  return outcomes;
}

const browser = await chromium.launch({
  executablePath: process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const git = (...command) => execFileSync('git', command, { encoding: 'utf8' }).trim();
const isChanged = git('status', '--porcelain', '--', ':!benches/RESULTS.md') !== '';
const commit = `${git('rev-parse', '--short=10', 'HEAD')}${isChanged ? ', with changes' : ''}`;

const before = existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')) : { works: [] };
const measured = new Map(before.works.map((work) => [work.id, work]));
try {
  const [program, ...args] = nativeCommand('bytes');
  const facts = JSON.parse(execFileSync(program, args, { encoding: 'utf8' }));
  for (const work of works) {
    if (values.only.length > 0 && !values.only.some((name) => work.id.includes(name))) continue;
    say(work.title);
    const outcomes = await measure(browser, work);
    const date = new Date().toISOString().slice(0, 10);
    const [load] = loadavg();
    const run = { date, commit, load, rounds, browser: browser.version() };
    measured.set(work.id, { id: work.id, run, outcomes });
    // Work by work, so that nothing is lost with a later one.
    writeFileSync(out, JSON.stringify({ works: [...measured.values()], ...facts }));
  }
} finally {
  await browser.close();
}
