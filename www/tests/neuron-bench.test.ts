// The room of the neuron bench without its looks: addresses, the worker's loop, the client, and what
// follows from what a visitor does.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BenchClient, type BenchEvents, type BenchWorker } from '../engine/bench-client.ts';
import type { BenchRequest, BenchResponse } from '../engine/bench-protocol.ts';
import { BenchRunner } from '../engine/bench-runner.ts';
import type { BenchFace, BiologicalCatalogue, ModelEntry, Parameter } from '../engine/model.ts';
import { formatBench, parseBench } from '../rooms/neuron-bench/address.ts';
import { Bench, type BenchModel } from '../rooms/neuron-bench/bench.ts';
import { stateOf } from '../rooms/neuron-bench/equation-view.ts';
import { type BenchState, defaultBench, withModel } from '../rooms/neuron-bench/state.ts';
import { roomOf } from '../rooms/rooms.ts';
import { fakeBiology } from './fake-catalogue.ts';

const parameter = (key: string, standard: number): Parameter => ({
  key,
  symbol: key,
  unit: '',
  min: -1e5,
  max: 1e5,
  step: 1,
  scale: 'linear',
  default: standard,
  meaning: '',
});
const bench = { dtMs: 0.1, durationMs: 300, strength: 20, curveTo: 40, clamps: false };
const model = (
  id: string,
  parameters: Parameter[],
  change: Partial<ModelEntry> = {},
): ModelEntry => ({
  id,
  title: id,
  citation: '',
  year: 1952,
  equations: [],
  parameters,
  state: [],
  drive: 'mV',
  integrator: { name: 'exact' },
  largestDtMs: 1,
  presets: [],
  references: [],
  notBiological: '',
  bench,
  ...change,
});
const preset = (id: string, durationMs: number) => ({
  id,
  title: id,
  citation: '',
  values: [{ key: 'd', value: 2 }],
  drive: [[0, 1]] as [number, number][],
  bench: { ...bench, durationMs, strength: 14, dtMs: 0.25 },
});
const catalogue: BiologicalCatalogue = {
  ...fakeBiology,
  neurons: [
    model('lif', [parameter('tau_ms', 20)]),
    model('izhikevich', [parameter('d', 8)], {
      presets: [preset('tonic', 100), preset('slow', 700)],
    }),
  ],
  compartments: [model('axon', [], { bench: { ...bench, durationMs: 8 } }), model('two-layer', [])],
  inputs: [
    model('step', [parameter('start_ms', 100), parameter('amplitude', 1)]),
    model('waveform', []),
    model('spike-list', []),
  ],
};
delete catalogue.compartments[1]?.bench;

const read = (hash: string): BenchState => {
  const reading = parseBench(hash, catalogue);
  if (!('state' in reading)) throw new Error(JSON.stringify(reading));
  return reading.state;
};

test('the address names the room', () => {
  expect(roomOf('#room=neuron-bench&n=lif')).toBe('neuron-bench');
  expect(roomOf('#v=1&data=moons')).toBe('network');
  expect(roomOf('')).toBe('front-door');
  expect(roomOf('#')).toBe('front-door');
  expect(roomOf('#room=network')).toBe('network');
  expect(roomOf('#room=attic')).toBe('network');
});

test('an address comes back as it went', () => {
  let state = withModel(defaultBench(catalogue), 0, 'izhikevich', catalogue, 'slow');
  state = {
    ...state,
    config: {
      ...state.config,
      neurons: [
        ...state.config.neurons,
        { model: 'lif', preset: '', values: [], strength: -3.5, dtMs: 0.05 },
      ],
      stimulus: {
        input: 'waveform',
        values: [],
        points: [
          [0, 0],
          [10, 1.5],
        ],
        spikesMs: [3, 5],
        trial: 1,
      },
      seed: 7,
    },
    focus: 1,
    variable: 2,
    window: [3, 40.5],
    momentMs: 12.5,
  };
  expect(read(formatBench(state))).toEqual(state);
  expect(read(encodeURI(formatBench(state)))).toEqual(state);
  expect(read('#room=neuron-bench')).toEqual(defaultBench(catalogue));
  // A preset without numbers is the preset as it is declared.
  expect(read('#room=neuron-bench&n=izhikevich~tonic').config.neurons[0]).toEqual({
    model: 'izhikevich',
    preset: 'tonic',
    values: [{ key: 'd', value: 2 }],
    strength: 14,
    dtMs: 0.25,
  });
});

