import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AddressBar, visitOf } from '../page/address-bar.ts';

let entries: { hash: string; state: unknown }[];
let changes: number;
let bar: AddressBar;
let now: number;

const hashes = () => entries.map(({ hash }) => hash);
const last = () => entries.at(-1) as { hash: string; state: unknown };

beforeEach(() => {
  vi.useFakeTimers();
  entries = [{ hash: '', state: null }];
  changes = 0;
  now = 0;
  bar = new AddressBar(
    {
      hash: () => last().hash,
      state: () => last().state,
      replace(state, hash) {
        changes += 1;
        entries[entries.length - 1] = { hash, state };
      },
      push(state, hash) {
        changes += 1;
        entries.push({ hash, state });
      },
    },
    () => 'visit',
    () => {},
    () => now,
  );
  return () => vi.useRealTimers();
});

describe('the address bar', () => {
  it('writes what changes by and by once, into the same entry', () => {
    for (let value = 0; value < 100; value += 1) {
      bar.replace(`#${value}`);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(1000);
    expect(hashes()).toEqual(['#99']);
    expect(changes).toBeLessThanOrEqual(4);
  });

  it('adds an entry for what is done on purpose, behind what was to be written', () => {
    bar.replace('#before');
    bar.push('#after');
    expect(hashes()).toEqual(['#before', '#after']);
    vi.advanceTimersByTime(1000);
    expect(hashes()).toEqual(['#before', '#after']);
  });

  it('makes no flood of entries', () => {
    for (let push = 0; push < 50; push += 1) {
      bar.push(`#${push}`);
      now += 10;
    }
    expect(entries).toHaveLength(2);
    now += 1000;
    bar.push('#again');
    bar.push('#again');
    expect(hashes().filter((hash) => hash === '#again')).toHaveLength(1);
  });

  it('names every entry, and whose visit it is', () => {
    const first = bar.entry;
    expect(first).not.toBe('');
    expect(bar.entry).toBe(first);
    bar.push('#one');
    const one = bar.entry;
    now += 1000;
    bar.push('#two');
    expect(bar.entry).not.toBe(one);
    const two = bar.entry;
    bar.replace('#three');
    bar.flush();
    expect(bar.entry).toBe(two);
    expect(visitOf(last().state)).toBe('visit');
    entries.pop();
    expect(bar.entry).toBe(one);
    for (const foreign of [null, undefined, 'text', { entry: 3 }, { visit: 'x' }]) {
      expect(visitOf(foreign)).toBeUndefined();
    }
  });

  it('forgets what a room that was left wanted to write', () => {
    bar.push('#here');
    bar.replace('#of the room that was left');
    bar.forget();
    vi.advanceTimersByTime(1000);
    expect(last().hash).toBe('#here');
  });

  it('writes nothing over a link that was followed and not heard of yet', () => {
    bar.push('#here');
    for (const write of [
      () => vi.advanceTimersByTime(1000),
      () => bar.flush(),
      () => bar.push('#a deed'),
      () => bar.renamed(),
    ]) {
      bar.replace('#soon');
      entries.push({ hash: '#link', state: null });
      write();
      vi.advanceTimersByTime(1000);
      expect(hashes()).toEqual(['', '#here', '#link']);
      entries.pop();
    }
    entries.push({ hash: '#link', state: null });
    bar.followed();
    bar.replace('#of the link');
    bar.flush();
    expect(hashes()).toEqual(['', '#here', '#of the link']);
  });
});
