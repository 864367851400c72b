import { beforeEach, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../engine/model.ts';
import type { Response, Start } from '../engine/protocol.ts';
import { ASLEEP, Runner } from '../engine/runner.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeLab } from './fake-lab.ts';
import { config } from './fake-worker.ts';

type Said<T extends Response['type']> = Extract<Response, { type: T }>;

let clock: number;
let said: Response[];
let lab: FakeLab;
let runner: Runner;
let deliver: ((bytes: number) => void)[];
let finish: (() => void)[];
let aborted: number;

const of = <T extends Response['type']>(type: T) =>
  said.filter((message) => message.type === type) as Said<T>[];
const withData = (set: string): ExperimentConfig => ({ ...config, data: { ...config.data, set } });

beforeEach(() => {
  clock = 0;
  said = [];
  deliver = [];
  finish = [];
  aborted = 0;
  lab = new FakeLab(2, (ms) => {
    clock += ms;
  });
  runner = new Runner(lab, fakeCatalogue, {
    post: (message) => said.push(message),
    now: () => clock,
    wake: () => {},
    lastPanic: () => '',
    preview: () => Float32Array.of(1, 2, 0, 1),
    loadImages: (_, onProgress, signal) => {
      signal.addEventListener('abort', () => {
        aborted += 1;
      });
      deliver.push((bytes) => onProgress(bytes, 100));
      return new Promise((resolve) => {
        finish.push(() => resolve({ train: new Uint8Array(), test: new Uint8Array() }));
      });
    },
  });
});

function configure(generation = 1, wanted = config, table?: string): void {
  runner.handle({ type: 'configure', generation, config: wanted, table });
  runner.slice();
}

/** Slices with time passing in between, as the page draws each snapshot. */
function slices(count: number): void {
  for (let at = 0; at < count; at += 1) {
    runner.slice();
    clock += 20;
    runner.handle({ type: 'acknowledge' });
  }
}

describe('the loop', () => {
  it('sleeps until it is configured, and then shows the first snapshot', () => {
    expect(runner.slice()).toBe(ASLEEP);
    configure();
    expect(of('configured')).toHaveLength(1);
    expect(of('snapshot')).toMatchObject([
      { generation: 1, playing: false, snapshot: { step: 0 } },
    ]);
    expect(runner.slice()).toBe(ASLEEP);
  });

  it('trains in slices of about 12 ms and goes on at once', () => {
    configure();
    runner.handle({ type: 'play' });
    for (let at = 0; at < 20; at += 1) {
      const before = clock;
      expect(runner.slice()).toBe(0);
      expect(clock - before).toBeLessThanOrEqual(24);
    }
    expect(lab.step()).toBeGreaterThan(60);
  });

  it('posts no snapshot before the page has drawn the last one', () => {
    configure();
    runner.handle({ type: 'play' });
    for (let at = 0; at < 50; at += 1) runner.slice();
    expect(of('snapshot')).toHaveLength(1);
    runner.handle({ type: 'acknowledge' });
    runner.slice();
    expect(of('snapshot')).toHaveLength(2);
    expect(of('snapshot')[1]?.snapshot.step).toBe(lab.step());
  });

  it('posts at most about thirty a second', () => {
    configure();
    runner.handle({ type: 'play' });
    const before = clock;
    for (let at = 0; at < 200; at += 1) {
      runner.slice();
      runner.handle({ type: 'acknowledge' });
    }
    expect(of('snapshot').length).toBeLessThanOrEqual(1 + Math.ceil((clock - before) / 33));
  });

  it('tells the last step when it pauses', () => {
    configure();
    runner.handle({ type: 'play' });
    slices(5);
    runner.handle({ type: 'pause' });
    slices(5);
    const step = lab.step();
    slices(3);
    expect(lab.step()).toBe(step);
    expect(of('snapshot').at(-1)).toMatchObject({ playing: false, snapshot: { step } });
  });

  it.each([
    ['sample', 1],
    ['batch', 1],
    ['epoch', 25],
  ] as const)('advances by one %s', (unit, steps) => {
    configure();
    runner.handle({ type: 'advance', unit });
    slices(30);
    expect(lab.step()).toBe(steps);
    expect(of('snapshot').at(-1)).toMatchObject({ playing: false, snapshot: { step: steps } });
  });

  it('ends an epoch that was begun', () => {
    configure();
    runner.handle({ type: 'advance', unit: 'batch' });
    slices(3);
    runner.handle({ type: 'advance', unit: 'epoch' });
    slices(30);
    expect(lab.step()).toBe(25);
  });

  it('stops where the loss is no number', () => {
    configure(1, { ...config, training: { ...config.training, learningRate: 9 } });
    runner.handle({ type: 'play' });
    slices(3);
    expect(of('snapshot').at(-1)).toMatchObject({
      playing: false,
      snapshot: { divergence: { setting: 'training.learningRate' } },
    });
    expect(runner.slice()).toBe(ASLEEP);
  });

  it('hands checkpoints over every few seconds, and at a pause', () => {
    configure();
    expect(of('checkpoint')).toHaveLength(1);
    runner.handle({ type: 'play' });
    slices(400);
    const kept = of('checkpoint').length;
    expect(kept).toBeGreaterThan(2);
    expect(kept).toBeLessThan(10);
    runner.handle({ type: 'pause' });
    slices(2);
    expect(of('checkpoint').at(-1)?.step).toBe(lab.step());
  });

  it('goes on from a checkpoint', () => {
    configure();
    runner.handle({ type: 'resume', generation: 1, bytes: Uint8Array.of(42, 0, 0) });
    slices(2);
    expect(of('snapshot').at(-1)?.snapshot.step).toBe(42);
  });
});

describe('the pace', () => {
  /** As the worker: comes back when the next slice is due, and the page draws every snapshot. */
  const live = (ms: number) => {
    const end = clock + ms;
    let slices = 0;
    while (clock < end) {
      const before = clock;
      const wait = runner.slice();
      runner.handle({ type: 'acknowledge' });
      slices += 1;
      // What comes from the page wakes it up as well.
      clock = Math.max(clock, Math.min(end, before + Math.max(1, Math.min(wait, 250))));
    }
    return slices;
  };
  const play = (stepsPerSecond: number) => {
    configure();
    runner.handle({ type: 'pace', stepsPerSecond });
    runner.handle({ type: 'play' });
  };

  it.each([1, 10, 100])('is %i steps a second, and it sleeps between them', (stepsPerSecond) => {
    play(stepsPerSecond);
    const slices = live(4000);
    expect(Math.abs(lab.step() - 4 * stepsPerSecond)).toBeLessThanOrEqual(1);
    expect(slices).toBeLessThan(4 * stepsPerSecond * 3 + 30);
    const steps = new Set(of('snapshot').map(({ snapshot }) => snapshot.step));
    expect(steps.size).toBeGreaterThan(Math.min(stepsPerSecond * 3, 60));
  });

  it('is not caught up with after a pause or a long halt', () => {
    play(10);
    live(1000);
    runner.handle({ type: 'pause' });
    live(5000);
    const paused = lab.step();
    runner.handle({ type: 'play' });
    live(500);
    expect(lab.step() - paused).toBeLessThanOrEqual(6);
    clock += 60_000;
    const before = lab.step();
    live(500);
    expect(lab.step() - before).toBeLessThanOrEqual(7);
  });

  it('changes while it plays, and not what is asked for by itself', () => {
    play(1);
    live(3000);
    expect(lab.step()).toBeLessThanOrEqual(4);
    runner.handle({ type: 'pace', stepsPerSecond: 0 });
    live(500);
    expect(lab.step()).toBeGreaterThan(100);
    runner.handle({ type: 'pace', stepsPerSecond: 1 });
    const before = lab.step();
    runner.handle({ type: 'until', step: before + 1000 });
    live(4000);
    expect(lab.step()).toBe(before + 1000);
  });
});

describe('where an experiment begins', () => {
  const begin = (start: Start, generation = 1) => {
    runner.handle({ type: 'configure', generation, config, start });
    runner.slice();
  };

  it('can be a checkpoint, and one that is refused leaves the old experiment', () => {
    begin({ bytes: Uint8Array.of(42, 0, 0) });
    expect(lab.step()).toBe(42);
    begin({ bytes: Uint8Array.of(1, 2, 3, 4) }, 2);
    expect(of('error')).toMatchObject([
      { generation: 2, request: 'configure', code: 'checkpoint' },
    ]);
    expect(of('configured')).toHaveLength(1);
    expect(lab.step()).toBe(42);
  });

  it('can be the commands of a run, trained up to its step and no further', () => {
    begin({ journal: '3o', until: 1500 });
    slices(5);
    expect(of('snapshot').at(-1)?.playing).toBe(true);
    slices(600);
    expect(lab.step()).toBe(1500);
    expect(of('snapshot').at(-1)).toMatchObject({ playing: false, snapshot: { step: 1500 } });
  });

  it('can be left on the way, and gone on from', () => {
    begin({ journal: '', until: 1000 });
    slices(10);
    runner.handle({ type: 'pause' });
    slices(5);
    const there = lab.step();
    expect(there).toBeLessThan(1000);
    runner.handle({ type: 'until', step: 1000 });
    slices(500);
    expect(lab.step()).toBe(1000);
    runner.handle({ type: 'until', step: 10 });
    slices(5);
    expect(lab.step()).toBe(1000);
  });
});

describe('where an experiment stands', () => {
  it('is told before what is asked next', () => {
    configure();
    runner.handle({ type: 'advance', unit: 'batch' });
    slices(3);
    runner.handle({ type: 'keep', id: 7 });
    configure(2);
    expect(of('kept')).toMatchObject([{ id: 7, kept: { step: 1, bytes: Uint8Array.of(1, 0, 0) } }]);
    expect(of('kept')[0]?.kept.light).toBeUndefined();
  });

  it('is told for a link once the way back is done, with what a link carries', () => {
    runner.handle({ type: 'configure', generation: 1, config, start: { journal: '3o' } });
    slices(3);
    runner.handle({ type: 'back', batches: 1 });
    runner.handle({ type: 'share', id: 3 });
    slices(3);
    expect(of('kept')).toMatchObject([
      { id: 3, kept: { step: 0, journal: '3o', hash: 'hash-1-0' } },
    ]);
    expect(of('kept')[0]?.kept.light).toBeDefined();
  });

  it('is read from a file, or refused', () => {
    configure();
    runner.handle({ type: 'inspect', id: 1, bytes: Uint8Array.of(1, 2, 3) });
    runner.handle({ type: 'inspect', id: 2, bytes: Uint8Array.of(1) });
    expect(of('inspected')).toMatchObject([{ id: 1, config: { seed: 42 } }, { id: 2 }]);
    expect(of('inspected')[1]?.config).toBeUndefined();
    expect(of('error')).toMatchObject([{ request: 'inspect', code: 'checkpoint' }]);
  });
});

describe('the way back', () => {
  const trainTo = (step: number) => {
    configure();
    runner.handle({ type: 'play' });
    while (lab.step() < step) slices(1);
  };

  it('is trained again in slices, before anything else', () => {
    trainTo(250);
    const posted = of('snapshot').length;
    const from = lab.step();
    runner.handle({ type: 'back', batches: from - 199 });
    let pauses = 0;
    while (lab.step() < 199) {
      const before = clock;
      const wait = runner.slice();
      expect(clock - before).toBeLessThanOrEqual(16);
      if (lab.step() === 199) break;
      pauses += 1;
      expect(wait).toBe(0);
      expect(of('snapshot')).toHaveLength(posted);
    }
    expect(pauses).toBeGreaterThan(5);
    slices(3);
    expect(of('snapshot').at(-1)).toMatchObject({ playing: false, snapshot: { step: 199 } });
    expect(of('checkpoint').at(-1)?.step).toBe(199);
  });

  it('is left for another one, and for the beginning', () => {
    trainTo(250);
    runner.handle({ type: 'back', batches: lab.step() - 199 });
    runner.slice();
    runner.handle({ type: 'back', batches: 10 });
    slices(60);
    expect(of('snapshot').at(-1)?.snapshot.step).toBe(189);
    runner.handle({ type: 'back', batches: 1 });
    runner.slice();
    runner.handle({ type: 'reset' });
    slices(3);
    expect(of('snapshot').at(-1)?.snapshot.step).toBe(0);
  });

  it('is gone to its end before settings, questions and steps have their turn', () => {
    trainTo(250);
    runner.handle({ type: 'back', batches: lab.step() - 199 });
    runner.handle({ type: 'set', id: 7, key: 'training.l1', value: 0.1 });
    runner.handle({ type: 'hash', id: 3 });
    runner.handle({ type: 'advance', unit: 'batch' });
    slices(70);
    expect(of('hash')).toMatchObject([{ id: 3, value: 'hash-1-199' }]);
    expect(of('snapshot').at(-1)).toMatchObject({
      lastSet: 7,
      snapshot: { step: 200, settings: { l1: 0.1 } },
    });
  });
});

describe('a setting', () => {
  it('that is refused stays out of force, as the next snapshot says', () => {
    configure();
    runner.handle({ type: 'acknowledge' });
    runner.handle({ type: 'set', id: 1, key: 'training.batchSize', value: 512 });
    slices(3);
    expect(of('error')).toMatchObject([{ request: 'set', code: 'config-memory' }]);
    expect(of('snapshot').at(-1)).toMatchObject({
      lastSet: 1,
      snapshot: { settings: { batchSize: config.training.batchSize } },
    });
  });
});

describe('a refusal', () => {
  it('leaves the old session as it was', () => {
    configure();
    configure(2, withData('table'), 'nonsense');
    expect(of('error')).toMatchObject([
      { request: 'configure', generation: 2, code: 'table-cell', detail: { line: 1 } },
    ]);
    runner.handle({ type: 'play' });
    slices(3);
    expect(of('snapshot').at(-1)?.generation).toBe(1);
  });

  it('is told apart from a panic, after which nothing is done', () => {
    configure();
    runner.handle({ type: 'provokePanic' });
    expect(of('panic')).toMatchObject([{ message: 'unreachable' }]);
    const before = said.length;
    runner.handle({ type: 'play' });
    expect(runner.slice()).toBe(ASLEEP);
    expect(said).toHaveLength(before);
  });
});

describe('images', () => {
  it('are loaded first, with progress, while the old session stays', async () => {
    configure();
    configure(2, withData('mnist'));
    deliver[0]?.(30);
    expect(of('progress')).toEqual([{ type: 'progress', what: 'data', loaded: 30, total: 100 }]);
    expect(of('configured')).toHaveLength(1);
    finish[0]?.();
    await new Promise((resolve) => setTimeout(resolve));
    runner.slice();
    expect(of('configured').at(-1)).toMatchObject({ generation: 2 });
    configure(3, { ...withData('mnist'), seed: 2 });
    expect(deliver).toHaveLength(1);
  });

  it('are given up for another choice', async () => {
    configure(1, withData('mnist'));
    configure(2, withData('circle'));
    expect(aborted).toBe(1);
    finish[0]?.();
    deliver[0]?.(99);
    await new Promise((resolve) => setTimeout(resolve));
    runner.slice();
    expect(of('configured').map(({ generation }) => generation)).toEqual([2]);
    expect(of('progress')).toHaveLength(0);
  });
});

describe('several seeds', () => {
  it('report until they are done', () => {
    configure();
    runner.handle({ type: 'sweep', epochs: 3, seeds: 5 });
    slices(60);
    expect(of('sweepProgress').at(-1)?.progress).toMatchObject({ done: true, fraction: 1 });
    expect(runner.slice()).toBe(ASLEEP);
  });

  it('report a few times a second', () => {
    configure();
    runner.handle({ type: 'sweep', epochs: 3, seeds: 5 });
    const before = clock;
    while (!of('sweepProgress').at(-1)?.progress.done) runner.slice();
    expect(of('sweepProgress').length).toBeLessThanOrEqual(2 + (clock - before) / 200);
  });

  it('can be cancelled', () => {
    configure();
    runner.handle({ type: 'sweep', epochs: 3, seeds: 5 });
    slices(2);
    runner.handle({ type: 'cancelSweep' });
    const before = of('sweepProgress').length;
    slices(5);
    expect(of('sweepProgress')).toHaveLength(before);
  });
});
