// The colours of the tokens as numbers, for canvases. Read once per theme.

export type Rgb = readonly [number, number, number];

export interface Palette {
  ink: string;
  inkSoft: string;
  hairline: string;
  paper: string;
  artificial: string;
  spiking: string;
  /** How much thicker than usual lines are. */
  stroke: number;
  /** Of what is written into a plot. */
  font: string;
  classes: readonly Rgb[];
  /** 256 packed pixels from low to high, a little paler than the points that lie on them. */
  diverging: Uint32Array;
  /** 256 packed pixels from nothing to most. */
  heat: Uint32Array;
}

const CLASSES = 10;
let cached: Palette | undefined;
const listeners = new Set<() => void>();

function changed(): void {
  cached = undefined;
  for (const listener of listeners) listener();
}

if (typeof MutationObserver === 'function' && typeof document === 'object') {
  const look = { attributes: true, attributeFilter: ['data-theme'] };
  new MutationObserver(changed).observe(document.documentElement, look);
  matchMedia?.('(forced-colors: active)').addEventListener('change', changed);
}

export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function palette(): Palette {
  cached ??= readPalette();
  return cached;
}

export function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function readPalette(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const name = (token: string) => styles.getPropertyValue(`--${token}`).trim();
  const rgb = (token: string) => rgbOf(name(token));
  const paper = rgb('surface-mid');
  const classes = Array.from({ length: CLASSES }, (_, at) => rgb(`class-${at}`));
  return {
    ink: name('ink'),
    inkSoft: name('ink-soft'),
    hairline: name('hairline'),
    paper: name('paper'),
    artificial: name('artificial'),
    spiking: name('spiking'),
    stroke: Number(name('stroke')) || 1,
    font: `${name('plot-text') || '12px'} ${name('font') || 'sans-serif'}`,
    classes,
    diverging: ramp([
      mix(paper, rgb('surface-low'), 0.8),
      paper,
      mix(paper, rgb('surface-high'), 0.8),
    ]),
    heat: ramp([rgb('heat-low'), rgb('heat-high')]),
  };
}

function parseHex(text: string): Rgb {
  const value = Number.parseInt(text.replace('#', ''), 16);
  return Number.isNaN(value) ? [128, 128, 128] : [value >> 16, (value >> 8) & 255, value & 255];
}

/** Any colour of CSS, the system's own included, which stand in the tokens where colours are forced. */
export function rgbOf(colour: string): Rgb {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return parseHex(colour);
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  probe.style.color = colour;
  document.documentElement.append(probe);
  const [red, green, blue] =
    getComputedStyle(probe)
      .color.match(/[\d.]+/g)
      ?.map(Number) ?? [];
  probe.remove();
  return [red ?? 128, green ?? 128, blue ?? 128];
}

/** Stops at equal distances, mixed linearly into 256 colours. */
export function ramp(stops: readonly Rgb[]): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, at) => {
    const place = (at / 255) * (stops.length - 1);
    const from = Math.min(Math.floor(place), stops.length - 2);
    return pack(mix(stops[from] as Rgb, stops[from + 1] as Rgb, place - from));
  });
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => Math.round(from[at] + (to[at] - from[at]) * share);
  return [part(0), part(1), part(2)];
}

/** As ImageData wants it on the little-endian machines that browsers run on. */
function pack([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
