import { beforeEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../engine/client.ts';
import { type Command, Laboratory, type PageModel } from '../page/laboratory.ts';
import { parseAddress } from '../state/address.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeWorker } from './fake-worker.ts';

let workers: FakeWorker[];
let address: string;
let written: string[];
let kept: { name: string; text: string } | undefined;
let model: PageModel;
let laboratory: Laboratory;
let frame: (() => void) | undefined;

const worker = () => workers.at(-1) as FakeWorker;
const configured = () => worker().of('configure').at(-1);

function open(hash = ''): void {
  workers = [];
  address = hash;
  written = [];
  laboratory = new Laboratory({
    makeClient: (events) =>
      new EngineClient(
        () => {
          workers.push(new FakeWorker());
          return worker();
        },
        { variant: 'single', threads: 1 },
        events,
      ),
    readAddress: () => address,
    writeAddress: (next) => {
      address = next;
      written.push(next);
    },
    keepTable: (table) => {
      kept = table;
    },
    keptTable: () => kept,
    changed: (next) => {
      model = next;
    },
    nextFrame: (draw) => {
      frame = draw;
    },
  });
  worker().ready();
}

function draw(): void {
  frame?.();
  frame = undefined;
}

beforeEach(() => {
  kept = undefined;
});

describe('an address', () => {
  it('is what the engine is configured with', () => {
    open('#data=xor&seed=7&layers=3-relu');
    expect(configured()?.config).toMatchObject({
      data: { set: 'xor' },
      seed: 7,
      layers: [{ units: 3, activation: 'relu', others: [] }],
    });
    expect(model.notices).toEqual([]);
  });

  it('that is not valid is refused with the field and the default taken', () => {
    open('#data=xor&lr=hot');
    expect(model.notices).toMatchObject([
      { kind: 'refusal', message: 'refusal-number', gaps: { field: 'lr', text: 'hot' } },
    ]);
    expect(configured()?.config.data.set).toBe('spiral');
  });

  it('that the engine refuses falls back to the default as well', () => {
    open('#data=xor');
    worker().refuse('configure', 'combination');
    expect(model.notices).toMatchObject([{ message: 'error-combination' }]);
    worker().configured();
    expect(model.notices).toHaveLength(1);
    expect(configured()?.config.data.set).toBe('spiral');
  });

  it('with a table falls back, unless the table is still there', () => {
    open('#data=table');
    expect(model.notices).toMatchObject([{ message: 'refusal-table-absent' }]);
    kept = { name: 'mine.csv', text: '1,2,a' };
    open('#data=table');
    expect(model.notices).toEqual([]);
    expect(configured()).toMatchObject({ table: '1,2,a', config: { data: { set: 'table' } } });
  });

  it('follows every setting, and leads back to the same state', () => {
    open();
    worker().configured();
    laboratory.setting('config.training.batchSize', 32);
    laboratory.setting('view.points', 'test');
    const reading = parseAddress(address, fakeCatalogue);
    expect(reading).toEqual({ state: model.state });
    expect(model.state).toMatchObject({
      config: { training: { batchSize: 32 } },
      view: { points: 'test' },
    });
  });

  it('tells how fast it plays, which begins nothing anew', () => {
    open('#data=xor&speed=10');
    worker().configured();
    expect(worker().of('pace')).toEqual([{ type: 'pace', stepsPerSecond: 10 }]);
    laboratory.setting('view.speed', '1');
    laboratory.setting('view.example', 3);
    laboratory.setting('view.speed', 'most');
    expect(
      worker()
        .of('pace')
        .map(({ stepsPerSecond }) => stepsPerSecond),
    ).toEqual([10, 1, 0]);
    expect(worker().of('configure')).toHaveLength(1);
    expect(address).toContain('&speed=most');
  });

  it('is followed when it changes, but not when the page wrote it', () => {
    open();
    worker().configured();
    laboratory.setting('config.seed', 5);
    const before = worker().of('configure').length;
    laboratory.addressChanged();
    expect(worker().of('configure')).toHaveLength(before);
    address = '#seed=6';
    laboratory.addressChanged();
    expect(configured()?.config.seed).toBe(6);
  });
});

describe('a setting', () => {
  it('that runs along is a command, any other begins anew', () => {
    open();
    worker().configured();
    laboratory.setting('config.training.learningRate', 0.5);
    expect(worker().of('set')).toMatchObject([{ key: 'training.learningRate', value: 0.5 }]);
    expect(worker().of('configure')).toHaveLength(1);
    laboratory.setting('config.spiking.steps', 10);
    expect(configured()?.config).toMatchObject({
      spiking: { steps: 10 },
      training: { learningRate: 0.5 },
    });
  });

  it('that is refused goes back to what it was', () => {
    open();
    worker().configured();
    const before = model.state;
    laboratory.setting('config.spiking.steps', 64);
    worker().refuse('configure', 'too-large');
    expect(model.state).toEqual(before);
    expect(model.notices).toHaveLength(1);
    expect(parseAddress(address, fakeCatalogue)).toEqual({ state: before });
  });

  it('of then comes back with a step back, in the page and its address', () => {
    open();
    worker().configured();
    const before = model.state?.config.training.learningRate;
    laboratory.setting('config.training.learningRate', 0.5);
    laboratory.command({ type: 'back', batches: 5 });
    worker().snapshot(3, undefined, false, { learningRate: before });
    draw();
    expect(model.state?.config.training.learningRate).toBe(before);
    expect(parseAddress(address, fakeCatalogue)).toEqual({ state: model.state });
    expect(worker().of('configure')).toHaveLength(1);
    expect(worker().of('set')).toHaveLength(1);
    // A refusal of something else leads back to the settings in force.
    laboratory.setting('config.training.l2', 0.01);
    laboratory.setting('config.spiking.steps', 3);
    worker().refuse('configure', 'config-memory');
    expect(model.state?.config.training).toMatchObject({ learningRate: before, l2: 0.01 });
  });

  it('that is on its way is not undone by an older snapshot', () => {
    open();
    worker().configured();
    worker().snapshot(3);
    laboratory.setting('config.training.learningRate', 0.5);
    draw();
    expect(model.state?.config.training.learningRate).toBe(0.5);
  });

  it('that runs along and is refused is taken back when the engine says what is in force', () => {
    open();
    worker().configured();
    const before = model.state;
    laboratory.setting('config.training.batchSize', 512);
    worker().refuse('set', 'config-memory');
    worker().snapshot(0, undefined, false, { batchSize: before?.config.training.batchSize });
    draw();
    expect(model.state).toEqual(before);
    expect(parseAddress(address, fakeCatalogue)).toEqual({ state: before });
    expect(model.notices).toMatchObject([{ message: 'error-config-memory' }]);
  });

  it('that is changed while an experiment is being prepared is part of it', () => {
    open();
    worker().configured();
    laboratory.setting('config.data.set', 'mnist');
    laboratory.setting('config.training.learningRate', 0.5);
    expect(worker().of('set')).toEqual([]);
    expect(configured()?.config).toMatchObject({
      data: { set: 'mnist' },
      training: { learningRate: 0.5 },
    });
  });

  it('of the seed goes round at the end of its range', () => {
    open(`#seed=${2 ** 32 - 1}`);
    worker().configured();
    laboratory.command({ type: 'newSeed' });
    expect(configured()?.config.seed).toBe(0);
  });
});

describe('a table', () => {
  const table: Command = { type: 'table', name: 'mine.csv', text: 'x,y,label' };

  it('is waited for when there is none', () => {
    open();
    worker().configured();
    laboratory.setting('config.data.set', 'table');
    expect(model.awaitingTable).toBe(true);
    expect(configured()?.config.data.set).toBe('spiral');
    laboratory.command(table);
    expect(configured()).toMatchObject({ table: 'x,y,label', config: { data: { set: 'table' } } });
    worker().configured();
    expect(model.awaitingTable).toBe(false);
    expect(kept).toEqual({ name: 'mine.csv', text: 'x,y,label' });
  });

  it('that is refused leaves what was there, and is not kept', () => {
    open();
    worker().configured();
    laboratory.command(table);
    worker().refuse('configure', 'table-missing');
    expect(model.notices).toMatchObject([{ message: 'error-table-missing', gaps: { line: 3 } }]);
    expect(model.state?.config.data.set).toBe('spiral');
    expect(kept).toBeUndefined();
    // Nor is it taken the next time.
    expect(model.awaitingTable).toBe(false);
    laboratory.setting('config.data.set', 'table');
    expect(model.awaitingTable).toBe(true);
    // Where it was typed it stays, to be mended.
    laboratory.command(table);
    worker().refuse('configure', 'table-missing');
    expect(model.awaitingTable).toBe(true);
    expect(model.notices).toHaveLength(2);
    // What is mended needs no message any more.
    laboratory.command(table);
    worker().configured();
    expect(model.notices).toEqual([]);
  });
});

describe('the newest snapshot', () => {
  it('is drawn once per frame, and the weights get a fingerprint when nothing runs', async () => {
    open();
    worker().configured();
    worker().snapshot(1);
    worker().snapshot(2);
    expect(model.snapshot).toBeUndefined();
    draw();
    expect(model.snapshot?.step).toBe(2);
    const [asked] = worker().of('hash');
    worker().says({ type: 'hash', id: asked?.id ?? 0, value: 'cafe' });
    await new Promise((done) => setTimeout(done));
    expect(model.fingerprint).toBe('cafe');
    // Other weights at the same step are asked for anew.
    laboratory.command({ type: 'reset' });
    expect(model.fingerprint).toBeUndefined();
    worker().snapshot(2);
    draw();
    expect(worker().of('hash')).toHaveLength(2);
  });
});

describe('a wish', () => {
  const arrive = (step: number, playing: boolean) => {
    worker().snapshot(step, undefined, playing);
    draw();
    return model.playing;
  };

  it('is not undone by a snapshot that was on its way', () => {
    open();
    worker().configured();
    laboratory.command({ type: 'play' });
    expect(arrive(0, false)).toBe(true);
    expect(arrive(5, true)).toBe(true);
    laboratory.command({ type: 'toggle' });
    expect(arrive(9, true)).toBe(false);
    expect(arrive(10, false)).toBe(false);
    // From then on the worker says what is.
    expect(arrive(11, true)).toBe(true);
  });
});

describe('a wish to play', () => {
  it.each([
    { type: 'advance', unit: 'batch' },
    { type: 'back', batches: 1 },
    { type: 'reset' },
    { type: 'restore' },
  ] as Command[])('ends with %o', (command) => {
    open();
    worker().configured();
    laboratory.command({ type: 'play' });
    laboratory.command(command);
    expect(model.playing).toBe(false);
    worker().snapshot(1);
    draw();
    expect(model.playing).toBe(false);
  });
});

describe('a panic', () => {
  it('is told with its cause, and nothing that was set up is lost', () => {
    open('#seed=9&data=moons');
    worker().configured();
    worker().checkpoint(12);
    const before = model.state;
    worker().says({ type: 'panic', message: 'index out of bounds' });
    expect(model.notices).toMatchObject([
      { kind: 'note', message: 'note-resumed', gaps: { cause: 'index out of bounds', step: 12 } },
    ]);
    worker().ready();
    expect(model.state).toEqual(before);
    expect(configured()?.config).toEqual(before?.config);
  });

  it('again and again stops the engine and offers another try', () => {
    open();
    for (let death = 0; death < 3; death += 1) worker().says({ type: 'panic', message: 'boom' });
    expect(model.phase).toBe('stopped');
    expect(model.notices.at(-1)?.action?.command).toEqual({ type: 'restart' });
    laboratory.command({ type: 'restart' });
    worker().ready();
    expect(model.phase).toBe('ready');
  });
});
