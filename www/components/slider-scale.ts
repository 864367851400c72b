// Places on a slider and the values they stand for.

import type { Parameter } from '../engine/model.ts';

/** A slider goes from 0 to this. */
export const PLACES = 400;

type Range = Pick<Parameter, 'min' | 'max' | 'step' | 'scale'>;

/** A logarithmic range that starts at 0 has 0 at its first place, and this at its second. */
function lowest({ min, max, step }: Range): number {
  if (min > 0) return min;
  return step > 0 ? step : max * 1e-6;
}

/** Too many values for a slider to mean anything, as with a seed. */
export function isVast({ min, max, scale }: Range): boolean {
  return scale === 'integer' && max - min > 1e6;
}

export function placeOf(value: number, range: Range): number {
  const { min, max, scale } = range;
  if (scale !== 'log') return Math.round(((value - min) / (max - min || 1)) * PLACES);
  const low = lowest(range);
  if (value < low) return 0;
  const first = min > 0 ? 0 : 1;
  const share = Math.log(value / low) / Math.log(max / low);
  return Math.round(first + share * (PLACES - first));
}

/** The value at a place, rounded so that it reads well: to a step, or to two digits. */
export function valueAtPlace(position: number, range: Range): number {
  const { min, max, step, scale } = range;
  if (position >= PLACES) return max;
  if (position <= 0) return min;
  if (scale === 'log') {
    const low = lowest(range);
    const first = min > 0 ? 0 : 1;
    const value = low * (max / low) ** ((position - first) / (PLACES - first));
    return clamp(Number(value.toPrecision(2)), range);
  }
  const raw = min + (position / PLACES) * (max - min);
  const unit = scale === 'integer' ? Math.max(1, Math.round(step || 1)) : step;
  const value = unit > 0 ? min + Math.round((raw - min) / unit) * unit : raw;
  return clamp(Number(value.toPrecision(6)), range);
}

function clamp(value: number, { min, max }: Range): number {
  return Math.min(max, Math.max(min, value));
}
