import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClientEvents, EngineClient } from '../engine/client.ts';
import { config, FakeWorker } from './fake-worker.ts';

const names = [
  'ready',
  'progress',
  'configured',
  'snapshotWaiting',
  'thumbnail',
  'sweep',
  'refused',
  'restarting',
  'stopped',
] as const;

let workers: FakeWorker[];
let events: { [name in keyof ClientEvents]: ReturnType<typeof vi.fn> };
let client: EngineClient;

const worker = () => workers.at(-1) as FakeWorker;
const seeded = (seed: number) => ({ ...config, seed });

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  events = Object.fromEntries(names.map((name) => [name, vi.fn()])) as never;
  const makeWorker = () => {
    workers.push(new FakeWorker());
    return worker();
  };
  client = new EngineClient(makeWorker, { variant: 'threads', threads: 3 }, events as never);
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

/** A client whose worker runs the first configuration. */
function running(): void {
  worker().ready();
  client.configure(config);
  worker().configured();
}

describe('generations', () => {
  it('start the worker, and configure it when it is ready', () => {
    expect(worker().heard).toEqual([{ type: 'start', variant: 'threads', threads: 3 }]);
    client.configure(config);
    expect(worker().of('configure')).toEqual([]);
    worker().ready();
    expect(worker().of('configure')).toEqual([
      { type: 'configure', generation: 1, config, table: undefined },
    ]);
  });

  it('drop snapshots, checkpoints and answers of an older configuration', () => {
    running();
    const old = worker().generation;
    client.configure(seeded(2));
    worker().configured();
    worker().snapshot(5, old);
    expect(client.takeSnapshot()).toBeUndefined();
    worker().snapshot(6);
    expect(client.takeSnapshot()?.snapshot.step).toBe(6);
    worker().refuse('configure', 'late', old);
    expect(events.refused).not.toHaveBeenCalled();
  });

  it('drop a configuration that was overtaken', () => {
    running();
    client.configure(seeded(2));
    const overtaken = worker().generation;
    client.configure(seeded(3));
    events.configured.mockClear();
    worker().says({ type: 'configured', generation: overtaken, summary: {} as never });
    expect(events.configured).not.toHaveBeenCalled();
    worker().configured();
    expect(events.configured).toHaveBeenCalledOnce();
  });

  it('give only the newest snapshot, once, and ask for the next by taking it', () => {
    running();
    worker().snapshot(1);
    worker().snapshot(2);
    expect(worker().of('acknowledge')).toHaveLength(0);
    expect(client.takeSnapshot()?.snapshot.step).toBe(2);
    expect(client.takeSnapshot()).toBeUndefined();
    expect(worker().of('acknowledge')).toHaveLength(1);
  });

  it('keep the old session when a new configuration is refused', () => {
    running();
    const kept = worker().generation;
    client.configure(seeded(2), 'no table');
    worker().refuse('configure', 'table-cell');
    expect(events.refused).toHaveBeenCalledWith(
      { code: 'table-cell', message: 'table-cell', detail: { line: 3 } },
      'configure',
    );
    worker().snapshot(9, kept);
    expect(client.takeSnapshot()?.snapshot.step).toBe(9);
    // A restart brings the old one back too.
    worker().says({ type: 'panic', message: 'boom' });
    worker().ready();
    expect(worker().of('configure').at(-1)).toMatchObject({ config, table: undefined });
  });
});

