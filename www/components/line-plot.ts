// Lines over one axis, drawn by uPlot: traces, f-I curves, currents of a clamp. It draws what it is
// given; a stretch that is dragged, a place that is clicked and a cursor that moves are events.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import UPlot from 'uplot';
import { formatTick } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { Calm } from './calm.ts';
import { lineFile } from './line-file.ts';
import { onTheme, palette } from './palette.ts';
import type { PlotFile } from './plot-file.ts';
import { cornerMenu } from './plot-menu.ts';
import { shared } from './shared-style.ts';
import { axisSizes, labelSpace, sideRoom, uplotStyle } from './uplot-style.ts';

export interface Line {
  values: ArrayLike<number | null>;
  /** A token of the style sheet, without its dashes. */
  colour: string;
  /** What the column of its numbers is called. */
  name?: string;
  width?: number;
  dash?: number[];
  /** Points instead of, or besides, a line. */
  points?: boolean;
}

/** A vertical mark. */
export interface Mark {
  x: number;
  colour: string;
  dash?: number[];
}

export interface PlotEvents {
  /** A stretch of x that was dragged. */
  stretch: CustomEvent<{ from: number; to: number }>;
  /** A place of x that was clicked. */
  place: CustomEvent<number>;
}

const NOTHING: ArrayLike<number> = [];

export class LinePlot extends LitElement {
  static override styles = [
    shared,
    uplotStyle,
    cornerMenu,
    css`
      .plot {
        overflow: hidden;
      }

      .u-select {
        display: block;
        position: absolute;
        background: color-mix(in srgb, var(--focus) 18%, transparent);
        pointer-events: none;
      }

      .u-over {
        cursor: crosshair;
        touch-action: pan-y;
      }
    `,
  ];

  static override properties = {
    x: { attribute: false },
    lines: { attribute: false },
    marks: { attribute: false },
    ticks: { attribute: false },
    range: { attribute: false },
    yRange: { attribute: false },
    yTicks: { attribute: false },
    height: { type: Number },
    summary: { type: String },
    bare: { type: Boolean },
    gutter: { type: Number },
    sync: { type: String },
    takes: { type: String },
    along: { type: String },
  };

  declare x: ArrayLike<number>;
  declare lines: readonly Line[];
  declare marks: readonly Mark[];
  /** Short marks at the top: spikes. */
  declare ticks: ArrayLike<number>;
  /** What of x is shown; all if absent. */
  declare range: readonly [number, number] | undefined;
  declare yRange: readonly [number, number] | undefined;
  /** What is labelled along y, where round numbers would be too few; those else. */
  declare yTicks: readonly number[] | undefined;
  declare height: number;
  declare summary: string;
  /** Without labels along x. */
  declare bare: boolean;
  /** Width of the labels along y, where plots below each other need the same. */
  declare gutter: number | undefined;
  /** Plots of one name share their cursor. */
  declare sync: string;
  /** Its name as a file; without one it gives nothing away. */
  declare takes: string;
  /** What lies along x, with its unit; time in ms if empty. */
  declare along: string;

  private readonly calm = new Calm(this);
  private plot: UPlot | undefined;
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;
  /** What the plot was made for: another number of lines needs another plot. */
  private made = '';

