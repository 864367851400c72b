// What a population says where its activity stands for a number: its profile, what it says beside what it
// should say, and how that went over time.

import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { Calm } from '../../components/calm.ts';
import type { Line } from '../../components/line-plot.ts';
import type { PlotFile } from '../../components/plot-file.ts';
import { svgFile } from '../../components/plot-source.ts';
import { shared } from '../../components/shared-style.ts';
import type { CircuitReading } from '../../engine/model.ts';
import { formatFixed, formatNumber, MISSING, withUnit } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import '../../components/line-plot.ts';
import '../../components/plot-menu.ts';

const SIZE = 200;
const RADIUS = 58;
const REACH = 36;
/** Bars of a profile at most. */
const BARS = 90;

export class ReadingView extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: var(--gap-2);
      }

      .pair {
        display: grid;
        grid-template-columns: minmax(0, 11rem) minmax(0, 1fr);
        gap: var(--gap-4);
        align-items: center;
      }

      svg {
        width: 100%;
        height: auto;
      }

      dt {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      dd {
        font-size: 1.25rem;
        font-weight: 600;
        line-height: 1.3;
      }

      .ring {
        fill: none;
        stroke: var(--hairline);
      }

      .bar {
        stroke-width: 3;
      }

      .value {
        stroke: var(--ink);
        stroke-width: 3;
        fill: none;
      }

      .head {
        fill: var(--ink);
      }

      .wanted {
        stroke: var(--focus);
        stroke-width: 3;
        stroke-dasharray: 4 3;
      }

      text {
        fill: var(--ink-soft);
        font-size: 12px;
      }
    `,
  ];

  static override properties = {
    circuit: { type: String },
    colour: { type: String },
    reading: { attribute: false },
    readings: { attribute: false },
  };

  declare circuit: string;
  /** A token of the style sheet: that of the population that is read. */
  declare colour: string;
  declare reading: CircuitReading | undefined;
  declare readings: readonly (readonly [number, number | undefined])[];

  private readonly calm = new Calm(this);

  constructor() {
    super();
    this.circuit = '';
    this.colour = 'ink';
    this.reading = undefined;
    this.readings = [];
  }

  protected override render(): TemplateResult {
    const { reading } = this;
    if (!reading) return html``;
    const { unit, circular, wanted, low, high } = reading;
    const value = reading.value ?? undefined;
    const shown = (one: number | undefined) =>
      one === undefined ? MISSING : withUnit(places(one), unit);
    const concentration = reading.concentration ?? undefined;
    const summary = text('reading-summary', { value: shown(value), wanted: shown(wanted) });
    const figures = html`<dl class="number">
      <dt>${text('reading-value')}</dt>
      <dd data-figure="reading" data-value=${value ?? ''}>${shown(value)}</dd>
      <dt>${text('reading-wanted')}</dt>
      <dd data-figure="wanted" data-value=${wanted}>${shown(wanted)}</dd>
      ${
        concentration === undefined
          ? html``
          : html`<dt>${text('reading-concentration')}</dt>
              <dd>${formatFixed(concentration, 2)}</dd>`
      }
    </dl>`;
    const first = this.readings[0]?.[0] ?? 0;
    const last = this.readings.at(-1)?.[0] ?? 1;
    const lines: Line[] = [
      {
        values: this.readings.map(([, one]) => one ?? null),
        colour: 'ink',
        name: text('reading-value'),
        width: 0,
        points: true,
      },
      {
        values: this.readings.map(() => wanted),
        colour: 'focus',
        name: text('reading-wanted'),
        dash: [4, 3],
        width: 2,
      },
    ];
    const title = text(`reading-title-${this.circuit}`);
    const profile = text('reading-profile', { title });
    return html`<div class="line">
        <h2>${title}</h2>
        <plot-menu name=${profile} .file=${() => this.profile(profile, reading, summary)}></plot-menu>
      </div>
      ${
        circular
          ? html`<div class="pair">${this.renderDial(reading, summary)} ${figures}</div>`
          : html`${this.renderColumns(reading, summary)} ${figures}`
      }
      <p class="soft">${text('reading-course', { unit })}</p>
      <line-plot
        height="120"
        .x=${this.readings.map(([time]) => time)}
        .lines=${lines}
        .range=${[first, Math.max(first + 1, last)]}
        .yRange=${[low, high]}
        .yTicks=${[low, (low + high) / 2, high]}
        summary=${summary}
        takes=${title}
        along=${text('axis-seconds')}
      ></line-plot>`;
  }

  /** What the picture over the course shows: spikes by the place that they speak for. */
  private profile(
    title: string,
    { counts, low, high, unit }: CircuitReading,
    description: string,
  ): PlotFile {
    const drawn = this.renderRoot.querySelector('svg');
    if (!drawn) throw new Error('nothing is drawn yet');
    const each = (high - low) / counts.length;
    return svgFile(drawn, { title, description }, () => ({
      header: [text('reading-place', { unit }), text('reading-spikes')],
      rows: Array.from(counts, (count, place) => [low + place * each, count]),
    }));
  }

  /** East is 0°, and angles grow against the clock, as in the equations. */
  private renderDial({ counts, value, wanted }: CircuitReading, summary: string): TemplateResult {
    const bars = gathered(counts);
    const most = Math.max(1, ...bars);
    const at = (degrees: number, far: number): [number, number] => {
      const angle = (degrees * Math.PI) / 180;
      return [SIZE / 2 + far * Math.cos(angle), SIZE / 2 - far * Math.sin(angle)];
    };
    const line = (degrees: number, from: number, to: number, name: string) => {
      const [x1, y1] = at(degrees, from);
      const [x2, y2] = at(degrees, to);
      return svg`<line class=${name} x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;
    };
    const tip = (degrees: number) => {
      const [x, y] = at(degrees, RADIUS - 4);
      const [leftX, leftY] = at(degrees + 12, RADIUS - 18);
      const [rightX, rightY] = at(degrees - 12, RADIUS - 18);
      return svg`<polygon class="head" points="${x},${y} ${leftX},${leftY} ${rightX},${rightY}" />`;
    };
    return html`<svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label=${this.calm.text(summary)}>
      ${svg`<circle class="ring" cx=${SIZE / 2} cy=${SIZE / 2} r=${RADIUS} />
        <g stroke=${`var(--${this.colour})`}>${bars.map((bar, place) =>
          bar > 0
            ? line((360 * place) / bars.length, RADIUS, RADIUS + (REACH * bar) / most, 'bar')
            : svg``,
        )}</g>
        ${line(wanted, 6, RADIUS - 2, 'wanted')}
        ${value === undefined || value === null ? svg`` : svg`${line(value, 0, RADIUS - 12, 'value')}${tip(value)}`}`}
    </svg>`;
  }

  private renderColumns(
    { counts, value, wanted, low, high, unit }: CircuitReading,
    summary: string,
  ): TemplateResult {
    const most = Math.max(1, ...counts);
    const [width, height] = [300, 90];
    const x = (one: number) => ((one - low) / (high - low)) * width;
    const wide = width / Math.max(1, counts.length);
    return html`<svg
      viewBox="0 0 ${width} ${height + 16}"
      role="img"
      aria-label=${this.calm.text(summary)}
    >
      ${svg`${Array.from(counts, (count, at) => {
        const tall = (height * count) / most;
        return svg`<rect
          fill=${`var(--${this.colour})`}
          x=${at * wide}
          y=${height - tall}
          width=${Math.max(0.5, wide - 0.7)}
          height=${tall}
        />`;
      })}
        <line class="wanted" x1=${x(wanted)} x2=${x(wanted)} y1="0" y2=${height} />
        ${
          value === undefined || value === null
            ? svg``
            : svg`<line class="value" x1=${x(value)} x2=${x(value)} y1="0" y2=${height} />`
        }
        <text x="0" y=${height + 13}>${withUnit(formatNumber(low).replace('-', '−'), unit)}</text>
        <text x=${width} y=${height + 13} text-anchor="end">${withUnit(formatNumber(high), unit)}</text>`}
    </svg>`;
  }
}

function places(value: number): string {
  return formatFixed(value, 1).replace('-', '−');
}

/** Neighbours together, where there are more places than bars. */
function gathered(counts: ArrayLike<number>): number[] {
  const each = Math.ceil(counts.length / BARS);
  const bars = Array.from({ length: Math.ceil(counts.length / Math.max(1, each)) }, () => 0);
  for (let at = 0; at < counts.length; at += 1) {
    const bar = Math.floor(at / each);
    bars[bar] = (bars[bar] ?? 0) + (counts[at] ?? 0);
  }
  return bars;
}

customElements.define('reading-view', ReadingView);
