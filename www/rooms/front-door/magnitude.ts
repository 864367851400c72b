// How many operations one network takes beside the other, in the four answers that a visitor guesses among.

export const MAGNITUDES = ['fewer', 'same', 'few', 'many'] as const;

export type Magnitude = (typeof MAGNITUDES)[number];

/** Up to which ratio an answer holds. */
const LIMITS: readonly [Magnitude, number][] = [
  ['fewer', 0.75],
  ['same', 1.5],
  ['few', 7],
];

export function magnitudeOf(artificial: number, spiking: number): Magnitude {
  const ratio = spiking / artificial;
  return LIMITS.find(([, limit]) => ratio < limit)?.[0] ?? 'many';
}
