// Random clicking and typing, the same for the same seed. What may not happen: a word in the console,
// an engine that stops for good, a heap of the page that grows once it is warm. Only the heap of the
// page's own scripts is measured: not the workers' memory, in which the engines live.

import type { Browser, Page } from 'playwright-core';
import { address, complaints } from './browser.ts';

/** Part of the time after which memory should no longer grow, and by how much it may. */
const WARM = 0.3;
const GROWTH = 1.2;

const TEXTS = ['', '-1', '0', '7', '1e99', 'NaN', 'ñandú', '8-tanh,8-relu', '<b>', '99999999999'];
const KEYS = [
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

export interface Outcome {
  faults: string[];
  actions: number;
  /** Bytes in use by the page's scripts, after garbage was collected, once it was warm. */
  heap: number[];
}

/** Lets a seeded monkey loose for some seconds; `fragments` are addresses that it may follow. */
export async function monkey(
  browser: Browser,
  start: string,
  fragments: readonly string[],
  seconds: number,
  seed: number,
): Promise<Outcome> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const faults = complaints(page);
  page.on('crash', () => faults.push('the page crashed'));
  await page.goto(`${address}${start}`);
  await page.locator('main').waitFor();
  const acts = actsOn(page, mulberry32(seed), fragments);
  const memory = await heapOf(page);

  const began = Date.now();
  const until = began + seconds * 1000;
  const heap: number[] = [];
  let actions = 0;
  let measured = began;
  while (Date.now() < until && faults.length === 0) {
    // What vanished or moved away under the pointer is no fault: the visitor was quicker than the page. What
    // the page itself says is heard above.
    await acts().catch((error: unknown) => {
      if (/crash|closed/.test(String(error))) faults.push(String(error));
    });
    actions += 1;
    if (Date.now() - measured > Math.min(15_000, seconds * 50)) {
      measured = Date.now();
      const size = await memory();
      if (measured > began + seconds * 1000 * WARM) heap.push(size);
    }
  }
  const messages = await page.locator('message-bar li').allTextContents();
  if (messages.some((message) => message.includes('stopped'))) faults.push('the engine stopped');
  await context.close();
  return { faults: faults.length > 0 ? faults : growth(heap), actions, heap };
}

/** Compares the least of the first half with the least of the second: between them garbage waits. */
export function growth(heap: readonly number[]): string[] {
  if (heap.length < 2) return [`only ${heap.length} sizes of the heap: run it for longer`];
  const half = Math.ceil(heap.length / 2);
  const early = Math.min(...heap.slice(0, half));
  const late = Math.min(...heap.slice(half));
  return late > GROWTH * early ? [`memory grew from ${early} to ${late} bytes`] : [];
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function actsOn(page: Page, random: () => number, fragments: readonly string[]) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = (selector: string) => page.locator(selector).all();
  const press = () => page.keyboard.press(pick(KEYS));
  const click = async () => {
    const all = await some('button:enabled:visible, summary:visible, [role=button]:visible');
    if (all.length > 0) await pick(all).click({ timeout: 1000, force: true, noWaitAfter: true });
  };
  const choose = async () => {
    const all = await some('select:enabled:visible');
    if (all.length === 0) return;
    const select = pick(all);
    const values = await select
      .locator('option')
      .evaluateAll((list) => list.map((option) => (option as HTMLOptionElement).value));
    await select.selectOption(pick(values), { timeout: 1000 });
  };
  const type = async () => {
    const all = await some('input[type=number]:visible, input[type=text]:visible');
    if (all.length === 0) return;
    await pick(all).focus({ timeout: 1000 });
    await page.keyboard.press('Control+A');
    await page.keyboard.type(pick(TEXTS));
    await page.keyboard.press('Enter');
  };
  const slide = async () => {
    const all = await some('input[type=range]:visible');
    if (all.length === 0) return;
    await pick(all).focus({ timeout: 1000 });
    for (let step = Math.floor(random() * 8); step > 0; step -= 1) {
      await page.keyboard.press(pick(['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown']));
    }
  };
  /** Into any picture, and sometimes along a line: brushes and drawings are made so. */
  const drag = async () => {
    const all = await some('canvas:visible, svg:visible');
    if (all.length === 0) return;
    const box = await pick(all).boundingBox({ timeout: 1000 });
    if (!box) return;
    const at = () => [box.x + box.width * random(), box.y + box.height * random()] as const;
    await page.mouse.move(...at());
    await page.mouse.down();
    await page.mouse.move(...at(), { steps: 4 });
    await page.mouse.up();
  };
  const follow = () =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, pick(fragments));
  const wait = () => page.waitForTimeout(random() * 400);
  const all = [press, press, click, click, choose, type, slide, drag, follow, wait];
  return () => pick(all)();
}

async function heapOf(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  return async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize;
  };
}
