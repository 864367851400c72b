import { beforeEach, describe, expect, it } from 'vitest';
import { type Place, Places } from '../page/place.ts';
import { type Deed, Undo } from '../page/undo.ts';
import type { PageState } from '../state/page-state.ts';
import { config } from './fake-worker.ts';

let now: number;
let values: Record<string, unknown>;
let here: string;
let undo: Undo<Place>;
let names: [Deed | undefined, Deed | undefined];
let told: string[];

const state = { config } as PageState;
const placeOf = (name: string, size = 3): Place => ({
  state,
  config,
  table: { name, text: '' },
  step: 7,
  bytes: new Uint8Array(size),
});
const nameOf = (place: Place) => place.table?.name ?? '';

/** Does something that makes another experiment. */
function experiment(name: string, path?: string): void {
  undo.place(path === undefined ? { message: `to-${name}` } : { path });
  here = name;
}

function value(path: string, next: unknown): void {
  undo.value({ path }, values[path], next);
  values[path] = next;
}

beforeEach(() => {
  now = 0;
  values = { rate: 1, size: 10 };
  here = 'first';
  names = [undefined, undefined];
  told = [];
  undo = new Undo(
    {
      now: () => now,
      place: () => Promise.resolve(placeOf(here)),
      bytes: ({ bytes }) => bytes?.length ?? 0,
      put: (path, next) => {
        values[path] = next;
      },
      go: (place) => {
        here = nameOf(place);
      },
      changed: (...next) => {
        names = next;
      },
      done: (direction, deed) => told.push(`${direction} ${deed.path ?? deed.message}`),
    },
    10,
  );
});

describe('undo', () => {
  it('puts values back and again, in their order, and names them', async () => {
    value('rate', 2);
    now += 5000;
    value('size', 20);
    expect(names).toEqual([{ path: 'size' }, undefined]);
    await undo.undo();
    expect(values).toEqual({ rate: 2, size: 10 });
    expect(names).toEqual([{ path: 'rate' }, { path: 'size' }]);
    await undo.undo();
    expect(values).toEqual({ rate: 1, size: 10 });
    await undo.undo();
    await undo.redo();
    await undo.redo();
    expect(values).toEqual({ rate: 2, size: 20 });
    expect(told).toEqual(['undone size', 'undone rate', 'redone rate', 'redone size']);
  });

  it('takes what a slider did at once as one change', async () => {
    for (const rate of [2, 3, 4]) {
      value('rate', rate);
      now += 300;
    }
    now += 2000;
    value('rate', 5);
    await undo.undo();
    expect(values.rate).toBe(4);
    await undo.undo();
    expect(values.rate).toBe(1);
    await undo.redo();
    expect(values.rate).toBe(4);
  });

  it('goes back to the place of before, and forth to the place that was left', async () => {
    experiment('second');
    experiment('third');
    here = 'third, trained';
    await undo.undo();
    expect(here).toBe('second');
    await undo.undo();
    expect(here).toBe('first');
    await undo.redo();
    expect(here).toBe('second');
    await undo.redo();
    // Not the third as it began: as it was when it was left.
    expect(here).toBe('third, trained');
  });

  it('keeps the place before a slider was dragged, not those between', async () => {
    experiment('noise 0.1', 'noise');
    now += 200;
    experiment('noise 0.2', 'noise');
    await undo.undo();
    expect(here).toBe('first');
    await undo.undo();
    expect(here).toBe('first');
  });

  it('takes a weight that is dragged as one change, and another weight as another', async () => {
    const drag = (name: string, group: string) => {
      undo.place({ message: 'edit-weight', group });
      here = name;
      now += 100;
    };
    drag('0.1', 'first');
    drag('0.2', 'first');
    drag('0.3', 'second');
    await undo.undo();
    expect(here).toBe('0.2');
    await undo.undo();
    expect(here).toBe('first');
  });

  it('forgets what was undone once something else is done', async () => {
    value('rate', 2);
    await undo.undo();
    value('size', 20);
    expect(names[1]).toBeUndefined();
    await undo.redo();
    expect(values).toEqual({ rate: 1, size: 20 });
  });

  it('forgets the oldest places when all take too many bytes, and says so', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) experiment(name);
    await Promise.resolve();
    await Promise.resolve();
    const seen: string[] = [];
    for (let back = 0; back < 5; back += 1) {
      await undo.undo();
      seen.push(here);
    }
    expect(seen.slice(0, 2)).toEqual(['d', 'c']);
    expect(seen).not.toContain('first');
    expect(names[0]).toBeUndefined();
  });
});

describe('places of the history', () => {
  it('are the newest, within their bytes', async () => {
    const places = new Places(3, 10);
    for (const name of ['a', 'b', 'c', 'd']) places.set(name, Promise.resolve(placeOf(name, 1)));
    expect(places.get('a')).toBeUndefined();
    places.set('large', Promise.resolve(placeOf('large', 9)));
    await Promise.resolve();
    await Promise.resolve();
    const left = ['b', 'c', 'd', 'large'].filter((name) => places.get(name));
    expect(left).toEqual(['d', 'large']);
    expect(nameOf((await places.get('large')) as Place)).toBe('large');
  });
});
