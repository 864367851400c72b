// The spikes of a running circuit: a row a neuron, a band a population, time to the right. It moves with
// biological time between snapshots; a drag over rows, or arrows, choose a group.

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { Calm } from '../../components/calm.ts';
import { emitSetting } from '../../components/events.ts';
import { onTheme, parseHex, ramp } from '../../components/palette.ts';
import { shared } from '../../components/shared-style.ts';
import type { PopulationEntry } from '../../engine/model.ts';
import { formatCount, formatQuantity, formatRate } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { Brush } from './bench.ts';
import { emitCircuit } from './commands.ts';
import { looksOf } from './population-look.ts';
import { type Band, bandsOf, RasterPainter } from './raster-painter.ts';
import { SpikeStore } from './spike-store.ts';
import { type Rows, SPANS_MS } from './state.ts';

const LEAST_BAND = 16;
const GAP = 5;
const AXIS = 20;
/** Room at the right, as plots of lines have it; the style says it too. */
const RIGHT = 10;
/** What is shown stays so far behind what is known, ms of time, that it can move evenly. */
const LAG_MS = 45;
const CATCH_UP = 0.12;
/** So far behind it jumps, in shares of the picture. */
const JUMP = 0.2;
const CLICK_PX = 4;
/** So much of a run says how dense it is, ms. */
const MEANT_MS = 40;

