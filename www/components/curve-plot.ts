// Loss or accuracy over the steps, train and test, of both networks in one picture: colour and marks are
// the network, a thin dashed line is what it trains on, a full one what it never saw.

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import UPlot from 'uplot';
import { formatLoss, formatPercent, formatTick } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { CURVE_HEADER, curveRows, type PinnedRun } from '../page/shelf.ts';
import { Calm } from './calm.ts';
import {
  curveColumns,
  type LinePoints,
  lastRow,
  type Measure,
  testLine,
  withLines,
} from './curve-data.ts';
import { drawMark, MARKS, markedPoints } from './line-marks.ts';
import { onTheme, palette } from './palette.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { runDash, runName } from './run-style.ts';
import { shared } from './shared-style.ts';
import { chart } from './svg-figure.ts';
import { axisSizes, labelSpace, sideRoom, topRoom, uplotStyle } from './uplot-style.ts';
import './plot-menu.ts';

const NOTHING = new Float32Array();
const HEIGHT = 190;
/** Lines change slowly: ten times a second is smooth enough. */
const REDRAW_MS = 100;
/** Letters of a run's name in the plot. */
const LABEL = 14;

export class CurvePlot extends LitElement {
  static override styles = [
    shared,
    uplotStyle,
    css`
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
        justify-content: space-between;
        align-items: baseline;
        margin-bottom: var(--gap-1);
      }

      .plot {
        height: ${HEIGHT}px;
        overflow: hidden;
      }
    `,
  ];

  static override properties = {
    measure: { type: String },
    artificial: { attribute: false },
    spiking: { attribute: false },
    pinned: { attribute: false },
  };

  declare measure: Measure;
  declare artificial: Float32Array;
  declare spiking: Float32Array;
  /** Runs to compare with. */
  declare pinned: readonly PinnedRun[];

  private readonly calm = new Calm(this);
  private plot: UPlot | undefined;
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;
  private redraw: ReturnType<typeof setTimeout> | undefined;
  private drawnAt = 0;
  /** The lines of the pinned runs: of each run the artificial, then the spiking one. */
  private lines: LinePoints[] = [];

  constructor() {
    super();
    this.measure = 'loss';
    this.artificial = NOTHING;
    this.spiking = NOTHING;
    this.pinned = [];
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
    clearTimeout(this.redraw);
    this.redraw = undefined;
    this.forgetPlot();
  }

