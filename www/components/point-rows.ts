// Rows of points and examples of a part: the points lie in one list, and those of one part are in its order.

const ROW = 4;

/** The row of an example; -1 if there is none. */
export function rowOf(points: Float32Array, split: 'train' | 'test', example: number): number {
  const wanted = split === 'test' ? 1 : 0;
  let seen = -1;
  for (let row = 0; row * ROW < points.length; row += 1) {
    if (points[row * ROW + 3] === wanted) seen += 1;
    if (seen === example) return row;
  }
  return -1;
}
