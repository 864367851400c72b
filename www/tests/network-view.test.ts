// Units and weights that are drawn, asked about and changed: how the loop, the client and the page hand it on,
// and where things lie.

import { expect, test, vi } from 'vitest';
import { Pad } from '../components/network-view/pad.ts';
import { along, edgeAt, layOut, neighbour } from '../components/network-view/scene.ts';
import { Shown } from '../components/network-view/shown.ts';
import { lastStage, revealedAt, stageAt } from '../components/network-view/stages.ts';
import { EngineClient } from '../engine/client.ts';
import type { PictureQuery } from '../engine/model.ts';
import type { Answer, Question } from '../engine/network-desk.ts';
import type { Response } from '../engine/protocol.ts';
import { Runner } from '../engine/runner.ts';
import { Laboratory, type PageModel } from '../page/laboratory.ts';
import { NetworkAnswers } from '../page/network-answers.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeLab } from './fake-lab.ts';
import { config, FakeWorker, snapshotAt } from './fake-worker.ts';

const query: PictureQuery = { shown: [[], []], most: 12, split: 'test', example: 0 };

function bench() {
  let clock = 0;
  const posted: Response[] = [];
  const lab = new FakeLab(1, (ms) => {
    clock += ms;
  });
  const runner = new Runner(lab, fakeCatalogue, {
    post: (message) => {
      posted.push(message);
    },
    now: () => clock,
    loadImages: () => Promise.reject(new Error('none')),
    preview: () => new Float32Array(),
    lastPanic: () => '',
    wake: () => {},
  });
  runner.handle({ type: 'configure', generation: 1, config });
  const of = <T extends Response['type']>(type: T) =>
    posted.filter((message): message is Extract<Response, { type: T }> => message.type === type);
  const run = (slices: number) => {
    for (let at = 0; at < slices; at += 1) {
      runner.slice();
      runner.handle({ type: 'acknowledge' });
      clock += 1;
    }
  };
  run(3);
  return { runner, lab, of, run };
}

test('pictures come when they are asked for, at most eight a second while the networks learn', () => {
  const { runner, lab, of, run } = bench();
  expect(of('snapshot').some(({ picture }) => picture)).toBe(false);
  runner.handle({ type: 'draw', query });
  run(40);
  expect(
    of('snapshot')
      .at(-1)
      ?.picture?.map(({ kind }) => kind),
  ).toEqual(['artificial', 'spiking']);
  lab.calls.length = 0;
  runner.handle({ type: 'play' });
  // Thirteen milliseconds each: about a second.
  run(80);
  const pictures = lab.calls.filter((call) => call === 'picture').length;
  expect(pictures).toBeGreaterThan(4);
  expect(pictures).toBeLessThanOrEqual(10);
  runner.handle({ type: 'pause' });
  run(40);
  expect(of('snapshot').at(-1)?.picture, 'the last snapshot is not without one').toBeDefined();
  runner.handle({ type: 'draw', query: undefined });
  run(40);
  expect(of('snapshot').at(-1)?.picture).toBeUndefined();
});

test('an edit is handed to the lab and seen in the next picture; a refusal is told', () => {
  const { runner, lab, of, run } = bench();
  runner.handle({ type: 'draw', query });
  const at = { network: 'spiking', layer: 1, unit: 0 };
  runner.handle({ type: 'edit', edit: { ...at, kind: 'swap', to: 'adex' } });
  runner.handle({ type: 'edit', edit: { ...at, kind: 'hold', level: 0 } });
  runner.handle({ type: 'edit', edit: { ...at, kind: 'weight', from: 2, value: 0.5 } });
  runner.handle({ type: 'edit', edit: { ...at, kind: 'weight', value: -1 } });
  expect(lab.calls.slice(-4)).toEqual([
    'swap spiking 1 0 adex',
    'hold spiking 1 0 0',
    'weight spiking 1 2 0 0.5',
    'weight spiking 1 null 0 -1',
  ]);
  run(40);
  const layer = of('snapshot').at(-1)?.picture?.[1]?.layers[1];
  expect(layer?.others).toEqual([{ unit: 0, kind: 'adex' }]);
  expect(layer?.held).toEqual([{ unit: 0, level: 0 }]);
  expect(layer?.weights[2 * (layer.shown.length ?? 0)]).toBe(0.5);
  expect(layer?.biases[0]).toBe(-1);
  runner.handle({ type: 'edit', edit: { ...at, kind: 'weight', value: Number.NaN } });
  expect(of('error').at(-1)).toMatchObject({ request: 'edit', code: 'command' });
});

