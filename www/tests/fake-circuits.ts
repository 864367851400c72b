// A circuit, a worker and a room that tests of the circuit bench hold in their hands.

import { vi } from 'vitest';
import type {
  CircuitRequest,
  CircuitResponse,
  CircuitSnapshot,
} from '../engine/circuit-protocol.ts';
import { CircuitRunner } from '../engine/circuit-runner.ts';
import type { CircuitFace, CircuitOverview, ModelEntry, Parameter } from '../engine/model.ts';
import { CircuitBench, type CircuitModel } from '../rooms/circuit-bench/bench.ts';
import type { Circuits } from '../rooms/circuit-bench/state.ts';
import { fakeBiology } from './fake-catalogue.ts';

export const parameter = (key: string, standard: number, min = 0, max = 10): Parameter => ({
  key,
  symbol: key,
  unit: '',
  min,
  max,
  step: 0.1,
  scale: 'linear',
  default: standard,
  meaning: '',
});
export const entry = (
  id: string,
  parameters: Parameter[],
  presets: [string, object][],
): ModelEntry => ({
  id,
  title: id,
  citation: '',
  year: 2000,
  equations: [],
  parameters,
  state: [],
  drive: 'mV',
  integrator: { name: 'exact' },
  largestDtMs: 1,
  presets: presets.map(([name, values]) => ({
    id: name,
    title: name,
    citation: '',
    values: Object.entries(values).map(([key, value]) => ({ key, value })),
    drive: [],
  })),
  references: [],
  notBiological: '',
});
export const overview = (id: string, change: Partial<CircuitOverview> = {}): CircuitOverview => ({
  id,
  shows: '',
  spanMs: 400,
  speed: 1,
  seed: 1,
  neurons: 10,
  synapses: 100,
  bytes: 1000,
  rebuilds: ['scale'],
  ...change,
});
const states: [string, object][] = [
  ['a', { g: 3, drive: 2 }],
  ['b', { g: 6, drive: 4 }],
  ['c', { g: 5, drive: 2 }],
];
export const brunel = entry(
  'brunel',
  [parameter('scale', 1, 0.05, 1), parameter('g', 5), parameter('drive', 2)],
  states,
);
export const circuits: Circuits = {
  catalogue: {
    ...fakeBiology,
    circuits: [
      entry('cuba', [parameter('scale', 1, 0.05, 1), parameter('delay', 1.5)], []),
      brunel,
      entry('diehl-cook', [], []),
      entry('coba', [parameter('kick', 20, 0, 100)], [['weak', { kick: 1 }]]),
    ],
  },
  overview: [
    overview('cuba', { spanMs: 1000 }),
    overview('brunel'),
    overview('coba', { seed: 2, rebuilds: ['kick'] }),
  ],
};

/** A circuit whose windows last 1 ms and take 0.1 ms. */
export function fakeCircuit(clock: { now: number }) {
  const held = { time: 0, freed: false };
  const face = {
    advance: vi.fn(() => {
      held.time += 1;
      clock.now += 0.1;
    }),
    brush: vi.fn(),
    course: vi.fn(() => ({
      startMs: 0,
      binMs: 1,
      rates: () => new Float32Array(2),
      free: vi.fn(),
    })),
    free: vi.fn(() => {
      held.freed = true;
    }),
    planned: vi.fn(() => []),
    populations: vi.fn(() => [
      { name: 'all', count: 10, begin: 0, places: 10, stride: 1, effect: undefined, hears: true },
    ]),
    reading: vi.fn(() => null),
    retune: vi.fn(() => true),
    statistics: vi.fn(() => ({ stepHz: 2, density: [] })),
    takeSpikes: vi.fn(() => ({
      times: () => Float32Array.of(held.time),
      places: () => Uint32Array.of(1),
      free: vi.fn(),
    })),
    /** Of its state, which is its time and what was done to it. */
    hash: () => `${'0'.repeat(60)}${held.time}.${face.brush.mock.calls.length}`,
    get step() {
      return held.time;
    },
    get timeMs() {
      return held.time;
    },
    get spikes() {
      return 2 * held.time;
    },
    synapses: 100,
    turns: vi.fn(() => null),
    turnsCourse: vi.fn(() => new Float32Array()),
    weights: vi.fn(() => []),
  };
  return { face: face as typeof face & CircuitFace, held };
}