export class SpikeRaster extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        height: clamp(15rem, 50vh, 60rem);
      }

      canvas {
        position: absolute;
        inset: 0 10px 0 0;
        width: calc(100% - 10px);
        height: 100%;
        cursor: row-resize;
        touch-action: pan-y;
      }
    `,
  ];

  static override properties = {
    populations: { attribute: false },
    spikes: { attribute: false },
    brushes: { attribute: false },
    rows: { attribute: false },
    spanMs: { type: Number },
    gutter: { type: Number },
    playing: { type: Boolean },
    /** Only to be told that something is new. */
    news: { attribute: false },
  };

  declare populations: readonly PopulationEntry[];
  declare spikes: SpikeStore;
  declare brushes: readonly Brush[];
  declare rows: Rows | undefined;
  declare spanMs: number;
  /** Width of the names. */
  declare gutter: number;
  declare playing: boolean;
  declare news: unknown;

  private readonly calm = new Calm(this);
  private readonly painter = new RasterPainter();
  private readonly backdrop = document.createElement('canvas');
  private bands: Band[] = [];
  private arranged = '';
  private frame: number | undefined;
  private frameAt = 0;
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;
  private dragging: { place: number; y: number; moved: boolean } | undefined;
  /** How large a spike is drawn where rows are low: the larger, the fewer there are. */
  private dot = 1;
  private said = '';
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor() {
    super();
    this.populations = [];
    this.spikes = new SpikeStore();
    this.brushes = [];
    this.rows = undefined;
    this.spanMs = 1000;
    this.gutter = 96;
    this.playing = false;
    this.news = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => {
      this.arranged = '';
      this.wake();
    });
    this.sizes = new ResizeObserver(() => this.wake());
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes?.disconnect();
    this.forgetTheme?.();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  protected override render(): TemplateResult {
    return html`<canvas
      tabindex="0"
      role="img"
      aria-label=${`${text('raster-keys')} ${this.calm.text(this.summary())}`}
      @pointerdown=${this.begin}
      @pointermove=${this.move}
      @pointerup=${this.end}
      @pointercancel=${this.end}
      @keydown=${this.key}
    ></canvas>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('populations')) this.arranged = '';
    this.wake();
  }

  private wake(): void {
    this.frame ??= requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.frame = undefined;
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context || this.clientWidth === 0) return;
    const density = Math.min(globalThis.devicePixelRatio || 1, 2);
    this.arrange(canvas, density);
    const passed = Math.min(100, now - this.frameAt);
    this.frameAt = now;
    const moving = this.advance(now, passed);
    this.painter.follow(this.spikes);
    const left = Math.round(this.gutter * density);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.backdrop, 0, 0);
    this.drawBrushes(context, left, density);
    this.painter.show(context, left, this.spikes.shownMs);
    this.drawTimes(context, left, density);
    this.drawRows(context, left, density);
    if (moving) this.wake();
  }

  /** Lets time go on in the picture; whether it still has to. */
  private advance(now: number, passed: number): boolean {
    const { timeMs, pace, heardAt, shownMs } = this.spikes;
    if (timeMs < shownMs || pace === 0 || !this.playing) {
      this.spikes.shownMs = timeMs;
      return false;
    }
    const aim = timeMs + pace * Math.min(now - heardAt, 100) - pace * LAG_MS;
    const apart = aim - shownMs;
    const next =
      Math.abs(apart) > JUMP * this.spanMs
        ? aim
        : shownMs + pace * passed + CATCH_UP * (apart - pace * passed);
    this.spikes.shownMs = Math.min(timeMs, Math.max(shownMs, next));
    return true;
  }

  private arrange(canvas: HTMLCanvasElement, density: number): void {
    const wide = Math.round((this.clientWidth - RIGHT) * density);
    const high = Math.round(this.clientHeight * density);
    const key = [wide, high, this.spanMs, this.gutter, this.dot, density].join();
    if (key === this.arranged) return;
    this.arranged = key;
    canvas.width = wide;
    canvas.height = high;
    const styles = getComputedStyle(this);
    const colour = (token: string) => styles.getPropertyValue(`--${token}`).trim();
    const height = high - Math.round(AXIS * density);
    const looks = looksOf(this.populations);
    const paper = parseHex(colour('paper'));
    const places = bandsOf(this.populations, height, LEAST_BAND * density, GAP * density);
    this.bands = places.map((band, at) => {
      const shades = ramp([paper, parseHex(colour(looks[at]?.colour ?? 'ink'))]);
      return { ...band, one: shades[190] ?? 0, many: shades[255] ?? 0 };
    });
    const left = Math.round(this.gutter * density);
    const tall = this.bands.some((band) => band.height / band.places >= 3);
    this.painter.arrange({
      width: wide - left,
      height,
      spanMs: this.spanMs,
      bands: this.bands,
      tick: Math.max(1, Math.round((tall ? Math.max(2, this.dot) : this.dot) * density)),
      least: Math.max(1, Math.round(this.dot * density)),
    });
    this.drawBackdrop(wide, high, density);
  }

  /** Names, bands, and what inhibits hatched besides its colour. */
  private drawBackdrop(wide: number, high: number, density: number): void {
    const { backdrop } = this;
    backdrop.width = wide;
    backdrop.height = high;
    const context = backdrop.getContext('2d');
    if (!context) return;
    const styles = getComputedStyle(this);
    const colour = (token: string) => styles.getPropertyValue(`--${token}`).trim();
    const left = Math.round(this.gutter * density);
    const looks = looksOf(this.populations);
    const font = (weight: number, size: number) =>
      `${weight} ${size * density}px ${styles.fontFamily}`;
    context.textBaseline = 'top';
    this.bands.forEach((band, at) => {
      const look = looks[at];
      const population = this.populations[at];
      if (!look || !population) return;
      const ink = colour(look.colour);
      context.globalAlpha = 0.05;
      context.fillStyle = ink;
      context.fillRect(left, band.top, wide - left, band.height);
      context.globalAlpha = 1;
      // The strip beside the band: full for what excites, hatched for what inhibits.
      const strip = 4 * density;
      const pitch = 5 * density;
      const x = left - strip - 2 * density;
      if (look.inhibits) {
        for (let y = band.top; y < band.top + band.height; y += pitch) {
          const piece = Math.min(pitch / 2, band.top + band.height - y);
          context.fillRect(x, y, strip, piece);
        }
      } else context.fillRect(x, band.top, strip, band.height);
      const room = x - 4 * density;
      context.font = font(600, 12);
      context.fillStyle = colour('ink');
      const roomy = band.height > 34 * density;
      const top = roomy ? band.top + 2 * density : band.top + (band.height - 12 * density) / 2;
      context.fillText(`${look.sign} ${look.name}`.trim(), 0, top, room);
      if (!roomy) return;
      context.font = font(400, 12);
      context.fillStyle = colour('ink-soft');
      context.fillText(formatCount(population.count), 0, top + 16 * density, room);
      if (population.stride > 1 && band.height > 52 * density) {
        const every = text('raster-every', { stride: population.stride });
        context.fillText(every, 0, top + 32 * density, room);
      }
    });
  }

  private xOf(ms: number, left: number, wide: number): number {
    return wide - ((this.spikes.shownMs - ms) / this.spanMs) * (wide - left);
  }

  private yOf(place: number): number {
    for (const band of this.bands) {
      if (place <= band.begin + band.places) {
        const share = Math.max(0, place - band.begin) / band.places;
        return band.top + share * band.height;
      }
    }
    const last = this.bands.at(-1);
    return last ? last.top + last.height : 0;
  }

  private drawBrushes(context: CanvasRenderingContext2D, left: number, density: number): void {
    const colour = getComputedStyle(this).getPropertyValue('--focus').trim();
    let labelled = Number.NEGATIVE_INFINITY;
    for (const { from, until, kind, fromMs, untilMs } of this.brushes) {
      const x = Math.max(left, this.xOf(fromMs, left, context.canvas.width));
      const right = Math.min(context.canvas.width, this.xOf(untilMs, left, context.canvas.width));
      if (right <= left || x >= context.canvas.width) continue;
      const top = this.yOf(from);
      const high = Math.max(3 * density, this.yOf(until) - top);
      context.globalAlpha = 0.16;
      context.fillStyle = colour;
      context.fillRect(x, top, right - x, high);
      context.globalAlpha = 1;
      context.font = `600 ${12 * density}px ${getComputedStyle(this).fontFamily}`;
      context.textBaseline = 'bottom';
      const word = text(`raster-${kind}`);
      const below = top < 14 * density ? top + 14 * density : top;
      // Of many small ones close together, one has the word.
      if (Math.abs(below - labelled) < 14 * density) continue;
      labelled = below;
      context.fillText(word, x + 2 * density, below);
    }
  }

  private drawTimes(context: CanvasRenderingContext2D, left: number, density: number): void {
    const styles = getComputedStyle(this);
    const wide = context.canvas.width;
    const high = context.canvas.height;
    const step = tickStep(this.spanMs, (wide - left) / density);
    const top = high - AXIS * density;
    context.font = `${12 * density}px ${styles.fontFamily}`;
    context.fillStyle = styles.getPropertyValue('--ink-soft').trim();
    context.textBaseline = 'bottom';
    context.textAlign = 'center';
    const first = Math.max(0, Math.ceil((this.spikes.shownMs - this.spanMs) / step));
    for (let tick = first; tick * step <= this.spikes.shownMs; tick += 1) {
      const x = this.xOf(tick * step, left, wide);
      context.fillRect(Math.round(x), top, density, 4 * density);
      const label = timeText(tick * step, this.spanMs);
      const half = context.measureText(label).width / 2;
      if (x - half > left && x + half < wide) context.fillText(label, x, high);
    }
    context.textAlign = 'start';
  }

  private drawRows(context: CanvasRenderingContext2D, left: number, density: number): void {
    if (!this.rows) return;
    const top = this.yOf(this.rows[0]);
    const high = Math.max(2 * density, this.yOf(this.rows[1]) - top);
    context.strokeStyle = getComputedStyle(this).getPropertyValue('--focus').trim();
    context.lineWidth = 2 * density;
    context.strokeRect(
      left + density,
      top + density,
      context.canvas.width - left - 2 * density,
      Math.max(density, high - 2 * density),
    );
  }

  /** What the last span showed; counted every few seconds at most. */
  private summary(): string {
    const now = performance.now();
    if (now - this.saidAt < 2000 && this.said !== '') return this.said;
    this.saidAt = now;
    const { timeMs } = this.spikes;
    const lasts = Math.min(timeMs, this.spanMs);
    this.fit(this.spikes.within(timeMs - lasts, Number.POSITIVE_INFINITY), lasts);
    const looks = looksOf(this.populations);
    const rates = this.populations.map(({ begin, places }, at) => {
      const spikes = this.spikes.within(
        timeMs - lasts,
        Number.POSITIVE_INFINITY,
        begin,
        begin + places,
      );
      const rate = lasts > 0 ? (spikes / places / lasts) * 1000 : 0;
      return `${looks[at]?.name ?? ''} ${formatRate(rate)}`;
    });
    this.said = text('circuit-raster-summary', {
      neurons: formatCount(this.populations.reduce((all, { count }) => all + count, 0)),
      span: formatQuantity(Math.round(lasts), 'ms'),
      rates: rates.join(', '),
    });
    return this.said;
  }

  /** Few spikes are drawn larger, so that they are seen from the last row of a classroom. */
  private fit(spikes: number, lastsMs: number): void {
    const room = this.clientWidth * this.clientHeight * (lastsMs / this.spanMs);
    if (room <= 0 || lastsMs < MEANT_MS) return;
    const share = spikes / room;
    // A little to either side it stays as it is.
    const [few, some] =
      this.dot === 3 ? [0.005, 0.04] : this.dot === 2 ? [0.003, 0.04] : [0.003, 0.025];
    const dot = share < few ? 3 : share < some ? 2 : 1;
    if (dot === this.dot) return;
    this.dot = dot;
    this.wake();
  }

  private placeAt(event: PointerEvent): number {
    const density = Math.min(globalThis.devicePixelRatio || 1, 2);
    const y = event.offsetY * density;
    for (const { begin, places, top, height } of this.bands) {
      if (y < top + height) {
        const share = Math.max(0, y - top) / height;
        return begin + Math.min(places - 1, Math.floor(share * places));
      }
    }
    const last = this.bands.at(-1);
    return last ? last.begin + last.places - 1 : 0;
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    // A finger scrolls the page; a tap still chooses a population.
    if (event.pointerType !== 'touch') {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
    this.dragging = { place: this.placeAt(event), y: event.offsetY, moved: false };
  }

  private move(event: PointerEvent): void {
    const { dragging } = this;
    if (!dragging || event.pointerType === 'touch') return;
    if (Math.abs(event.offsetY - dragging.y) > CLICK_PX) dragging.moved = true;
    if (!dragging.moved) return;
    const place = this.placeAt(event);
    this.choose([Math.min(place, dragging.place), Math.max(place, dragging.place) + 1]);
  }

  private end(event: PointerEvent): void {
    const { dragging } = this;
    this.dragging = undefined;
    if (!dragging || dragging.moved || event.type === 'pointercancel') return;
    // A click takes a whole population, and a second one lets it go.
    const found = this.populations.find(
      ({ begin, places }) => dragging.place >= begin && dragging.place < begin + places,
    );
    if (!found) return;
    const whole: Rows = [found.begin, found.begin + found.places];
    const same = this.rows?.[0] === whole[0] && this.rows[1] === whole[1];
    this.choose(same ? undefined : whole);
  }

  private choose(rows: Rows | undefined): void {
    emitSetting(this, 'rows', rows);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.populations.at(-1);
    const all = last ? last.begin + last.places : 0;
    const step = Math.max(1, Math.round(all / 50));
    const rows = this.rows ?? [0, Math.max(1, Math.round(all / 10))];
    const shift = (by: number) => {
      if (!this.rows) this.choose(rows);
      else if (event.shiftKey) {
        this.choose([rows[0], Math.min(all, Math.max(rows[0] + 1, rows[1] + by))]);
      } else {
        const held = Math.min(all - rows[1], Math.max(-rows[0], by));
        this.choose([rows[0] + held, rows[1] + held]);
      }
    };
    const whole = (by: number) => {
      const at = this.populations.findIndex(({ begin, places }) => rows[0] < begin + places);
      const next = this.populations[this.rows ? at + by : 0];
      if (next) this.choose([next.begin, next.begin + next.places]);
    };
    const acts: Record<string, () => void> = {
      ArrowDown: () => shift(step),
      ArrowUp: () => shift(-step),
      PageDown: () => whole(1),
      PageUp: () => whole(-1),
      Escape: () => this.choose(undefined),
      e: () => emitCircuit(this, { type: 'brush', excite: true }),
      s: () => emitCircuit(this, { type: 'brush', excite: false }),
      '+': () => this.zoom(-1),
      '=': () => this.zoom(-1),
      '-': () => this.zoom(1),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private zoom(by: number): void {
    const nearest = SPANS_MS.reduce((best, span, at) => {
      const apart = (place: number) => Math.abs(Math.log((SPANS_MS[place] ?? 1) / this.spanMs));
      return Math.abs(Math.log(span / this.spanMs)) < apart(best) ? at : best;
    }, 0);
    const next = SPANS_MS[nearest + by];
    if (next) emitSetting(this, 'spanMs', next);
  }
}

function timeText(ms: number, spanMs: number): string {
  return spanMs >= 2000 ? formatQuantity(ms / 1000, 's') : formatQuantity(ms, 'ms');
}

/** A step of 1, 2 or 5 that leaves room for its labels. */
function tickStep(spanMs: number, width: number): number {
  const least = spanMs / Math.max(1, width / 90);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10;
  return step * power;
}

customElements.define('spike-raster', SpikeRaster);
