// The hidden layers: how many, how wide, and what each unit does with its input.

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { LayerConfig, LayeredCatalogue } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { addLayer, removeLayer, withActivation, withUnits } from '../state/layers.ts';
import { choicesOf, parameterOf } from '../state/page-state.ts';
import { emitSetting } from './events.ts';
import { crossIcon, minusIcon, plusIcon } from './icons.ts';
import { shared } from './shared-style.ts';

export class LayerEditor extends LitElement {
  static override styles = [
    shared,
    css`
      ol {
        display: grid;
        gap: var(--gap-2);
      }

      li {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--gap-2);
        align-items: center;
      }

      .end {
        display: flex;
        justify-content: space-between;
      }

      .units {
        display: flex;
      }

      .units button,
      .units input {
        min-height: 1.875rem;
        height: 1.875rem;
        border-radius: 0;
        margin-inline-start: -1px;
      }

      .units button {
        width: 1.875rem;
        padding: 0;
      }

      .units button:first-child {
        border-radius: var(--radius) 0 0 var(--radius);
        margin-inline-start: 0;
      }

      .units button:last-child {
        border-radius: 0 var(--radius) var(--radius) 0;
      }

      .units input {
        width: 3.25rem;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }

      .units :focus-visible {
        z-index: 1;
      }

      select {
        min-height: 1.875rem;
        width: 100%;
      }

      li > button {
        width: 1.875rem;
        min-height: 1.875rem;
        padding: 0;
      }

      .add {
        margin-top: var(--gap-2);
        min-height: 1.875rem;
      }
    `,
  ];

  static override properties = {
    catalogue: { attribute: false },
    layers: { attribute: false },
    inputs: { type: Number },
    outputs: { type: Number },
    path: { type: String },
  };

  declare catalogue: LayeredCatalogue | undefined;
  declare layers: readonly LayerConfig[];
  declare inputs: number;
  declare outputs: number;
  declare path: string;

  constructor() {
    super();
    this.catalogue = undefined;
    this.layers = [];
    this.inputs = 0;
    this.outputs = 0;
    this.path = '';
  }

  protected override render(): TemplateResult {
    const { catalogue, layers } = this;
    if (!catalogue) return html``;
    return html`
      <ol>
        <li class="end soft">
          <span>${text('layer-input')}</span>
          <span class="number">${this.inputs}</span>
        </li>
        ${layers.map((layer, at) => this.renderLayer(layer, at, catalogue))}
        <li class="end soft">
          <span>${text('layer-output')}</span>
          <span class="number">${this.outputs}</span>
        </li>
      </ol>
      <button
        class="add"
        ?disabled=${layers.length >= catalogue.maxLayers}
        @click=${() => this.change(addLayer(layers, catalogue))}
      >
        ${plusIcon} ${text('layer-add')}
      </button>
    `;
  }

  private renderLayer(layer: LayerConfig, at: number, catalogue: LayeredCatalogue): TemplateResult {
    const { layers } = this;
    const range = parameterOf(catalogue, 'layers.units');
    const number = at + 1;
    const resize = (units: number) => this.change(withUnits(layers, at, units, range));
    return html`<li>
      <span class="units" role="group" aria-label=${text('layer-units', { number })}>
        <button
          aria-label=${text('layer-fewer', { number })}
          ?disabled=${layer.units <= range.min}
          @click=${() => resize(layer.units - 1)}
        >
          ${minusIcon}
        </button>
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          aria-label=${text('layer-units', { number })}
          .value=${String(layer.units)}
          @change=${(event: Event) => this.typed(event, layer, resize)}
          @keydown=${(event: KeyboardEvent) => arrows(event, layer, resize)}
        />
        <button
          aria-label=${text('layer-more', { number })}
          ?disabled=${layer.units >= range.max}
          @click=${() => resize(layer.units + 1)}
        >
          ${plusIcon}
        </button>
      </span>
      <select
        aria-label=${text('layer-activation', { number })}
        .value=${layer.activation}
        @change=${(event: Event) =>
          this.change(withActivation(layers, at, (event.target as HTMLSelectElement).value))}
      >
        ${choicesOf(catalogue, 'layers.activation').options.map(
          ({ id, title }) =>
            html`<option value=${id} ?selected=${id === layer.activation}>${title}</option>`,
        )}
      </select>
      <button
        class="plain"
        aria-label=${text('layer-remove', { number })}
        @click=${() => this.change(removeLayer(layers, at))}
      >
        ${crossIcon}
      </button>
    </li>`;
  }

  private typed(event: Event, layer: LayerConfig, resize: (units: number) => void): void {
    const field = event.target as HTMLInputElement;
    const units = Number(field.value);
    if (field.value.trim() !== '' && Number.isFinite(units)) resize(units);
    field.value = String(layer.units);
  }

  private change(layers: LayerConfig[]): void {
    emitSetting(this, this.path, layers);
  }
}

function arrows(event: KeyboardEvent, layer: LayerConfig, resize: (units: number) => void): void {
  const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  resize(layer.units + by);
}

customElements.define('layer-editor', LayerEditor);
