import { beforeEach, describe, expect, it } from 'vitest';
import { Autosave } from '../page/autosave.ts';
import { type Keepsake, MOST_KEPT, reopen, type Visit, type VisitStore } from '../page/visit.ts';
import { config } from './fake-worker.ts';

class Memory implements VisitStore {
  readonly visits = new Map<string, unknown>();
  writes = 0;
  fails = false;

  async read(name: string): Promise<unknown> {
    if (this.fails) throw new Error('no storage');
    return this.visits.get(name);
  }

  async all(): Promise<unknown[]> {
    if (this.fails) throw new Error('no storage');
    return [...this.visits.values()];
  }

  async update(name: string, decide: (present: unknown) => Visit | undefined): Promise<void> {
    if (this.fails) throw new Error('no storage');
    const visit = decide(this.visits.get(name));
    if (!visit) return;
    this.writes += 1;
    this.visits.set(name, structuredClone(visit));
  }

  write(visit: Visit): void {
    if (this.fails) throw new Error('no storage');
    this.writes += 1;
    this.visits.set(visit.name, structuredClone(visit));
  }

  async remove(name: string): Promise<void> {
    this.visits.delete(name);
  }
}

let store: Memory;
let now: number;
let timers: { at: number; act: () => void }[];
const clock = {
  now: () => now,
  later(ms: number, act: () => void) {
    const timer = { at: now + ms, act };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  },
};

async function pass(ms: number): Promise<void> {
  const end = now + ms;
  for (;;) {
    const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    now = Math.max(now, next.at);
    timers = timers.filter((timer) => timer !== next);
    next.act();
    await settle();
  }
  now = end;
}
const settle = () => new Promise((done) => setTimeout(done));

const keepsake = (step: number, change: Partial<Keepsake> = {}): Keepsake => ({
  address: '#data=xor',
  config,
  bytes: Uint8Array.of(step),
  step,
  table: undefined,
  shelf: [],
  ...change,
});

beforeEach(() => {
  store = new Memory();
  now = 1000;
  timers = [];
});

