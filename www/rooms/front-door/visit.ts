// The first visit without its looks. Both networks take a glimpse of the spiral, by themselves, and
// wait at a point where neither can do it yet; the visitor guesses how it goes on; they run to the end,
// and what came out is answered with what the engine counted. The seed is fixed, so it is the same run
// everywhere, and a lab that opens its address trains the same networks.

import type { ClientEvents, EngineClient } from '../../engine/client.ts';
import type { ExperimentConfig, LayeredCatalogue, Snapshot, Summary } from '../../engine/model.ts';
import { formatAddress } from '../../state/address.ts';
import { defaultState } from '../../state/fields.ts';
import type { Magnitude } from './magnitude.ts';

/** Passes through the points before the question, and in all. */
export const GLIMPSE = 10;
export const PASSES = 40;
/** What counts as learned: the share of test points that are right. */
export const LEARNED = 0.9;
/** A pass takes at least as long: forty of them are to be seen, not to flash by. */
const PACE_MS = 100;
/** Who asked for little motion sees every tenth pass, and does not wait for the others. */
const CALM_PASSES = 10;

const LAYER = { units: 32, activation: 'relu', others: [] };

export type Phase = 'loading' | 'glimpse' | 'asked' | 'running' | 'answered' | 'stopped';

export interface Guess {
  learns?: boolean;
  cost?: Magnitude;
}

export interface VisitModel {
  phase: Phase;
  catalogue: LayeredCatalogue | undefined;
  config: ExperimentConfig | undefined;
  summary: Summary | undefined;
  snapshot: Snapshot | undefined;
  /** Whole passes that are done. */
  passes: number;
  guess: Guess;
  /** Where the lab has this experiment. */
  address: string;
  /** Why it stopped. */
  cause: string;
}

export interface Surroundings {
  makeClient(events: ClientEvents): EngineClient;
  changed(model: VisitModel): void;
  nextFrame(draw: () => void): void;
  later(act: () => void, ms: number): void;
  now(): number;
  /** Little motion is wanted. */
  calm(): boolean;
}

export function experiment(catalogue: LayeredCatalogue, seed: number): ExperimentConfig {
  const { defaults } = catalogue;
  return {
    ...defaults,
    data: { ...defaults.data, set: 'spiral' },
    layers: [LAYER, LAYER],
    seed,
  };
}

const EMPTY: VisitModel = {
  phase: 'loading',
  catalogue: undefined,
  config: undefined,
  summary: undefined,
  snapshot: undefined,
  passes: 0,
  guess: {},
  address: '',
  cause: '',
};

export class Visit {
  private model = EMPTY;
  private client: EngineClient | undefined;
  private frameAsked = false;
  private passSince = 0;
  /** The pass that was asked for last, so that two snapshots of one pass do not ask for two. */
  private asked = 0;

  constructor(private readonly around: Surroundings) {
    this.enter();
  }

  /** Begins, or comes back; what was answered stays. */
  enter(): void {
    if (this.client || this.model.phase === 'answered') return;
    this.begin('loading');
    this.client = this.makeClient();
  }

  /** The visitor goes elsewhere: nothing goes on. */
  leave(): void {
    this.client?.dispose();
    this.client = undefined;
  }

  guess(guess: Guess): void {
    this.show({ guess: { ...this.model.guess, ...guess } });
  }

  run(): void {
    const { phase, guess } = this.model;
    if (guess.learns === undefined || guess.cost === undefined) return;
    if (phase !== 'asked' && phase !== 'glimpse' && phase !== 'loading') return;
    // Where the engine is not there yet, it begins with this wish.
    this.show({ phase: 'running' });
    if (phase === 'asked') this.pass();
  }

  /** The same from other initial weights. */
  again(): void {
    const { catalogue, config } = this.model;
    if (!catalogue || !config) return;
    this.begin('running');
    this.client ??= this.makeClient();
    this.configure(catalogue, config.seed + 1);
  }

  restart(): void {
    this.begin('loading');
    this.client?.restart();
  }

  private makeClient(): EngineClient {
    return this.around.makeClient({
      ready: ({ catalogue }) => this.configure(catalogue, this.model.config?.seed ?? 1),
      progress() {},
      configured: (summary) => this.configured(summary),
      snapshotWaiting: () => this.askFrame(),
      thumbnail() {},
      sweep() {},
      refused: ({ message }) => this.show({ phase: 'stopped', cause: message }),
      // The new worker is configured as the old one was, and its first snapshot goes on from there.
      restarting: () => {
        this.asked = 0;
      },
      stopped: (cause) => this.show({ phase: 'stopped', cause }),
    });
  }

  private begin(phase: Phase): void {
    this.asked = 0;
    this.show({ phase, passes: 0, cause: '' });
  }

  private configure(catalogue: LayeredCatalogue, seed: number): void {
    const config = experiment(catalogue, seed);
    const { view } = defaultState(catalogue);
    this.show({ catalogue, config, address: formatAddress({ config, view }) });
    this.client?.configure(config);
  }

  private configured(summary: Summary): void {
    const { phase } = this.model;
    this.show({ summary, phase: phase === 'loading' ? 'glimpse' : phase });
    this.client?.look({ surface: true, example: 0, split: 'test' });
    this.pass();
  }

  private pass(): void {
    this.asked = this.model.passes + 1;
    this.passSince = this.around.now();
    this.client?.advance('epoch');
  }

  private askFrame(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    this.around.nextFrame(() => {
      this.frameAsked = false;
      const taken = this.client?.takeSnapshot();
      if (!taken) return;
      const { snapshot, playing } = taken;
      const done = !playing && snapshot.step > 0 && isJudged(snapshot);
      const passes = done ? Math.round(snapshot.epoch) : this.model.passes;
      if (this.isShown(snapshot, passes, done)) this.show({ snapshot, passes });
      else this.show({ passes });
      if (done && passes >= this.asked) this.passed();
    });
  }

  private isShown(snapshot: Snapshot, passes: number, done: boolean): boolean {
    if (!this.around.calm()) return true;
    return snapshot.step === 0 || (done && (passes % CALM_PASSES === 0 || passes === 1));
  }

  private passed(): void {
    const { phase, passes } = this.model;
    if (phase === 'glimpse' && passes >= GLIMPSE) this.show({ phase: 'asked' });
    else if (phase === 'running' && passes >= PASSES) this.show({ phase: 'answered' });
    else if (phase === 'glimpse' || phase === 'running') {
      this.asked = passes + 1;
      const { client } = this;
      const wait = this.around.calm() ? 0 : this.passSince + PACE_MS - this.around.now();
      // Nobody is to be asked for a pass after the visitor left.
      const next = () => {
        if (client === this.client && passes === this.model.passes) this.pass();
      };
      if (wait > 0) this.around.later(next, wait);
      else next();
    }
  }

  private show(change: Partial<VisitModel>): void {
    this.model = { ...this.model, ...change };
    this.around.changed(this.model);
  }
}

/** Both networks were judged over all test points where they stand. */
function isJudged({ networks, step }: Snapshot): boolean {
  return networks.length > 0 && networks.every(({ complete }) => complete?.step === step);
}
