// Which of two estimates is the smaller one, and by how much, in the words' own rounding.

import { formatFixed } from '../i18n/format.ts';

export interface Verdict {
  winner: 'artificial' | 'spiking' | 'even' | 'unknown';
  /** How many times less, with as many digits as an estimate deserves. */
  times: string;
}

/** Within a tenth of each other two estimates say nothing. */
const EVEN = 1.1;

export function compare(artificial: number | undefined, spiking: number | undefined): Verdict {
  if (!artificial || !spiking || !(artificial > 0) || !(spiking > 0)) {
    return { winner: 'unknown', times: '' };
  }
  const times = artificial > spiking ? artificial / spiking : spiking / artificial;
  if (times < EVEN) return { winner: 'even', times: '1' };
  const winner = artificial > spiking ? 'spiking' : 'artificial';
  return { winner, times: formatFixed(times, times < 10 ? 1 : 0) };
}
