// The room in which a network learns digits, without its looks: addresses, the worker's loop, the
// client, the pen, and what follows from what a visitor does.

import { beforeEach, expect, test, vi } from 'vitest';
import { DigitsClient, type DigitsWorker } from '../engine/digits-client.ts';
import type { DigitsRequest, DigitsResponse, DigitsState } from '../engine/digits-protocol.ts';
import { DigitsRunner } from '../engine/digits-runner.ts';
import type {
  BiologicalCatalogue,
  DigitsFace,
  ModelEntry,
  StudentProgress,
} from '../engine/model.ts';
import { formatLearner, parseLearner } from '../rooms/digit-learner/address.ts';
import { neuronOf, spikesOf, tilesAcross } from '../rooms/digit-learner/fields.ts';
import { Learner, type LearnerModel } from '../rooms/digit-learner/learner.ts';
import { withStroke } from '../rooms/digit-learner/pen.ts';
import { roomOf } from '../rooms/rooms.ts';
import { fakeBiology } from './fake-catalogue.ts';

const NEURONS = 400;
const circuit: ModelEntry = {
  id: 'diehl-cook',
  title: 'Digits learned by spike timing',
  citation: '',
  year: 2015,
  equations: [],
  parameters: [
    {
      key: 'neurons',
      symbol: 'n',
      unit: '',
      min: 10,
      max: 1600,
      step: 10,
      scale: 'integer',
      default: NEURONS,
      meaning: '',
    },
  ],
  state: [],
  drive: 'mV',
  integrator: { name: 'exact' },
  largestDtMs: 0.5,
  presets: [],
  references: [],
  notBiological: '',
};
const catalogue: BiologicalCatalogue = { ...fakeBiology, circuits: [circuit] };

test('an address comes back as it went', () => {
  expect(roomOf('#room=digit-learner&seed=3')).toBe('digit-learner');
  const state = { seed: 7, learning: false, neuron: 16 };
  expect(formatLearner(state)).toBe('#room=digit-learner&v=1&seed=7&learning=off&neuron=17');
  expect(parseLearner(formatLearner(state), NEURONS)).toEqual({ state });
  const start = { seed: 1, learning: true, neuron: 0 };
  expect(parseLearner('#room=digit-learner', NEURONS)).toEqual({ state: start });
});

test.each([
  ['seed=-1', 'seed', 'refusal-range'],
  ['seed=1.5', 'seed', 'refusal-integer'],
  ['seed=one', 'seed', 'refusal-number'],
  ['neuron=0', 'neuron', 'refusal-range'],
  ['neuron=401', 'neuron', 'refusal-range'],
  ['learning=maybe', 'learning', 'refusal-option'],
  ['seed=1&seed=2', 'seed', 'refusal-twice'],
  ['volume=11', 'volume', 'refusal-unknown'],
  ['seed=%E0%A4%A', 'seed', 'refusal-encoding'],
  ['v=2', 'v', 'refusal-version'],
])('%s is refused with its field', (text, field, reason) => {
  const reading = parseLearner(`#room=digit-learner&${text}`, NEURONS);
  expect(reading).toMatchObject({ refusal: { field, reason } });
});

test('an address without end is refused', () => {
  const reading = parseLearner(`#room=digit-learner&${'x'.repeat(500)}`, NEURONS);
  expect(reading).toMatchObject({ refusal: { field: '#', reason: 'refusal-length' } });
});

test('fields and spikes are found where the worker put them', () => {
  expect([1, 2, 400, 401].map(tilesAcross)).toEqual([1, 2, 20, 21]);
  const neurons = {
    fields: Uint8Array.from({ length: 2 * 784 }, (_, at) => (at < 784 ? 1 : 2)),
    labels: Int8Array.of(-1, 7),
    thetasMv: Float32Array.of(20, 41.5),
    shares: Float32Array.from({ length: 20 }, (_, at) => at),
  };
  expect(neuronOf(neurons, 0)?.label).toBeUndefined();
  const second = neuronOf(neurons, 1);
  expect(second).toMatchObject({ label: 7, thetaMv: 41.5 });
  expect([second?.field[0], second?.field.length]).toEqual([2, 784]);
  expect([second?.shares[0], second?.shares[9]]).toEqual([10, 19]);
  expect(neuronOf(neurons, 2)).toBeUndefined();
  const spikes = { timesMs: new Float32Array(4), neurons: Uint16Array.of(1, 2, 1, 9) };
  expect(spikesOf(spikes, 3)).toEqual([0, 2, 1]);
});

