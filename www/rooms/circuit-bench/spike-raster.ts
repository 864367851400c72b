// The spikes of a running circuit: a row a neuron, a band a population, time to the right. It moves with
// biological time between snapshots; a drag over rows, or arrows, choose a group.

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { Calm } from '../../components/calm.ts';
import { emitSetting } from '../../components/events.ts';
import { onTheme, ramp, rgbOf } from '../../components/palette.ts';
import type { PlotFile } from '../../components/plot-file.ts';
import { cornerMenu } from '../../components/plot-menu.ts';
import { canvasFile } from '../../components/plot-source.ts';
import { shared } from '../../components/shared-style.ts';
import type { PopulationEntry } from '../../engine/model.ts';
import { formatCount, formatQuantity, formatRate } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { Brush } from './bench.ts';
import { emitCircuit } from './commands.ts';
import { looksOf } from './population-look.ts';
import {
  AXIS,
  drawBands,
  drawBrushes,
  drawBrushNames,
  drawRows,
  drawTimes,
  placeAt,
  type Scene,
} from './raster-marks.ts';
import { type Band, bandsOf, RasterPainter } from './raster-painter.ts';
import { SpikeStore } from './spike-store.ts';
import { type Rows, SPANS_MS } from './state.ts';

const LEAST_BAND = 16;
const GAP = 5;
/** Room at the right, as plots of lines have it; the style says it too. */
const RIGHT = 10;
/** What is shown stays so far behind what is known, ms of time at least, that it can move evenly. */
const LAG_MS = 45;
const CATCH_UP = 0.12;
/** So far behind it jumps, in shares of the picture. */
const JUMP = 0.2;
const CLICK_PX = 4;
const GLANCE_MS = 2000;
/** So much of a run says how dense it is, ms. */
const MEANT_MS = 40;

export class SpikeRaster extends LitElement {
  static override styles = [
    shared,
    cornerMenu,
    css`
      :host {
        position: relative;
        height: clamp(15rem, 50vh, 60rem);
      }

      .group {
        position: absolute;
        inset: 0 10px 0 0;
      }

      canvas {
        width: 100%;
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
  private readonly colours = new Map<string, string>();
  private font = '';
  private arranged = '';
  private frame: number | undefined;
  private frameAt = 0;
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;
  private dragging: { place: number; y: number; moved: boolean } | undefined;
  /** How large a spike is drawn where rows are low: the larger, the fewer there are. */
  private dot = 1;
  private summary = '';
  private glancedAt = Number.NEGATIVE_INFINITY;

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

  protected override willUpdate(): void {
    this.glance();
  }

  protected override render(): TemplateResult {
    return html`<div
      class="group"
      tabindex="0"
      role="group"
      aria-label=${text('raster-keys')}
      @keydown=${this.key}
    >
      <canvas
        role="img"
        aria-label=${this.calm.text(this.summary)}
        @pointerdown=${this.begin}
        @pointermove=${this.move}
        @pointerup=${this.end}
        @pointercancel=${this.end}
      ></canvas>
    </div>
    <plot-menu class="corner" name=${text('raster-title')} .file=${() => this.file()}></plot-menu>`;
  }

  /** The picture as pixels: a second of a busy circuit is a hundred thousand spikes. */
  private file(): PlotFile {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) throw new Error('nothing is drawn yet');
    const words = { title: text('raster-title'), description: this.summary };
    return canvasFile(canvas, words, () => ({
      header: ['time_ms', 'population', 'row'],
      rows: this.spikeRows(),
    }));
  }

  /** The spikes of the picture; rows count from 1 in each population. */
  private *spikeRows(): Generator<[number, string, number]> {
    const { spikes, populations } = this;
    const looks = looksOf(populations);
    const end = spikes.shownMs;
    for (let at = spikes.since(end - this.spanMs); at < spikes.end; at += 1) {
      if (spikes.timeOf(at) > end) return;
      const place = spikes.placeOf(at);
      const of = populations.findIndex(
        ({ begin, places }) => place >= begin && place < begin + places,
      );
      yield [spikes.timeOf(at), looks[of]?.name ?? '', place - (populations[of]?.begin ?? 0) + 1];
    }
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
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.backdrop, 0, 0);
    const scene = this.scene(context, density);
    drawBrushes(scene, this.brushes);
    this.painter.show(context, scene.left, this.spikes.shownMs);
    drawBrushNames(scene, this.brushes);
    drawTimes(scene);
    drawRows(scene, this.rows);
    if (moving) this.wake();
  }

  /** Lets time go on in the picture; whether it still has to. */
  private advance(now: number, passed: number): boolean {
    const { timeMs, pace, heardAt, everyMs, shownMs } = this.spikes;
    if (timeMs < shownMs || pace === 0 || !this.playing) {
      this.spikes.shownMs = timeMs;
      return false;
    }
    const lag = Math.max(LAG_MS, 1.3 * everyMs);
    const aim = timeMs + pace * (Math.min(now - heardAt, lag) - lag);
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
    this.colours.clear();
    this.font = getComputedStyle(this).fontFamily;
    const height = high - Math.round(AXIS * density);
    const looks = looksOf(this.populations);
    const paper = rgbOf(this.colour('paper'));
    const places = bandsOf(this.populations, height, LEAST_BAND * density, GAP * density);
    this.bands = places.map((band, at) => {
      const shades = ramp([paper, rgbOf(this.colour(looks[at]?.colour ?? 'ink'))]);
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
    this.backdrop.width = wide;
    this.backdrop.height = high;
    const back = this.backdrop.getContext('2d');
    if (back) drawBands(this.scene(back, density), this.populations);
  }

  private scene(context: CanvasRenderingContext2D, density: number): Scene {
    const { width, height } = context.canvas;
    return {
      context,
      left: Math.round(this.gutter * density),
      width,
      height,
      density,
      bands: this.bands,
      shownMs: this.spikes.shownMs,
      spanMs: this.spanMs,
      colour: (token) => this.colours.get(token) ?? this.colour(token),
      font: this.font,
    };
  }

  /** Read once a theme: asking for a style costs a frame some time. */
  private colour(token: string): string {
    const value = getComputedStyle(this).getPropertyValue(`--${token}`).trim();
    this.colours.set(token, value);
    return value;
  }

  /** Counts what the last span showed, every few seconds. */
  private glance(): void {
    const now = performance.now();
    if (now - this.glancedAt < GLANCE_MS) return;
    this.glancedAt = now;
    const { timeMs } = this.spikes;
    const lasts = Math.min(timeMs, this.spanMs);
    const begin = timeMs - lasts;
    const end = Number.POSITIVE_INFINITY;
    this.fit(this.spikes.within(begin, end), lasts);
    const looks = looksOf(this.populations);
    const rates = this.populations.map(({ begin: first, places }, at) => {
      const spikes = this.spikes.within(begin, end, first, first + places);
      const rate = lasts > 0 ? (spikes / places / lasts) * 1000 : 0;
      return `${looks[at]?.name ?? ''} ${formatRate(rate)}`;
    });
    this.summary = text('circuit-raster-summary', {
      neurons: formatCount(this.populations.reduce((all, { count }) => all + count, 0)),
      span: formatQuantity(Math.round(lasts), 'ms'),
      rates: rates.join(', '),
    });
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
    return placeAt(this.bands, event.offsetY * Math.min(globalThis.devicePixelRatio || 1, 2));
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    // Keys go on with what the pointer began.
    this.renderRoot.querySelector<HTMLElement>('.group')?.focus({ preventScroll: true });
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

customElements.define('spike-raster', SpikeRaster);
