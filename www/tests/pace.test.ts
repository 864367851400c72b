import { expect, it } from 'vitest';
import { drawn, slowdown } from '../components/pace.ts';

const frames = (count: number, ms: number) => {
  for (let frame = 0; frame < count; frame += 1) drawn(ms);
};

it('slows down while frames are late, within bounds, and comes back', () => {
  expect(slowdown()).toBe(1);
  frames(100, 10);
  expect(slowdown()).toBe(1);
  frames(20, 60);
  expect(slowdown()).toBeGreaterThan(2);
  frames(1000, 60);
  expect(slowdown()).toBe(20);
  frames(1000, 10);
  expect(slowdown()).toBe(1);
});