export const config = { circuit: 'cuba', values: {}, seed: 1 };
export const estimate = { neurons: 10, synapses: 100, bytes: 1000 };

export function openRunner(bytes = 1000) {
  const clock = { now: 0 };
  const said: CircuitResponse[] = [];
  const made: ReturnType<typeof fakeCircuit>[] = [];
  const runner = new CircuitRunner({
    estimate: () => ({ ...estimate, bytes, largestScale: 0.5 }),
    make: () => {
      const circuit = fakeCircuit(clock);
      made.push(circuit);
      return circuit.face;
    },
    post: (message) => said.push(message),
    now: () => clock.now,
    lastPanic: () => 'panicked at window',
  });
  const build = (generation: number) =>
    runner.handle({ type: 'build', generation, config, places: 100, limitBytes: 5000 });
  const snapshots = () =>
    said.flatMap((one) => (one.type === 'snapshot' ? [one.snapshot] : [])) as CircuitSnapshot[];
  return { clock, said, made, runner, build, snapshots };
}

export class FakeWorker {
  static all: FakeWorker[] = [];
  sent: CircuitRequest[] = [];
  terminated = false;
  onmessage: ((event: MessageEvent<CircuitResponse>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: CircuitRequest): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: CircuitResponse): void {
    this.onmessage?.({ data } as MessageEvent<CircuitResponse>);
  }
  ready(): void {
    this.say({ type: 'ready', ...circuits, overview: [...circuits.overview], variant: 'single' });
  }
  of<T extends CircuitRequest['type']>(type: T): Extract<CircuitRequest, { type: T }>[] {
    return this.sent.filter((one) => one.type === type) as never;
  }
  built(places = 100): void {
    const request = this.of('build').at(-1);
    if (!request) throw new Error('nothing is being built');
    const { generation, config } = request;
    const populations = [
      { name: 'all', count: 100, begin: 0, places, stride: 1, effect: undefined, hears: true },
    ];
    const built = { config, populations, planned: [], neurons: 100, synapses: 10, bytes: 1000 };
    this.say({ type: 'built', generation, built });
  }
  retuned(goesOn = true): void {
    const generation = this.of('build').at(-1)?.generation ?? 0;
    this.say({ type: 'retuned', generation, id: this.of('retune').at(-1)?.id ?? 0, goesOn });
  }
  refuse(request: 'build' | 'retune', code: string, detail?: Record<string, number>): void {
    const generation = this.of('build').at(-1)?.generation ?? 0;
    const id = this.of('retune').at(-1)?.id ?? 0;
    const error = { code, message: 'no', ...(detail ? { detail } : {}) };
    this.say({ type: 'refused', generation, request, id, error });
  }
  snapshot(change: Partial<CircuitSnapshot> = {}): void {
    const generation = this.of('build').at(-1)?.generation ?? 0;
    const snapshot: CircuitSnapshot = {
      timeMs: 5,
      playing: true,
      spikes: 2,
      times: Float32Array.of(1, 4),
      places: Uint32Array.of(0, 9),
      course: { startMs: 0, binMs: 1, rates: new Float32Array(5) },
      factor: 1,
      spikeRate: 400,
      ...change,
    };
    this.say({ type: 'snapshot', generation, snapshot });
  }
}
export const newest = () => FakeWorker.all.at(-1) as FakeWorker;

export const single = { variant: 'single', threads: 1 } as const;

export function openBench(hash = '#room=circuit-bench') {
  let address = hash;
  const held: { model: CircuitModel | undefined } = { model: undefined };
  const room = new CircuitBench({
    makeWorker: () => new FakeWorker(),
    choice: single,
    base: () => 'https://cajal.test/',
    readAddress: () => address,
    writeAddress: (next) => {
      address = next;
    },
    changed: (next) => {
      held.model = next;
    },
    drawn: (act) => act(),
    now: () => performance.now(),
    newSeed: () => 77,
    still: false,
  });
  newest().ready();
  return { room, held, address: () => address };
}