test('an edit during the way back waits for its end, and so does a question', () => {
  const { runner, lab, of, run } = bench();
  runner.handle({ type: 'play' });
  run(20);
  runner.handle({ type: 'back', batches: 1 });
  const edit = { network: 'artificial', layer: 0, unit: 0, kind: 'hold', level: 0 } as const;
  runner.handle({ type: 'edit', edit });
  runner.handle({ type: 'ask', id: 5, question: { about: 'curve', layer: 0, unit: 0 } });
  expect(lab.calls.at(-1)).toBe('back');
  run(40);
  expect(lab.calls.at(-1)).not.toBe('back');
  expect(lab.calls).toContain('hold artificial 0 0 0');
  expect(lab.calls.indexOf('hold artificial 0 0 0')).toBeGreaterThan(lab.calls.indexOf('replay'));
  expect(of('answer').map(({ id }) => id)).toEqual([5]);
});

test('every question is answered, if only with nothing', () => {
  const { runner, of, run } = bench();
  const ask = (id: number, question: Question) => runner.handle({ type: 'ask', id, question });
  ask(1, { about: 'curve', layer: 0, unit: 1 });
  ask(2, { about: 'curve', layer: 7, unit: 1 });
  ask(3, { about: 'backward', query });
  run(1);
  const answers = of('answer');
  expect(answers.map(({ id, answer }) => [id, answer?.about])).toEqual([
    [1, 'curve'],
    [2, undefined],
    [3, 'backward'],
  ]);
  expect(of('error')).toEqual([]);
});

test('of questions of one kind the newest follows the one that is under way', async () => {
  const asked: Question[] = [];
  const open: ((answer: Answer | undefined) => void)[] = [];
  const ask = (question: Question) => {
    asked.push(question);
    return new Promise<Answer | undefined>((resolve) => open.push(resolve));
  };
  const show = vi.fn();
  const answers = new NetworkAnswers({ ask }, show);
  const drawing = (ink: number): Question => ({ about: 'drawing', pixels: Float32Array.of(ink) });
  for (const ink of [1, 2, 3]) answers.ask(drawing(ink));
  answers.ask({ about: 'curve', layer: 0, unit: 0 });
  expect(asked.map(({ about }) => about)).toEqual(['drawing', 'curve']);
  const reading = { seen: new Float32Array(), networks: [] };
  open[0]?.({ about: 'drawing', reading });
  await Promise.resolve();
  expect(show).toHaveBeenLastCalledWith({ drawing: { about: 'drawing', reading } });
  expect(asked.at(-1)).toEqual(drawing(3));
  answers.forget();
  show.mockClear();
  open[2]?.({ about: 'drawing', reading });
  await Promise.resolve();
  expect(show, 'an answer about what is no more').not.toHaveBeenCalled();
});

test('the page hands edits on, forgets the fingerprint, and shows the newest picture', async () => {
  const worker = new FakeWorker();
  let model: PageModel | undefined;
  let draw: (() => void) | undefined;
  const laboratory = new Laboratory({
    makeClient: (events) =>
      new EngineClient(() => worker, { variant: 'single', threads: 1 }, events),
    readAddress: () => '',
    writeAddress: () => {},
    keepTable: () => {},
    keptTable: () => undefined,
    changed: (next) => {
      model = next;
    },
    nextFrame: (next) => {
      draw = next;
    },
  });
  worker.ready();
  worker.configured();
  worker.snapshot(3);
  draw?.();
  worker.says({ type: 'hash', id: worker.of('hash').at(-1)?.id ?? 0, value: 'as it was' });
  await vi.waitFor(() => expect(model?.fingerprint).toBe('as it was'));
  const edit = { network: 'spiking', layer: 0, unit: 1, kind: 'hold', level: 0 } as const;
  laboratory.command({ type: 'edit', edit });
  expect(worker.of('edit')).toEqual([{ type: 'edit', edit }]);
  expect(model?.fingerprint).toBeUndefined();

  laboratory.command({ type: 'draw', query });
  const lab = new FakeLab();
  lab.configure(config);
  const picture = lab.picture(query);
  const { generation } = worker;
  const post = (step: number, drawn: boolean) =>
    worker.says({
      type: 'snapshot',
      generation,
      playing: true,
      rate: 0,
      lastSet: 0,
      snapshot: snapshotAt(step),
      ...(drawn ? { picture } : {}),
    });
  // A snapshot that is drawn instead of the one before it does not lose its picture.
  post(4, true);
  post(5, false);
  draw?.();
  expect(model?.snapshot?.step).toBe(5);
  expect(model?.picture).toBe(picture);

  laboratory.command({ type: 'ask', question: { about: 'backward', query } });
  worker.says({
    type: 'answer',
    id: worker.of('ask').at(-1)?.id ?? 0,
    answer: { about: 'backward', query, networks: lab.backward(query) },
  });
  await Promise.resolve();
  expect(model?.answers.backward?.networks).toHaveLength(2);
  worker.configured();
  expect(model?.answers).toEqual({});
});

