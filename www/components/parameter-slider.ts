// One number of the experiment, made from its declaration: name, symbol, unit, range and what
// it means. A slider for the feel of it, a field beside it for the exact value.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Parameter } from '../engine/model.ts';
import { formatExact, formatQuantity } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { emitSetting } from './events.ts';
import { shared } from './shared-style.ts';
import { isVast, PLACES, placeOf, valueAtPlace } from './slider-scale.ts';
import { plainSymbol } from './symbol.ts';

export class ParameterSlider extends LitElement {
  static override styles = [
    shared,
    css`
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--gap-2);
        align-items: center;
        position: relative;
      }

      .value {
        display: flex;
        align-items: baseline;
        gap: var(--gap-1);
      }

      input[type='text'] {
        width: 4.75rem;
        min-height: 1.75rem;
        padding: 0 0.375rem;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      .unit {
        min-width: 1.25rem;
      }

      .symbol {
        font-family: var(--font-title);
        font-style: italic;
        color: var(--ink-soft);
      }

      input[type='range'] {
        grid-column: 1 / -1;
        appearance: none;
        width: 100%;
        height: 1.625rem;
        margin: 0;
        background: transparent;
        cursor: pointer;
      }

      input::-webkit-slider-runnable-track {
        height: 2px;
        background: var(--track);
      }

      input::-moz-range-track {
        height: 2px;
        background: var(--track);
      }

      input::-webkit-slider-thumb {
        appearance: none;
        width: 0.875rem;
        height: 0.875rem;
        margin-top: -0.375rem;
        border-radius: 50%;
        background: var(--ink);
      }

      input::-moz-range-thumb {
        width: 0.875rem;
        height: 0.875rem;
        border: 0;
        border-radius: 50%;
        background: var(--ink);
      }

      input[aria-invalid='true'] {
        border-color: var(--warn);
        color: var(--warn);
      }

      .meaning {
        grid-column: 1 / -1;
        position: absolute;
        top: 100%;
        left: 0;
        right: 0;
        z-index: 2;
        padding: var(--gap-2) var(--gap-3);
        background: var(--ink);
        color: var(--paper);
        border-radius: var(--radius);
        font-size: var(--text-small);
      }

      .refusal {
        grid-column: 1 / -1;
        color: var(--warn);
        font-size: var(--text-small);
      }
    `,
  ];

  static override properties = {
    parameter: { attribute: false },
    path: { type: String },
    label: { type: String },
    value: { type: Number },
    invalid: { state: true },
    told: { state: true },
  };

  declare parameter: Parameter | undefined;
  /** Where the value stands in the state of the page. */
  declare path: string;
  declare label: string;
  declare value: number;
  declare invalid: boolean;
  /** What the number means is shown. */
  declare told: boolean;

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.told = false;
  };

  constructor() {
    super();
    this.parameter = undefined;
    this.path = '';
    this.label = '';
    this.value = 0;
    this.invalid = false;
    this.told = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.told = false;
    document.removeEventListener('keydown', this.onKey);
  }

  protected override render(): TemplateResult {
    const { parameter, value, label } = this;
    if (!parameter) return html``;
    const { min, max, unit, meaning } = parameter;
    const { letter, index } = plainSymbol(parameter.symbol);
    const range = text('parameter-range', {
      min: formatQuantity(min, unit),
      max: formatQuantity(max, unit),
      default: formatQuantity(parameter.default, unit),
    });
    return html`<div
      class="row"
      @pointerleave=${this.hide}
      @focusin=${this.focused}
      @focusout=${this.hide}
    >
      <label @pointerenter=${this.tell} for=${isVast(parameter) ? 'field' : 'slider'}>${label} <span class="symbol" aria-hidden="true">${letter}<sub>${index}</sub></span></label>
      <span class="value">
        <input
          id="field"
          type="text"
          inputmode="decimal"
          autocomplete="off"
          spellcheck="false"
          aria-label=${text('parameter-exact', { label })}
          aria-describedby="refusal meaning"
          aria-invalid=${this.invalid ? 'true' : 'false'}
          .value=${formatExact(value)}
          @change=${this.typed}
        />
        ${unit === '' ? '' : html`<span class="unit soft">${unit}</span>`}
      </span>
      ${
        isVast(parameter)
          ? nothing
          : html`<input
              id="slider"
              type="range"
              min="0"
              max=${PLACES}
              step="1"
              aria-describedby="meaning"
              aria-valuetext=${formatQuantity(value, unit)}
              .value=${String(placeOf(value, parameter))}
              @input=${this.slid}
              @keydown=${this.stepped}
            />`
      }
      <span class="refusal" id="refusal" role="alert"
        >${this.invalid ? this.refusal(parameter) : nothing}</span
      >
      <span class="meaning" id="meaning" ?hidden=${!this.told}>${meaning} ${range}</span>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('value')) this.invalid = false;
    if (!changed.has('told')) return;
    if (this.told) document.addEventListener('keydown', this.onKey);
    else document.removeEventListener('keydown', this.onKey);
  }

  private refusal({ scale, min, max, unit }: Parameter): string {
    return text(scale === 'integer' ? 'parameter-refused-whole' : 'parameter-refused', {
      label: this.label,
      min: formatQuantity(min, unit),
      max: formatQuantity(max, unit),
    });
  }

  private tell(): void {
    this.told = true;
  }

  private hide(): void {
    this.told = false;
  }

  private focused(event: FocusEvent): void {
    if ((event.target as HTMLElement).matches(':focus-visible')) this.told = true;
  }

  private slid(event: Event): void {
    if (!this.parameter) return;
    this.change(valueAtPlace(Number((event.target as HTMLInputElement).value), this.parameter));
  }

  /** One key press is one step of the parameter, where that is more than one of the slider. */
  private stepped(event: KeyboardEvent): void {
    const { parameter } = this;
    const up = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    const down = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
    if (!parameter || !(up || down) || parameter.scale === 'log') return;
    event.preventDefault();
    const step = (parameter.step || (parameter.max - parameter.min) / 100) * (up ? 1 : -1);
    const next = Number((this.value + step).toPrecision(12));
    this.change(Math.min(parameter.max, Math.max(parameter.min, next)));
  }

  private typed(event: Event): void {
    const { parameter } = this;
    if (!parameter) return;
    const field = event.target as HTMLInputElement;
    const typed = Number(field.value.trim().replace(',', '.'));
    const whole = parameter.scale !== 'integer' || Number.isInteger(typed);
    this.invalid =
      field.value.trim() === '' || !whole || !(typed >= parameter.min && typed <= parameter.max);
    if (!this.invalid) this.change(typed);
  }

  private change(value: number): void {
    if (value !== this.value) emitSetting(this, this.path, value);
  }
}

customElements.define('parameter-slider', ParameterSlider);
