// The room of the circuit bench without its looks: addresses, the worker's loop, the client, what follows
// from what a visitor does, and how spikes are kept and painted.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CircuitClient, type CircuitEvents } from '../engine/circuit-client.ts';
import type { ModelEntry } from '../engine/model.ts';
import { ASLEEP } from '../engine/runner.ts';
import { formatCircuit, parseCircuit } from '../rooms/circuit-bench/address.ts';
import { CircuitBench } from '../rooms/circuit-bench/bench.ts';
import { looksOf } from '../rooms/circuit-bench/population-look.ts';
import { bandsOf } from '../rooms/circuit-bench/raster-painter.ts';
import { silentSince } from '../rooms/circuit-bench/silence-note.ts';
import { SpikeStore } from '../rooms/circuit-bench/spike-store.ts';
import {
  type CircuitState,
  defaultState,
  presetIds,
  presetOf,
  rebuilds,
  STANDARD,
  stateMap,
} from '../rooms/circuit-bench/state.ts';
import { roomOf } from '../rooms/rooms.ts';
import {
  brunel,
  circuits,
  config,
  FakeWorker,
  newest,
  openBench,
  openRunner,
  overview,
  single,
} from './fake-circuits.ts';

// Texts are bundled with the page, not with the tests.
vi.mock('../i18n/messages.ts', () => ({
  text: (id: string) => id,
  textOr: (_: string, otherwise: string) => otherwise,
}));

const read = (hash: string): CircuitState => {
  const reading = parseCircuit(hash, circuits);
  if (!('state' in reading)) throw new Error(JSON.stringify(reading));
  return reading.state;
};

test('an address comes back as it went', () => {
  expect(roomOf('#room=circuit-bench&c=cuba')).toBe('circuit-bench');
  const state: CircuitState = {
    config: { circuit: 'brunel', values: { g: 6, drive: 0.9 }, seed: 7 },
    spanMs: 200,
    speed: 0.1,
    rows: [10, 40],
    brushMs: 50,
  };
  const hash = formatCircuit(state, circuits);
  expect(hash).toBe(
    '#room=circuit-bench&v=1&c=brunel~g:6~drive:0.9&seed=7&span=200&speed=0.1&rows=10-40&for=50',
  );
  expect(read(hash)).toEqual(state);
  expect(read(encodeURI(hash))).toEqual(state);
  expect(read('#room=circuit-bench')).toEqual(defaultState(circuits));
  // What suits a circuit is its default wherever it stands in the address.
  expect(read('#room=circuit-bench&speed=0&c=coba')).toMatchObject({
    config: { circuit: 'coba', seed: 2 },
    spanMs: 400,
    speed: 0,
  });
  expect(read('#room=circuit-bench&c=brunel~g:5').config.values).toEqual({});
});

test.each([
  ['c=attic', 'c', 'refusal-option'],
  ['c=diehl-cook', 'c', 'refusal-option'],
  ['c=brunel~mass:3', 'c', 'refusal-option'],
  ['c=brunel~g:11', 'c', 'refusal-range'],
  ['c=brunel~g:much', 'c', 'refusal-number'],
  ['seed=1.5', 'seed', 'refusal-integer'],
  ['span=5', 'span', 'refusal-range'],
  ['speed=-1', 'speed', 'refusal-range'],
  ['rows=5-5', 'rows', 'refusal-range'],
  ['rows=5', 'rows', 'refusal-number'],
  ['for=0', 'for', 'refusal-range'],
  ['seed=1&seed=2', 'seed', 'refusal-twice'],
  ['volume=11', 'volume', 'refusal-unknown'],
  ['c=%E0%A4%A', 'c', 'refusal-encoding'],
  ['v=2', 'v', 'refusal-version'],
])('%s is refused with its field', (text, field, reason) => {
  expect(parseCircuit(`#room=circuit-bench&${text}`, circuits)).toMatchObject({
    refusal: { field, reason },
  });
});