test('units lie in columns, and an edge is found where it is drawn', () => {
  const lab = new FakeLab();
  lab.configure({
    ...config,
    layers: [8, 3].map((units) => ({ units, activation: 'tanh', others: [] })),
  });
  const [picture] = lab.picture(query);
  if (!picture) throw new Error('no picture');
  for (const width of [280, 360, 760]) {
    const scene = layOut(picture, { width, tall: 300, image: false });
    expect(scene.columns.map((column) => column.length)).toEqual([2, 8, 3, 1]);
    expect(scene.edges).toHaveLength(2 * 8 + 8 * 3 + 3);
    for (const { x, y, size } of scene.columns.flat()) {
      expect(x).toBeGreaterThanOrEqual(-0.5);
      expect(x + size).toBeLessThanOrEqual(width + 0.5);
      expect(y + size).toBeLessThanOrEqual(scene.height + 0.5);
    }
    const edge = scene.edges[20];
    if (!edge) throw new Error('no edge');
    const [x, y] = along(edge, 0.1);
    const found = edgeAt(scene, x, y, 3);
    expect(found?.from).toBe(edge.from);
    expect(edgeAt(scene, width / 2, scene.height + 60, 3)).toBeUndefined();
  }
});

test('arrow keys lead to every unit and stop at the ends', () => {
  const lab = new FakeLab();
  lab.configure({ ...config, layers: [{ units: 3, activation: 'tanh', others: [] }] });
  const [picture] = lab.picture(query);
  const scene = layOut(picture as never, { width: 400, tall: 300, image: false });
  const first = scene.columns[1]?.[0];
  if (!first) throw new Error('no unit');
  const go = (keys: string[]) =>
    keys.reduce((node, key) => neighbour(scene, node, key) ?? node, first);
  expect(go(['ArrowDown'])).toMatchObject({ layer: 0, unit: 1 });
  expect(go(['ArrowUp'])).toBe(first);
  expect(go(['End', 'ArrowDown'])).toMatchObject({ unit: 2 });
  expect(go(['ArrowRight'])).toMatchObject({ layer: 1, unit: 0 });
  expect(go(['ArrowRight', 'ArrowRight'])).toMatchObject({ layer: 1 });
  expect(neighbour(scene, first, 'x')).toBeUndefined();
});

test('which units are shown stays while they learn, and can be turned to others', () => {
  const shown = new Shown();
  shown.limit(12);
  shown.fit([20]);
  const lab = new FakeLab();
  lab.configure({ ...config, layers: [{ units: 20, activation: 'relu', others: [] }] });
  const picture = lab.picture({ ...query, shown: shown.lists() });
  shown.follow(picture);
  expect(shown.lists()[0]?.[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const norms = Float32Array.from({ length: 20 }, (_, at) => at);
  shown.turn(1, 0, 1, norms);
  // The strongest twelve are 19 to 8; the last full page ends with the weakest.
  expect(shown.lists()[1]?.[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  shown.turn(1, 0, -1, norms);
  expect(shown.lists()[1]?.[0]).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  shown.fit([20, 4]);
  expect(shown.lists()).toEqual([[], []]);
});

test('the stages go forward, meet the loss, and come back', () => {
  const ways = Array.from({ length: lastStage(3) + 1 }, (_, place) => stageAt(place, 3));
  expect(
    ways.map((stage) => ('layer' in stage ? `${stage.way} ${stage.layer}` : stage.way)),
  ).toEqual([
    'start',
    'forward 0',
    'forward 1',
    'forward 2',
    'loss',
    'backward 2',
    'backward 1',
    'backward 0',
  ]);
  expect(revealedAt(4, 3)).toEqual({ forward: 3, loss: true, backward: 0 });
  expect(revealedAt(7, 3)).toEqual({ forward: 3, loss: true, backward: 3 });
});

test('a stroke leaves ink along its way and no further', () => {
  const pad = new Pad(28);
  pad.stroke(5.5, 10.5, 20.5, 10.5);
  const ink = (x: number, y: number) => pad.ink[y * 28 + x] ?? 0;
  for (let x = 5; x <= 20; x += 1) expect(ink(x, 10)).toBe(1);
  expect(ink(12, 14)).toBe(0);
  expect(ink(25, 10)).toBe(0);
  pad.stroke(-5, -5, 40, 40);
  expect(Math.max(...pad.ink)).toBe(1);
  pad.clear();
  expect(pad.isEmpty).toBe(true);
});
