import { expect, test } from 'vitest';
import { cellAfter, examplesOf } from '../components/confusion-cells.ts';
import { notBiological } from '../components/not-biological.ts';
import { rowOf } from '../components/point-rows.ts';
import { choicesOf } from '../state/page-state.ts';
import { fakeCatalogue } from './fake-catalogue.ts';

test('a cell lists as many examples as it has, or as are listed of any', () => {
  const counts = Uint32Array.of(1, 0, 7, 3);
  const cells = Uint32Array.of(4, 0, 0, 0, 0, 0, 1, 2, 3, 5, 6, 0);
  expect(examplesOf(cells, counts, 0)).toEqual([4]);
  expect(examplesOf(cells, counts, 1)).toEqual([]);
  expect(examplesOf(cells, counts, 2)).toEqual([1, 2, 3]);
  expect(examplesOf(cells, counts, 3)).toEqual([5, 6, 0]);
  expect(examplesOf(cells, counts, -1)).toEqual([]);
  expect(examplesOf(new Uint32Array(), new Uint32Array(), 0)).toEqual([]);
});

test('keys lead through the grid and not out of it', () => {
  const after = (cell: number, key: string, ctrlKey = false) =>
    cellAfter(cell, { key, ctrlKey }, 3);
  expect(after(4, 'ArrowUp')).toBe(1);
  expect(after(1, 'ArrowUp')).toBe(1);
  expect(after(5, 'ArrowRight')).toBe(5);
  expect(after(3, 'End')).toBe(5);
  expect(after(5, 'Home')).toBe(3);
  expect(after(5, 'Home', true)).toBe(0);
  expect(after(0, 'End', true)).toBe(8);
  expect(after(0, 'a')).toBeUndefined();
});

test('the row of an example is counted within its part', () => {
  const points = Float32Array.of(0, 0, 0, 1, 1, 1, 1, 0, 2, 2, 0, 1, 3, 3, 1, 0);
  expect([0, 1, 2].map((example) => rowOf(points, 'test', example))).toEqual([0, 2, -1]);
  expect([0, 1, 2].map((example) => rowOf(points, 'train', example))).toEqual([1, 3, -1]);
});

test('what is not biological is said of the rule, of each kind of unit once, and of the neuron', () => {
  const rule = choicesOf(fakeCatalogue, 'training.rule').options[0];
  const kind = choicesOf(fakeCatalogue, 'layers.activation').options[0];
  const training = { rule: rule?.id } as Parameters<typeof notBiological>[1]['training'];
  const layer = { activation: kind?.id ?? '', units: 4 };
  const layers = [layer, layer] as Parameters<typeof notBiological>[1]['layers'];
  const titles = notBiological(fakeCatalogue, { layers, training }).map(({ title }) => title);
  expect(titles.filter((title) => title === kind?.title)).toHaveLength(1);
  expect(titles[0]).toBe(rule?.title);
});
