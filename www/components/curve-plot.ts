// Loss or accuracy over the steps, train and test, of both networks in one picture: colour is
// the network, a thin dashed line is what it trains on, a full one what it never saw.

import { css, html, LitElement, type TemplateResult } from 'lit';
import UPlot from 'uplot';
import { formatLoss, formatNumber, formatPercent } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { Calm } from './calm.ts';
import { curveColumns, lastRow, type Measure } from './curve-data.ts';
import { onTheme, palette } from './palette.ts';
import { shared } from './shared-style.ts';
import { axisSizes, sideRoom, topRoom, uplotStyle } from './uplot-style.ts';

const NOTHING = new Float32Array();
const HEIGHT = 190;
/** Lines change slowly: ten times a second is smooth enough. */
const REDRAW_MS = 100;

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
  };

  declare measure: Measure;
  declare artificial: Float32Array;
  declare spiking: Float32Array;

  private readonly calm = new Calm(this);
  private plot: UPlot | undefined;
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;
  private redraw: ReturnType<typeof setTimeout> | undefined;
  private drawnAt = 0;

  constructor() {
    super();
    this.measure = 'loss';
    this.artificial = NOTHING;
    this.spiking = NOTHING;
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
    return html`<figure aria-label=${this.calm.text(this.summary(title))} role="img">
      <div class="legend"><h3>${title}</h3></div>
      <div class="plot"></div>
    </figure>`;
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
    return text('curve-summary', {
      title,
      step: artificial.step,
      artificial: show(artificial[name]),
      spiking: show(spiking[name]),
    });
  }

  private draw(): void {
    clearTimeout(this.redraw);
    this.redraw = undefined;
    this.drawnAt = performance.now();
    this.plot?.setData(curveColumns(this.artificial, this.spiking, this.measure));
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
      grid: { stroke: hairline, width: thick },
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
            values: (_, ticks) => ticks.map((tick) => formatNumber(tick)),
          },
          {
            ...axis,
            size: axisSizes(font).y,
            values: (_, ticks) =>
              ticks.map((tick) => (accuracy ? formatPercent(tick, 0) : formatNumber(tick))),
          },
        ],
        series: [
          {},
          line(artificial, false),
          line(artificial, true),
          line(spiking, false),
          line(spiking, true),
        ],
      },
      curveColumns(NOTHING, NOTHING, this.measure),
      holder,
    );
  }

  private fit(holder: HTMLElement): void {
    if (holder.clientWidth > 0) this.plot?.setSize({ width: holder.clientWidth, height: HEIGHT });
  }

  private forgetPlot(): void {
    this.plot?.destroy();
    this.plot = undefined;
  }
}

customElements.define('curve-plot', CurvePlot);
