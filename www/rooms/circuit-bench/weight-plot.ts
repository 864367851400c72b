// How the weights of a circuit are distributed, from population to population, all over one axis.

import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import type { PlotFile } from '../../components/plot-file.ts';
import { svgFile } from '../../components/plot-source.ts';
import { shared } from '../../components/shared-style.ts';
import type { PopulationEntry, WeightDistribution } from '../../engine/model.ts';
import { formatCount, formatNumber, withUnit } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { type Look, looksOf } from './population-look.ts';
import '../../components/plot-menu.ts';

const WIDTH = 320;
const ROW = 46;
/** Height of the largest bar, and where it stands in its row. */
const BAR = 22;
const FOOT = 42;
const EDGE = 6;
const AXIS = 20;
/** A weight that all share is a bar of this width. */
const ALIKE = 5;
/** Width of a number below the axis. */
const LABEL = 56;
/** Beyond so many rows the rest waits to be asked for. */
const SHOWN = 6;

export class WeightPlot extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: var(--gap-2);
        margin-bottom: var(--gap-2);
      }

      .counted {
        margin-bottom: var(--gap-1);
        font-size: var(--text-small);
      }

      svg.rows {
        width: 100%;
        height: auto;
      }

      text {
        fill: var(--ink);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }

      text.soft {
        fill: var(--ink-soft);
      }

      line {
        stroke: var(--hairline);
      }

      line.zero {
        stroke: var(--ink-soft);
        stroke-dasharray: 2 3;
      }
    `,
  ];

  static override properties = {
    populations: { attribute: false },
    weights: { attribute: false },
    all: { state: true },
  };

  declare populations: readonly PopulationEntry[];
  declare weights: readonly WeightDistribution[];
  declare private all: boolean;

  constructor() {
    super();
    this.populations = [];
    this.weights = [];
    this.all = false;
  }

  protected override render(): TemplateResult {
    const { weights } = this;
    const looks = looksOf(this.populations);
    const title = text('weights-title');
    const more = weights.length - SHOWN;
    const shown = this.all ? weights : weights.slice(0, SHOWN);
    return html`<div class="line">
        <h2>${title}</h2>
        ${weights.length > 0 ? html`<plot-menu name=${title} .file=${() => this.file(title)}></plot-menu>` : nothing}
      </div>
      ${
        weights.length > 0
          ? html`<p class="soft counted">${text(`weights-counted-${weights[0]?.unit}`)}</p>
              ${this.renderRows(shown, looks)}`
          : html`<p class="soft">${this.populations.length > 0 ? text('weights-none') : '–'}</p>`
      }
      ${
        more > 0
          ? html`<button
              class="plain"
              aria-expanded=${this.all}
              @click=${() => {
                this.all = !this.all;
              }}
            >
              ${this.all ? text('weights-fewer') : text('weights-more', { count: more })}
            </button>`
          : nothing
      }`;
  }

  private renderRows(shown: readonly WeightDistribution[], looks: readonly Look[]): TemplateResult {
    const [low, high] = reach(this.weights);
    const x = (weight: number) => EDGE + ((weight - low) / (high - low)) * (WIDTH - 2 * EDGE);
    const height = shown.length * ROW + AXIS;
    const unit = unitOf(this.weights);
    // Zero has a number where the others leave it room.
    const isFree = x(0) - x(low) > LABEL && x(high) - x(0) > LABEL;
    const ticks = isFree ? [low, 0, high] : [low, high];
    return html`<svg
      class="rows"
      viewBox="0 0 ${WIDTH} ${height}"
      role="img"
      aria-label=${shown.map((own) => this.words(own, looks)).join('; ')}
    >
      ${svg`${shown.map((own, at) => this.renderRow(own, at * ROW, looks, x))}
        ${ticks.map(
          (tick) => svg`<text
            class="soft"
            x=${x(tick)}
            y=${height - 6}
            text-anchor=${tick === low ? 'start' : tick === high ? 'end' : 'middle'}
          >${tick === high ? withUnit(formatNumber(tick), unit) : formatNumber(tick).replace('-', '−')}</text>`,
        )}`}
    </svg>`;
  }

  private renderRow(
    own: WeightDistribution,
    top: number,
    looks: readonly Look[],
    x: (weight: number) => number,
  ) {
    const most = Math.max(1, ...own.counts);
    const each = (own.high - own.low) / own.counts.length;
    const colour = looks[own.source]?.colour ?? 'ink';
    return svg`<g data-weights data-synapses=${own.synapses} data-counted=${own.counts.reduce((sum, count) => sum + count, 0)}>
      <text x="0" y=${top + 12}>${between(own, looks)}</text>
      <text class="soft" x=${WIDTH} y=${top + 12} text-anchor="end">${this.figures(own)}</text>
      <line x1=${EDGE} x2=${WIDTH - EDGE} y1=${top + FOOT} y2=${top + FOOT} />
      <line class="zero" x1=${x(0)} x2=${x(0)} y1=${top + FOOT - BAR} y2=${top + FOOT} />
      ${own.counts.map((count, bin) => {
        const tall = (BAR * count) / most;
        const from = each > 0 ? x(own.low + bin * each) : x(own.low) - ALIKE / 2;
        const wide = each > 0 ? Math.max(1, x(own.low + (bin + 1) * each) - from) : ALIKE;
        return count === 0
          ? nothing
          : svg`<rect x=${from} width=${wide} y=${top + FOOT - tall} height=${tall} fill="var(--${colour})" />`;
      })}
    </g>`;
  }

  private figures({ mean, deviation, synapses, unit }: WeightDistribution): string {
    const spread = deviation > 1e-6 * Math.abs(mean) ? ` ± ${formatNumber(deviation)}` : '';
    const strength = withUnit(`${formatNumber(mean).replace('-', '−')}${spread}`, nameOf(unit));
    return `${strength} · ${formatCount(synapses)}`;
  }

  private words(own: WeightDistribution, looks: readonly Look[]): string {
    return text('weights-summary', {
      between: between(own, looks),
      figures: this.figures(own),
    });
  }

  private file(title: string): PlotFile {
    const drawn = this.renderRoot.querySelector<SVGSVGElement>('svg.rows');
    if (!drawn) throw new Error('nothing is drawn yet');
    const words = { title, description: drawn.getAttribute('aria-label') ?? '' };
    const header = ['from', 'to', 'low', 'high', 'synapses'];
    const looks = looksOf(this.populations);
    const rows = this.weights.flatMap(({ source, target, low, high, counts }) => {
      const each = (high - low) / counts.length;
      const names = [source, target].map((at) => looks[at]?.name ?? '');
      return counts.map((count, at) => [...names, low + at * each, low + (at + 1) * each, count]);
    });
    return svgFile(drawn, words, () => ({ header, rows }));
  }
}

function between({ source, target }: WeightDistribution, looks: readonly Look[]): string {
  return `${looks[source]?.name ?? ''} → ${looks[target]?.name ?? ''}`;
}

function nameOf(unit: string): string {
  return text(`weights-unit-${unit}`);
}

function unitOf(weights: readonly WeightDistribution[]): string {
  const [first] = weights;
  return first ? nameOf(first.unit) : '';
}

/** From the least to the largest weight of all, with zero, and some room where they are alike. */
function reach(weights: readonly WeightDistribution[]): [number, number] {
  const low = Math.min(0, ...weights.map((own) => own.low));
  const high = Math.max(0, ...weights.map((own) => own.high));
  return low < high ? [low, high] : [low, low + 1];
}

customElements.define('weight-plot', WeightPlot);