test('a stroke is bright along its way, and an older drawing stays as it was', () => {
  const across = withStroke(undefined, [5, 14.5], [23, 14.5]);
  const at = (x: number, y: number) => across[y * 28 + x] ?? Number.NaN;
  expect([at(5, 14), at(14, 14), at(22, 14)]).toEqual([1, 1, 1]);
  expect(at(14, 13)).toBeGreaterThan(0.5);
  expect([at(14, 11), at(2, 14), at(25, 14)]).toEqual([0, 0, 0]);
  const both = withStroke(across, [14.5, 5], [14.5, 23]);
  expect([both[14 * 28 + 6], both[6 * 28 + 14]]).toEqual([1, 1]);
  expect(across[6 * 28 + 14]).toBe(0);
});

const progress = (shown: number, change: Partial<StudentProgress> = {}): StudentProgress => ({
  shown,
  timeMs: 500 * shown,
  presentMs: 500 * shown,
  learning: true,
  right: 0,
  of: 0,
  marks: 1000,
  low: 0,
  high: 1,
  curveDigits: new Float32Array(),
  curveShare: new Float32Array(),
  ...change,
});

function fakeNetwork(clock: { ms: number }) {
  let shown = 0;
  const face = {
    digit: vi.fn(() => {
      shown += 1;
      clock.ms += 5;
    }),
    progress: vi.fn(() => progress(shown)),
    neurons: vi.fn(() => ({ at: shown })),
    ask: vi.fn(() => ({ read: 3 })),
    setLearning: vi.fn(),
    restart: vi.fn(() => {
      shown = 0;
    }),
  };
  return face as unknown as typeof face & DigitsFace;
}

async function openRunner() {
  const clock = { ms: 1000 };
  const network = fakeNetwork(clock);
  const said: DigitsResponse[] = [];
  const make = vi.fn(async (_seed: number) => network as DigitsFace);
  const runner = new DigitsRunner(NEURONS, {
    post: (message) => said.push(message),
    now: () => clock.ms,
    make,
    lastPanic: () => 'panicked at digits',
    wake: () => {},
  });
  runner.handle({ type: 'restart', generation: 1, seed: 4 });
  expect(runner.slice()).toBe(false);
  await vi.waitFor(() => {
    runner.slice();
    expect(said).toHaveLength(1);
  });
  return { clock, network, said, make, runner };
}

test('the loop learns in short slices and posts a state when the last one was drawn', async () => {
  const { clock, network, said, make, runner } = await openRunner();
  expect(make).toHaveBeenCalledWith(4);
  expect(said[0]).toMatchObject({ type: 'state', generation: 1, state: { playing: false } });
  runner.handle({ type: 'play' });
  expect(runner.slice()).toBe(true);
  // 5 ms a digit: three of them are as long as a slice may be.
  expect(network.digit).toHaveBeenCalledTimes(3);
  for (let slice = 0; slice < 10; slice += 1) runner.slice();
  expect(said).toHaveLength(1);
  runner.handle({ type: 'acknowledge' });
  runner.slice();
  expect(said).toHaveLength(2);
  for (let frame = 0; frame < 100; frame += 1) {
    runner.slice();
    runner.handle({ type: 'acknowledge' });
  }
  const states = said.flatMap((one) => (one.type === 'state' ? [one.state] : []));
  expect(states.at(-1)?.digitsPerSecond).toBeCloseTo(200, 0);
  expect(states.at(-1)?.realTimeFactor).toBeCloseTo(100, 0);
  expect(states.length).toBeLessThan(40);
  expect(network.neurons.mock.calls.length).toBeLessThan(8);
  runner.handle({ type: 'pause' });
  expect(runner.slice()).toBe(false);
  runner.handle({ type: 'acknowledge' });
  runner.slice();
  const digits = network.digit.mock.calls.length;
  clock.ms += 1000;
  runner.slice();
  expect(network.digit).toHaveBeenCalledTimes(digits);
  const last = said.at(-1);
  expect(last).toMatchObject({ state: { playing: false, digitsPerSecond: 0 } });
  // However the fields were spaced, the last ones are those that stand still now.
  expect(network.neurons.mock.results.at(-1)?.value).toEqual({ at: digits });
});

