import { describe, expect, it } from 'vitest';
import { curveColumns, testLine, withLines } from '../components/curve-data.ts';
import { csvOf, fileName } from '../components/plot-file.ts';
import { chart, escaped, tickStep, ticksOf } from '../components/svg-figure.ts';
import type { Snapshot } from '../engine/model.ts';
import {
  CURVE_HEADER,
  curveRows,
  differing,
  MOST_RUNS,
  type PinnedRun,
  withRun,
} from '../page/shelf.ts';
import { defaultState } from '../state/fields.ts';
import { withValue } from '../state/page-state.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeLab } from './fake-lab.ts';

const state = defaultState(fakeCatalogue);

function snapshot(): Snapshot {
  const lab = new FakeLab();
  lab.configure(state.config);
  lab.train(20);
  return lab.snapshot({ surface: false, example: 0, split: 'test' });
}

describe('the shelf', () => {
  it('takes a run with its curves as they are now', () => {
    const now = snapshot();
    const [run] = withRun([], { state, snapshot: now }) ?? [];
    expect(run).toMatchObject({ id: 1, name: '', step: 20, config: state.config });
    const before = run?.curves[0].slice();
    now.networks[0]?.curve.fill(0);
    expect(run?.curves[0]).toEqual(before);
    expect(before?.length).toBe(10);
  });

  it('holds no more than it has places for, and gives a free number', () => {
    let shelf: PinnedRun[] = [];
    for (let run = 0; run < MOST_RUNS; run += 1) {
      shelf = withRun(shelf, { state, snapshot: snapshot() }) ?? [];
    }
    expect(shelf.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(withRun(shelf, { state, snapshot: snapshot() })).toBeUndefined();
    const rest = shelf.filter(({ id }) => id !== 3);
    expect(withRun(rest, { state, snapshot: snapshot() })?.at(-1)?.id).toBe(3);
    expect(withRun([], { state, snapshot: undefined })).toBeUndefined();
  });

  it('knows by what a run differs', () => {
    const [run] = withRun([], { state, snapshot: snapshot() }) ?? [];
    if (!run) throw new Error('no run');
    expect(differing(run, state.config)).toEqual([]);
    const other = withValue(withValue(state, 'config.seed', 9), 'config.layers', []);
    expect(differing(run, other.config).map(({ name }) => name)).toEqual(['layers', 'seed']);
  });

  it('writes all curves into one table that a spreadsheet reads as meant', () => {
    const curve = Float32Array.of(0, 0.5, 0.25, 1, 0.1, 10, Number.NaN, 0.2, 1, 1);
    const csv = csvOf(
      CURVE_HEADER,
      curveRows([{ name: '=1+1, "x"', seed: '7', kind: 'spiking', curve }]),
    );
    expect(csv.split('\n')).toEqual([
      'run,seed,network,step,train_loss,test_loss,train_accuracy,test_accuracy',
      `"'=1+1, ""x""",7,spiking,0,0.5,0.25,1,0.1`,
      `"'=1+1, ""x""",7,spiking,10,,0.2,1,1`,
      '',
    ]);
  });
});

describe('the lines of pinned runs', () => {
  const curve = Float32Array.of(0, 1, 2, 0, 0.5, 10, 1, 1.5, 0, 0.75);

  it('lie over the steps of all, beside the present ones', () => {
    const present = curveColumns(Float32Array.of(5, 1, 3, 0, 0), new Float32Array(), 'loss');
    const columns = withLines(present, [testLine(curve, 'loss')]);
    expect(columns[0]).toEqual([0, 5, 10]);
    expect(columns[2]).toEqual([null, 3, null]);
    expect(columns[5]).toEqual([2, null, 1.5]);
    expect(testLine(curve, 'accuracy')).toEqual([
      [0, 0.5],
      [10, 0.75],
    ]);
  });

  it('have no more points than can be seen, and end where the run did', () => {
    const long = Float32Array.from({ length: 5 * 2000 }, (_, at) => Math.floor(at / 5));
    const line = testLine(long, 'loss');
    expect(line.length).toBeLessThanOrEqual(301);
    expect(line.at(-1)?.[0]).toBe(1999);
  });
});

describe('a picture of lines', () => {
  it('has ticks at round numbers', () => {
    expect(ticksOf({ from: 0, to: 1 })).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOf({ from: 8, to: 0 })).toEqual([0, 2, 4, 6, 8]);
    expect(ticksOf({ from: 3, to: 3 })).toEqual([3]);
    expect([tickStep(10), tickStep(13), tickStep(40)]).toEqual([2, 5, 10]);
  });

  it('says what it shows, and escapes what it is told', () => {
    const axis = { label: 'x & y', from: 0, to: 1, show: String };
    const svg = chart({
      ...{ width: 300, height: 200, title: '<b>', description: 'a "line"', paper: '#fff' },
      ...{ ink: '#000', soft: '#555', hairline: '#ddd', x: axis, y: axis },
      lines: [
        {
          name: 'one',
          stroke: 'red',
          width: 2,
          dash: [3, 3],
          points: [
            [0, 0],
            [0.5, null],
            [1, 1],
          ],
        },
      ],
    });
    expect(svg).toContain('<title>&lt;b&gt;</title><desc>a &quot;line&quot;</desc>');
    expect(svg).toContain('<path d="M58 142L286 34"');
    expect(svg).toContain('x &amp; y');
    expect(svg).not.toMatch(/NaN|style=|<b>/);
    expect(escaped(`<&>"`)).toBe('&lt;&amp;&gt;&quot;');
  });

  it('has a name that every system takes', () => {
    expect(fileName('Layer 1: 8 tanh', 'csv')).toBe('layer-1-8-tanh.csv');
    expect(fileName('精度', 'png')).toBe('plot.png');
  });
});
