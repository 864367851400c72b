// A minute of random clicking and typing in each room, ten minutes under `cargo xtask soak`.
//
// What is measured, after garbage was collected: the heap of the page's scripts, the heap of each worker's
// scripts, the sum of all memories of WebAssembly, in which the engines live, and how many threads there are.
// `monkey.ts` says when: after rounds of the same deeds that begin and end with the same configuration. None
// may grow by more than a fifth. What a page holds outside its scripts (pixels, elements, buffers that wait to be
// undone) is not measured.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, FRONT_DOOR, ROOMS, type RoomId } from '../www/rooms/rooms.ts';
import { launch } from './browser.ts';
import { ENGINES } from './memory.ts';
import { growth, monkey } from './monkey.ts';

const SECONDS = Number(process.env.CAJAL_MONKEY_SECONDS ?? 60);
const SEED = Number(process.env.CAJAL_MONKEY_SEED ?? 1);

const PLACES: RoomId[] = [FRONT_DOOR, ...ROOMS.map(({ id }) => id)];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Where memory is compared, if not in the room as it is entered for the first time. */
const HOMES: Record<string, string> = {
  network: '#data=moons&samples=200&layers=8-tanh,8-tanh&seed=1',
  'circuit-bench': '#room=circuit-bench&c=cuba&seed=1',
};

/** Addresses within a room, good ones and bad ones. */
const FRAGMENTS: Record<string, readonly string[]> = {
  network: ['#data=spiral', '#data=moons&noise=0.2', '#layers=4-relu', '#lr=nonsense', '#%%%'],
};

function cage(room: RoomId) {
  const entered = addressOf(room);
  const bad = room === 'network' ? '#lr=nonsense' : `#room=${room}&nonsense=%%%`;
  const fragments = [entered, bad, ...(FRAGMENTS[room] ?? [])];
  return { home: HOMES[room] ?? entered, fragments };
}

describe('growth', () => {
  test('what grows by more than a fifth is told, whoever holds it', () => {
    const rounds = (...all: [number, number][]) => all.map(([page, worker]) => ({ page, worker }));
    expect(growth(rounds([10, 5], [12, 5], [11, 6], [12, 6]))).toEqual([]);
    expect(growth(rounds([10, 5], [12, 5], [13, 5], [14, 5]))).toEqual([
      'page: grew from 10 to 13',
    ]);
    expect(growth(rounds([10, 5], [10, 6], [10, 7], [10, 8]))).toEqual([
      'worker: grew from 5 to 7',
    ]);
    expect(growth(rounds([10, 5]))).toHaveLength(1);
    // An engine may climb to what it needs, and not beyond.
    const engine = (...all: number[]) => all.map((megabytes) => ({ [ENGINES]: megabytes }));
    expect(growth(engine(16, 24, 27, 27))).toEqual([]);
    expect(growth(engine(16, 24, 32, 40))).toHaveLength(1);
  });

  test('so is a worker that comes and stays', () => {
    expect(growth([{ page: 10 }, { page: 10, second: 5 }])).toEqual(['second: grew from 0 to 5']);
  });

  test('a worker that leaks is found out, by its scripts and by its engine', async () => {
    const leak = async (page: Page) => {
      await page.route('**/worker.js', async (route) => {
        const response = await route.fetch();
        const body = `${await response.text()}
          const kept = [], memory = new WebAssembly.Memory({ initial: 1 });
          setInterval(() => {
            for (let at = 0; at < 200; at += 1) kept.push({ at });
            memory.grow(2);
          }, 100);`;
        await route.fulfill({ response, body });
      });
    };
    const { faults } = await monkey(browser, cage('neuron-bench'), 10, SEED, leak);
    expect(faults).toHaveLength(2);
    expect(faults.join()).toContain('scripts of the worker cajal-bench: grew');
    expect(faults.join()).toContain(`${ENGINES}: grew`);
  }, 120_000);
});

test.each(PLACES)(
  'random clicking and typing in the room %s',
  async (room) => {
    const { faults, actions, held } = await monkey(browser, cage(room), SECONDS, SEED);
    console.log(`${room}: ${actions} actions, seed ${SEED}; MB after each round`, ...faults);
    for (const what of Object.keys(held[0] ?? {})) {
      const sizes = held.map((round) => ((round[what] ?? 0) / 1e6).toFixed(2)).join(', ');
      console.log(`    ${what}: ${sizes}`);
    }
    expect(faults).toEqual([]);
    expect(actions).toBeGreaterThan(SECONDS / 2);
  },
  (3 * SECONDS + 60) * 1000,
);
