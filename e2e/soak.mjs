// Minutes of random clicking and typing: `cargo xtask soak [seconds] [seed]`. Nothing may be said in
// the console, the engine may not stop, and the page's heap may not grow once it is warm. Only the
// heap of the page's own scripts is measured: not the worker's memory, in which the engine lives.

import { chromium } from 'playwright-core';

const address = process.env.CAJAL_URL ?? 'http://localhost:8080/';
const seconds = Number(process.argv[2] ?? 600);
const seed = Number(process.argv[3] ?? 1);
/** Part of the time after which memory should no longer grow, and by how much it may. */
const WARM = 0.3;
const GROWTH = 1.2;

/** Mulberry32: the same clicks for the same seed. */
let state = seed >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pick = (list) => list[Math.floor(random() * list.length)];

const browser = await chromium.launch({
  executablePath: process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const faults = [];
page.on('console', (message) => {
  if (['error', 'warning'].includes(message.type())) faults.push(message.text());
});
page.on('pageerror', (error) => faults.push(String(error)));
page.on('crash', () => faults.push('the page crashed'));
const devtools = await page.context().newCDPSession(page);

await page.goto(address);
await page.locator('[data-fingerprint]').waitFor();

const texts = ['', '-1', '0', '7', '1e99', 'NaN', 'ñandú', '8-tanh,8-relu', '<b>', '99999999999'];
const addresses = [
  '#data=spiral',
  '#data=moons&noise=0.2',
  '#layers=4-relu',
  '#lr=nonsense',
  '#%%%',
  '',
];
const keys = [
  'Space',
  's',
  'b',
  'e',
  'z',
  'r',
  'n',
  'Tab',
  'Escape',
  'ArrowRight',
  'ArrowUp',
  'End',
];

async function press() {
  await page.keyboard.press(pick(keys));
}
async function click() {
  const all = await page.locator('button:enabled:visible').all();
  if (all.length > 0) await pick(all).click({ timeout: 1000, force: true, noWaitAfter: true });
}
async function choose() {
  const all = await page.locator('select:enabled:visible').all();
  if (all.length === 0) return;
  const select = pick(all);
  const values = await select
    .locator('option')
    .evaluateAll((list) => list.map(({ value }) => value));
  await select.selectOption(pick(values), { timeout: 1000 });
}
async function type() {
  const all = await page.locator('input[type=number]:visible, input[type=text]:visible').all();
  if (all.length === 0) return;
  const input = pick(all);
  await input.focus({ timeout: 1000 });
  await page.keyboard.press('Control+A');
  await page.keyboard.type(pick(texts));
  await page.keyboard.press('Enter');
}
async function slide() {
  const all = await page.locator('input[type=range]:visible').all();
  if (all.length === 0) return;
  await pick(all).focus({ timeout: 1000 });
  for (let step = Math.floor(random() * 8); step > 0; step -= 1) {
    await page.keyboard.press(pick(['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown']));
  }
}
async function follow() {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, pick(addresses));
}
async function wait() {
  await page.waitForTimeout(random() * 400);
}

async function heap() {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize;
}

const deadline = Date.now() + seconds * 1000;
const warm = Date.now() + seconds * 1000 * WARM;
const sizes = [];
let actions = 0;
let measured = Date.now();
while (Date.now() < deadline && faults.length === 0) {
  const act = pick([press, press, click, click, choose, type, slide, follow, wait]);
  // What vanished under the pointer is no fault: the visitor was quicker than the page.
  await act().catch((error) => {
    if (!String(error).includes('Timeout')) faults.push(`${act.name}: ${error}`);
  });
  actions += 1;
  if (Date.now() - measured > Math.min(15_000, seconds * 50)) {
    measured = Date.now();
    const size = await heap();
    if (Date.now() > warm) sizes.push(size);
    console.log(`${actions} actions, ${(size / 1e6).toFixed(1)} MB in the page`);
  }
}
const messages = await page.locator('message-bar li').allTextContents();
if (messages.some((message) => message.includes('stopped'))) {
  faults.push('the engine stopped');
}
if (sizes.length < 2) faults.push(`only ${sizes.length} sizes of the heap: run it for longer`);
const half = Math.ceil(sizes.length / 2);
const [early, late] = [sizes.slice(0, half), sizes.slice(half)].map((part) => Math.min(...part));
if (late > GROWTH * early) faults.push(`memory grew from ${early} to ${late} bytes`);
await browser.close();
for (const fault of faults) console.log(`fault: ${fault}`);
console.log(`${actions} actions in ${seconds} s, seed ${seed}: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