test.each([
  ['n=two-layer', 'n', 'refusal-option'],
  ['n=lif~fast', 'n', 'refusal-option'],
  ['n=lif~~much', 'n', 'refusal-number'],
  ['n=lif~~1~0.1~mass:3', 'n', 'refusal-option'],
  ['s=thunder', 's', 'refusal-option'],
  ['points=1:x', 'points', 'refusal-number'],
  ['seed=1.5', 'seed', 'refusal-integer'],
  ['focus=1', 'focus', 'refusal-range'],
  ['volume=11', 'volume', 'refusal-unknown'],
  ['seed=1&seed=2', 'seed', 'refusal-twice'],
  ['seed=%E0%A4%A', 'seed', 'refusal-encoding'],
  ['v=2', 'v', 'refusal-version'],
])('%s is refused with its field', (text, field, reason) => {
  const reading = parseBench(`#room=neuron-bench&${text}`, catalogue);
  expect(reading).toMatchObject({ refusal: { field, reason } });
});

const summary = (neurons = 1) => ({
  durationMs: 500,
  neurons: Array.from({ length: neurons }, () => ({
    title: 'lif',
    driveUnit: 'mV',
    variables: [
      { key: 'v', symbol: 'v', unit: 'mV', meaning: '', plane: false },
      { key: 'w', symbol: 'w', unit: 'pA', meaning: '', plane: true },
    ],
    spikesMs: new Float64Array(),
  })),
});

function fakeBench() {
  let left = 0;
  const face = {
    needsRecording: vi.fn(() => false),
    loadRecording: vi.fn(),
    configure: vi.fn(() => summary()),
    traces: vi.fn(() => ({ timesMs: new Float64Array(), neurons: [] })),
    plane: vi.fn(),
    moment: vi.fn(),
    clamp: vi.fn(),
    curveStart: vi.fn(() => {
      left = 3;
    }),
    curveAdvance: vi.fn(() => {
      left -= 1;
      return { done: left === 0, total: 3, points: [] };
    }),
  };
  return face as typeof face & BenchFace;
}

const config = fakeBiology.neuronBench.defaults;
const spec = { from: 0, to: 1, points: 3, settleMs: 1, measureMs: 1 };

test('the loop answers the newest of a kind, and questions come between the points of a curve', () => {
  const face = fakeBench();
  const said: BenchResponse[] = [];
  const runner = new BenchRunner(face, {
    post: (message) => said.push(message),
    loadRecording: async () => new Uint8Array(),
    lastPanic: () => '',
    wake: () => {},
  });
  const ask = (id: number, question: Extract<BenchRequest, { type: 'ask' }>['question']) =>
    runner.handle({ type: 'ask', id, question });
  ask(1, { type: 'configure', config });
  ask(2, { type: 'configure', config: { ...config, seed: 2 } });
  expect(runner.slice()).toBe(false);
  expect(face.configure).toHaveBeenCalledTimes(1);
  expect(said).toMatchObject([{ type: 'answer', id: 2 }]);
  ask(3, { type: 'curve', neuron: 0, spec });
  runner.slice();
  runner.slice();
  ask(4, { type: 'traces', fromMs: 0, untilMs: 1, columns: 10 });
  while (runner.slice());
  const kinds = said.map((one) => (one.type === 'answer' ? one.answer.type : one.type));
  expect(kinds).toEqual(['configure', 'curve', 'traces', 'curve', 'curve']);
});

test('a refusal keeps the loop alive, and anything else is its end', () => {
  const face = fakeBench();
  const said: BenchResponse[] = [];
  const runner = new BenchRunner(face, {
    post: (message) => said.push(message),
    loadRecording: async () => new Uint8Array(),
    lastPanic: () => 'panicked at neuron',
    wake: () => {},
  });
  face.configure.mockImplementationOnce(() => {
    throw { code: 'bench-neuron', message: 'neuron 1' };
  });
  runner.handle({ type: 'ask', id: 1, question: { type: 'configure', config } });
  runner.slice();
  expect(said).toMatchObject([{ type: 'refused', id: 1, question: 'configure' }]);
  face.configure.mockImplementationOnce(() => {
    throw new Error('unreachable');
  });
  runner.handle({ type: 'ask', id: 2, question: { type: 'configure', config } });
  runner.slice();
  expect(said.at(-1)).toEqual({ type: 'panic', message: 'panicked at neuron' });
  runner.handle({ type: 'ask', id: 3, question: { type: 'configure', config } });
  expect(runner.slice()).toBe(false);
  expect(said).toHaveLength(2);
});

