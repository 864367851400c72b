// Values of a square grid as a small image, one pixel a value, to be scaled up by the canvas.

export interface ColourScale {
  /** Packed pixels; the first is for `low`, the last for `high`. */
  colours: Uint32Array;
  low: number;
  high: number;
}

/** Writes `values` into `pixels`; what is not a number gets the middle of the scale. */
export function colourise(
  values: ArrayLike<number>,
  { colours, low, high }: ColourScale,
  pixels: Uint32Array,
): void {
  const last = colours.length - 1;
  const factor = high > low ? last / (high - low) : 0;
  for (let at = 0; at < pixels.length; at += 1) {
    const place = ((values[at] ?? Number.NaN) - low) * factor;
    const index = place >= 0 ? Math.min(last, Math.round(place)) : place < 0 ? 0 : last >> 1;
    pixels[at] = colours[index] as number;
  }
}

/** The largest absolute value, so that a scale can be symmetric about zero. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < values.length; at += 1) {
    const size = Math.abs(values[at] as number);
    if (size > most) most = size;
  }
  return most;
}
