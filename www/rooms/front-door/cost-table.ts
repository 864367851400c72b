// What one answer costs each of the two networks, as the engine counted it in this run.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import type { NetworkSnapshot } from '../../engine/model.ts';
import { formatCount, formatEnergy, MISSING } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';

export class CostTable extends LitElement {
  static override styles = [
    shared,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: var(--gap-1) 0;
        border-bottom: 1px solid var(--hairline);
        vertical-align: baseline;
      }

      th {
        text-align: start;
        font-weight: 400;
      }

      td,
      thead th {
        text-align: end;
        padding-inline-start: var(--gap-3);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      thead th,
      .sum > * {
        font-weight: 600;
      }

      .artificial {
        color: var(--artificial);
      }

      .spiking {
        color: var(--spiking);
      }

      thead th:first-child {
        text-align: start;
        padding: var(--gap-1) 0;
      }
    `,
  ];

  static override properties = { networks: { attribute: false } };

  declare networks: readonly NetworkSnapshot[];

  constructor() {
    super();
    this.networks = [];
  }

  protected override render(): TemplateResult {
    const [artificial, spiking] = this.networks;
    if (!artificial || !spiking) return html``;
    const energy = (id: string, kind: keyof NetworkSnapshot['energy']) =>
      row(id, formatEnergy(artificial.energy[kind]), formatEnergy(spiking.energy[kind]));
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${text('answer-table')}</th>
          <th scope="col" class="artificial">${text('network-artificial')}</th>
          <th scope="col" class="spiking">${text('network-spiking')}</th>
        </tr>
      </thead>
      <tbody>
        ${row('answer-macs', formatCount(artificial.macs), formatCount(spiking.macs))}
        ${row('answer-additions', MISSING, formatCount(spiking.synapticOps))}
        ${row('answer-updates', MISSING, formatCount(spiking.membraneUpdates))}
        ${row('answer-sum', formatCount(artificial.operations), formatCount(spiking.operations), 'sum')}
        ${energy('metrics-energy-ops', 'opsOnlyPj')}
        ${energy('metrics-energy-memory', 'withMemoryPj')}
      </tbody>
    </table>`;
  }
}

function row(id: string, left: string, right: string, kind = ''): TemplateResult {
  return html`<tr class=${kind}>
    <th scope="row">${text(id)}</th>
    <td>${left}</td>
    <td>${right}</td>
  </tr>`;
}

customElements.define('cost-table', CostTable);
