// Numbers as the page writes them: few digits, always the same width, a unit after a thin space, and
// the separators of the visitor's language.

const THIN = '\u202f';

export const MISSING = '–';

let language = 'en';
let decimal = '.';
/** Making one takes longer than using it a hundred times. */
const made = new Map<string, Intl.NumberFormat>();

export function setNumberLocale(locale: string): void {
  language = locale;
  made.clear();
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

function written(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  const format = made.get(key) ?? new Intl.NumberFormat(language, options);
  made.set(key, format);
  const text = format.format(value);
  // Where the comma is taken by decimals, thousands are kept apart by a space, as science does: a point
  // in a number is read as a decimal one by half of those who read Spanish.
  return decimal === ',' ? text.replaceAll('.', THIN) : text;
}

/** A number that is written already, with a point. */
export function decimalOf(written: string): string {
  return written.replace('.', decimal);
}

/** With so many places: 2.50. */
export function formatFixed(value: number, places: number): string {
  return written(value, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: false,
  });
}

function exponential(value: number, places: number): string {
  return value.toExponential(places).replace('e+', 'e').replace('.', decimal);
}

/** Every digit of it, as it may be typed: what is read back is the same number. */
export function formatExact(value: number): string {
  return String(value).replace('.', decimal);
}

export function formatCount(value: number | undefined): string {
  return isNumber(value) ? written(value, { maximumFractionDigits: 0 }) : MISSING;
}

/** Passes through the data: 3.25, and no more digits than change is worth. */
export function formatEpoch(epochs: number): string {
  return epochs < 100 ? formatFixed(epochs, 2) : formatCount(Math.floor(epochs));
}

/** 0.9784 → "97.8 %". */
export function formatPercent(share: number | undefined, digits = 1): string {
  return isNumber(share) ? `${formatFixed(share * 100, digits)}${THIN}%` : MISSING;
}

/** Three digits that matter, without an exponent where it can be read without one. */
export function formatNumber(value: number | undefined): string {
  if (!isNumber(value)) return MISSING;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-4) return exponential(value, 1);
  if (size >= 1000) return formatCount(value);
  return written(value, { maximumSignificantDigits: 3, useGrouping: false });
}

/** A number at an axis, with as many places as ticks that are `step` apart need to be told apart. */
export function formatTick(value: number, step: number): string {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return formatNumber(value).replace('-', '−');
  let places = 0;
  while (places < 8 && Math.abs(step * 10 ** places - Math.round(step * 10 ** places)) > 1e-6) {
    places += 1;
  }
  const text = written(value, { maximumFractionDigits: places, useGrouping: size >= 1000 });
  return text === '-0' ? '0' : text.replace('-', '−');
}

/** A loss keeps its places, so that it does not dance: 0.0213. */
export function formatLoss(value: number | undefined): string {
  if (!isNumber(value)) return MISSING;
  return Math.abs(value) >= 1000 ? exponential(value, 1) : formatFixed(value, 4);
}

export function formatQuantity(value: number | undefined, unit: string): string {
  const text = formatNumber(value);
  return unit === '' || text === MISSING ? text : `${text}${THIN}${unit}`;
}

/** As many places as a tolerance makes worth reading: 18.25 beside ± 0.25, 2.0000000 beside ± 10⁻⁶. */
export function formatToTolerance(value: number, tolerance: number): string {
  const places = Math.min(10, Math.max(0, 1 - Math.floor(Math.log10(tolerance))));
  if (tolerance < 1e-4 && value === tolerance) return value.toExponential(0).replace('e-', 'e−');
  return formatFixed(value, places).replace('-', '−');
}

export function withUnit(number: string, unit: string): string {
  return unit === '' ? number : `${number}${THIN}${unit}`;
}

/** A rate keeps its tenth: 68.0 Hz. */
export function formatRate(hertz: number | undefined): string {
  return isNumber(hertz) ? `${formatFixed(hertz, 1)}${THIN}Hz` : MISSING;
}

const PREFIXES = [
  { from: 1e12, by: 1e12, name: '' },
  { from: 1e9, by: 1e9, name: 'm' },
  { from: 1e6, by: 1e6, name: 'µ' },
  { from: 1e3, by: 1e3, name: 'n' },
  { from: 0, by: 1, name: 'p' },
];

/** Picojoules in the prefix that keeps them short: 36 400 → "36.4 nJ". */
export function formatEnergy(picojoules: number | undefined): string {
  if (!isNumber(picojoules)) return MISSING;
  const prefix = PREFIXES.find((entry) => Math.abs(picojoules) >= entry.from);
  return formatQuantity(picojoules / (prefix?.by ?? 1), `${prefix?.name ?? 'p'}J`);
}

export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${formatFixed(bytes / 1e9, 1)}${THIN}GB`;
  if (bytes < 1e5) return `${formatFixed(bytes / 1e3, 1)}${THIN}KB`;
  return `${formatFixed(bytes / 1e6, 1)}${THIN}MB`;
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
