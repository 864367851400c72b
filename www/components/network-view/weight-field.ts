// A number that can be typed: a weight, a bias, a level. What is no number is refused in place, and the old
// one stays.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { text } from '../../i18n/messages.ts';
import { shared } from '../shared-style.ts';

/** One press of an arrow key. */
const STEP = 0.1;

export class WeightField extends LitElement {
  static override styles = [
    shared,
    css`
      input[type='text'] {
        width: 5rem;
        min-height: 1.625rem;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      .refused {
        display: block;
        color: var(--warn);
        font-size: var(--text-small);
      }
    `,
  ];

  static override properties = {
    value: { type: Number },
    label: { type: String },
    refused: { state: true },
  };

  declare value: number;
  declare label: string;
  declare private refused: boolean;

  constructor() {
    super();
    this.value = 0;
    this.label = '';
    this.refused = false;
  }

  override focus(): void {
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector('input');
      input?.focus();
      input?.select();
    });
  }

  protected override render(): TemplateResult {
    return html`<input
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-label=${this.label}
        aria-invalid=${this.refused ? 'true' : 'false'}
        @change=${(event: Event) => this.typed(event.target as HTMLInputElement)}
        @keydown=${this.stepped}
        @blur=${() => this.show(true)}
      />${this.refused ? html`<span class="refused" role="alert">${text('nv-refused')}</span>` : nothing}`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('value')) this.show(false);
  }

  /** While somebody types, the number that is learned does not write over it. */
  private show(always: boolean): void {
    const input = this.renderRoot.querySelector('input');
    if (!input || (!always && (this.renderRoot as ShadowRoot).activeElement === input)) return;
    input.value = written(this.value);
  }

  private typed(input: HTMLInputElement): void {
    const value = Number(input.value.trim().replace('−', '-').replace(',', '.'));
    // What single precision cannot hold would be no number to the engine.
    this.refused = input.value.trim() === '' || !Number.isFinite(Math.fround(value));
    if (!this.refused) this.tell(value);
    else input.value = written(this.value);
  }

  private stepped(event: KeyboardEvent): void {
    const by = event.key === 'ArrowUp' ? STEP : event.key === 'ArrowDown' ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    const input = event.target as HTMLInputElement;
    const now = Number(input.value.replace('−', '-'));
    const value = Math.round(((Number.isFinite(now) ? now : this.value) + by) * 1000) / 1000;
    input.value = written(value);
    this.refused = false;
    this.tell(value);
  }

  private tell(value: number): void {
    this.dispatchEvent(new CustomEvent('weigh', { detail: value }));
  }
}

function written(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '';
}

customElements.define('weight-field', WeightField);