  constructor() {
    super();
    this.x = NOTHING;
    this.lines = [];
    this.marks = [];
    this.ticks = NOTHING;
    this.range = undefined;
    this.yRange = undefined;
    this.yTicks = undefined;
    this.height = 160;
    this.summary = '';
    this.bare = false;
    this.gutter = undefined;
    this.sync = '';
    this.takes = '';
    this.along = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => {
      this.forgetPlot();
      this.requestUpdate();
    });
    // Back from another room: the picture is drawn anew.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetTheme?.();
    this.sizes?.disconnect();
    this.sizes = undefined;
    this.forgetPlot();
  }

  protected override render(): TemplateResult {
    return html`<figure role="img" aria-label=${this.calm.text(this.summary)}>
      <div class="plot"></div>
    </figure>
    ${
      this.takes === ''
        ? nothing
        : html`<plot-menu class="corner" name=${this.takes} .file=${() => this.file()}></plot-menu>`
    }`;
  }

  private file(): PlotFile {
    const { x, lines, marks, range, yRange, takes, summary } = this;
    const along = this.along === '' ? text('axis-time') : this.along;
    const colour = (token: string) => this.colour(token);
    return lineFile({ x, lines, marks, range, yRange, title: takes, along, summary, colour });
  }

  protected override updated(): void {
    const holder = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!holder) return;
    if (!this.sizes) {
      this.sizes = new ResizeObserver(() => this.fit(holder));
      this.sizes.observe(holder);
    }
    const shape = JSON.stringify([
      this.height,
      this.bare,
      this.gutter,
      this.sync,
      this.yTicks,
      this.lines.map(({ colour, width, dash, points }) => [colour, width, dash, points]),
    ]);
    if (shape !== this.made) this.forgetPlot();
    this.made = shape;
    const data = [
      this.x,
      ...this.lines.map(({ values }) => values),
    ] as unknown as UPlot.AlignedData;
    if (this.plot) this.plot.setData(data);
    else this.create(holder, data);
  }

  private colour(token: string): string {
    return getComputedStyle(this).getPropertyValue(`--${token}`).trim();
  }

  private create(holder: HTMLElement, data: UPlot.AlignedData): void {
    const { font, stroke: thick } = palette();
    const axis: UPlot.Axis = {
      stroke: this.colour('ink-soft'),
      font,
      grid: { stroke: this.colour('hairline'), width: 1 },
      ticks: { show: false },
      gap: 4,
      values: (_, ticks, _axis, _space, step) => ticks.map((tick) => formatTick(tick, step)),
    };
    this.plot = new UPlot(
      {
        width: Math.max(holder.clientWidth, 120),
        height: this.height,
        legend: { show: false },
        cursor: {
          y: false,
          points: { size: 6 },
          drag: { setScale: false, x: true, y: false, dist: 6 },
          ...(this.sync === '' ? {} : { sync: { key: this.sync } }),
        },
        // Plots that share their time end at one line, labelled or not.
        padding: [8, this.bare && this.sync === '' ? 10 : sideRoom(font), this.bare ? 6 : 0, 0],
        scales: {
          x: {
            time: false,
            range: (_, from, to) => [this.range?.[0] ?? from ?? 0, this.range?.[1] ?? to ?? 1],
          },
          y: { range: (_, low, high) => this.yScale(low, high) },
        },
        axes: [
          this.bare
            ? { show: false }
            : { ...axis, size: axisSizes(font).x, space: labelSpace(font) },
          {
            ...axis,
            size: this.gutter ?? axisSizes(font).y,
            space: 28,
            ...(this.yTicks ? { splits: () => [...(this.yTicks ?? [])] } : {}),
          },
        ],
        series: [
          {},
          ...this.lines.map(({ colour, width, dash, points }) => ({
            stroke: this.colour(colour),
            width: (width ?? 1.25) * thick,
            ...(dash ? { dash } : {}),
            points: { show: points === true, size: 5, fill: this.colour(colour) },
            spanGaps: true,
          })),
        ],
        hooks: {
          draw: [(plot) => this.drawMarks(plot)],
          setSelect: [(plot) => this.dragged(plot)],
        },
      },
      data,
      holder,
    );
    this.plot.over.addEventListener('click', (event) => this.clicked(event));
  }

  private yScale(low: number | null, high: number | null): [number, number] {
    if (this.yRange) return [this.yRange[0], this.yRange[1]];
    const [from, to] = [low ?? 0, high ?? 1];
    // What does not change is a line in the middle, not a magnified rounding.
    const flat = to - from < 1e-6 * Math.max(1, Math.abs(to));
    const margin = flat ? Math.max(Math.abs(to) * 0.1, 1) : (to - from) * 0.08;
    return [from - margin, to + margin];
  }

  private drawMarks(plot: UPlot): void {
    const { ctx, bbox } = plot;
    const density = globalThis.devicePixelRatio || 1;
    const within = (x: number) => x >= bbox.left && x <= bbox.left + bbox.width;
    ctx.save();
    ctx.strokeStyle = this.colour('ink');
    ctx.lineWidth = density;
    ctx.beginPath();
    for (let at = 0; at < this.ticks.length; at += 1) {
      const x = Math.round(plot.valToPos(this.ticks[at] ?? 0, 'x', true));
      if (!within(x)) continue;
      ctx.moveTo(x, bbox.top - 7 * density);
      ctx.lineTo(x, bbox.top - density);
    }
    ctx.stroke();
    for (const { x, colour, dash } of this.marks) {
      const place = plot.valToPos(x, 'x', true);
      if (!within(place)) continue;
      ctx.beginPath();
      ctx.strokeStyle = this.colour(colour);
      ctx.setLineDash((dash ?? []).map((length) => length * density));
      ctx.moveTo(place, bbox.top);
      ctx.lineTo(place, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  private dragged(plot: UPlot): void {
    const { left, width } = plot.select;
    if (width < 6) return;
    const from = plot.posToVal(left, 'x');
    const to = plot.posToVal(left + width, 'x');
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.justDragged = true;
    this.dispatchEvent(
      new CustomEvent('stretch', { detail: { from, to }, bubbles: true, composed: true }),
    );
  }

  private justDragged = false;

  private clicked(event: MouseEvent): void {
    // A drag ends in a click too.
    if (this.justDragged) {
      this.justDragged = false;
      return;
    }
    const place = this.plot?.posToVal(event.offsetX, 'x');
    if (place === undefined) return;
    this.dispatchEvent(new CustomEvent('place', { detail: place, bubbles: true, composed: true }));
  }

  private fit(holder: HTMLElement): void {
    if (holder.clientWidth > 0) {
      this.plot?.setSize({ width: holder.clientWidth, height: this.height });
    }
  }

  private forgetPlot(): void {
    this.plot?.destroy();
    this.plot = undefined;
  }
}

customElements.define('line-plot', LinePlot);
