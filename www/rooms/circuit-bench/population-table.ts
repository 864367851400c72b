// The numbers of each population: how often, how irregularly and how much together its neurons fire.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import type { PopulationEntry, PopulationStatistics } from '../../engine/model.ts';
import { formatCount, formatFixed, MISSING } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { looksOf } from './population-look.ts';

export class PopulationTable extends LitElement {
  static override styles = [
    shared,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th {
        font-weight: 400;
        color: var(--ink-soft);
        font-size: var(--text-small);
        text-align: right;
        vertical-align: bottom;
      }

      th[scope='row'] {
        color: var(--ink);
        text-align: left;
        font-size: inherit;
        white-space: nowrap;
      }

      th:first-child {
        text-align: left;
      }

      td {
        text-align: right;
        font-weight: 600;
        white-space: nowrap;
      }

      th,
      td {
        padding: var(--gap-1) 0 var(--gap-1) var(--gap-2);
        border-bottom: 1px solid var(--hairline);
      }

      th:first-child {
        padding-left: 0;
      }

      tr.large td {
        font-size: 1.0625rem;
      }
    `,
  ];

  static override properties = {
    populations: { attribute: false },
    statistics: { attribute: false },
  };

  declare populations: readonly PopulationEntry[];
  declare statistics: readonly PopulationStatistics[];

  constructor() {
    super();
    this.populations = [];
    this.statistics = [];
  }

  protected override render(): TemplateResult {
    const looks = looksOf(this.populations);
    const large = this.populations.length <= 3 ? 'large' : '';
    const heads = ['rate', 'cv', 'synchrony', 'peak'];
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${text('table-population')}</th>
          ${heads.map(
            (head) => html`<th scope="col" title=${text(`table-${head}-title`)}>
              ${text(`table-${head}`)}
            </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${this.populations.map((population, at) => {
          const own = this.statistics[at];
          const cells: [string, number | undefined, string][] = [
            ['rate', own?.rateHz ?? undefined, places(own?.rateHz, (own?.rateHz ?? 0) < 1 ? 2 : 1)],
            ['cv', own?.irregularity ?? undefined, places(own?.irregularity)],
            ['synchrony', own?.synchrony ?? undefined, places(own?.synchrony, 3)],
            ['peak', own?.peakHz ?? undefined, whole(own?.peakHz)],
          ];
          return html`<tr class=${large} data-population=${population.name}>
            <th scope="row">${`${looks[at]?.sign ?? ''} ${looks[at]?.name ?? ''}`.trim()}</th>
            ${cells.map(
              ([name, value, shown]) =>
                html`<td data-figure=${name} data-value=${value ?? ''}>${shown}</td>`,
            )}
          </tr>`;
        })}
      </tbody>
    </table>`;
  }
}

function places(value: number | null | undefined, digits = 2): string {
  if (value === undefined || value === null) return MISSING;
  // Nothing is minus nothing.
  return formatFixed(value, digits)
    .replace(/^-(0[.,]0+)$/, '$1')
    .replace('-', '−');
}

function whole(value: number | null | undefined): string {
  return value === undefined || value === null ? MISSING : formatCount(value);
}

customElements.define('population-table', PopulationTable);
