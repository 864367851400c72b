// What each network costs: counted where it can be counted, and energy as two estimates that
// disagree, side by side.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LayeredCatalogue, NetworkSnapshot } from '../engine/model.ts';
import {
  formatCount,
  formatEnergy,
  formatPercent,
  formatQuantity,
  MISSING,
} from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { shared } from './shared-style.ts';
import { compare, type Verdict } from './verdict.ts';

export class MetricsTable extends LitElement {
  static override styles = [
    shared,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        /* A long word in one language does not make the table wider than its place. */
        table-layout: fixed;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--gap-1) 0;
        border-bottom: 1px solid var(--hairline);
        vertical-align: baseline;
      }

      th {
        font-weight: 400;
        text-align: start;
        hyphens: auto;
        overflow-wrap: anywhere;
      }

      td,
      thead th {
        width: 30%;
        text-align: end;
        overflow-wrap: normal;
        padding-inline-start: var(--gap-2);
      }

      td {
        white-space: nowrap;
      }

      thead th:first-child {
        width: auto;
      }

      thead th {
        font-weight: 600;
      }

      .artificial {
        color: var(--artificial);
      }

      .spiking {
        color: var(--spiking);
      }

      /* What is said about a quantity has the whole width, under its numbers. */
      .told > * {
        padding-bottom: 0;
        border-bottom: 0;
      }

      td.about {
        padding: 0 0 var(--gap-1);
        white-space: normal;
        text-align: start;
        font-size: var(--text-small);
        color: var(--ink-soft);
      }

      .note {
        margin-top: var(--gap-2);
        max-width: 60ch;
      }
    `,
  ];

  static override properties = {
    artificial: { attribute: false },
    spiking: { attribute: false },
    constants: { attribute: false },
  };

  declare artificial: NetworkSnapshot | undefined;
  declare spiking: NetworkSnapshot | undefined;
  declare constants: LayeredCatalogue['energy'] | undefined;

  constructor() {
    super();
    this.artificial = undefined;
    this.spiking = undefined;
    this.constants = undefined;
  }

  protected override render(): TemplateResult {
    const { artificial, spiking } = this;
    return html`<table>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${text('metrics-quantity')}</span></th>
            <th scope="col" class="artificial">${text('network-artificial')}</th>
            <th scope="col" class="spiking">${text('network-spiking')}</th>
          </tr>
        </thead>
        <tbody>
          ${row(
            text('metrics-parameters'),
            '',
            formatCount(artificial?.parameters),
            formatCount(spiking?.parameters),
          )}
          ${row(
            text('metrics-macs'),
            '',
            formatCount(artificial?.macs),
            formatCount(spiking?.macs),
          )}
          ${row(
            text('metrics-synaptic'),
            text('metrics-synaptic-note'),
            MISSING,
            formatCount(spiking?.synapticOps),
          )}
          ${row(
            text('metrics-updates'),
            text('metrics-updates-note'),
            MISSING,
            formatCount(spiking?.membraneUpdates),
          )}
          ${row(text('metrics-rate'), '', MISSING, formatQuantity(spiking?.spikeRateHz, 'Hz'))}
          ${this.energy('opsOnlyPj', 'metrics-energy-ops')}
          ${this.energy('withMemoryPj', 'metrics-energy-memory')}
        </tbody>
      </table>
      <p class="soft note">${text('metrics-energy-note')} ${text('metrics-energy-spikes', {
        limit: formatPercent(this.constants?.breakEvenSpikes),
        spikes: formatPercent(spiking?.spikesPerStep),
      })}</p>
      <p class="soft note">${text('energy-brain')}</p>`;
  }

  private energy(kind: 'opsOnlyPj' | 'withMemoryPj', id: string): TemplateResult {
    const left = this.artificial?.energy[kind];
    const right = this.spiking?.energy[kind];
    return row(
      text(id),
      html`${text(`${id}-note`, {
        mac: formatQuantity(this.constants?.macPj, 'pJ'),
        accumulate: formatQuantity(this.constants?.accumulatePj, 'pJ'),
        access: formatQuantity(this.constants?.accessPj, 'pJ'),
      })} <strong>${verdictText(compare(left, right))}</strong>`,
      formatEnergy(left),
      formatEnergy(right),
    );
  }
}

function verdictText(verdict: Verdict): string {
  return text(`verdict-${verdict.winner}`, { times: verdict.times });
}

function row(name: string, note: unknown, left: string, right: string): TemplateResult {
  return html`<tr class=${note === '' ? '' : 'told'}>
      <th scope="row">${name}</th>
      <td>${left}</td>
      <td>${right}</td>
    </tr>
    ${note === '' ? nothing : html`<tr><td class="about" colspan="3">${note}</td></tr>`}`;
}

customElements.define('metrics-table', MetricsTable);