test('one digit is one digit, a drawing is answered, and a restart keeps the digits', async () => {
  const { network, said, make, runner } = await openRunner();
  runner.handle({ type: 'one' });
  while (runner.slice());
  expect(network.digit).toHaveBeenCalledTimes(1);
  const pixels = new Float32Array(784);
  runner.handle({ type: 'drawing', id: 1, pixels });
  runner.handle({ type: 'drawing', id: 2, pixels });
  runner.slice();
  expect(said.filter(({ type }) => type === 'answer')).toMatchObject([
    { id: 2, presentation: { read: 3 } },
  ]);
  runner.handle({ type: 'learning', on: false });
  runner.handle({ type: 'restart', generation: 2, seed: 9 });
  runner.slice();
  expect(make).toHaveBeenCalledTimes(1);
  expect(network.restart).toHaveBeenCalledWith(NEURONS, 9, expect.any(Number));
  expect(network.setLearning).toHaveBeenLastCalledWith(false);
  expect(said.at(-1)).toMatchObject({ generation: 2, state: { progress: { shown: 0 } } });
});

test('it goes on until it has learned from so many digits, of the network that comes', async () => {
  const { network, runner } = await openRunner();
  runner.handle({ type: 'until', digits: 5 });
  while (runner.slice());
  expect(network.digit).toHaveBeenCalledTimes(5);
  runner.handle({ type: 'until', digits: 5 });
  expect(runner.slice()).toBe(false);
  expect(network.digit).toHaveBeenCalledTimes(5);
  // Asked before the new network is there, it counts from that one's beginning.
  runner.handle({ type: 'restart', generation: 2, seed: 9 });
  runner.handle({ type: 'until', digits: 4 });
  while (runner.slice());
  expect(network.digit).toHaveBeenCalledTimes(9);
  runner.handle({ type: 'until', digits: 50 });
  runner.handle({ type: 'pause' });
  expect(runner.slice()).toBe(false);
});

test('a refusal stops the run, and anything else is the end of the loop', async () => {
  const { network, said, runner } = await openRunner();
  network.digit.mockImplementationOnce(() => {
    throw { code: 'network-not-finite', message: 'excitatory' };
  });
  runner.handle({ type: 'play' });
  runner.slice();
  expect(said.find(({ type }) => type === 'refused')).toMatchObject({ request: 'play' });
  expect(runner.slice()).toBe(false);
  network.digit.mockImplementationOnce(() => {
    throw new Error('unreachable');
  });
  runner.handle({ type: 'play' });
  expect(runner.slice()).toBe(false);
  expect(said.at(-1)).toEqual({ type: 'panic', message: 'panicked at digits' });
});

class FakeWorker implements DigitsWorker {
  static all: FakeWorker[] = [];
  sent: DigitsRequest[] = [];
  terminated = false;
  onmessage: ((event: MessageEvent<DigitsResponse>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: DigitsRequest): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: DigitsResponse): void {
    this.onmessage?.({ data } as MessageEvent<DigitsResponse>);
  }
  state(shown: number, generation = 1): void {
    const state: DigitsState = {
      progress: progress(shown),
      playing: shown > 0,
      digitsPerSecond: 0,
      realTimeFactor: 0,
    };
    this.say({ type: 'state', generation, state });
  }
  asked<T extends DigitsRequest['type']>(type: T) {
    return this.sent.filter((one) => one.type === type) as Extract<DigitsRequest, { type: T }>[];
  }
}
const newest = () => FakeWorker.all.at(-1) as FakeWorker;