describe('a worker that dies', () => {
  it('is replaced, configured and given its last checkpoint', () => {
    running();
    client.look({ surface: true, example: 4, split: 'train' });
    client.pace(10);
    worker().checkpoint(7);
    worker().checkpoint(8);
    const first = worker();
    worker().says({ type: 'panic', message: 'panicked at src/lib.rs' });
    expect(first.terminated).toBe(true);
    expect(events.restarting).toHaveBeenCalledWith({
      cause: 'panicked at src/lib.rs',
      resumedAt: 8,
      reverted: false,
    });
    worker().ready();
    expect(worker().of('view').at(-1)).toMatchObject({ view: { example: 4 } });
    expect(worker().of('pace')).toEqual([{ type: 'pace', stepsPerSecond: 10 }]);
    expect(worker().of('configure').at(-1)).toMatchObject({ config });
    worker().configured();
    expect(worker().of('resume')).toEqual([
      { type: 'resume', generation: worker().generation, bytes: Uint8Array.of(8) },
    ]);
  });

  it('keeps the setting that was changed while it ran', () => {
    running();
    client.set('training.learningRate', 0.5);
    client.set('training.l2', 0.1);
    client.set('training.learningRate', 0.2);
    worker().checkpoint(3);
    worker().says({ type: 'panic', message: 'boom' });
    worker().ready();
    // A checkpoint fits only the configuration that it was made with.
    expect(worker().of('configure').at(-1)).toMatchObject({ config });
    worker().configured();
    const types = worker().heard.map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['resume', 'set', 'set']);
    expect(worker().of('set')).toMatchObject([
      { key: 'training.learningRate', value: 0.2 },
      { key: 'training.l2', value: 0.1 },
    ]);
    client.configure(seeded(2));
    worker().configured();
    worker().says({ type: 'panic', message: 'boom' });
    worker().ready();
    worker().configured();
    expect(worker().of('set')).toEqual([]);
  });

  it('lets go of what it had come to when another experiment is asked for meanwhile', () => {
    running();
    worker().checkpoint(8);
    client.set('training.learningRate', 0.5);
    worker().says({ type: 'panic', message: 'boom' });
    client.configure(seeded(2));
    worker().ready();
    worker().configured();
    expect(worker().of('configure').at(-1)?.config.seed).toBe(2);
    expect(worker().of('resume')).toEqual([]);
    expect(worker().of('set')).toEqual([]);
  });

  it('has its experiment back when the one asked for meanwhile is refused', () => {
    running();
    worker().checkpoint(8);
    worker().says({ type: 'panic', message: 'boom' });
    client.configure(seeded(2));
    worker().ready();
    worker().refuse('configure', 'config-memory');
    expect(worker().of('configure').at(-1)?.config.seed).toBe(config.seed);
    worker().configured();
    expect(worker().of('resume')).toHaveLength(1);
  });

  it('keeps a setting that is changed before it is back', () => {
    running();
    worker().says({ type: 'panic', message: 'boom' });
    expect(client.configuring).toBe(false);
    client.set('training.l1', 0.1);
    worker().ready();
    worker().configured();
    expect(worker().of('set')).toMatchObject([{ key: 'training.l1', value: 0.1 }]);
  });

  it('gets the settings in force, not those of before a step back', () => {
    running();
    client.set('training.learningRate', 0.5);
    client.set('training.l1', 0.1);
    const { learningRate } = config.training;
    worker().snapshot(1, undefined, false, { learningRate });
    expect(client.takeSnapshot()?.settings).toMatchObject({ learningRate, l1: 0.1 });
    worker().says({ type: 'panic', message: 'boom' });
    worker().ready();
    worker().configured();
    expect(worker().of('set')).toMatchObject([{ key: 'training.l1', value: 0.1 }]);
  });

  it('of a new configuration brings the old one back, with its checkpoint', () => {
    running();
    worker().checkpoint(5);
    client.configure(seeded(2));
    worker().says({ type: 'panic', message: 'out of memory' });
    expect(events.restarting.mock.lastCall?.[0]).toMatchObject({ reverted: true, resumedAt: 5 });
    worker().ready();
    expect(worker().of('configure').at(-1)?.config.seed).toBe(config.seed);
    worker().configured();
    expect(worker().of('resume')).toHaveLength(1);
  });

  it('no longer gets a checkpoint that kills it, and is given up after three deaths', () => {
    running();
    worker().checkpoint(5);
    worker().says({ type: 'panic', message: 'one' });
    worker().ready();
    worker().configured();
    worker().says({ type: 'panic', message: 'two' });
    expect(events.restarting.mock.lastCall?.[0]).toMatchObject({ resumedAt: undefined });
    worker().ready();
    worker().configured();
    expect(worker().of('resume')).toHaveLength(0);
    worker().says({ type: 'panic', message: 'three' });
    expect(events.stopped).toHaveBeenCalledWith('three');
    expect(workers).toHaveLength(3);
    client.restart();
    worker().ready();
    expect(worker().of('configure').at(-1)).toMatchObject({ config });
  });

  it('counts deaths anew once it made progress', () => {
    running();
    for (let death = 0; death < 6; death += 1) {
      worker().snapshot(100 + death);
      worker().says({ type: 'panic', message: 'again' });
      worker().ready();
      worker().configured();
    }
    expect(events.stopped).not.toHaveBeenCalled();
  });

  it('is noticed when its script fails', () => {
    worker().onerror?.({ message: 'no such file', preventDefault: () => {} } as never);
    expect(events.restarting.mock.lastCall?.[0]).toMatchObject({ cause: 'no such file' });
    expect(workers).toHaveLength(2);
  });

  it('has nothing more to say', () => {
    running();
    const dead = worker();
    dead.says({ type: 'panic', message: 'boom' });
    dead.snapshot(99);
    expect(client.takeSnapshot()).toBeUndefined();
  });
});

describe('the watchdog', () => {
  it('replaces a worker that falls silent, by one without threads', () => {
    running();
    vi.advanceTimersByTime(60_000);
    expect(events.restarting).toHaveBeenCalled();
    expect(worker().heard[0]).toEqual({ type: 'start', variant: 'single', threads: 1 });
  });

  it('leaves one alone that answers', () => {
    running();
    for (let minute = 0; minute < 10; minute += 1) {
      vi.advanceTimersByTime(10_000);
      worker().says({ type: 'pong' });
    }
    expect(events.restarting).not.toHaveBeenCalled();
  });

  it('waits for one that is still loading', () => {
    vi.advanceTimersByTime(300_000);
    expect(events.restarting).not.toHaveBeenCalled();
  });
});

describe('threads', () => {
  it.each([
    ['hang', () => vi.advanceTimersByTime(10_000), 'the threads did not start'],
    ['fail', () => worker().says({ type: 'unstarted', message: 'no memory' }), 'no memory'],
  ])('that %s leave the work to a fresh worker without', (_, happens, fallback) => {
    client.configure(config);
    const first = worker();
    happens();
    expect(first.terminated).toBe(true);
    expect(worker().heard).toEqual([{ type: 'start', variant: 'single', threads: 1 }]);
    worker().ready();
    expect(events.ready).toHaveBeenCalledWith(expect.objectContaining({ fallback }));
    expect(worker().of('configure')).toMatchObject([{ config }]);
    expect(events.restarting).not.toHaveBeenCalled();
  });

  it('that start in time are not given up', () => {
    running();
    vi.advanceTimersByTime(15_000);
    expect(workers).toHaveLength(1);
  });
});

describe('questions', () => {
  it('get their own answer', async () => {
    running();
    const [one, two] = [client.hash(), client.hash()];
    const [first, second] = worker().of('hash');
    worker().says({ type: 'hash', id: second?.id ?? 0, value: 'b' });
    worker().says({ type: 'hash', id: first?.id ?? 0, value: 'a' });
    expect(await Promise.all([one, two])).toEqual(['a', 'b']);
  });
});
