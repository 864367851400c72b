// The first visit without a page and without an engine: what it asks of the engine, and when.

import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientEvents, EngineClient } from '../engine/client.ts';
import type { Snapshot, Summary } from '../engine/model.ts';
import { magnitudeOf } from '../rooms/front-door/magnitude.ts';
import { GLIMPSE, PASSES, Visit, type VisitModel } from '../rooms/front-door/visit.ts';
import { parseAddress } from '../state/address.ts';
import { fakeCatalogue } from './fake-catalogue.ts';

/** A pass of the fake engine is one batch. */
const snapshotAfter = (passes: number) =>
  ({
    step: passes,
    epoch: passes,
    networks: [{ complete: { step: passes } }, { complete: { step: passes } }],
  }) as unknown as Snapshot;

class Stage {
  model: VisitModel | undefined;
  readonly asked: string[] = [];
  readonly configured: number[] = [];
  calm = false;
  events: ClientEvents | undefined;
  private passes = 0;
  private waiting: { snapshot: Snapshot; playing: boolean } | undefined;
  private laters: (() => void)[] = [];

  readonly visit = new Visit({
    makeClient: (events) => {
      this.events = events;
      this.asked.push('client');
      return {
        configure: ({ seed }: { seed: number }) => {
          this.passes = 0;
          this.configured.push(seed);
        },
        look() {},
        advance: (unit: string) => this.asked.push(unit),
        dispose: () => this.asked.push('dispose'),
        restart: () => this.asked.push('restart'),
        takeSnapshot: () => {
          const taken = this.waiting;
          this.waiting = undefined;
          return taken;
        },
      } as unknown as EngineClient;
    },
    changed: (model) => {
      this.model = model;
    },
    nextFrame: (draw) => draw(),
    later: (act) => this.laters.push(act),
    now: () => 0,
    calm: () => this.calm,
  });

  ready(): void {
    this.events?.ready({ variant: 'single', threads: 1, catalogue: fakeCatalogue });
    this.events?.configured({} as Summary);
  }

  /** The engine does what it was asked to do, for so many passes. */
  train(count: number): void {
    for (let pass = 0; pass < count; pass += 1) {
      this.passes += 1;
      this.waiting = { snapshot: snapshotAfter(this.passes), playing: false };
      this.events?.snapshotWaiting();
      for (const act of this.laters.splice(0)) act();
    }
  }

  get passesAsked(): number {
    return this.asked.filter((request) => request === 'epoch').length;
  }
}

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});

describe('a first visit', () => {
  it('glimpses, waits for a guess, and runs to the end', () => {
    expect(stage.model?.phase).toBe('loading');
    stage.ready();
    expect(stage.model?.phase).toBe('glimpse');
    stage.train(GLIMPSE);
    expect(stage.model?.phase).toBe('asked');
    expect(stage.passesAsked).toBe(GLIMPSE);
    stage.visit.run();
    expect(stage.model?.phase, 'without a guess').toBe('asked');
    stage.visit.guess({ learns: true });
    stage.visit.guess({ cost: 'few' });
    stage.visit.run();
    expect(stage.model?.phase).toBe('running');
    stage.train(PASSES - GLIMPSE);
    expect(stage.model?.phase).toBe('answered');
    expect(stage.passesAsked).toBe(PASSES);
    expect(stage.model?.guess).toEqual({ learns: true, cost: 'few' });
  });

  it('goes on where it is when the guess is made before the glimpse is over', () => {
    stage.ready();
    stage.visit.guess({ learns: false, cost: 'many' });
    stage.train(3);
    stage.visit.run();
    stage.train(PASSES - 3);
    expect(stage.model?.phase).toBe('answered');
    expect(stage.passesAsked).toBe(PASSES);
  });

  it('is not waited for in vain when the guess is there before the engine', () => {
    stage.visit.guess({ learns: true, cost: 'few' });
    stage.visit.run();
    expect(stage.model?.phase).toBe('running');
    stage.ready();
    stage.train(PASSES);
    expect(stage.model?.phase).toBe('answered');
    expect(stage.passesAsked).toBe(PASSES);
  });

  it('does not take a half judged snapshot for the end of a pass', () => {
    stage.ready();
    const half = { ...snapshotAfter(1), networks: [{ complete: { step: 1 } }, {}] };
    (stage as unknown as { waiting: unknown }).waiting = { snapshot: half, playing: false };
    stage.events?.snapshotWaiting();
    expect(stage.passesAsked).toBe(1);
    expect(stage.model?.passes).toBe(0);
  });

  it('has an address that the lab takes for the same experiment', () => {
    stage.ready();
    const reading = parseAddress(stage.model?.address ?? '', fakeCatalogue);
    expect('state' in reading && reading.state.config).toEqual(stage.model?.config);
  });

  it('runs again from the next seed, with the same guess', () => {
    stage.ready();
    stage.visit.guess({ learns: true, cost: 'few' });
    stage.visit.run();
    stage.train(PASSES);
    stage.visit.again();
    expect(stage.configured).toEqual([1, 2]);
    expect(stage.model?.phase).toBe('running');
    stage.events?.configured({} as Summary);
    stage.train(PASSES);
    expect(stage.model?.phase).toBe('answered');
    expect(stage.model?.guess.cost).toBe('few');
  });

  it('ends with the room, and keeps its answer', () => {
    stage.ready();
    stage.train(2);
    stage.visit.leave();
    expect(stage.asked.at(-1)).toBe('dispose');
    stage.visit.enter();
    expect(stage.model?.phase).toBe('loading');
    stage.ready();
    stage.visit.guess({ learns: true, cost: 'few' });
    stage.visit.run();
    stage.train(PASSES);
    stage.visit.leave();
    stage.visit.enter();
    expect(stage.model?.phase).toBe('answered');
    expect(stage.asked.filter((request) => request === 'client')).toHaveLength(2);
  });

  it('tells why it stopped, and can be started again', () => {
    stage.ready();
    stage.events?.stopped('out of memory');
    expect(stage.model).toMatchObject({ phase: 'stopped', cause: 'out of memory' });
    stage.visit.restart();
    expect(stage.asked.at(-1)).toBe('restart');
    stage.ready();
    stage.train(GLIMPSE);
    expect(stage.model?.phase).toBe('asked');
  });

  it('shows every tenth pass where little motion is wanted', () => {
    stage.calm = true;
    stage.ready();
    const seen = new Set<number>();
    for (let pass = 0; pass < GLIMPSE; pass += 1) {
      stage.train(1);
      seen.add(stage.model?.snapshot?.epoch ?? 0);
    }
    expect([...seen]).toEqual([1, 10]);
  });
});

it.each([
  [1120, 500, 'fewer'],
  [1120, 1000, 'same'],
  [1120, 1600, 'same'],
  [1120, 2950, 'few'],
  [1120, 11_200, 'many'],
] as const)('beside %d operations, %d are “%s”', (artificial, spiking, expected) => {
  expect(magnitudeOf(artificial, spiking)).toBe(expected);
});
