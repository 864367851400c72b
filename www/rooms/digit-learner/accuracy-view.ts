// How many answers were right lately, in how far that can be trusted, and how it came about; and how
// fast it goes.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Line } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import type { DigitsState } from '../../engine/digits-protocol.ts';
import { formatCount, formatNumber, formatPercent } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import '../../components/line-plot.ts';

/** One answer of ten is right by chance. */
const CHANCE = 10;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export class AccuracyView extends LitElement {
  static override styles = [
    shared,
    css`
      h2 {
        margin-bottom: var(--gap-1);
      }

      .large {
        font-size: var(--text-large);
        line-height: 1.2;
        font-weight: 600;
      }

      .interval {
        display: block;
      }

      .axis {
        text-align: right;
      }

      .empty {
        min-height: 12rem;
      }

      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-1) var(--gap-3);
        margin-top: var(--gap-3);
      }

      dt {
        color: var(--ink-soft);
      }
    `,
  ];

  static override properties = {
    run: { attribute: false },
    paper: { type: Number },
  };

  declare run: DigitsState | undefined;
  /** What the source reaches, in percent; not a number if unknown. */
  declare paper: number;

  constructor() {
    super();
    this.run = undefined;
    this.paper = Number.NaN;
  }

  protected override render(): TemplateResult {
    const { progress, digitsPerSecond, realTimeFactor } = this.run ?? {};
    const { right = 0, of = 0, low = 0, high = 1, learning = true } = progress ?? {};
    const share = of > 0 ? right / of : undefined;
    return html`<section>
      <h2>${text(learning ? 'accuracy-learning' : 'accuracy-test')}</h2>
      <p class="number">
        <span
          class="large"
          data-figure="accuracy"
          data-value=${share ?? ''}
          data-of=${of}
          data-low=${of > 0 ? low : ''}
          >${formatPercent(share)}</span
        >
        ${
          of > 0
            ? html`<span class="soft interval"
                >${text('accuracy-interval', {
                  low: formatPercent(low),
                  high: formatPercent(high),
                  of: formatCount(of),
                })}</span
              >`
            : html`<span class="soft interval">${text('accuracy-none')}</span>`
        }
      </p>
      ${this.renderCurve()}
      <dl class="number">
        <dt>${text('figure-shown')}</dt>
        <dd data-figure="shown" data-value=${progress?.shown ?? ''}>
          ${formatCount(progress?.shown)}
        </dd>
        <dt>${text('figure-time')}</dt>
        <dd>${biological(progress?.timeMs)}</dd>
        <dt>${text('figure-speed')}</dt>
        <dd data-figure="speed" data-value=${digitsPerSecond ?? 0}>
          ${text('figure-per-second', { count: moving(digitsPerSecond) })}
        </dd>
        <dt>${text('figure-real-time')}</dt>
        <dd data-figure="real-time">${text('figure-times', { factor: moving(realTimeFactor) })}</dd>
      </dl>
    </section>`;
  }

  private renderCurve(): TemplateResult {
    const { curveDigits, curveShare } = this.run?.progress ?? {};
    if (!curveDigits || !curveShare || curveDigits.length < 2) {
      return html`<p class="soft empty">${text('accuracy-curve-none')}</p>`;
    }
    const percent = Float32Array.from(curveShare, (share) => 100 * share);
    const flat = (value: number) => new Float32Array(curveDigits.length).fill(value);
    const lines: Line[] = [
      { values: percent, colour: 'spiking', name: text('accuracy-learning'), width: 2 },
      {
        values: flat(CHANCE),
        colour: 'ink-soft',
        name: text('accuracy-keys', { chance: CHANCE }),
        dash: [2, 4],
      },
      ...(Number.isNaN(this.paper)
        ? []
        : [
            {
              values: flat(this.paper),
              colour: 'ink-soft',
              name: text('accuracy-keys-paper', { paper: formatNumber(this.paper) }),
              dash: [6, 4],
            },
          ]),
    ];
    const ignore = (event: Event) => event.stopPropagation();
    return html`<line-plot
        height="190"
        .x=${curveDigits}
        .lines=${lines}
        .yRange=${[0, 100]}
        takes=${text('accuracy-learning')}
        along=${text('axis-digits')}
        summary=${text('accuracy-curve-summary', {
          digits: formatCount(curveDigits.at(-1)),
          share: formatPercent(curveShare.at(-1)),
        })}
        @place=${ignore}
        @stretch=${ignore}
      ></line-plot>
      <p class="axis soft">${text('accuracy-axis', { marks: formatCount(this.run?.progress.marks) })}</p>
      <p class="soft">
        ${text('accuracy-keys', { chance: CHANCE })}
        ${
          Number.isNaN(this.paper)
            ? nothing
            : text('accuracy-keys-paper', { paper: formatNumber(this.paper) })
        }
      </p>`;
  }
}

function moving(value: number | undefined): string {
  return value ? formatNumber(value) : '–';
}

/** Biological time in words: 1 h 02 min. */
function biological(ms: number | undefined): string {
  if (ms === undefined) return '–';
  const [hours, minutes] = [Math.floor(ms / HOUR), Math.floor((ms % HOUR) / MINUTE)];
  const seconds = Math.floor((ms % MINUTE) / 1000);
  return hours > 0
    ? text('figure-hours', { hours, minutes })
    : text('figure-minutes', { minutes, seconds });
}

customElements.define('accuracy-view', AccuracyView);