test('a recording is loaded before the run that wants it', async () => {
  const face = fakeBench();
  face.needsRecording.mockReturnValueOnce(true);
  const said: BenchResponse[] = [];
  const wake = vi.fn();
  const runner = new BenchRunner(face, {
    post: (message) => said.push(message),
    loadRecording: async () => new Uint8Array([1]),
    lastPanic: () => '',
    wake,
  });
  runner.handle({ type: 'ask', id: 1, question: { type: 'configure', config } });
  expect(runner.slice()).toBe(false);
  await vi.waitFor(() => expect(wake).toHaveBeenCalled());
  runner.slice();
  expect(face.loadRecording).toHaveBeenCalledWith(new Uint8Array([1]));
  expect(said).toMatchObject([{ type: 'answer', id: 1 }]);
});

class FakeWorker implements BenchWorker {
  static all: FakeWorker[] = [];
  sent: BenchRequest[] = [];
  terminated = false;
  onmessage: ((event: MessageEvent<BenchResponse>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: BenchRequest): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: BenchResponse): void {
    this.onmessage?.({ data } as MessageEvent<BenchResponse>);
  }
  /** The questions that were asked, the newest last. */
  asked(type: string) {
    return this.sent.filter((one) => one.type === 'ask' && one.question.type === type) as Extract<
      BenchRequest,
      { type: 'ask' }
    >[];
  }
  answerConfigure(neurons = 1): void {
    const id = this.asked('configure').at(-1)?.id ?? 0;
    this.say({ type: 'answer', id, answer: { type: 'configure', summary: summary(neurons) } });
  }
}
const newest = () => FakeWorker.all.at(-1) as FakeWorker;

