import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colourise, largest } from '../components/colourise.ts';
import { curveColumns, lastRow } from '../components/curve-data.ts';
import { isVast, PLACES, placeOf, valueAtPlace } from '../components/slider-scale.ts';
import { plainSymbol } from '../components/symbol.ts';
import { compare } from '../components/verdict.ts';
import {
  formatCount,
  formatEnergy,
  formatLoss,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatTick,
  formatToTolerance,
} from '../i18n/format.ts';
import { catalogueKey, FIELDS } from '../state/fields.ts';
import { fakeCatalogue } from './fake-catalogue.ts';

const thin = '\u202f';

describe('numbers', () => {
  it.each([
    [formatCount(101_770), '101,770'],
    [formatCount(undefined), '–'],
    [formatCount(Number.NaN), '–'],
    [formatPercent(0.97842), `97.8${thin}%`],
    [formatPercent(1), `100.0${thin}%`],
    [formatPercent(undefined), '–'],
    [formatNumber(0), '0'],
    [formatNumber(0.012345), '0.0123'],
    [formatNumber(1e-5), '1.0e-5'],
    [formatNumber(123.456), '123'],
    [formatNumber(4096), '4,096'],
    [formatNumber(4_294_967_295), '4.3e9'],
    [formatNumber(Number.POSITIVE_INFINITY), '–'],
    [formatLoss(0.02), '0.0200'],
    [formatLoss(12_345), '1.2e4'],
    [formatQuantity(20, 'ms'), `20${thin}ms`],
    [formatQuantity(20, ''), '20'],
    [formatEnergy(441.6), `442${thin}pJ`],
    [formatEnergy(36_400), `36.4${thin}nJ`],
    [formatEnergy(2_500_000), `2.5${thin}µJ`],
    [formatEnergy(0), `0${thin}pJ`],
  ])('are written as %s', (written, expected) => {
    expect(written).toBe(expected);
  });
});

describe('a slider', () => {
  const log = { min: 1e-5, max: 10, step: 0, scale: 'log' as const };
  const fromZero = { min: 0, max: 0.1, step: 1e-6, scale: 'log' as const };
  const whole = { min: 1, max: 512, step: 1, scale: 'integer' as const };
  const linear = { min: 0.1, max: 5, step: 0.1, scale: 'linear' as const };

  it.each([log, fromZero, whole, linear])('reaches both ends and stays inside: %o', (range) => {
    expect(valueAtPlace(0, range)).toBe(range.min);
    expect(valueAtPlace(PLACES, range)).toBe(range.max);
    for (let place = 0; place <= PLACES; place += 1) {
      const value = valueAtPlace(place, range);
      expect(value).toBeGreaterThanOrEqual(range.min);
      expect(value).toBeLessThanOrEqual(range.max);
      if (range.scale === 'integer') expect(Number.isInteger(value)).toBe(true);
      expect(Math.abs(placeOf(value, range) - place)).toBeLessThanOrEqual(8);
    }
  });

  it('has values that read well', () => {
    expect(valueAtPlace(placeOf(0.01, log), log)).toBeCloseTo(0.01, 3);
    expect(String(valueAtPlace(123, log))).toMatch(/^0?\.?0*\d{1,2}$|e-/);
    expect(valueAtPlace(placeOf(0.3, linear), linear)).toBe(0.3);
  });

  it('is not made for a seed', () => {
    expect(isVast({ min: 0, max: 2 ** 32 - 1, step: 1, scale: 'integer' })).toBe(true);
    expect(isVast(whole)).toBe(false);
  });
});

describe('a symbol', () => {
  it.each([
    ['\\eta', 'η', ''],
    ['\\lambda_1', 'λ', '1'],
    ['\\Delta t', 'Δt', ''],
    ['t_\\mathrm{ref}', 't', 'ref'],
    ['\\tau_m', 'τ', 'm'],
    ['B', 'B', ''],
    ['', '', ''],
    ['\\unknown', 'unknown', ''],
  ])('%s is %s with index “%s”', (latex, letter, index) => {
    expect(plainSymbol(latex)).toEqual({ letter, index });
  });
});