test('presets, the map of them, and what must be built anew come from the catalogue', () => {
  const own = circuits.overview.find(({ id }) => id === 'brunel');
  expect(presetIds(brunel)).toEqual(['a', 'b', 'c']);
  expect(presetOf(brunel, {})).toBe('c');
  expect(presetOf(brunel, { g: 6, drive: 4, scale: 0.5 })).toBe('b');
  expect(presetOf(brunel, { g: 6 })).toBe('');
  const coba = circuits.catalogue.circuits[3] as ModelEntry;
  expect(presetIds(coba)).toEqual([STANDARD, 'weak']);
  expect(presetOf(coba, {})).toBe(STANDARD);
  expect(stateMap(brunel, own)?.places[1]).toEqual({ id: 'b', title: 'b', x: 6, y: 4 });
  expect(stateMap(coba, undefined)).toBeUndefined();
  // A map that would build anew at each touch is none.
  expect(stateMap(brunel, overview('brunel', { rebuilds: ['g'] }))).toBeUndefined();
  expect(rebuilds(own, { g: 3 }, { g: 4 })).toBe(false);
  expect(rebuilds(own, { g: 3 }, { g: 3, scale: 0.5 })).toBe(true);
});

test('what inhibits is told apart by more than colour', () => {
  const population = (name: string, effect: 'excitatory' | 'inhibitory' | undefined) => ({
    name,
    count: 10,
    begin: 0,
    places: 10,
    stride: 1,
    effect,
    hears: true,
  });
  const both = looksOf([population('one', 'excitatory'), population('two', 'inhibitory')]);
  expect(both.map(({ sign }) => sign)).toEqual(['+', '−']);
  expect(both.map(({ colour }) => colour)).toEqual(['excitation', 'inhibition']);
  expect([both[0]?.dash, both[1]?.dash]).toEqual([undefined, [6, 4]]);
  const layers = ['L2E', 'L2I', 'L4E', 'L4I'].map((name) =>
    population(name, name.endsWith('I') ? 'inhibitory' : 'excitatory'),
  );
  expect(looksOf(layers).map(({ colour }) => colour)).toEqual([
    'class-0',
    'class-0',
    'class-1',
    'class-1',
  ]);
  const halves = looksOf([population('left', 'inhibitory'), population('right', 'inhibitory')]);
  expect(new Set(halves.map(({ colour }) => colour)).size).toBe(2);
  expect(halves.every(({ inhibits }) => inhibits)).toBe(true);
  expect(halves.map(({ dash }) => dash)).toEqual([undefined, [6, 4]]);
  // None that inhibits: dashes tell them apart, and say nothing of inhibition.
  const raising = looksOf(['left', 'right', 'both'].map((name) => population(name, 'excitatory')));
  expect(new Set(raising.map(({ dash }) => String(dash))).size).toBe(3);
  // Where some do, they alone are dashed.
  const some = looksOf([
    population('one', 'excitatory'),
    population('two', 'excitatory'),
    population('three', 'inhibitory'),
  ]);
  expect(some.map(({ dash }) => dash)).toEqual([undefined, undefined, [6, 4]]);
});

test('the store keeps the newest spikes and finds them by time', () => {
  const store = new SpikeStore();
  store.push(Float32Array.of(1, 2, 3, 3), Uint32Array.of(5, 6, 7, 8));
  expect(store.since(2.5)).toBe(2);
  expect(store.within(2, 3.5)).toBe(3);
  expect(store.within(0, 10, 6, 8)).toBe(2);
  // More than there is room for: the oldest are gone, and the order stays.
  const many = 1 << 20;
  store.push(
    Float32Array.from({ length: many }, (_, at) => 10 + at),
    new Uint32Array(many),
  );
  expect(store.end - store.first).toBe(1 << 19);
  expect(store.timeOf(store.end - 1)).toBe(10 + many - 1);
  expect(store.timeOf(store.since(10 + many - 100))).toBe(10 + many - 100);
  store.clear();
  expect([store.end, store.since(0), store.timeMs]).toEqual([0, 0, 0]);
});

test('the store knows how fast time goes on, and forgets it where it stands still', () => {
  const store = new SpikeStore();
  for (let at = 1; at <= 20; at += 1) store.hear(at * 8, 1000 + at * 16, true);
  expect(store.pace).toBeCloseTo(0.5, 6);
  expect(store.everyMs).toBeCloseTo(16, 6);
  // One late message does not make the picture jump.
  store.hear(192, 1336, true);
  expect(store.pace).toBeCloseTo(0.9 * 0.5 + 0.1 * 2, 6);
  store.hear(195, 1356, false);
  expect(store.pace).toBe(0);
  store.hear(200, 9000, true);
  expect(store.pace).toBe(0);
});

test('every population has room in the raster', () => {
  const bands = bandsOf(
    [
      { begin: 0, places: 3980 },
      { begin: 3980, places: 20 },
    ],
    400,
    16,
    5,
  );
  expect(bands[1]?.height).toBeGreaterThanOrEqual(16);
  expect(bands[1]?.top).toBe((bands[0]?.height ?? 0) + 5);
  expect((bands[1]?.top ?? 0) + (bands[1]?.height ?? 0)).toBeLessThanOrEqual(400);
});

