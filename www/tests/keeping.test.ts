import { beforeEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../engine/client.ts';
import { packed, unpacked } from '../page/experiment-file.ts';
import { Laboratory, type PageModel } from '../page/laboratory.ts';
import type { Keepsake, Reopened, Visit } from '../page/visit.ts';
import { formatAddress, parseAddress } from '../state/address.ts';
import { defaultState } from '../state/fields.ts';
import type { RunRecord } from '../state/record.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeWorker } from './fake-worker.ts';

let worker: FakeWorker;
let address: string;
let entry: number;
let pushed: string[];
let saved: [string, Uint8Array][];
let kept: Keepsake | undefined;
let model: PageModel;
let laboratory: Laboratory;
let frame: (() => void) | undefined;

const FULL = `${'0123456789abcdef'.repeat(4)} ${'fedcba9876543210'.repeat(4)}`;
const SHORT = '0123456789abcdef.fedcba9876543210';
const state = defaultState(fakeCatalogue);
const configured = () => worker.of('configure').at(-1);
const settle = () => new Promise((done) => setTimeout(done));
const said = () => model.notices.map(({ message }) => message);

function open(hash = '', reopened?: Reopened): void {
  address = hash;
  entry = 1;
  pushed = [];
  saved = [];
  kept = undefined;
  worker = new FakeWorker();
  laboratory = new Laboratory({
    makeClient: (events) =>
      new EngineClient(() => worker, { variant: 'single', threads: 1 }, events),
    readAddress: () => address,
    writeAddress(next, push) {
      address = next;
      if (!push) return;
      entry += 1;
      pushed.push(next);
    },
    keepTable: () => {},
    keptTable: () => undefined,
    changed: (next) => {
      model = next;
    },
    nextFrame: (draw) => {
      frame = draw;
    },
    base: () => 'https://host/',
    entry: () => String(entry),
    keep: (next) => {
      kept = next;
    },
    reopened,
    saveFile: (name, bytes) => saved.push([name, bytes]),
  });
  worker.ready();
  if (configured()) worker.configured();
}

function snapshot(step: number, playing = false): void {
  worker.snapshot(step, undefined, playing);
  frame?.();
  frame = undefined;
}

/** Answers what was asked about where the experiment stands. */
async function answer(step: number, bytes = Uint8Array.of(step)): Promise<void> {
  const told = { step, bytes, light: bytes, journal: '3o~7h0_1_0.0', hash: FULL };
  for (const type of ['keep', 'share'] as const) {
    for (const { id } of worker.of(type)) worker.says({ type: 'kept', id, kept: told });
  }
  await settle();
}

async function hash(value: string): Promise<void> {
  for (const { id } of worker.of('hash')) worker.says({ type: 'hash', id, value });
  await settle();
}

beforeEach(() => open());

describe('a link', () => {
  const record: RunRecord = { step: 30, hash: SHORT, journal: '3o~7h0_1_0.0' };

  it('begins with its commands, is trained up to its step, and compared', async () => {
    open(formatAddress(state, record));
    expect(configured()?.start).toEqual({ journal: record.journal, until: 30 });
    expect(model.following).toEqual({ until: 30, stopped: false });
    snapshot(10, true);
    expect(said()).toEqual([]);
    snapshot(30);
    await hash(FULL);
    expect(said()).toEqual(['note-same']);
    expect(model.following).toBeUndefined();
    // The address tells of the run no more, since it goes on from here.
    expect(parseAddress(address, fakeCatalogue)).toEqual({ state });
  });

  it('of other weights says so, with both fingerprints', async () => {
    open(formatAddress(state, { ...record, hash: '0000000000000000.fedcba9876543210' }));
    snapshot(30);
    await hash(FULL);
    expect(model.notices).toMatchObject([
      {
        kind: 'refusal',
        message: 'note-differs',
        gaps: { ours: SHORT, theirs: '0000000000000000.fedcba9876543210', step: 30 },
      },
    ]);
  });

  it('can be stopped on the way and gone on with', async () => {
    open(formatAddress(state, record));
    snapshot(10, true);
    laboratory.command({ type: 'pause' });
    snapshot(12);
    await hash(FULL);
    expect(said()).toEqual([]);
    expect(model.following).toEqual({ until: 30, stopped: true });
    laboratory.command({ type: 'follow' });
    expect(worker.of('until')).toEqual([{ type: 'until', step: 30 }]);
    expect(model.following).toEqual({ until: 30, stopped: false });
    snapshot(30);
    await hash(FULL);
    expect(said()).toEqual(['note-same']);
  });

  it.each([
    () => laboratory.command({ type: 'play' }),
    () => laboratory.command({ type: 'advance', unit: 'batch' }),
    () => laboratory.setting('config.training.learningRate', 0.5),
  ])('is void once the visitor does something else', async (act) => {
    open(formatAddress(state, record));
    snapshot(12);
    act();
    snapshot(30);
    await hash(FULL);
    expect(said()).toEqual([]);
    expect(model.following).toBeUndefined();
  });

  it('that brings its weights is there at once, and can be trained again', async () => {
    const weights = Uint8Array.of(1, 2, 3);
    open(formatAddress(state, { ...record, weights }));
    expect(configured()?.start).toEqual({ bytes: weights });
    snapshot(30);
    await hash(FULL);
    expect(said()).toEqual(['note-carried']);
    const command = model.notices[0]?.action?.command;
    if (!command) throw new Error('no action');
    laboratory.command(command);
    expect(configured()?.start).toEqual({ journal: record.journal, until: 30 });
  });

  it('that the engine refuses leaves what was there', () => {
    snapshot(5);
    const before = model.state;
    entry = 99;
    address = formatAddress({ ...state, config: { ...state.config, seed: 77 } }, record);
    laboratory.addressChanged();
    worker.refuse('configure', 'journal');
    expect(said()).toEqual(['error-journal']);
    expect(model.state).toEqual(before);
    expect(model.following).toBeUndefined();
    expect(worker.of('configure')).toHaveLength(2);
    // One that cannot be read does not even get there.
    entry = 100;
    address = '#at=3&hash=nonsense';
    laboratory.addressChanged();
    expect(worker.of('configure')).toHaveLength(2);
    expect(model.state).toEqual(before);
    expect(parseAddress(address, fakeCatalogue)).toEqual({ state: before });
  });

  it('is made of what the experiment was made from, not of what was changed since', async () => {
    laboratory.setting('config.training.learningRate', 0.5);
    snapshot(30);
    laboratory.command({ type: 'share' });
    expect(model.share).toBe('wait');
    await answer(30);
    const link = model.share;
    if (!link || link === 'wait') throw new Error('no link');
    expect(link).toMatchObject({ step: 30, commands: 2, weightsBytes: 3, table: false });
    const short = parseAddress(link.short.replace('https://host/', ''), fakeCatalogue);
    expect(short).toEqual({ state, record });
    const long = parseAddress((link.long ?? '').replace('https://host/', ''), fakeCatalogue);
    expect(long).toEqual({ state, record: { ...record, weights: Uint8Array.of(30) } });
    laboratory.command({ type: 'closeShare' });
    expect(model.share).toBeUndefined();
  });

  it('carries no weights beyond 32 KB', async () => {
    laboratory.command({ type: 'share' });
    await answer(30, new Uint8Array(32 * 1024).fill(7));
    expect(model.share).toMatchObject({ long: undefined, weightsBytes: 32 * 1024 + 4 });
  });
});

describe('a file', () => {
  const bytes = Uint8Array.of(9, 9, 9);
  const inspected = async (config = { ...state.config, seed: 42 }) => {
    const [asked] = worker.of('inspect').slice(-1);
    worker.says({ type: 'inspected', id: asked?.id ?? 0, config });
    await settle();
  };

  it('is saved with everything in it, and opened where it was', async () => {
    laboratory.command({ type: 'saveFile' });
    await answer(30);
    expect(saved).toEqual([['spiral-30.cajal', Uint8Array.of(30)]]);
    laboratory.command({ type: 'file', name: 'mine.cajal', bytes });
    await inspected();
    expect(configured()).toMatchObject({ config: { seed: 42 }, start: { bytes } });
    worker.configured();
    expect(model.state?.config.seed).toBe(42);
    expect(said()).toEqual(['note-opened']);
    expect(pushed).toHaveLength(1);
  });

  it('that is no experiment is refused, and nothing is lost', async () => {
    const before = model.state;
    laboratory.command({ type: 'file', name: 'mine.cajal', bytes });
    worker.refuse('inspect', 'checkpoint');
    const [asked] = worker.of('inspect');
    worker.says({ type: 'inspected', id: asked?.id ?? 0 });
    await settle();
    expect(said()).toEqual(['error-checkpoint']);
    expect(model.state).toEqual(before);
    expect(worker.of('configure')).toHaveLength(1);
    // Nor one whose weights turn out to be none.
    laboratory.command({ type: 'file', name: 'mine.cajal', bytes });
    await inspected();
    worker.refuse('configure', 'checkpoint');
    expect(model.state).toEqual(before);
    laboratory.command({ type: 'refuseFile', name: 'huge.cajal' });
    expect(said().at(-1)).toBe('refusal-file-too-large');
  });

  it('about a table brings it along', async () => {
    const set = { ...state.config, data: { ...state.config.data, set: 'table' } };
    const table = { name: 'mine.csv', text: 'x,y\n1,2\n' };
    laboratory.command({ type: 'file', name: 'mine.cajal', bytes: packed(bytes, table) });
    await inspected(set);
    expect(worker.of('inspect').at(-1)?.bytes).toEqual(bytes);
    expect(configured()).toMatchObject({ table: table.text, start: { bytes } });
    worker.configured();
    laboratory.command({ type: 'saveFile' });
    await answer(30);
    expect(saved.map(([, file]) => unpacked(file).table)).toEqual([table]);
  });

  it('about a table needs the table', async () => {
    laboratory.command({ type: 'file', name: 'mine.cajal', bytes });
    await inspected({ ...state.config, data: { ...state.config.data, set: 'table' } });
    expect(said()).toEqual(['refusal-file-table']);
    expect(worker.of('configure')).toHaveLength(1);
  });
});

describe('undo', () => {
  it('puts a value of the running session back by a command', async () => {
    laboratory.setting('config.training.learningRate', 0.5);
    expect(model.undo).toEqual({ path: 'config.training.learningRate' });
    laboratory.command({ type: 'undo' });
    expect(worker.of('set').map(({ value }) => value)).toEqual([0.5, 0.01]);
    expect(worker.of('configure')).toHaveLength(1);
    laboratory.command({ type: 'redo' });
    expect(worker.of('set').at(-1)?.value).toBe(0.5);
  });

  it('of another experiment brings the trained one back', async () => {
    snapshot(30);
    laboratory.setting('config.spiking.steps', 10);
    // Asked before it is gone.
    expect(worker.heard.findIndex(({ type }) => type === 'keep')).toBeLessThan(
      worker.heard.findLastIndex(({ type }) => type === 'configure'),
    );
    await answer(30);
    worker.configured();
    laboratory.command({ type: 'undo' });
    await answer(0);
    expect(configured()).toMatchObject({
      config: state.config,
      start: { bytes: Uint8Array.of(30) },
    });
    worker.configured();
    expect(model.state?.config.spiking.steps).toBe(25);
    expect(model.redo).toEqual({ path: 'config.spiking.steps' });
    laboratory.command({ type: 'redo' });
    await answer(30);
    expect(configured()?.config.spiking.steps).toBe(10);
  });

  it('of a reset brings the weights back', async () => {
    snapshot(30);
    laboratory.command({ type: 'reset' });
    await answer(30);
    expect(model.undo).toEqual({ message: 'edit-reset' });
    laboratory.command({ type: 'undo' });
    await answer(0);
    expect(configured()?.start).toEqual({ bytes: Uint8Array.of(30) });
    expect(said()).toEqual(['note-undone']);
  });
});

describe('the history', () => {
  it('gets an entry for another data set, and none for a setting', () => {
    laboratory.setting('config.training.learningRate', 0.5);
    laboratory.setting('config.spiking.steps', 10);
    worker.configured();
    expect(pushed).toEqual([]);
    laboratory.setting('config.data.set', 'xor');
    expect(pushed).toHaveLength(1);
    expect(pushed[0]).toContain('data=xor');
  });

  it('leads back to the weights that were there', async () => {
    const before = address;
    snapshot(30);
    laboratory.setting('config.data.set', 'xor');
    await answer(30);
    worker.configured();
    entry = 1;
    address = before;
    laboratory.addressChanged();
    await answer(12);
    expect(configured()).toMatchObject({
      config: state.config,
      start: { bytes: Uint8Array.of(30) },
    });
    worker.configured();
    // And forward to those of the other one.
    entry = 2;
    address = pushed[0] ?? '';
    laboratory.addressChanged();
    await answer(30);
    expect(configured()).toMatchObject({ config: { data: { set: 'xor' } } });
    expect(configured()?.start?.bytes).toEqual(Uint8Array.of(12));
  });
});

describe('what is kept', () => {
  const visit: Visit = {
    ...{ version: 1, name: 'mine', owner: 'me', savedAt: 1, room: '', tooLarge: false },
    address: formatAddress(state),
    config: { ...state.config, seed: 1 },
    bytes: Uint8Array.of(50),
    step: 50,
    table: undefined,
    shelf: [],
  };

  it('is the configuration and where it stands', () => {
    worker.checkpoint(12);
    expect(kept).toMatchObject({
      address,
      config: state.config,
      step: 12,
      bytes: Uint8Array.of(12),
    });
  });

  it('is where the page begins again, if its address is the same', () => {
    open(visit.address, { visit, damaged: false });
    expect(configured()).toMatchObject({
      config: visit.config,
      start: { bytes: Uint8Array.of(50) },
    });
    expect(said()).toEqual(['note-reopened']);
    const command = model.notices[0]?.action?.command;
    expect(command).toEqual({ type: 'fresh' });
    open('#data=xor', { visit, damaged: false });
    expect(configured()?.start).toBeUndefined();
    expect(said()).toEqual([]);
  });

  it('and refused by the engine leaves the settings', () => {
    address = visit.address;
    open(visit.address, { visit, damaged: false });
    open();
    const reopened = { visit, damaged: false };
    worker = new FakeWorker();
    address = visit.address;
    laboratory = new Laboratory({
      makeClient: (events) =>
        new EngineClient(() => worker, { variant: 'single', threads: 1 }, events),
      readAddress: () => address,
      writeAddress: () => {},
      keepTable: () => {},
      keptTable: () => undefined,
      changed: (next) => {
        model = next;
      },
      nextFrame: () => {},
      reopened,
    });
    worker.ready();
    worker.refuse('configure', 'checkpoint');
    expect(said()).toEqual(['error-checkpoint']);
    expect(configured()?.start).toBeUndefined();
    expect(configured()?.config).toEqual(state.config);
  });

  it('and was damaged is told', () => {
    open('', { visit: undefined, damaged: true });
    expect(said()).toEqual(['note-kept-damaged']);
  });
});

describe('a pinned run', () => {
  it('is named, restored and removed', async () => {
    const { FakeLab } = await import('./fake-lab.ts');
    const lab = new FakeLab();
    lab.configure(state.config);
    lab.train(20);
    const shown = lab.snapshot({ surface: false, example: 0, split: 'test' });
    worker.says({
      ...{ type: 'snapshot', generation: worker.generation, playing: false, rate: 0, lastSet: 0 },
      snapshot: shown,
    } as never);
    frame?.();
    laboratory.command({ type: 'pin' });
    expect(model.shelf).toMatchObject([{ id: 1, step: 20 }]);
    expect(kept?.shelf).toEqual(model.shelf);
    laboratory.command({ type: 'rename', id: 1, name: 'wide' });
    laboratory.setting('config.spiking.steps', 10);
    worker.configured();
    laboratory.command({ type: 'restoreRun', id: 1 });
    expect(configured()?.config.spiking.steps).toBe(25);
    expect(model.undo).toEqual({ message: 'edit-run' });
    laboratory.command({ type: 'unpin', id: 1 });
    expect(model.shelf).toEqual([]);
  });
});
