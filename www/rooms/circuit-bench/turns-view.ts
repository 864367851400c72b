// Two populations that take turns: their potentials against each other, what tires below, and how long a
// round takes beside what the equations say.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Line } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import type { TurnsCourse } from '../../engine/circuit-protocol.ts';
import type { ModelEntry, PopulationEntry } from '../../engine/model.ts';
import { formatFixed, formatPercent, formatQuantity, MISSING } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { looksOf } from './population-look.ts';
import { renderKey } from './rate-plots.ts';
import '../../components/line-plot.ts';

const COLUMNS = 5;

export class TurnsView extends LitElement {
  static override styles = [
    shared,
    css`
      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-1) var(--gap-3);
        margin: 0 0 var(--gap-3);
      }

      dt {
        color: var(--ink-soft);
      }

      dd {
        margin: 0;
        text-align: right;
        font-weight: 600;
      }

      h2 {
        margin-bottom: var(--gap-2);
      }

      .source {
        margin-bottom: var(--gap-3);
        font-size: var(--text-small);
      }

      .axis {
        text-align: right;
      }

      h3 {
        margin-top: var(--gap-3);
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
    `,
  ];

  static override properties = {
    populations: { attribute: false },
    turns: { attribute: false },
    references: { attribute: false },
    spanMs: { type: Number },
  };

  declare populations: readonly PopulationEntry[];
  declare turns: TurnsCourse | undefined;
  /** What the circuit is held to; the one in ms is the period. */
  declare references: ModelEntry['references'];
  declare spanMs: number;

  constructor() {
    super();
    this.populations = [];
    this.turns = undefined;
    this.references = [];
    this.spanMs = 1000;
  }

  protected override render(): TemplateResult {
    const { turns } = this;
    if (!turns) return html``;
    const { course, unit, periodMs, expectedMs, phase, escapesBelow } = turns;
    const rows = course.length / COLUMNS;
    const column = (at: number) =>
      Float32Array.from({ length: rows }, (_, row) => course[row * COLUMNS + at] ?? 0);
    const time = column(0).map((ms) => ms / 1000);
    const last = time.at(-1) ?? 0;
    const looks = turns.sides.flatMap((side) => looksOf(this.populations)[side] ?? []);
    const lines = (from: number): Line[] =>
      looks.map(({ name, colour, dash }, side) => ({
        values: column(from + side),
        colour,
        name,
        width: 1.5,
        ...(dash ? { dash } : {}),
      }));
    const span = this.spanMs / 1000;
    const range = [Math.max(0, last - span), Math.max(last, span)] as const;
    const period = periodMs === undefined ? MISSING : formatQuantity(Math.round(periodMs), 'ms');
    const expected =
      expectedMs === undefined ? MISSING : formatQuantity(Math.round(expectedMs), 'ms');
    const summary = text('turns-summary', { period, expected });
    const escapes: Line[] =
      escapesBelow === undefined
        ? []
        : [
            {
              values: new Float32Array(rows).fill(escapesBelow),
              colour: 'focus',
              name: text('turns-escape'),
              dash: [2, 3],
            },
          ];
    const source = this.references.find(({ unit }) => unit === 'ms');
    return html`<h2>${text('turns-title')}</h2>
      <dl class="number">
        <dt>${text('turns-period')}</dt>
        <dd data-figure="period" data-value=${periodMs ?? ''}>${period}</dd>
        <dt>${text('turns-expected')}</dt>
        <dd data-figure="expected" data-value=${expectedMs ?? ''}>${expected}</dd>
        <dt>${text('turns-phase')}</dt>
        <dd data-figure="phase" data-value=${phase ?? ''}>
          ${phase === undefined ? MISSING : formatFixed(phase, 2)}
        </dd>
      </dl>
      ${
        source === undefined
          ? nothing
          : html`<p class="soft source" data-source>${text('turns-source', {
              source: source.citation,
              tolerance: formatPercent(source.tolerance / source.expected, 0),
            })}</p>`
      }
      ${renderKey(looks)}
      <h3>${text('turns-potential')}</h3>
      <line-plot
        height="130"
        bare
        sync="turns"
        gutter="46"
        .x=${time}
        .lines=${lines(1)}
        .range=${range}
        summary=${summary}
        takes=${text('turns-potential')}
        along=${text('axis-seconds')}
      ></line-plot>
      <h3>${text('turns-tired', { unit })}</h3>
      <line-plot
        height="130"
        sync="turns"
        gutter="46"
        .x=${time}
        .lines=${[...lines(3), ...escapes]}
        .range=${range}
        summary=${summary}
        takes=${text('turns-tired', { unit })}
        along=${text('axis-seconds')}
      ></line-plot>
      <p class="soft axis">${text('axis-seconds')}</p>
      <p class="soft">${text('turns-note')}</p>`;
  }
}

customElements.define('turns-view', TurnsView);