beforeEach(() => {
  FakeWorker.all = [];
});

test('what comes of an older network or of an older drawing is dropped', () => {
  const events = {
    ready: vi.fn(),
    loading: vi.fn(),
    state: vi.fn(),
    answered: vi.fn(),
    refused: vi.fn(),
    died: vi.fn(),
  };
  const client = new DigitsClient(() => new FakeWorker(), events);
  client.restart(1);
  client.restart(2);
  newest().state(5, 1);
  expect(events.state).not.toHaveBeenCalled();
  newest().state(0, 2);
  expect(events.state).toHaveBeenCalledTimes(1);
  expect(newest().asked('acknowledge')).toHaveLength(2);
  client.ask(new Float32Array(784));
  client.forgetDrawing();
  newest().say({ type: 'answer', id: 1, presentation: {} as never });
  expect(events.answered).not.toHaveBeenCalled();
});

function openLearner(hash = '#room=digit-learner') {
  let address = hash;
  const held: { model: LearnerModel | undefined } = { model: undefined };
  const clock = { ms: 0 };
  const learner = new Learner({
    makeWorker: () => new FakeWorker(),
    readAddress: () => address,
    writeAddress: (next) => {
      address = next;
    },
    changed: (next) => {
      held.model = next;
    },
    now: () => clock.ms,
  });
  newest().say({ type: 'ready', catalogue });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    learner,
    held,
    clock,
    async undo() {
      learner.command({ type: 'undo' });
      await settle();
    },
    async redo() {
      learner.command({ type: 'redo' });
      await settle();
    },
    address: () => address,
    visit(next: string) {
      address = next;
      learner.addressChanged();
    },
  };
}

test('the address chooses seed and learning; nothing plays before there is a network', () => {
  const { learner, held } = openLearner('#room=digit-learner&seed=5&learning=off');
  expect(newest().asked('restart')).toMatchObject([{ seed: 5, generation: 1 }]);
  expect(newest().asked('learning')).toMatchObject([{ on: false }]);
  learner.command({ type: 'toggle' });
  expect(newest().asked('play')).toHaveLength(0);
  newest().say({ type: 'loading', loaded: 1, total: 2 });
  expect(held.model?.loading).toEqual({ loaded: 1, total: 2 });
  newest().state(0);
  expect(held.model?.loading).toBeUndefined();
  learner.command({ type: 'toggle' });
  expect(newest().asked('play')).toHaveLength(1);
  learner.command({ type: 'toggle' });
  expect(newest().asked('pause')).toHaveLength(1);
});

test('another seed is another network, another neuron is not', () => {
  const { learner, held, address, visit } = openLearner();
  newest().state(30);
  learner.setting('neuron', 12);
  expect(address()).toBe('#room=digit-learner&v=1&seed=1&neuron=13');
  learner.setting('neuron', 9999);
  expect(held.model?.state.neuron).toBe(NEURONS - 1);
  expect(held.model?.run?.progress.shown).toBe(30);
  learner.command({ type: 'newSeed' });
  expect(held.model?.run).toBeUndefined();
  expect(newest().asked('restart').at(-1)).toMatchObject({ seed: 2, generation: 2 });
  newest().state(31, 1);
  expect(held.model?.run).toBeUndefined();
  newest().state(0, 2);
  visit('#room=digit-learner&seed=2&neuron=3');
  expect(held.model?.state.neuron).toBe(2);
  expect(newest().asked('restart')).toHaveLength(2);
});

