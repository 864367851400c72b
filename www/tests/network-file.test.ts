import { expect, test } from 'vitest';
import { networkRows } from '../components/network-view/network-file.ts';
import type { NetworkPicture } from '../engine/model.ts';

const layer = (shown: number[], weights: number[], biases: number[], fields: number[] = []) => ({
  shown,
  weights: Float32Array.from(weights),
  biases: Float32Array.from(biases),
  fields: Float32Array.from(fields),
  norms: new Float32Array(),
  others: [],
  held: [],
});
const picture = (layers: ReturnType<typeof layer>[]): NetworkPicture => ({
  kind: 'artificial',
  channels: 2,
  input: new Float32Array(),
  layers,
});

test('every weight that is drawn is a row, with the numbers of its units', () => {
  const hidden = layer([4, 7], [1, 2, 3, 4], [0.5, 0.25]);
  const output = layer([0], [5, 6], [0]);
  expect(networkRows([picture([hidden, output])])).toEqual([
    ['artificial', 1, 1, 5, 1],
    ['artificial', 1, 2, 5, 3],
    ['artificial', 1, 'bias', 5, 0.5],
    ['artificial', 1, 1, 8, 2],
    ['artificial', 1, 2, 8, 4],
    ['artificial', 1, 'bias', 8, 0.25],
    ['artificial', 2, 5, 1, 5],
    ['artificial', 2, 8, 1, 6],
    ['artificial', 2, 'bias', 1, 0],
  ]);
});

test('of images each pixel is one', () => {
  const rows = networkRows([picture([layer([3], [], [1], [7, 8, 9])])]);
  expect(rows.map(([, , from, , value]) => [from, value])).toEqual([
    [1, 7],
    [2, 8],
    [3, 9],
    ['bias', 1],
  ]);
});
