// What stands around the spikes of a raster: names and bands of populations, the time axis, groups that
// were excited or silenced, and the group that is chosen. Lengths are in pixels of the device.

import type { PopulationEntry } from '../../engine/model.ts';
import { formatCount, formatQuantity } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { Brush } from './bench.ts';
import { looksOf } from './population-look.ts';
import type { Band } from './raster-painter.ts';
import type { Rows } from './state.ts';

/** Height of the time axis, in pixels of the style sheet. */
export const AXIS = 20;

export interface Scene {
  context: CanvasRenderingContext2D;
  /** Where spikes begin: what lies to the left is for names. */
  left: number;
  width: number;
  height: number;
  /** Pixels of the device in one of the style sheet. */
  density: number;
  bands: readonly Band[];
  /** Biological time at the right end, and across, ms. */
  shownMs: number;
  spanMs: number;
  colour(token: string): string;
  font: string;
}

/** The place of the raster at a height; the nearest one between bands. */
export function placeAt(bands: readonly Band[], y: number): number {
  for (const { begin, places, top, height } of bands) {
    if (y < top + height) {
      const share = Math.max(0, y - top) / height;
      return begin + Math.min(places - 1, Math.floor(share * places));
    }
  }
  const last = bands.at(-1);
  return last ? last.begin + last.places - 1 : 0;
}

function yOf(bands: readonly Band[], place: number): number {
  for (const band of bands) {
    if (place <= band.begin + band.places) {
      return band.top + (Math.max(0, place - band.begin) / band.places) * band.height;
    }
  }
  const last = bands.at(-1);
  return last ? last.top + last.height : 0;
}

function xOf({ width, left, shownMs, spanMs }: Scene, ms: number): number {
  return width - ((shownMs - ms) / spanMs) * (width - left);
}

/** Names, bands, and what inhibits hatched besides its colour. */
export function drawBands(scene: Scene, populations: readonly PopulationEntry[]): void {
  const { context, bands, left, width, density, colour, font } = scene;
  const looks = looksOf(populations);
  const letters = (weight: number) => `${weight} ${12 * density}px ${font}`;
  context.textBaseline = 'top';
  bands.forEach((band, at) => {
    const look = looks[at];
    const population = populations[at];
    if (!look || !population) return;
    context.globalAlpha = 0.05;
    context.fillStyle = colour(look.colour);
    context.fillRect(left, band.top, width - left, band.height);
    context.globalAlpha = 1;
    // The strip beside the band: full for what excites, hatched for what inhibits.
    const strip = 4 * density;
    const pitch = 5 * density;
    const x = left - strip - 2 * density;
    if (look.inhibits) {
      for (let y = band.top; y < band.top + band.height; y += pitch) {
        context.fillRect(x, y, strip, Math.min(pitch / 2, band.top + band.height - y));
      }
    } else context.fillRect(x, band.top, strip, band.height);
    const room = x - 4 * density;
    const roomy = band.height > 34 * density;
    const top = roomy ? band.top + 2 * density : band.top + (band.height - 12 * density) / 2;
    context.font = letters(600);
    context.fillStyle = colour('ink');
    context.fillText(`${look.sign} ${look.name}`.trim(), 0, top, room);
    if (!roomy) return;
    context.font = letters(400);
    context.fillStyle = colour('ink-soft');
    context.fillText(formatCount(population.count), 0, top + 16 * density, room);
    if (population.stride > 1 && band.height > 52 * density) {
      const every = text('raster-every', { stride: population.stride });
      context.fillText(every, 0, top + 32 * density, room);
    }
  });
}

export function drawBrushes(scene: Scene, brushes: readonly Brush[]): void {
  const { context, bands, density, colour } = scene;
  context.fillStyle = colour('focus');
  context.globalAlpha = 0.16;
  for (const { from, until, x, right } of seen(scene, brushes)) {
    const top = yOf(bands, from);
    context.fillRect(x, top, right - x, Math.max(3 * density, yOf(bands, until) - top));
  }
  context.globalAlpha = 1;
}

/** Their words, over the spikes. */
export function drawBrushNames(scene: Scene, brushes: readonly Brush[]): void {
  const { context, bands, density, colour, font } = scene;
  context.fillStyle = colour('focus');
  context.strokeStyle = colour('paper');
  context.lineWidth = 3 * density;
  context.lineJoin = 'round';
  context.font = `600 ${12 * density}px ${font}`;
  context.textBaseline = 'bottom';
  let labelled = Number.NEGATIVE_INFINITY;
  for (const { from, kind, x } of seen(scene, brushes)) {
    const foot = yOf(bands, from) + 14 * density;
    // Of many small ones close together, one has the word.
    if (Math.abs(foot - labelled) < 14 * density) continue;
    labelled = foot;
    context.strokeText(text(`raster-${kind}`), x + 2 * density, foot);
    context.fillText(text(`raster-${kind}`), x + 2 * density, foot);
  }
}

/** Those in the picture, with where they begin and end in it. */
function seen(scene: Scene, brushes: readonly Brush[]): (Brush & Record<'x' | 'right', number>)[] {
  const { left, width } = scene;
  return brushes
    .map((brush) => ({
      ...brush,
      x: Math.max(left, xOf(scene, brush.fromMs)),
      right: Math.min(width, xOf(scene, brush.untilMs)),
    }))
    .filter(({ x, right }) => right > left && x < width);
}

export function drawTimes(scene: Scene): void {
  const { context, left, width, height, density, shownMs, spanMs, colour, font } = scene;
  const step = tickStep(spanMs, (width - left) / density);
  const top = height - AXIS * density;
  context.font = `${12 * density}px ${font}`;
  context.fillStyle = colour('ink-soft');
  context.textBaseline = 'bottom';
  context.textAlign = 'center';
  const first = Math.max(0, Math.ceil((shownMs - spanMs) / step));
  for (let tick = first; tick * step <= shownMs; tick += 1) {
    const x = xOf(scene, tick * step);
    context.fillRect(Math.round(x), top, density, 4 * density);
    const ms = tick * step;
    const label = spanMs >= 2000 ? formatQuantity(ms / 1000, 's') : formatQuantity(ms, 'ms');
    const half = context.measureText(label).width / 2;
    if (x - half > left && x + half < width) context.fillText(label, x, height);
  }
  context.textAlign = 'start';
}

export function drawRows(scene: Scene, rows: Rows | undefined): void {
  if (!rows) return;
  const { context, bands, left, width, density, colour } = scene;
  const top = yOf(bands, rows[0]);
  const high = Math.max(2 * density, yOf(bands, rows[1]) - top);
  context.strokeStyle = colour('focus');
  context.lineWidth = 2 * density;
  context.strokeRect(
    left + density,
    top + density,
    width - left - 2 * density,
    Math.max(density, high - 2 * density),
  );
}

/** A step of 1, 2 or 5 that leaves room for its labels. */
function tickStep(spanMs: number, width: number): number {
  const least = spanMs / Math.max(1, width / 90);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10;
  return step * power;
}
