// Random clicking and typing, the same for the same seed. What may not happen: a word in the console,
// an engine that stops for good, memory that grows once the page is warm. Memory is what `memory.ts` asks for:
// the heap of the page's own scripts, that of each worker's, and the memories of the engines.
//
// WebAssembly's memory never shrinks: that of an engine is as large as the largest that it ever ran needed, and a
// later round that happens upon something larger is no leak. So first the monkey goes where it likes, and
// whatever it does is judged but for memory. Then it does the same deeds again and again, from the same
// configuration each time, and comes back to it: what each of these rounds leaves behind is compared. Time is not
// the same in each of them, so what grew gets two rounds more: a leak grows on, a round that was late does not.

import type { Browser, Page } from 'playwright-core';
import { address, complaints } from './browser.ts';
import { ENGINES, type Held, heldBy } from './memory.ts';

/** Part of the time in which no deed is one that was done before. */
const FREE = 0.4;
/** Rounds of the same deeds in the rest of it, and by how much memory may grow between their halves. */
const ROUNDS = 4;
const MOST_ROUNDS = 6;
const GROWTH = 1.2;
/** From the way back to its configuration until a room is at rest, ms. */
const REST_MS = 2000;

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

/** Where a monkey is let loose. */
export interface Cage {
  /** The address of the configuration in which memory is compared. */
  home: string;
  /** Addresses that it may follow. */
  fragments: readonly string[];
}

export interface Outcome {
  faults: string[];
  actions: number;
  /** What was held after each round of the same deeds. */
  held: Held[];
}

/** Lets a seeded monkey loose on a page for some seconds. */
export async function monkey(
  browser: Browser,
  { home, fragments }: Cage,
  seconds: number,
  seed: number,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Outcome> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const faults = complaints(page);
  page.on('crash', () => faults.push('the page crashed'));
  await prepare(page);
  await page.goto(`${address}${home}`);
  await page.locator('main').waitFor();
  const weigh = await heldBy(page);

  let actions = 0;
  /**
   * Acts until it was often or long enough; how often it did. Each deed has draws of its own: what the page had
   * to offer for one of them changes no later one.
   */
  const play = async (seed: number, { most = Infinity, ms }: { most?: number; ms: number }) => {
    const until = Date.now() + ms;
    let done = 0;
    while (done < most && Date.now() < until && faults.length === 0) {
      // What vanished or moved away under the pointer is no fault: the visitor was quicker than the page. What
      // the page itself says is heard above.
      const act = actsOn(page, mulberry32(seed * 65_537 + done), fragments);
      await act().catch((error: unknown) => {
        if (/crash|closed/.test(String(error))) faults.push(String(error));
      });
      done += 1;
    }
    actions += done;
    return done;
  };
  const goHome = async () => {
    await page.keyboard.press('Escape');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, home);
    await page.waitForTimeout(REST_MS);
  };

  await play(seed, { ms: seconds * 1000 * FREE });
  const roundMs = (seconds * 1000 * (1 - FREE)) / ROUNDS;
  const held: Held[] = [];
  const grown = () => growth(held.slice(-ROUNDS));
  let most = Infinity;
  while (
    faults.length === 0 &&
    (held.length < ROUNDS || (held.length < MOST_ROUNDS && grown().length > 0))
  ) {
    await goHome();
    // The first says how many deeds a round has; a machine that is busy later gets the time that they take.
    const first = most === Infinity;
    const done = await play(seed + 1, { most, ms: first ? roundMs : 3 * roundMs });
    if (first) most = done;
    await goHome();
    if (faults.length === 0) held.push(await weigh());
  }
  const messages = await page.locator('message-bar li').allTextContents();
  if (messages.some((message) => message.includes('stopped'))) faults.push('the engine stopped');
  await context.close();
  return { faults: faults.length > 0 ? faults : grown(), actions, held };
}

/**
 * What grew: the least of the first half of rounds beside the least of the second. Linear memory never shrinks and
 * climbs to what the largest configuration needs: of the engines the most counts, which a leak goes on to raise.
 */
export function growth(held: readonly Held[]): string[] {
  if (held.length < 2) return [`only ${held.length} rounds: run it for longer`];
  const half = Math.ceil(held.length / 2);
  const names = new Set(held.flatMap((round) => Object.keys(round)));
  return [...names].flatMap((what) => {
    const of = what === ENGINES ? Math.max : Math.min;
    const [early, late] = [held.slice(0, half), held.slice(half)].map((rounds) =>
      of(...rounds.map((round) => round[what] ?? 0)),
    );
    return (late ?? 0) > GROWTH * (early ?? 0) ? [`${what}: grew from ${early} to ${late}`] : [];
  });
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
