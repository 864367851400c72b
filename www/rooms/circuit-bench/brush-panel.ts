// Excites or silences a group: the one that was brushed on the raster, or one that is named here.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { shared } from '../../components/shared-style.ts';
import type { PopulationEntry } from '../../engine/model.ts';
import { formatCount, formatQuantity } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { emitCircuit } from './commands.ts';
import { looksOf } from './population-look.ts';
import { BRUSHES_MS, type Rows } from './state.ts';
import '../../components/choice-select.ts';

export class BrushPanel extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
      }

      select {
        min-height: 1.875rem;
        padding: 0 var(--gap-1);
        font-size: var(--text-small);
      }

      input {
        width: 4.25rem;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }

      input[type='text'] {
        min-height: 1.875rem;
      }

      .pair {
        display: flex;
        gap: var(--gap-1);
        align-items: center;
      }

      .hint {
        flex: 1 1 14rem;
      }
    `,
  ];

  static override properties = {
    populations: { attribute: false },
    rows: { attribute: false },
    brushMs: { type: Number },
  };

  declare populations: readonly PopulationEntry[];
  declare rows: Rows | undefined;
  declare brushMs: number;

  constructor() {
    super();
    this.populations = [];
    this.rows = undefined;
    this.brushMs = 200;
  }

  protected override render(): TemplateResult {
    const { populations, rows } = this;
    const looks = looksOf(populations);
    const at = rows ? populations.findIndex((one) => rows[0] < one.begin + one.places) : -1;
    const population = populations[at];
    const across = rows && population && rows[1] > population.begin + population.places;
    const touched = populations.filter(
      (one) => rows && rows[0] < one.begin + one.places && rows[1] > one.begin,
    );
    const able = touched.some(({ hears }) => hears);
    return html`<div class="line" role="group" aria-label=${text('brush')}>
      <span class="pair">
        <label for="group">${text('brush-group')}</label>
        <select id="group" @change=${this.named}>
          <option value="-1" ?selected=${at < 0}>${text('brush-none')}</option>
          ${looks.map(
            (look, place) =>
              html`<option value=${place} ?selected=${place === at}>
                ${`${look.sign} ${look.name}`.trim()}
              </option>`,
          )}
        </select>
      </span>
      ${
        rows && population
          ? html`<span class="pair">
              <label for="from">${text('brush-from')}</label>
              <input
                id="from"
                type="text"
                inputmode="numeric"
                .value=${String((rows[0] - population.begin) * population.stride + 1)}
                @change=${(event: Event) => this.typed(event, population, 0)}
              />
              <label for="until">${text('brush-until')}</label>
              <input
                id="until"
                type="text"
                inputmode="numeric"
                ?disabled=${across}
                .value=${
                  across
                    ? '…'
                    : String(
                        Math.min(
                          population.count,
                          (rows[1] - population.begin) * population.stride,
                        ),
                      )
                }
                @change=${(event: Event) => this.typed(event, population, 1)}
              />
              <span class="soft number">${text('brush-of', { count: formatCount(population.count) })}</span>
            </span>`
          : html`<span class="soft hint">${text('brush-hint')}</span>`
      }
      <choice-select
        path="brushMs"
        label=${text('brush-for')}
        .options=${[...new Set([...BRUSHES_MS, this.brushMs])]
          .sort((one, other) => one - other)
          .map((ms) => ({ id: String(ms), title: formatQuantity(ms, 'ms') }))}
        .value=${String(this.brushMs)}
      ></choice-select>
      <button ?disabled=${!able} @click=${() => emitCircuit(this, { type: 'brush', excite: true })}>
        ${text('brush-excite')}
      </button>
      <button ?disabled=${!able} @click=${() => emitCircuit(this, { type: 'brush', excite: false })}>
        ${text('brush-silence')}
      </button>
      <span class="soft" role="status"
        >${rows && !able ? text('brush-deaf', { name: looks[at]?.name ?? '' }) : ''}</span
      >
    </div>`;
  }

  protected override updated(): void {
    const select = this.renderRoot.querySelector('select');
    const { rows } = this;
    const at = rows ? this.populations.findIndex((one) => rows[0] < one.begin + one.places) : -1;
    if (select) select.value = String(at);
  }

  private named(event: Event): void {
    const found = this.populations[Number((event.target as HTMLSelectElement).value)];
    const rows = found && ([found.begin, found.begin + found.places] as const);
    emitSetting(this, 'rows', rows);
  }

  /** Numbers of neurons are counted from 1; what is no number leaves the group as it was. */
  private typed(event: Event, population: PopulationEntry, end: 0 | 1): void {
    const { rows } = this;
    const field = event.target as HTMLInputElement;
    const { begin, stride, count, places } = population;
    const typed = Math.round(Number(field.value.trim().replaceAll(',', '')));
    if (!rows || !Number.isFinite(typed) || field.value.trim() === '') {
      this.requestUpdate('rows', undefined);
      return;
    }
    const neuron = Math.min(count, Math.max(1, typed));
    const place = begin + Math.min(places - 1, Math.floor((neuron - 1) / stride));
    const next: Rows =
      end === 0 ? [place, Math.max(place + 1, rows[1])] : [Math.min(rows[0], place), place + 1];
    emitSetting(this, 'rows', next);
    this.requestUpdate('rows', undefined);
  }
}

customElements.define('brush-panel', BrushPanel);