test('a refused address says why, and what was there stays', () => {
  const { held, visit } = openLearner();
  newest().state(40);
  visit('#room=digit-learner&seed=many');
  expect(held.model?.notices).toMatchObject([{ kind: 'refusal', message: 'refusal-number' }]);
  expect(held.model?.state.seed).toBe(1);
  expect(held.model?.run?.progress.shown).toBe(40);
  expect(newest().asked('restart')).toHaveLength(1);
});

test('a drawing is asked, cleared, and asked again of another network', () => {
  const { learner, held } = openLearner();
  newest().state(0);
  const drawing = new Float32Array(784).fill(0.5);
  learner.setting('drawing', drawing);
  expect(newest().asked('drawing')).toMatchObject([{ id: 1, pixels: drawing }]);
  newest().say({ type: 'answer', id: 1, presentation: { read: 4 } as never });
  expect(held.model?.answer?.read).toBe(4);
  learner.command({ type: 'reset' });
  expect(held.model?.answer).toBeUndefined();
  newest().state(0, 2);
  expect(newest().asked('drawing')).toHaveLength(2);
  learner.setting('drawing', undefined);
  expect(held.model?.drawing).toBeUndefined();
  newest().say({ type: 'answer', id: 2, presentation: { read: 4 } as never });
  expect(held.model?.answer).toBeUndefined();
});

test('leaving ends the worker and says what is lost; coming back begins anew', () => {
  const { learner, held } = openLearner('#room=digit-learner&seed=6');
  newest().state(250);
  const before = newest();
  learner.leave();
  expect(before.terminated).toBe(true);
  expect(held.model?.notices).toMatchObject([
    { message: 'note-digits-left', gaps: { count: 250 } },
  ]);
  learner.enter();
  expect(newest()).not.toBe(before);
  newest().say({ type: 'ready', catalogue });
  expect(newest().asked('restart')).toMatchObject([{ seed: 6 }]);
});

test('a worker that dies is told of, and is made again when the visitor wishes', () => {
  const { learner, held } = openLearner();
  newest().state(10);
  newest().say({ type: 'panic', message: 'why' });
  expect(held.model?.notices).toMatchObject([
    {
      message: 'note-digits-died',
      gaps: { cause: 'why' },
      action: { command: { type: 'restart' } },
    },
  ]);
  expect(held.model?.run).toBeUndefined();
  const dead = newest();
  learner.enter();
  expect(newest()).toBe(dead);
  learner.command({ type: 'restart' });
  expect(newest()).not.toBe(dead);
  newest().say({ type: 'ready', catalogue });
  expect(newest().asked('restart')).toMatchObject([{ seed: 1 }]);
});

test('learning and the neuron are undone and done again while the network goes on', async () => {
  const { learner, held, address, clock, undo, redo } = openLearner();
  newest().state(30);
  learner.setting('learning', false);
  // Arrow keys that follow each other are one choice.
  for (const neuron of [1, 2, 3]) learner.setting('neuron', neuron);
  learner.setting('neuron', 3);
  expect(held.model?.undo?.message).toBe('edit-digits-neuron');
  await undo();
  expect(held.model?.state.neuron).toBe(0);
  expect(held.model?.redo?.message).toBe('edit-digits-neuron');
  await undo();
  expect(held.model?.state.learning).toBe(true);
  expect(newest().asked('learning').at(-1)).toMatchObject({ on: true });
  expect(held.model?.undo).toBeUndefined();
  await undo();
  await redo();
  await redo();
  expect(address()).toBe('#room=digit-learner&v=1&seed=1&learning=off&neuron=4');
  expect(held.model?.redo).toBeUndefined();
  clock.ms += 5000;
  learner.setting('neuron', 7);
  await undo();
  expect(held.model?.state.neuron).toBe(3);
  expect(newest().asked('restart')).toHaveLength(1);
  expect(held.model?.notices).toEqual([]);
});

