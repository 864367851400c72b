// A minute of random clicking and typing in each room, ten minutes under `cargo xtask soak`.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, FRONT_DOOR, ROOMS, type RoomId } from '../www/rooms/rooms.ts';
import { launch } from './browser.ts';
import { growth, monkey } from './monkey.ts';

const SECONDS = Number(process.env.CAJAL_MONKEY_SECONDS ?? 60);
const SEED = Number(process.env.CAJAL_MONKEY_SEED ?? 1);

const PLACES: RoomId[] = [FRONT_DOOR, ...ROOMS.map(({ id }) => id)];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Addresses within a room, good ones and bad ones. */
const FRAGMENTS: Record<string, readonly string[]> = {
  network: ['#data=spiral', '#data=moons&noise=0.2', '#layers=4-relu', '#lr=nonsense', '#%%%'],
};

describe('growth', () => {
  test('a heap that grows by more than a fifth is told', () => {
    expect(growth([10, 12, 11, 12])).toEqual([]);
    expect(growth([10, 12, 13, 14])).toEqual(['memory grew from 10 to 13 bytes']);
    expect(growth([10])).toHaveLength(1);
  });
});

test.each(PLACES)(
  'random clicking and typing in the room %s',
  async (room) => {
    const start = addressOf(room);
    const bad = room === 'network' ? '#lr=nonsense' : `#room=${room}&nonsense=%%%`;
    const fragments = [start, bad, ...(FRAGMENTS[room] ?? [])];
    const { faults, actions, heap } = await monkey(browser, start, fragments, SECONDS, SEED);
    const sizes = heap.map((size) => (size / 1e6).toFixed(1)).join(', ');
    console.log(
      `${room}: ${actions} actions, seed ${SEED}; heap once warm, MB: ${sizes}`,
      ...faults,
    );
    expect(faults).toEqual([]);
    expect(actions).toBeGreaterThan(SECONDS / 2);
  },
  (SECONDS + 60) * 1000,
);
