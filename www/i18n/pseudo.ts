// Pseudo-locales: the English texts, made long and accented, or set from the right. What breaks with
// them would break with a real translation too. Gaps stay what they are.

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'àà',
  c: 'ç',
  d: 'ð',
  e: 'éé',
  g: 'ĝ',
  i: 'îî',
  k: 'ķ',
  l: 'ļ',
  n: 'ñ',
  o: 'ööø',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ûû',
  y: 'ý',
  A: 'ÅÅ',
  C: 'Ç',
  E: 'ÉÉ',
  I: 'ÎÎ',
  N: 'Ñ',
  O: 'ÖÖ',
  S: 'Š',
  T: 'Ţ',
  U: 'ÛÛ',
};

/** About a third longer, as German or Finnish would be. */
export function long(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => ACCENTS[letter] ?? letter);
}

const OVERRIDE = '\u202e';
const END = '\u202c';

/** Every word shown from right to left. */
export function mirrored(text: string): string {
  return text.replace(/\S+/g, (word) => `${OVERRIDE}${word}${END}`);
}
