// Links that repeat a run of a circuit: what they say, what the worker does with them, what the visitor is
// told.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CircuitRecord } from '../engine/circuit-protocol.ts';
import { formatCircuit, parseCircuit } from '../rooms/circuit-bench/address.ts';
import { defaultState } from '../rooms/circuit-bench/state.ts';
import { circuits, FakeWorker, newest, openBench, openRunner } from './fake-circuits.ts';

// Texts are bundled with the page, not with the tests.
vi.mock('../i18n/messages.ts', () => ({
  text: (id: string) => id,
  textOr: (_: string, otherwise: string) => otherwise,
}));

beforeEach(() => {
  FakeWorker.all = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const HASH = '0123456789abcdef';
const record: CircuitRecord = {
  values: { g: 6 },
  deeds: [
    { step: 10, values: { g: 3, drive: 2.5 } },
    { step: 10, from: 0, until: 80, excite: true, ms: 200 },
    { step: 40, from: 5, until: 6, excite: false, ms: 0.5e2 },
    { step: 41, values: {} },
  ],
  step: 60,
  hash: HASH,
};
const brunelState = defaultState(circuits, 'brunel');

test('a record goes through the address as it is', () => {
  const hash = formatCircuit(brunelState, circuits, record);
  expect(hash).toBe(
    `#room=circuit-bench&v=1&c=brunel&seed=1&at=60&hash=${HASH}&built=g:6` +
      '&log=10.set~g:3~drive:2.5!10.excite~0~80~200!40.silence~5~6~50!41.set',
  );
  expect(parseCircuit(hash, circuits)).toEqual({ state: brunelState, record });
  // What was built with its defaults and is other now, and what nothing was done to.
  const state = { ...brunelState, config: { ...brunelState.config, values: { g: 3 } } };
  const others: CircuitRecord[] = [
    { ...record, values: {} },
    { values: { g: 3 }, deeds: [], step: 0, hash: '' },
  ];
  for (const one of others) {
    expect(parseCircuit(formatCircuit(state, circuits, one), circuits)).toEqual({
      state,
      record: one,
    });
  }
});

test.each([
  ['at=-1', 'at', 'refusal-range'],
  ['hash=cafe', 'hash', 'refusal-hash'],
  ['at=1&hash=cafe', 'hash', 'refusal-hash'],
  ['log=1.set', 'at', 'refusal-record'],
  ['at=1&log=2.set', 'at', 'refusal-log'],
  ['at=9&log=2.set!1.set', 'at', 'refusal-log'],
  ['at=9&log=set', 'log', 'refusal-number'],
  ['at=9&log=1.burn~1~2~3', 'log', 'refusal-option'],
  ['at=9&log=1.excite~5~5~3', 'log', 'refusal-range'],
  ['at=9&log=1.set~g:99', 'log', 'refusal-range'],
  ['at=9&built=mass:1', 'built', 'refusal-option'],
])('%s is refused with its field', (text, field, reason) => {
  expect(parseCircuit(`#room=circuit-bench&c=brunel&${text}`, circuits)).toMatchObject({
    refusal: { field, reason },
  });
});

function replaying(of: CircuitRecord) {
  const opened = openRunner();
  const config = { circuit: 'brunel', values: {}, seed: 1 };
  opened.runner.handle({
    type: 'build',
    generation: 1,
    config,
    places: 100,
    limitBytes: 5000,
    replay: of,
  });
  const last = () => opened.said.findLast((one) => one.type === 'replayed');
  return { ...opened, last };
}

test('the worker does at each step what was done then, and stands where the run stood', () => {
  const { runner, made, said, last } = replaying(record);
  const face = made[0]?.face;
  const at: Record<string, number[]> = { retune: [], brush: [] };
  face?.retune.mockImplementation(() => Boolean(at.retune?.push(face.step)));
  face?.brush.mockImplementation(() => at.brush?.push(face.step));
  runner.slice();
  expect(at).toEqual({ retune: [10, 41], brush: [10, 40] });
  expect(made[0]?.held.time).toBe(60);
  expect(last()).toMatchObject({ whole: true, record: { ...record, hash: face?.hash() } });
  expect(said.filter(({ type }) => type === 'brushed')).toHaveLength(2);
  // It rests there, and the same can be handed out again.
  for (let slice = 0; slice < 3; slice += 1) runner.slice();
  expect(made[0]?.held.time).toBe(60);
  runner.handle({ type: 'record' });
  expect(said.at(-1)).toMatchObject({
    type: 'recorded',
    record: { ...record, hash: face?.hash() },
  });
});

test('whoever does something else leaves the repetition', () => {
  const long = { ...record, step: 100_000 };
  const { runner, made, last } = replaying(long);
  runner.slice();
  const reached = made[0]?.held.time ?? 0;
  expect(reached).toBeLessThan(200);
  expect(last()).toBeUndefined();
  runner.handle({ type: 'pause' });
  expect(last()).toMatchObject({ whole: false, record: { step: reached } });
  runner.slice();
  expect(made[0]?.held.time).toBe(reached);
  // A circuit that cannot take a value ends it, too.
  const other = replaying(record);
  other.made[0]?.face.retune.mockReturnValue(false);
  other.runner.slice();
  expect(other.last()).toMatchObject({ whole: false, record: { step: 10, deeds: [] } });
});

function follow(ours: string, of = record) {
  const opened = openBench(formatCircuit(brunelState, circuits, of));
  newest().built();
  newest().say({ type: 'replayed', generation: 1, record: { ...of, hash: ours }, whole: true });
  return opened.held.model;
}

test('a link is repeated, and told what came of it', () => {
  const same = follow(HASH.padEnd(64, '9'));
  expect(newest().of('build')[0]?.replay).toEqual(record);
  expect(same?.notices).toMatchObject([{ kind: 'note', message: 'circuit-replay-same' }]);
  expect(same).toMatchObject({ playing: false, replayed: undefined });
  expect(follow('f'.repeat(64))?.notices).toMatchObject([
    { kind: 'refusal', message: 'circuit-replay-differs', gaps: { theirs: HASH } },
  ]);
  expect(follow('f'.repeat(64), { ...record, hash: '' })?.notices).toMatchObject([
    { message: 'circuit-replay-no-hash' },
  ]);
});

test('a repetition that was left says so, and shows the numbers that it has', () => {
  const { held, address } = openBench(formatCircuit(brunelState, circuits, record));
  newest().built();
  newest().snapshot({ replayed: 0.25 });
  expect(held.model?.replayed).toBe(0.25);
  const left = { values: { g: 6 }, deeds: [{ step: 10, values: { g: 3 } }], step: 20, hash: HASH };
  newest().say({ type: 'replayed', generation: 1, record: left, whole: false });
  expect(held.model?.notices).toMatchObject([
    { message: 'circuit-replay-left', gaps: { step: 20 } },
  ]);
  expect(held.model?.state?.config.values).toEqual({ g: 3 });
  expect(address()).toContain('c=brunel~g:3');
});

test('a run is handed out as a link that leads to it', () => {
  const { room, held } = openBench(formatCircuit(brunelState, circuits));
  newest().built();
  room.command({ type: 'share' });
  expect(held.model?.share).toBe('wait');
  const full = { ...record, hash: HASH.padEnd(64, '9') };
  newest().say({ type: 'recorded', generation: 1, record: full });
  const share = held.model?.share;
  if (!share || share === 'wait') throw new Error('no link');
  expect(share).toMatchObject({ step: 60, commands: 4, weightsBytes: undefined });
  const [base, hash] = share.short.split('#');
  expect(base).toBe('https://cajal.test/');
  expect(parseCircuit(`#${hash}`, circuits)).toEqual({ state: brunelState, record });
  room.command({ type: 'closeShare' });
  expect(held.model?.share).toBeUndefined();
  // More than a link can hold is said, not cut off.
  room.command({ type: 'share' });
  const deeds = Array.from({ length: 9000 }, (_, step) => ({ step, values: { g: 3 } }));
  newest().say({ type: 'recorded', generation: 1, record: { ...full, deeds } });
  expect(held.model?.share).toBeUndefined();
  expect(held.model?.notices).toMatchObject([{ message: 'circuit-log-long' }]);
});
