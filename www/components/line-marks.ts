// What tells the curves of the two networks apart besides their colour: dots on that of the artificial one,
// short strokes like spikes on that of the spiking one, at fixed places across the picture.

export type LineMark = 'dot' | 'spike';

export const MARKS: readonly [LineMark, LineMark] = ['dot', 'spike'];

/** Marks on a curve. */
export const MOST_MARKS = 6;
/** Half their size, in pixels: a dot across, a spike along. */
export const DOT = 4.5;
export const SPIKE = 8;
/** Paper about them: a curve that goes up and down would hide them. */
export const HALO = 1.75;

/** Where they stand, as shares of the width; those of the two networks in turns. */
export function markPlaces(mark: LineMark): number[] {
  const offset = mark === 'dot' ? 0.25 : 0.75;
  return Array.from({ length: MOST_MARKS }, (_, at) => (at + offset) / MOST_MARKS);
}

/** The points of a curve nearest to the places, each once; beyond its ends there are none. */
export function markedPoints(
  points: readonly (readonly [number, number | null])[],
  mark: LineMark,
  [from, to]: readonly [number, number],
): [number, number][] {
  const known = points.filter((point): point is readonly [number, number] => point[1] !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [];
  const found = new Map<number, number>();
  for (const share of markPlaces(mark)) {
    const place = from + share * (to - from);
    if (place < first[0] || place > last[0]) continue;
    let [low, high] = [0, known.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle]?.[0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    const [before, after] = [known[Math.max(0, low - 1)] ?? first, known[low] ?? last];
    const [x, y] = place - before[0] < after[0] - place ? before : after;
    found.set(x, y);
  }
  return [...found];
}

/** Draws one, in device pixels. */
export function drawMark(
  context: CanvasRenderingContext2D,
  mark: LineMark,
  [x, y]: readonly [number, number],
  { colour, paper, density }: { colour: string; paper: string; density: number },
): void {
  for (const [ink, more] of [
    [paper, HALO],
    [colour, 0],
  ] as const) {
    context.beginPath();
    context.fillStyle = ink;
    if (mark === 'dot') context.arc(x, y, (DOT + more) * density, 0, 2 * Math.PI);
    else {
      const [wide, high] = [(1.25 + more) * density, (SPIKE + more) * density];
      context.rect(x - wide, y - high, 2 * wide, 2 * high);
    }
    context.fill();
  }
}
