// The rate of each population over the time of the raster, and how its power is spread over frequencies.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Line } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import type { RateCourse } from '../../engine/circuit-protocol.ts';
import type { PopulationEntry, PopulationStatistics } from '../../engine/model.ts';
import { formatCount, formatNumber, formatRate } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { type Look, looksOf } from './population-look.ts';
import '../../components/line-plot.ts';

/** Beyond this, spectra of circuits say nothing. */
const LAST_HZ = 400;
const RATE_HEIGHT = 120;
const SPECTRUM_HEIGHT = 130;
/** Steps beside zero, which hold what is left of the mean. */
const FIRST_STEP = 2;

export class RatePlots extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--gap-4);
      }

      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
      }

      .key svg {
        display: inline-block;
        width: 1.5rem;
        height: 0.5rem;
        margin-right: var(--gap-1);
        vertical-align: middle;
      }

      .empty {
        min-height: 130px;
      }
    `,
  ];

  static override properties = {
    populations: { attribute: false },
    course: { attribute: false },
    statistics: { attribute: false },
    timeMs: { type: Number },
    spanMs: { type: Number },
    gutter: { type: Number },
    spectrum: { type: Boolean },
  };

  declare populations: readonly PopulationEntry[];
  declare course: RateCourse | undefined;
  declare statistics: readonly PopulationStatistics[];
  declare timeMs: number;
  declare spanMs: number;
  declare gutter: number;
  /** The spectrum instead of the course. */
  declare spectrum: boolean;

  constructor() {
    super();
    this.populations = [];
    this.course = undefined;
    this.statistics = [];
    this.timeMs = 0;
    this.spanMs = 1000;
    this.gutter = 46;
    this.spectrum = false;
  }

  protected override render(): TemplateResult {
    const looks = looksOf(this.populations);
    return this.spectrum ? this.renderSpectrum(looks) : this.renderCourse(looks);
  }

  private renderCourse(looks: readonly Look[]): TemplateResult {
    const { course } = this;
    const bins = course ? course.rates.length / Math.max(1, this.populations.length) : 0;
    const x = course
      ? Float64Array.from({ length: bins }, (_, at) => course.startMs + (at + 0.5) * course.binMs)
      : [];
    const lines = looks.map(
      (look, at): Line => ({
        values: course?.rates.subarray(at * bins, (at + 1) * bins) ?? [],
        colour: look.colour,
        name: look.name,
        width: 1.5,
        ...(look.dash ? { dash: look.dash } : {}),
      }),
    );
    const last = looks.map((look, at) => {
      const rates = lines[at]?.values ?? [];
      return `${look.name} ${formatRate(rates[bins - 1] ?? undefined)}`;
    });
    const title = text('rates-title', { bin: formatNumber(course?.binMs ?? 1) });
    return html`<div class="line">
        <h3>${title}</h3>
        ${renderKey(looks)}
      </div>
      <line-plot
        height=${RATE_HEIGHT}
        bare
        gutter=${this.gutter}
        .x=${x}
        .lines=${lines}
        .range=${[this.timeMs - this.spanMs, this.timeMs]}
        .yRange=${[0, ceiling(course?.rates ?? [])]}
        summary=${text('rates-summary', { rates: last.join(', ') })}
        takes=${title}
      ></line-plot>`;
  }

  private renderSpectrum(looks: readonly Look[]): TemplateResult {
    const known = this.statistics.find(({ density }) => density.length > 0);
    if (!known) {
      return html`<h2>${text('spectrum-title')}</h2>
        <p class="soft empty">${text('spectrum-none')}</p>`;
    }
    const { stepHz } = known;
    const end = Math.min(known.density.length, Math.ceil(LAST_HZ / stepHz));
    const x = Float64Array.from(
      { length: end - FIRST_STEP },
      (_, at) => (at + FIRST_STEP) * stepHz,
    );
    const lines = looks.map(
      (look, at): Line => ({
        values: this.statistics[at]?.density.slice(FIRST_STEP, end) ?? [],
        colour: look.colour,
        name: look.name,
        width: 1.5,
        ...(look.dash ? { dash: look.dash } : {}),
      }),
    );
    const peaks = looks.flatMap((look, at) => {
      const peak = this.statistics[at]?.peakHz;
      return peak === undefined || peak === null
        ? []
        : [text('spectrum-peak', { name: look.name, peak: formatCount(peak) })];
    });
    return html`<h2>${text('spectrum-title')}</h2>
      <line-plot
        height=${SPECTRUM_HEIGHT}
        .x=${x}
        .lines=${lines}
        .range=${[0, LAST_HZ * 1.02]}
        .yRange=${[0, highest(lines)]}
        gutter="52"
        summary=${text('spectrum-summary', { peaks: peaks.join(', ') })}
        takes=${text('spectrum-title')}
        along=${text('axis-frequency')}
      ></line-plot>
      <p class="soft">${text('spectrum-axis')}</p>`;
  }
}

/** Colours, dashes and names; with one population there is nothing to tell apart. */
export function renderKey(looks: readonly Look[]): TemplateResult | typeof nothing {
  if (looks.length < 2) return nothing;
  return html`<p class="key soft">
    ${looks.map(
      ({ colour, dash, sign, name }) => html`<span>
        <svg viewBox="0 0 24 8" aria-hidden="true">
          <line
            x1="0"
            y1="4"
            x2="24"
            y2="4"
            stroke="var(--${colour})"
            stroke-width="2"
            stroke-dasharray=${dash?.join(' ') ?? nothing}
          /></svg
        >${`${sign} ${name}`.trim()}
      </span>`,
    )}
  </p>`;
}

function highest(lines: readonly Line[]): number {
  let most = 0;
  for (const { values } of lines) {
    for (let at = 0; at < values.length; at += 1) most = Math.max(most, values[at] ?? 0);
  }
  return most > 0 ? most * 1.05 : 1;
}

/** A round number above all rates, so that the scale stands still while they move. */
function ceiling(rates: ArrayLike<number>): number {
  let most = 1;
  for (let at = 0; at < rates.length; at += 1) most = Math.max(most, rates[at] ?? 0);
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((one) => one * power >= most) ?? 10;
  return step * power * 1.02;
}

customElements.define('rate-plots', RatePlots);