describe('a visit', () => {
  it('is kept every few seconds at most, and at once when the page is left', async () => {
    const visit = new Autosave(store, 'mine', () => {}, clock);
    visit.enter('#data=xor');
    for (let step = 0; step < 100; step += 1) {
      visit.keep(keepsake(step));
      await pass(100);
    }
    expect(store.writes).toBeGreaterThanOrEqual(2);
    expect(store.writes).toBeLessThanOrEqual(3);
    visit.keep(keepsake(1234));
    // Without a moment to wait.
    visit.leave();
    const { visit: kept } = await reopen(store, '', undefined);
    expect(kept).toMatchObject({ name: 'mine', step: 1234, room: '#data=xor', config });
    expect(kept?.bytes).toEqual(Uint8Array.of(1234));
  });

  it('reopens where the address is bare or written by itself, and nowhere else', async () => {
    const visit = new Autosave(store, 'mine', () => {}, clock);
    visit.keep(keepsake(5));
    await visit.flush();
    expect((await reopen(store, '', undefined)).visit?.step).toBe(5);
    expect((await reopen(store, '#', undefined)).visit?.step).toBe(5);
    expect((await reopen(store, '#data=xor', 'mine')).visit?.step).toBe(5);
    // A link wins.
    expect((await reopen(store, '#data=xor', undefined)).visit).toBeUndefined();
    expect((await reopen(store, '#data=xor', 'another')).visit).toBeUndefined();
    expect((await reopen(undefined, '', undefined)).visit).toBeUndefined();
  });

  it('of two tabs with one record goes into two', async () => {
    const names: string[] = [];
    const one = new Autosave(store, 'shared', () => names.push('one'), clock);
    one.keep(keepsake(1));
    await one.flush();
    now += 1000;
    // The tab was duplicated.
    const other = new Autosave(store, 'shared', () => names.push('other'), clock);
    now += 1000;
    other.keep(keepsake(100));
    await other.flush();
    now += 1000;
    one.keep(keepsake(2));
    await one.flush();
    expect(names).toEqual(['one']);
    expect(one.name).not.toBe(other.name);
    for (const [tab, step] of [
      [one, 2],
      [other, 100],
    ] as const) {
      expect((await reopen(store, '#data=xor', tab.name)).visit?.step).toBe(step);
    }
    now += 10_000;
    other.keep(keepsake(101));
    await other.flush();
    expect((await reopen(store, '#data=xor', one.name)).visit?.step).toBe(2);
    expect((await reopen(store, '', undefined)).visit?.step).toBe(101);
  });

  it('that is damaged or of another version is put away and said to be', async () => {
    const good = new Autosave(store, 'good', () => {}, clock);
    good.keep(keepsake(3));
    await good.flush();
    const whole = store.visits.get('good') as Visit;
    const damaged: unknown[] = [
      { ...whole, version: 0 },
      { ...whole, bytes: 'text' },
      { ...whole, step: 'three' },
      { ...whole, room: undefined },
      { name: 'good' },
    ];
    for (const value of damaged) {
      store.visits.set('good', value);
      expect(await reopen(store, '', undefined)).toEqual({
        visit: undefined,
        damaged: true,
        again: false,
      });
      expect(store.visits.has('good')).toBe(false);
    }
    expect((await reopen(store, '', undefined)).damaged).toBe(false);
    // Of the shelf only what cannot be read is left out.
    const curves = [new Float32Array(5), new Float32Array(5)];
    const run = { id: 1, name: 'one', config, step: 3, curves };
    store.visits.set('good', { ...whole, shelf: [run, { id: 'two' }, null] });
    expect((await reopen(store, '', undefined)).visit?.shelf).toEqual([run]);
  });

  it('is bounded in bytes and in number', async () => {
    const visit = new Autosave(store, 'large', () => {}, clock);
    visit.keep(keepsake(9, { bytes: new Uint8Array(MOST_KEPT + 1) }));
    await visit.flush();
    expect((await reopen(store, '', undefined)).visit).toMatchObject({ tooLarge: true, step: 9 });
    for (let tab = 0; tab < 10; tab += 1) {
      now += 1000;
      const other = new Autosave(store, `tab ${tab}`, () => {}, clock);
      other.keep(keepsake(tab));
      await other.flush();
    }
    expect([...store.visits.keys()]).toEqual(['tab 6', 'tab 7', 'tab 8', 'tab 9']);
  });

  it('in a bench alone is its address; a laboratory of before stays with it', async () => {
    const door = new Autosave(store, 'door', () => {}, clock);
    door.enter('#');
    door.leave();
    await door.flush();
    expect(store.visits.size).toBe(0);
    door.enter('#room=neuron-bench&n=lif');
    await door.flush();
    expect((await reopen(store, '', undefined)).visit).toMatchObject({
      room: '#room=neuron-bench&n=lif',
      address: '',
      config: undefined,
    });
    door.keep(keepsake(7, { bytes: new Uint8Array(MOST_KEPT + 1) }));
    await door.flush();
    now += 1000;
    const before = (await reopen(store, '', undefined)).visit;
    const again = new Autosave(store, 'door', () => {}, clock, before);
    again.enter('#room=circuit-bench&c=cuba');
    again.leave();
    await again.flush();
    expect((await reopen(store, '', undefined)).visit).toMatchObject({
      room: '#room=circuit-bench&c=cuba',
      address: '#data=xor',
      step: 7,
      tooLarge: true,
    });
    again.enter('#');
    await again.flush();
    expect((await reopen(store, '', undefined)).visit?.room).toBe('#');
  });

  it('is not kept where nothing can be, and nothing else happens', async () => {
    store.fails = true;
    const visit = new Autosave(store, 'mine', () => {}, clock);
    visit.keep(keepsake(1));
    await expect(visit.flush()).resolves.toBeUndefined();
    expect(await reopen(store, '', undefined)).toEqual({ visit: undefined, damaged: false });
    const none = new Autosave(undefined, 'mine', () => {}, clock);
    none.keep(keepsake(1));
    await expect(none.flush()).resolves.toBeUndefined();
  });
});