describe('curves', () => {
  const artificial = Float32Array.of(0, 1, 2, 0.25, 0.5, 10, 0.5, 1, 0.5, 0.75);
  const spiking = Float32Array.of(0, 3, 4, 0.25, 0.25, 5, 2, 3, 0.25, 0.5);

  it('are joined over the steps of both', () => {
    expect(curveColumns(artificial, spiking, 'loss')).toEqual([
      [0, 5, 10],
      [1, null, 0.5],
      [2, null, 1],
      [3, 2, null],
      [4, 3, null],
    ]);
    expect(curveColumns(artificial, spiking, 'accuracy')[2]).toEqual([0.5, null, 0.75]);
  });

  it('have a gap where a loss is not a number', () => {
    const broken = Float32Array.of(0, Number.NaN, Number.POSITIVE_INFINITY, 0, 0);
    expect(curveColumns(broken, new Float32Array(), 'loss')).toEqual([
      [0],
      [null],
      [null],
      [null],
      [null],
    ]);
  });

  it('end in their last row', () => {
    expect(lastRow(artificial)).toMatchObject({ step: 10, testLoss: 1, testAccuracy: 0.75 });
    expect(lastRow(new Float32Array())).toBeUndefined();
  });
});

describe('pictures', () => {
  const colours = Uint32Array.of(10, 20, 30);

  it('clamp to their scale and put what is not a number in the middle', () => {
    const pixels = new Uint32Array(6);
    colourise([-9, -1, 0, 1, 9, Number.NaN], { colours, low: -1, high: 1 }, pixels);
    expect([...pixels]).toEqual([10, 10, 20, 30, 30, 20]);
  });

  it('survive a scale without width', () => {
    const pixels = new Uint32Array(1);
    colourise([1], { colours, low: 0, high: 0 }, pixels);
    expect(colours).toContain(pixels[0]);
  });

  it('know their largest value', () => {
    expect(largest([1, -3, 2])).toBe(3);
    expect(largest([])).toBe(0);
  });
});

describe('the verdict on energy', () => {
  it.each([
    [440, 276, 'spiking', '1.6'],
    [1000, 50_000, 'artificial', '50'],
    [100, 104, 'even', '1'],
    [0, 10, 'unknown', ''],
    [undefined, 10, 'unknown', ''],
    [Number.NaN, 10, 'unknown', ''],
  ])('of %s and %s pJ is %s', (artificial, spiking, winner, times) => {
    expect(compare(artificial, spiking)).toEqual({ winner, times });
  });
});

describe('the texts', () => {
  const ids = new Set(
    ['page', 'state'].flatMap((name) => {
      const file = new URL(`../i18n/en/${name}.ftl`, import.meta.url);
      const ids = readFileSync(file, 'utf8').matchAll(/^([a-z][\w-]*) =/gim);
      return [...ids].map((match) => match[1]);
    }),
  );

  it('name every setting', () => {
    for (const field of FIELDS) {
      if (!field.path.startsWith('config.') || field.kind === 'dataSet') continue;
      expect(ids).toContain(`label-${catalogueKey(field).replaceAll('.', '-')}`);
    }
  });

  it('name every data set', () => {
    for (const { id } of fakeCatalogue.dataSets) expect(ids).toContain(`data-${id}`);
  });
});

it.each([
  [18.25, 0.25, '18.25'],
  [67.98096, 0.5, '67.98'],
  [816.5528, 1, '816.6'],
  [-0.2, 0.01, '−0.200'],
  [1e-6, 1e-6, '1e−6'],
  [120, 20, '120'],
])('%d within %d is %s', (value, tolerance, written) => {
  expect(formatToTolerance(value, tolerance)).toBe(written);
});

describe('numbers at an axis', () => {
  it.each([
    [[367.5, 370, 372.5], 2.5, ['367.5', '370', '372.5']],
    [[-65, -60.5, 0], 0.5, ['−65', '−60.5', '0']],
    [[750_000, 752_500], 2500, ['750,000', '752,500']],
    [[0.0002, 0.0004], 0.0002, ['0.0002', '0.0004']],
    [[-0.00001, 2e6], 1e-5, ['−1.0e-5', '2.0e6']],
    [[0.30000000000000004], 0.1, ['0.3']],
  ])('%j', (ticks, step, shown) => {
    expect(ticks.map((tick) => formatTick(tick, step))).toEqual(shown);
  });
});