test('the loop runs within slices, and posts when the page has drawn', () => {
  const { clock, made, runner, build, snapshots } = openRunner();
  expect(runner.slice()).toBe(ASLEEP);
  build(1);
  runner.handle({ type: 'speed', speed: 0 });
  runner.handle({ type: 'play' });
  runner.slice();
  expect(clock.now).toBeGreaterThanOrEqual(12);
  expect(clock.now).toBeLessThan(13);
  expect(snapshots()).toHaveLength(1);
  for (let slice = 0; slice < 5; slice += 1) runner.slice();
  expect(snapshots()).toHaveLength(1);
  runner.handle({ type: 'acknowledge' });
  runner.slice();
  expect(snapshots()).toHaveLength(2);
  expect(snapshots()[1]).toMatchObject({ playing: true, timeMs: made[0]?.held.time });
  // Statistics come a few times a second, not with each snapshot.
  expect(snapshots()[0]?.statistics).toHaveLength(1);
  expect(snapshots()[1]?.statistics).toBeUndefined();
});

test('real time is kept, and slow motion is slower', () => {
  const { clock, made, runner, build } = openRunner();
  build(1);
  runner.handle({ type: 'play' });
  const runFor = (ms: number) => {
    const end = clock.now + ms;
    while (clock.now < end) {
      const wait = runner.slice();
      clock.now += wait === 0 ? 0 : Math.max(0.1, Math.min(wait, end - clock.now));
    }
    return made[0]?.held.time ?? 0;
  };
  const after = runFor(200);
  expect(Math.abs(after - 200)).toBeLessThanOrEqual(3);
  runner.handle({ type: 'speed', speed: 0.1 });
  expect(Math.abs(runFor(200) - after - 20)).toBeLessThanOrEqual(3);
});

test('a step goes as far as it says, then stands still', () => {
  const { made, runner, build, snapshots } = openRunner();
  build(1);
  runner.handle({ type: 'advance', ms: 10 });
  expect(runner.slice()).toBe(ASLEEP);
  expect(made[0]?.held.time).toBe(10);
  expect(snapshots().at(-1)).toMatchObject({ timeMs: 10, playing: false });
});

test('what needs too much memory is refused with what would fit, and what ran runs on', () => {
  const { said, made, runner, build } = openRunner();
  build(1);
  const large = openRunner(9000);
  large.build(1);
  expect(large.said).toMatchObject([
    {
      type: 'refused',
      request: 'build',
      error: { code: 'network-memory', detail: { needed: 9000, limit: 5000, scale: 0.5 } },
    },
  ]);
  expect(large.made).toHaveLength(0);
  build(2);
  expect(made[0]?.held.freed).toBe(true);
  expect(said.map(({ type }) => type)).toEqual(['building', 'built', 'building', 'built']);
  expect(runner.slice()).toBe(ASLEEP);
});

test('an unstable run stops where it was well; anything else is the end of the worker', () => {
  const { said, made, runner, build } = openRunner();
  build(1);
  runner.handle({ type: 'speed', speed: 0 });
  runner.handle({ type: 'play' });
  made[0]?.face.advance.mockImplementationOnce(() => {
    throw { code: 'network-unstable', message: 'excitatory: neuron 3 came to NaN' };
  });
  runner.slice();
  expect(said).toContainEqual(
    expect.objectContaining({
      type: 'refused',
      request: 'advance',
      error: { code: 'network-unstable', message: 'excitatory: neuron 3 came to NaN' },
    }),
  );
  expect(said.at(-1)).toMatchObject({ type: 'snapshot', snapshot: { playing: false } });
  made[0]?.face.retune.mockImplementationOnce(() => {
    throw new Error('unreachable');
  });
  runner.handle({ type: 'retune', id: 1, values: {} });
  expect(said.at(-1)).toEqual({ type: 'panic', message: 'panicked at window' });
  runner.handle({ type: 'play' });
  expect(runner.slice()).toBe(ASLEEP);
});