beforeEach(() => {
  FakeWorker.all = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('of many wishes on the way, only the first and the last are asked', () => {
  const events = { ready: vi.fn(), answered: vi.fn(), refused: vi.fn(), died: vi.fn() };
  const client = new BenchClient(() => new FakeWorker(), events satisfies BenchEvents);
  for (const seed of [1, 2, 3]) client.ask({ type: 'configure', config: { ...config, seed } });
  expect(newest().asked('configure')).toHaveLength(0);
  newest().say({ type: 'ready', catalogue });
  for (const seed of [4, 5]) client.ask({ type: 'configure', config: { ...config, seed } });
  newest().answerConfigure();
  const seeds = newest()
    .asked('configure')
    .map(({ question }) => question.type === 'configure' && question.config.seed);
  expect(seeds).toEqual([3, 5]);
  expect(events.answered).toHaveBeenCalledTimes(1);
});

test('a worker that dies is replaced with what it had, three times', () => {
  const events = { ready: vi.fn(), answered: vi.fn(), refused: vi.fn(), died: vi.fn() };
  const client = new BenchClient(() => new FakeWorker(), events satisfies BenchEvents);
  newest().say({ type: 'ready', catalogue });
  client.ask({ type: 'configure', config });
  newest().answerConfigure();
  for (const gone of [false, false, true]) {
    newest().say({ type: 'panic', message: 'why' });
    expect(events.died).toHaveBeenLastCalledWith('why', gone);
    newest().say({ type: 'ready', catalogue });
    if (!gone) expect(newest().asked('configure')[0]?.question).toMatchObject({ config });
  }
  expect(FakeWorker.all).toHaveLength(3);
  expect(FakeWorker.all.every(({ terminated }) => terminated)).toBe(true);
});

function openBench(hash = '#room=neuron-bench') {
  let address = hash;
  const held: { model: BenchModel | undefined } = { model: undefined };
  const room = new Bench({
    makeWorker: () => new FakeWorker(),
    readAddress: () => address,
    writeAddress: (next) => {
      address = next;
    },
    changed: (next) => {
      held.model = next;
    },
  });
  newest().say({ type: 'ready', catalogue });
  return { room, held, address: () => address };
}

test('a run is followed by its traces, its plane and, after a rest, its curve', () => {
  openBench();
  newest().answerConfigure();
  expect(newest().asked('traces')).toHaveLength(1);
  expect(newest().asked('plane')[0]?.question).toMatchObject({ variable: 1 });
  expect(newest().asked('clamp')).toHaveLength(0);
  expect(newest().asked('curve')).toHaveLength(0);
  vi.advanceTimersByTime(1000);
  expect(newest().asked('curve')[0]?.question).toMatchObject({ spec: { from: 0, to: 40 } });
});

test('a moment is asked for when a run is there and when another one is looked at', () => {
  const { room, held } = openBench();
  newest().answerConfigure();
  const moments = () => newest().asked('moment');
  expect(moments()[0]?.question).toMatchObject({ neuron: 0, timeMs: 0 });
  const moment = {
    timeMs: 0,
    drive: 20,
    driveSymbol: 'R I',
    resets: false,
    variables: [
      { symbol: 'V_m', unit: 'mV', value: -64.12345, rate: 1, rateUnit: 'mV/ms' },
      { symbol: 'm', unit: '', rateUnit: '1/ms' },
      { symbol: 'U', unit: 'mV', value: 1, distanceUm: 3, rateUnit: 'mV/ms' },
    ],
  };
  newest().say({ type: 'answer', id: moments()[0]?.id ?? 0, answer: { type: 'moment', moment } });
  expect(held.model?.moment).toEqual(moment);
  // What was not kept, or is many at once, keeps its symbol in the equations.
  expect([...stateOf(moment)]).toEqual([
    ['V_m', '-64.123'],
    ['RI', '20'],
  ]);
  room.setting('momentMs', 12.5);
  expect(moments()[1]?.question).toMatchObject({ neuron: 0, timeMs: 12.5 });
});

test('the clamp begins with what the engine declares', () => {
  const { held, room } = openBench('#room=neuron-bench&n=axon');
  expect(held.model?.clampSpec).toEqual(catalogue.neuronBench.clampDefaults);
  room.clampSetting({ levels: 5 });
  expect(held.model?.clampSpec).toEqual({ ...catalogue.neuronBench.clampDefaults, levels: 5 });
});

test('a refused value goes back to the last good one, with the reason', () => {
  const { room, held, address } = openBench();
  newest().answerConfigure();
  const good = address();
  room.setting('neurons.0.values.tau_ms', 5);
  expect(held.model?.state?.config.neurons[0]?.values).toEqual([{ key: 'tau_ms', value: 5 }]);
  expect(address()).not.toBe(good);
  const id = newest().asked('configure').at(-1)?.id ?? 0;
  const error = { code: 'bench-neuron', message: 'no' };
  newest().say({ type: 'refused', id, question: 'configure', error });
  expect(held.model?.state?.config.neurons[0]?.values).toEqual([]);
  expect(address()).toBe(good);
  expect(held.model?.notices).toMatchObject([{ message: 'error-bench-neuron' }]);
  room.setting('seed', 2);
  newest().answerConfigure();
  expect(held.model?.notices).toEqual([]);
});

test('a preset is shown by its own drive, and up to four neurons stand beside each other', () => {
  const { room, held } = openBench();
  newest().answerConfigure();
  room.setting('neurons.0.model', 'izhikevich');
  expect(held.model?.state?.config.stimulus.input).toBe('step');
  room.setting('neurons.0.preset', 'slow');
  expect(held.model?.state?.config).toMatchObject({ durationMs: 700, stimulus: { input: 'own' } });
  for (let more = 0; more < 5; more += 1) room.setting('add', true);
  expect(held.model?.state?.config.neurons).toHaveLength(4);
  expect(held.model?.state?.focus).toBe(3);
  for (let fewer = 0; fewer < 5; fewer += 1) room.setting('remove', 0);
  expect(held.model?.state?.config.neurons).toHaveLength(1);
  expect(held.model?.state?.focus).toBe(0);
});

test('leaving ends the worker, coming back begins where it was', () => {
  const { room, held } = openBench();
  newest().answerConfigure();
  room.setting('seed', 9);
  const before = newest();
  room.leave();
  expect(before.terminated).toBe(true);
  room.enter();
  expect(newest()).not.toBe(before);
  newest().say({ type: 'ready', catalogue });
  expect(newest().asked('configure')[0]?.question).toMatchObject({ config: { seed: 9 } });
  expect(held.model?.state?.config.seed).toBe(9);
});

test('every edit is undone and done again; a slider that is dragged is one, a refused value none', async () => {
  const { room, held, address } = openBench();
  newest().answerConfigure();
  const first = address();
  const names = () => [held.model?.undo?.message, held.model?.redo?.message];
  expect(names()).toEqual([undefined, undefined]);
  for (const value of [5, 6, 7]) room.setting('neurons.0.values.tau_ms', value);
  const dragged = address();
  room.setting('add', true);
  // Where one looks is no edit.
  room.setting('focus', 0);
  expect(names()).toEqual(['edit-bench-add', undefined]);
  await room.edits.undo();
  expect(held.model?.state?.config.neurons).toHaveLength(1);
  expect(address()).toBe(dragged);
  await room.edits.undo();
  expect(address()).toBe(first);
  expect(names()).toEqual([undefined, 'edit-bench-values']);
  await room.edits.redo();
  expect(address()).toBe(dragged);
  newest().answerConfigure();
  newest().answerConfigure();
  vi.advanceTimersByTime(2000);
  room.setting('seed', 3);
  newest().say({
    type: 'refused',
    id: newest().asked('configure').at(-1)?.id ?? 0,
    question: 'configure',
    error: { code: 'bench-neuron', message: 'no' },
  });
  expect(names()).toEqual(['edit-bench-values', undefined]);
});