test('each stroke is an edit, however fast they follow, and so is a cleared drawing', async () => {
  const { learner, held, undo, redo } = openLearner();
  newest().state(0);
  const drawing = (value: number) => new Float32Array(784).fill(value);
  const [first, half, second] = [drawing(0.2), drawing(0.4), drawing(0.6)];
  learner.setting('drawing.1', first);
  learner.setting('drawing.2', half);
  learner.setting('drawing.2', second);
  learner.setting('drawing', undefined);
  expect(held.model?.undo?.message).toBe('edit-digits-clear');
  await undo();
  expect(held.model?.drawing).toBe(second);
  expect(newest().asked('drawing').at(-1)?.pixels).toBe(second);
  expect(held.model?.undo?.message).toBe('edit-digits-stroke');
  await undo();
  expect(held.model?.drawing).toBe(first);
  await undo();
  expect(held.model?.drawing).toBeUndefined();
  await redo();
  await redo();
  expect(held.model?.drawing).toBe(second);
});

test('back at a seed its network begins anew, says so, and learns the same again on wish', async () => {
  const { learner, held, address, undo, redo } = openLearner();
  newest().state(250);
  learner.setting('learning', false);
  learner.setting('seed', 8);
  newest().state(0, 2);
  newest().state(20, 2);
  expect(held.model?.undo?.message).toBe('edit-digits-seed');
  await undo();
  expect(address()).toBe('#room=digit-learner&v=1&seed=1&learning=off');
  expect(newest().asked('restart').at(-1)).toMatchObject({ seed: 1, generation: 3 });
  expect(held.model?.run).toBeUndefined();
  const offer = {
    message: 'note-digits-undone',
    gaps: { seed: '1', count: 250 },
    action: { command: { type: 'relearn', digits: 250 } },
  };
  expect(held.model?.notices).toMatchObject([offer]);
  newest().state(0, 3);
  await redo();
  expect(newest().asked('restart').at(-1)).toMatchObject({ seed: 8, generation: 4 });
  // One note, of the network that is there.
  expect(held.model?.notices).toMatchObject([{ gaps: { seed: '8', count: 20 } }]);
  newest().state(0, 4);
  await undo();
  newest().state(0, 5);
  // Test digits teach nothing: what is learned again is learned.
  learner.command({ type: 'relearn', digits: 250 });
  expect(held.model).toMatchObject({ playing: true, notices: [], state: { learning: true } });
  expect(newest().asked('until')).toEqual([{ type: 'until', digits: 250 }]);
  newest().state(249, 5);
  expect(held.model?.playing).toBe(true);
  newest().state(250, 5);
  expect(held.model?.playing).toBe(false);
});

test('what was forgotten is offered again; the same network on its way goes on', async () => {
  const { learner, held, undo, redo } = openLearner();
  newest().state(0);
  learner.command({ type: 'reset' });
  expect(held.model?.undo).toBeUndefined();
  newest().state(0, 2);
  newest().state(300, 2);
  learner.command({ type: 'reset' });
  newest().state(40, 3);
  await undo();
  // Forty digits are on the way to three hundred.
  expect(newest().asked('restart')).toHaveLength(3);
  expect(held.model?.run?.progress.shown).toBe(40);
  expect(held.model?.notices).toMatchObject([{ gaps: { count: 300 } }]);
  newest().state(90, 3);
  await redo();
  expect(newest().asked('restart')).toHaveLength(4);
  expect(held.model?.notices).toMatchObject([{ gaps: { count: 40 } }]);
  // A seed that comes in the middle ends it.
  learner.command({ type: 'relearn', digits: 40 });
  learner.setting('seed', 2);
  expect(held.model?.playing).toBe(false);
  expect(newest().asked('pause')).toHaveLength(1);
});

test('a link is undone as a whole', async () => {
  const { held, visit, undo } = openLearner('#room=digit-learner&seed=3&neuron=5');
  newest().state(0);
  visit('#room=digit-learner&seed=3');
  expect(held.model?.undo?.message).toBe('edit-link');
  await undo();
  expect(held.model?.state).toEqual({ seed: 3, learning: true, neuron: 4 });
  expect(newest().asked('restart')).toHaveLength(1);
});