beforeEach(() => {
  FakeWorker.all = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('of many wishes on the way, only the first and the last are sent', () => {
  const events = Object.fromEntries(
    [
      'ready',
      'building',
      'built',
      'mustRebuild',
      'retuned',
      'brushed',
      'snapshot',
      'refused',
      'died',
    ].map((name) => [name, vi.fn()]),
  ) as Record<keyof CircuitEvents, ReturnType<typeof vi.fn>>;
  const client = new CircuitClient(
    () => new FakeWorker(),
    { variant: 'threads', threads: 3 },
    events as unknown as CircuitEvents,
  );
  expect(newest().sent[0]).toMatchObject({ variant: 'threads', threads: 3 });
  // Where threads do not start, one thread does.
  newest().say({ type: 'unstarted', message: 'no' });
  expect(FakeWorker.all).toHaveLength(2);
  expect(newest().sent[0]).toMatchObject({ variant: 'single' });
  newest().ready();
  for (const seed of [1, 2, 3]) client.build({ ...config, seed });
  newest().built();
  newest().built();
  expect(
    newest()
      .of('build')
      .map(({ config }) => config.seed),
  ).toEqual([1, 3]);
  for (const g of [1, 2, 3]) client.retune({ g });
  newest().retuned();
  newest().retuned();
  expect(
    newest()
      .of('retune')
      .map(({ values }) => values.g),
  ).toEqual([1, 3]);
  // A worker that dies is replaced with the circuit and the values that it had.
  newest().say({ type: 'panic', message: 'why' });
  expect(events.died).toHaveBeenLastCalledWith('why', false);
  newest().ready();
  expect(newest().of('build')[0]?.config).toEqual({ ...config, seed: 3, values: { g: 3 } });
});

test('a circuit is built and plays; its spikes are kept and the snapshot acknowledged', () => {
  const { held } = openBench('#room=circuit-bench&c=brunel');
  expect(newest().of('build')[0]?.config.circuit).toBe('brunel');
  expect(newest().of('play')).toHaveLength(1);
  newest().built();
  newest().snapshot();
  expect(held.model?.spikes.end).toBe(2);
  expect(held.model?.figures.timeMs).toBe(5);
  expect(newest().of('acknowledge')).toHaveLength(1);
});

test('a value that can change while it runs retunes, another one builds when the slider rests', () => {
  const { room, held, address } = openBench('#room=circuit-bench&c=brunel');
  newest().built();
  room.setting('place', { g: 6, drive: 4 });
  expect(newest().of('retune')[0]?.values).toEqual({ g: 6, drive: 4 });
  newest().retuned();
  expect(address()).toContain('c=brunel~g:6~drive:4');
  room.setting('values.scale', 0.5);
  room.setting('values.scale', 0.4);
  expect(newest().of('build')).toHaveLength(1);
  vi.advanceTimersByTime(500);
  expect(newest().of('build').at(-1)?.config.values).toEqual({ g: 6, drive: 4, scale: 0.4 });
  newest().built();
  room.setting('preset', 'c');
  expect(held.model?.state?.config.values).toEqual({ scale: 0.4 });
  // The engine may know better what cannot go on.
  newest().retuned(false);
  expect(newest().of('build')).toHaveLength(3);
});

test('what is refused goes back to the last good one, with what would fit', () => {
  const { room, held, address } = openBench('#room=circuit-bench&c=brunel~scale:0.5');
  newest().built();
  const good = address();
  room.setting('values.scale', 1);
  vi.advanceTimersByTime(500);
  newest().refuse('build', 'network-memory', { needed: 2e9, limit: 5e8, scale: 0.7 });
  expect(address()).toBe(good);
  expect(held.model).toMatchObject({ fits: 0.7, building: undefined });
  expect(held.model?.notices).toMatchObject([
    { message: 'error-network-scale', gaps: { scale: '0.7' } },
  ]);
  room.setting('values.scale', 0.7);
  expect(held.model?.fits).toBeUndefined();
  expect(held.model?.notices).toEqual([]);
});

test('what is undone is retuned where it can be, and keeps how one looks at it', async () => {
  const { room, held, address } = openBench('#room=circuit-bench&c=brunel');
  newest().built();
  const first = address();
  room.setting('place', { g: 6, drive: 4 });
  newest().retuned();
  room.setting('place', { g: 7, drive: 4 });
  newest().retuned();
  room.setting('spanMs', 200);
  expect(held.model?.undo?.message).toBe('edit-circuit-place');
  room.command({ type: 'undo' });
  await vi.advanceTimersByTimeAsync(0);
  expect(newest().of('build')).toHaveLength(1);
  expect(newest().of('retune').at(-1)?.values).toEqual({});
  expect(held.model?.undo).toBeUndefined();
  expect(address()).toBe(`${first}&span=200`);
  room.command({ type: 'redo' });
  await vi.advanceTimersByTimeAsync(0);
  newest().retuned();
  expect(newest().of('retune').at(-1)?.values).toEqual({ g: 7, drive: 4 });
  room.setting('circuit', 'cuba');
  newest().refuse('build', 'network-memory', { needed: 2e9, limit: 5e8, scale: 0.7 });
  expect(held.model?.undo?.message).toBe('edit-circuit-place');
});

test('a bad address is refused, and what runs stays', () => {
  let hash = '#room=circuit-bench&c=brunel';
  const { room, held, address } = openBench(hash);
  newest().built();
  hash = address();
  const bad = new CircuitBench({
    makeWorker: () => new FakeWorker(),
    choice: single,
    base: () => '',
    readAddress: () => '#room=circuit-bench&c=attic',
    writeAddress: () => {},
    changed: (next) => {
      held.model = next;
    },
    drawn: (act) => act(),
    now: () => 0,
    newSeed: () => 1,
    still: true,
  });
  newest().ready();
  expect(held.model?.notices).toMatchObject([
    { message: 'refusal-option', gaps: { field: 'c', text: 'attic' } },
  ]);
  expect(held.model?.state?.config.circuit).toBe('cuba');
  // Whom motion disturbs it does not begin with.
  expect(newest().of('play')).toHaveLength(0);
  bad.leave();
  room.setting('nonsense', 1);
  expect(address()).toBe(hash);
});

test('a group is excited for as long as was chosen, and the engine says when that is', () => {
  const { room, held } = openBench();
  newest().built();
  room.command({ type: 'brush', excite: true });
  expect(newest().of('brush')).toHaveLength(0);
  room.setting('rows', [10, 30]);
  room.setting('brushMs', 50);
  room.command({ type: 'brush', excite: false });
  expect(newest().of('brush')).toEqual([
    { type: 'brush', from: 10, until: 30, excite: false, ms: 50 },
  ]);
  const brushed = { from: 10, until: 30, excite: false, fromMs: 5, untilMs: 55 };
  newest().say({ type: 'brushed', generation: 1, ...brushed });
  expect(held.model?.brushes).toMatchObject([{ kind: 'silenced', fromMs: 5, untilMs: 55 }]);
  // Rows that a smaller circuit does not have are let go.
  room.setting('seed', 9);
  newest().built(20);
  expect(held.model?.state?.rows).toEqual([10, 20]);
  room.setting('seed', 10);
  newest().built(5);
  expect(held.model?.state?.rows).toBeUndefined();
});

test('leaving ends the worker, coming back begins where it was', () => {
  const { room, held } = openBench('#room=circuit-bench&c=brunel');
  newest().built();
  room.command({ type: 'newSeed' });
  const before = newest();
  room.leave();
  expect(before.terminated).toBe(true);
  room.enter();
  newest().ready();
  expect(newest().of('build')[0]?.config).toMatchObject({ circuit: 'brunel', seed: 77 });
  expect(held.model?.playing).toBe(true);
  room.command({ type: 'toggle' });
  expect(newest().of('pause')).toHaveLength(1);
  room.command({ type: 'advance', ms: 10 });
  expect(newest().of('advance')).toMatchObject([{ ms: 10 }]);
});

test('a worker that dies again and again is given up, with a way to try again', () => {
  const { held } = openBench();
  newest().built();
  for (let death = 0; death < 3; death += 1) {
    newest().say({ type: 'panic', message: 'why' });
    if (death < 2) newest().ready();
  }
  expect(held.model?.stopped).toBe(true);
  expect(held.model?.notices.map(({ message }) => message)).toEqual([
    'note-circuit-restarted',
    'note-circuit-restarted',
    'error-stopped',
  ]);
});

test('an empty picture says since when, and a moment without spikes does not', () => {
  const store = new SpikeStore();
  store.hear(90, 0, true);
  expect(silentSince(store, 100)).toBeUndefined();
  // Nobody ever fired.
  store.hear(101, 0, true);
  expect(silentSince(store, 100)).toBe(0);
  store.push(Float32Array.of(95, 120), Uint32Array.of(0, 3));
  store.hear(220, 0, true);
  expect(silentSince(store, 100)).toBeUndefined();
  store.hear(220.5, 0, true);
  expect(silentSince(store, 100)).toBe(120);
  store.clear();
  expect(silentSince(store, 100)).toBeUndefined();
});
