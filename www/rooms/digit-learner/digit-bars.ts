// Ten bars, one for each digit: spikes that speak for it, or the share of a neuron's rate that it has.

import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import type { PlotFile } from '../../components/plot-file.ts';
import { cornerMenu } from '../../components/plot-menu.ts';
import { svgFile } from '../../components/plot-source.ts';
import { shared } from '../../components/shared-style.ts';
import { text } from '../../i18n/messages.ts';

const HIGH = 40;
const STEP = 10;

export class DigitBars extends LitElement {
  static override styles = [
    shared,
    cornerMenu,
    css`
      svg {
        width: 100%;
        height: auto;
        overflow: visible;
      }

      text {
        fill: var(--ink-soft);
        font-size: 6px;
        text-anchor: middle;
        font-variant-numeric: tabular-nums;
      }

      .chosen {
        fill: var(--ink);
        font-weight: 700;
      }

      line {
        stroke: var(--track);
        stroke-width: 0.5;
      }
    `,
  ];

  static override properties = {
    values: { attribute: false },
    chosen: { type: Number },
    name: { type: String },
  };

  declare values: ArrayLike<number>;
  /** The digit that is emphasised; none if it is none of them. */
  declare chosen: number;
  /** What is shown, in words. */
  declare name: string;

  constructor() {
    super();
    this.values = [];
    this.chosen = -1;
    this.name = '';
  }

  protected override render(): TemplateResult {
    const values = Array.from({ length: 10 }, (_, digit) => this.values[digit] ?? 0);
    const sum = values.reduce((sum, value) => sum + value, 0);
    const most = Math.max(...values) || 1;
    const each = values
      .map((value, digit) => ({ digit, share: sum > 0 ? Math.round((100 * value) / sum) : 0 }))
      .filter(({ share }) => share > 0)
      .map(({ digit, share }) => text('bars-each', { digit, share }))
      .join(', ');
    return html`<svg
      viewBox="0 0 ${10 * STEP} ${HIGH + 8}"
      role="img"
      aria-label=${text('bars-summary', { name: this.name, each: each || '–' })}
    >
      ${values.map(
        (value, digit) => svg`<rect
            x=${digit * STEP + 1.5} width=${STEP - 3}
            y=${HIGH - (value / most) * (HIGH - 2)} height=${(value / most) * (HIGH - 2)}
            fill="var(--class-${digit})" />
          <text class=${digit === this.chosen ? 'chosen' : ''} x=${(digit + 0.5) * STEP} y=${HIGH + 7}>${digit}</text>`,
      )}
      ${svg`<line x1="0" x2=${10 * STEP} y1=${HIGH} y2=${HIGH} />`}
    </svg>
    <plot-menu class="corner" name=${this.name} .file=${() => this.file()}></plot-menu>`;
  }

  private file(): PlotFile {
    const svg = this.renderRoot.querySelector('svg');
    if (!svg) throw new Error('nothing is drawn yet');
    const words = { title: this.name, description: svg.getAttribute('aria-label') ?? '' };
    return svgFile(svg, words, () => ({
      header: ['digit', this.name],
      rows: Array.from(this.values, (value, digit) => [digit, value]),
    }));
  }
}

customElements.define('digit-bars', DigitBars);
