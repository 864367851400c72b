import { expect, test } from 'vitest';
import { MOST_MARKS, markedPoints, markPlaces } from '../components/line-marks.ts';
import { chart } from '../components/svg-figure.ts';

const rising = Array.from({ length: 1000 }, (_, at) => [at, at / 1000] as const);

test('the marks of the two networks stand in turns, each on its curve', () => {
  const dots = markedPoints(rising, 'dot', [0, 999]);
  const spikes = markedPoints(rising, 'spike', [0, 999]);
  expect(dots).toHaveLength(MOST_MARKS);
  expect(spikes).toHaveLength(MOST_MARKS);
  for (const [x, y] of [...dots, ...spikes]) expect(y).toBe(x / 1000);
  const places = [...dots, ...spikes].map(([x]) => x).sort((one, other) => one - other);
  const apart = places.slice(1).map((x, at) => x - (places[at] ?? 0));
  expect(Math.min(...apart)).toBeGreaterThan(70);
  expect(markPlaces('dot').some((place) => markPlaces('spike').includes(place))).toBe(false);
});

test('a curve that has just begun has few marks, and an empty one none', () => {
  expect(markedPoints([], 'dot', [0, 1])).toEqual([]);
  expect(markedPoints([[0, null]], 'dot', [0, 1])).toEqual([]);
  expect(markedPoints(rising.slice(0, 100), 'dot', [0, 999])).toHaveLength(1);
  // Of a few points none is marked twice.
  expect(
    markedPoints(
      [
        [0, 1],
        [999, 2],
      ],
      'spike',
      [0, 999],
    ),
  ).toEqual([
    [0, 1],
    [999, 2],
  ]);
});

test('a figure that is saved has them too', () => {
  const axis = { label: '', from: 0, to: 999, show: String };
  const line = { stroke: 'red', width: 1, points: rising };
  const figure = chart({
    ...{ width: 300, height: 200, title: '', description: '', paper: '', ink: '' },
    ...{ soft: '', hairline: '', x: axis, y: { ...axis, to: 1 } },
    lines: [
      { ...line, name: 'Artificial', mark: 'dot' },
      { ...line, name: 'Spiking', mark: 'spike' },
    ],
  });
  // On the curve and in the legend.
  expect(figure.match(/<circle/g)).toHaveLength(MOST_MARKS + 1);
  expect(figure.match(/width="2.5"/g)).toHaveLength(MOST_MARKS + 1);
});
