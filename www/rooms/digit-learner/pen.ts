// A stroke of a soft pen on the pixels of a retina, about as thick as those of MNIST.

import { FIELD_SIDE } from './fields.ts';

/** In pixels from the left and the top. */
export type Point = readonly [number, number];

/** Full brightness up to this distance from the stroke, and none from the other on. */
const CORE = 0.8;
const EDGE = 2;

/** The drawing with a stroke more; an empty one if absent. */
export function withStroke(
  drawing: Float32Array | undefined,
  from: Point,
  to: Point,
): Float32Array {
  const next = drawing ? drawing.slice() : new Float32Array(FIELD_SIDE * FIELD_SIDE);
  for (let at = 0; at < next.length; at += 1) {
    const centre: Point = [(at % FIELD_SIDE) + 0.5, Math.floor(at / FIELD_SIDE) + 0.5];
    const bright = (EDGE - distance(centre, from, to)) / (EDGE - CORE);
    next[at] = Math.max(next[at] as number, Math.min(1, Math.max(0, bright)));
  }
  return next;
}

function distance([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
