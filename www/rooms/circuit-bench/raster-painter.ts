// Paints spikes into a ring of pixels, one column a stretch of time, so that a frame costs the new
// spikes and two copies, however many neurons there are.

import type { SpikeStore } from './spike-store.ts';

/** A population's band of the picture, in pixels of the device. */
export interface Band {
  begin: number;
  places: number;
  top: number;
  height: number;
  /** Packed pixels: of one spike, and of several in one place. */
  one: number;
  many: number;
}

export interface Layout {
  /** Of the plot, in pixels of the device. */
  width: number;
  height: number;
  spanMs: number;
  bands: readonly Band[];
  /** How wide a spike is, and how high at least. */
  tick: number;
  least: number;
}

/** Room beyond the picture for spikes that are known and not shown yet. */
const MARGIN = 0.25;

export class RasterPainter {
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d');
  private image: ImageData | undefined;
  private pixels = new Uint32Array();
  private layout: Layout | undefined;
  private tops = new Int32Array();
  private bandOf = new Uint8Array();
  private columns = 1;
  private perMs = 1;
  private epoch = -1;
  /** The next spike to paint, and the first column that may hold something old. */
  private next = 0;
  private clean = 0;

  arrange(layout: Layout): void {
    this.layout = layout;
    const { width, height, spanMs, bands } = layout;
    this.columns = Math.max(2, Math.ceil(width * (1 + MARGIN)) + 8);
    this.perMs = width / spanMs;
    const last = bands.at(-1);
    const places = last ? last.begin + last.places : 0;
    this.tops = new Int32Array(places);
    this.bandOf = new Uint8Array(places);
    bands.forEach((band, at) => {
      for (let place = 0; place < band.places; place += 1) {
        this.tops[band.begin + place] = band.top + Math.floor((place * band.height) / band.places);
        this.bandOf[band.begin + place] = at;
      }
    });
    this.canvas.width = this.columns;
    this.canvas.height = Math.max(1, height);
    this.image = new ImageData(this.columns, Math.max(1, height));
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.epoch = -1;
  }

  /** Takes in what is new. */
  follow(store: SpikeStore): void {
    const { layout, image, columns } = this;
    if (!layout || !image) return;
    const newest = Math.floor(store.timeMs * this.perMs) + layout.tick + 1;
    if (this.epoch !== store.epoch || newest - this.clean > columns) {
      this.epoch = store.epoch;
      this.pixels.fill(0);
      this.clean = newest - columns;
      this.next = store.since(store.timeMs - layout.spanMs * (1 + MARGIN));
    }
    this.next = Math.max(this.next, store.first);
    if (newest <= this.clean && this.next >= store.end) return;
    const dirty = this.clean - layout.tick - 2;
    this.clear(this.clean, newest);
    this.clean = Math.max(this.clean, newest);
    for (; this.next < store.end; this.next += 1) {
      this.paint(
        Math.floor(store.timeOf(this.next) * this.perMs),
        store.placeOf(this.next),
        newest - columns,
      );
    }
    this.put(Math.max(dirty, newest - columns), newest);
  }

  /** Copies the stretch of the span that ends at a time. */
  show(context: CanvasRenderingContext2D, left: number, endMs: number): void {
    const { layout, columns } = this;
    if (!layout || layout.height < 1) return;
    const { width, height } = layout;
    const first = Math.floor(endMs * this.perMs) - width;
    const from = modulo(first, columns);
    const piece = Math.min(width, columns - from);
    context.drawImage(this.canvas, from, 0, piece, height, left, 0, piece, height);
    const rest = width - piece;
    if (rest > 0) {
      context.drawImage(this.canvas, 0, 0, rest, height, left + piece, 0, rest, height);
    }
  }

  private paint(column: number, place: number, oldest: number): void {
    const { layout, columns, pixels } = this;
    const band = layout?.bands[this.bandOf[place] ?? 0];
    const top = this.tops[place];
    if (!layout || !band || top === undefined || column < oldest) return;
    const wanted = Math.max(layout.least, Math.floor((0.85 * band.height) / band.places));
    const high = Math.min(wanted, band.top + band.height - top);
    for (let wide = 0; wide < layout.tick; wide += 1) {
      let at = top * columns + modulo(column + wide, columns);
      for (let row = 0; row < high; row += 1) {
        pixels[at] = pixels[at] === 0 ? band.one : band.many;
        at += columns;
      }
    }
  }

  private clear(from: number, until: number): void {
    const { columns, pixels } = this;
    const rows = this.canvas.height;
    for (let column = from; column < until; column += 1) {
      let at = modulo(column, columns);
      for (let row = 0; row < rows; row += 1) {
        pixels[at] = 0;
        at += columns;
      }
    }
  }

  private put(from: number, until: number): void {
    const { columns, context, image } = this;
    if (!context || !image || until <= from) return;
    const height = this.canvas.height;
    const begin = modulo(from, columns);
    const wide = Math.min(until - from, columns);
    const piece = Math.min(wide, columns - begin);
    context.putImageData(image, 0, 0, begin, 0, piece, height);
    if (wide > piece) context.putImageData(image, 0, 0, 0, 0, wide - piece, height);
  }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Bands below each other, by their places, none too low to be read. */
export function bandsOf(
  populations: readonly { begin: number; places: number }[],
  height: number,
  least: number,
  gap: number,
): Pick<Band, 'begin' | 'places' | 'top' | 'height'>[] {
  const room = Math.max(populations.length, height - gap * (populations.length - 1));
  const low = Math.min(least, Math.floor(room / Math.max(1, populations.length)));
  // Everyone gets the least, and what is left goes by places.
  const left = room - low * populations.length;
  const all = populations.reduce((sum, { places }) => sum + places, 0);
  let top = 0;
  return populations.map(({ begin, places }) => {
    const high = Math.max(1, low + Math.floor((left * places) / Math.max(1, all)));
    const band = { begin, places, top, height: high };
    top += high + gap;
    return band;
  });
}