  protected override render(): TemplateResult {
    const title = text(`curve-${this.measure}`);
    return html`<div class="legend">
        <h3>${title}</h3>
        <plot-menu name=${title} .file=${() => this.file(title)}></plot-menu>
      </div>
      <figure aria-label=${this.calm.text(this.summary(title))} role="img">
      <div class="plot"></div>
    </figure>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('pinned') && !changed.has('measure')) return;
    this.lines = this.pinned.flatMap(({ curves }) =>
      curves.map((curve) => testLine(curve, this.measure)),
    );
    this.forgetPlot();
  }

  protected override updated(): void {
    const holder = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!holder) return;
    if (!this.sizes) {
      this.sizes = new ResizeObserver(() => this.fit(holder));
      this.sizes.observe(holder);
    }
    if (!this.plot) this.create(holder);
    const wait = this.drawnAt + REDRAW_MS - performance.now();
    if (wait <= 0) this.draw();
    else this.redraw ??= setTimeout(() => this.draw(), wait);
  }

  private summary(title: string): string {
    const artificial = lastRow(this.artificial);
    const spiking = lastRow(this.spiking);
    if (!artificial || !spiking) return text('curve-empty', { title });
    const show = this.measure === 'loss' ? formatLoss : formatPercent;
    const name = this.measure === 'loss' ? 'testLoss' : 'testAccuracy';
    const pinned = this.pinned.map(runName).join(', ');
    const beside = pinned === '' ? '' : ` ${text('curve-pinned-summary', { runs: pinned })}`;
    const own = text('curve-summary', {
      title,
      step: artificial.step,
      artificial: show(artificial[name]),
      spiking: show(spiking[name]),
    });
    return own + beside;
  }

  private get columns() {
    return withLines(curveColumns(this.artificial, this.spiking, this.measure), this.lines);
  }

  private draw(): void {
    clearTimeout(this.redraw);
    this.redraw = undefined;
    this.drawnAt = performance.now();
    this.plot?.setData(this.columns);
  }

  private file(title: string): PlotFile {
    const { artificial, spiking, pinned } = this;
    const named = (name: string, seed: string, curves: readonly Float32Array[]) =>
      curves.map((curve, at) => ({ name, seed, kind: at === 0 ? 'artificial' : 'spiking', curve }));
    const present = named(text('curve-present'), '', [artificial, spiking]);
    const all = pinned.flatMap((run) => named(runName(run), String(run.config.seed), run.curves));
    return {
      stem: title,
      title,
      csv: () => csvOf(CURVE_HEADER, curveRows([...present, ...all])),
      svg: () => this.drawn(title),
    };
  }

  private drawn(title: string): string {
    const { ink, inkSoft: soft, hairline, paper, artificial, spiking } = palette();
    const [steps, ...columns] = this.columns;
    const points = (column: readonly (number | null)[]) =>
      steps.map((step, row) => [step, column[row] ?? null] as const);
    const networks = [artificial, spiking];
    const names = [text('network-artificial'), text('network-spiking')];
    const own = columns.slice(0, 4).map((column, at) => {
      const network = at >> 1;
      const part = text(at % 2 === 0 ? 'split-train' : 'split-test');
      const line = { stroke: networks[network] ?? ink, width: at % 2 === 0 ? 1 : 2 };
      const kind = at % 2 === 0 ? { dash: [3, 3] } : marked(network);
      return { ...line, ...kind, name: `${names[network]}, ${part}`, points: points(column) };
    });
    const others = columns.slice(4).map((column, at) => {
      const run = this.pinned[at >> 1];
      const dash = runDash(run?.id ?? 1);
      const name = at % 2 === 0 && run ? runName(run) : '';
      const line = { stroke: networks[at % 2] ?? ink, width: 1.5, dash, ...marked(at % 2) };
      return { ...line, name, points: points(column) };
    });
    const values = columns.flat().filter((value) => value !== null);
    const loss = this.measure === 'loss';
    const low = Math.max(0, Math.min(0.5, Math.min(...values) - 0.02));
    const lines = [...own, ...others];
    return chart({
      ...{ width: 720, height: 380, title, description: this.summary(title), lines },
      ...{ ink, soft, hairline, paper },
      x: { label: text('axis-step'), from: 0, to: Math.max(1, ...steps), show: formatTick },
      y: {
        label: title,
        from: loss ? 0 : low,
        to: loss ? Math.max(1e-4, ...values) * 1.05 : 1,
        show: (value, step) => (loss ? formatTick(value, step) : formatPercent(value, 0)),
      },
    });
  }

  private create(holder: HTMLElement): void {
    const { inkSoft, hairline, artificial, spiking, stroke: thick, font } = palette();
    const accuracy = this.measure === 'accuracy';
    const line = (stroke: string, test: boolean): UPlot.Series => ({
      stroke,
      width: (test ? 2 : 1) * thick,
      ...(test ? {} : { dash: [3, 3] }),
      points: { show: false },
      spanGaps: true,
    });
    const axis: UPlot.Axis = {
      stroke: inkSoft,
      font,
      grid: { stroke: hairline, width: 1 },
      ticks: { show: false },
      gap: 4,
    };
    this.plot = new UPlot(
      {
        width: Math.max(holder.clientWidth, 120),
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, drag: { setScale: false, x: false, y: false } },
        // The last label of x is centred on the edge of the plot: half of it hangs over.
        padding: [topRoom(font), sideRoom(font), 0, 0],
        scales: {
          x: { time: false, range: (_, from, to) => [from ?? 0, Math.max(to ?? 1, 1)] },
          y: accuracy
            ? { range: (_, low) => [Math.max(0, Math.min(0.5, (low ?? 0.5) - 0.02)), 1] }
            : { range: (_, __, high) => [0, Math.max((high ?? 1) * 1.05, 1e-4)] },
        },
        axes: [
          {
            ...axis,
            size: axisSizes(font).x,
            space: labelSpace(font),
            values: (_, ticks, _axis, _space, step) => ticks.map((tick) => formatTick(tick, step)),
          },
          {
            ...axis,
            size: axisSizes(font).y,
            values: (_, ticks, _axis, _space, step) =>
              ticks.map((tick) => (accuracy ? formatPercent(tick, 0) : formatTick(tick, step))),
          },
        ],
        series: [
          {},
          line(artificial, false),
          line(artificial, true),
          line(spiking, false),
          line(spiking, true),
          ...this.pinned.flatMap(({ id }) =>
            [artificial, spiking].map((stroke) => ({
              ...line(stroke, true),
              width: 1.5,
              dash: runDash(id),
            })),
          ),
        ],
        hooks: {
          draw: [
            (plot) => this.mark(plot, [artificial, spiking]),
            (plot) => this.label(plot, [artificial, spiking]),
          ],
        },
      },
      this.columns,
      holder,
    );
  }

  /** Marks the curves of what was never seen, own and pinned, as those of one network or the other. */
  private mark({ ctx, data, scales, valToPos }: UPlot, strokes: readonly [string, string]): void {
    const [steps, ...columns] = data;
    const range = [scales.x?.min ?? 0, scales.x?.max ?? 1] as const;
    const density = globalThis.devicePixelRatio || 1;
    ctx.save();
    for (const [at, column] of columns.entries()) {
      // Of the first four every other one is what a network trains on.
      if (at < 4 && at % 2 === 0) continue;
      const network = at < 4 ? at >> 1 : at % 2;
      const mark = MARKS[network] ?? 'dot';
      const look = { colour: strokes[network] ?? '', paper: palette().paper, density };
      const points = [...steps].map((step, row) => [step, column[row] ?? null] as const);
      for (const [x, y] of markedPoints(points, mark, range)) {
        drawMark(ctx, mark, [valToPos(x, 'x', true), valToPos(y, 'y', true)], look);
      }
    }
    ctx.restore();
  }

  /** Writes the name of each pinned run at the end of its lines, none over another. */
  private label({ ctx, bbox, valToPos }: UPlot, strokes: readonly [string, string]): void {
    if (this.lines.length === 0) return;
    const density = globalThis.devicePixelRatio || 1;
    const places = this.lines
      .map((line, at) => {
        const last = line.findLast(([, value]) => value !== null);
        const run = this.pinned[at >> 1];
        if (!last || !run) return undefined;
        const [step, value] = last as [number, number];
        const name = runName(run);
        const shown = name.length > LABEL ? `${name.slice(0, LABEL)}…` : name;
        const [x, y] = [valToPos(step, 'x', true), valToPos(value, 'y', true)];
        return { x, y: y - 4 * density, shown, stroke: strokes[at & 1] ?? '' };
      })
      .filter((place) => place !== undefined)
      .sort((one, other) => other.y - one.y);
    const apart = 12 * density;
    ctx.save();
    ctx.font = `${11 * density}px ${getComputedStyle(this).fontFamily}`;
    let above = bbox.top + bbox.height;
    for (const { x, y, shown, stroke } of places) {
      above = Math.min(y, above - apart);
      const room = ctx.measureText(shown).width;
      const left = Math.max(bbox.left, Math.min(x, bbox.left + bbox.width) - room);
      const down = Math.max(above, bbox.top + apart);
      ctx.strokeStyle = palette().paper;
      ctx.lineWidth = 3 * density;
      ctx.strokeText(shown, left, down);
      ctx.fillStyle = stroke;
      ctx.fillText(shown, left, down);
    }
    ctx.restore();
  }

  private fit(holder: HTMLElement): void {
    if (holder.clientWidth > 0) this.plot?.setSize({ width: holder.clientWidth, height: HEIGHT });
  }

  private forgetPlot(): void {
    this.plot?.destroy();
    this.plot = undefined;
  }
}

function marked(network: number) {
  return { mark: MARKS[network] ?? 'dot' };
}

customElements.define('curve-plot', CurvePlot);
