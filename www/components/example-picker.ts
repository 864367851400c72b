// Which example the hidden units answer to.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { text } from '../i18n/messages.ts';
import { emitSetting } from './events.ts';
import { minusIcon, plusIcon } from './icons.ts';
import { shared } from './shared-style.ts';

export class ExamplePicker extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
      }

      input {
        width: 5.5rem;
        font-variant-numeric: tabular-nums;
      }

      input,
      select,
      button {
        min-height: 1.875rem;
      }

      button {
        width: 1.875rem;
        padding: 0;
      }
    `,
  ];

  static override properties = {
    example: { type: Number },
    split: { type: String },
    examples: { type: Number },
  };

  declare example: number;
  declare split: 'train' | 'test';
  /** How many the split has. */
  declare examples: number;

  constructor() {
    super();
    this.example = 0;
    this.split = 'test';
    this.examples = 0;
  }

  protected override render(): TemplateResult {
    const { example, examples, split } = this;
    return html`
      <label for="example">${text('example-label')}</label>
      <button
        aria-label=${text('example-previous')}
        ?disabled=${example <= 0}
        @click=${() => this.go(example - 1)}
      >
        ${minusIcon}
      </button>
      <input
        id="example"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        .value=${String(example + 1)}
        @change=${this.typed}
      />
      <button
        aria-label=${text('example-next')}
        ?disabled=${example >= examples - 1}
        @click=${() => this.go(example + 1)}
      >
        ${plusIcon}
      </button>
      <span class="soft number">${text('example-of', { examples })}</span>
      <select
        aria-label=${text('example-split')}
        @change=${(event: Event) =>
          emitSetting(this, 'view.split', (event.target as HTMLSelectElement).value)}
      >
        ${(['test', 'train'] as const).map(
          (id) =>
            html`<option value=${id} ?selected=${id === split}>${text(`split-${id}`)}</option>`,
        )}
      </select>
    `;
  }

  private typed(event: Event): void {
    const field = event.target as HTMLInputElement;
    const number = Math.round(Number(field.value));
    if (number >= 1 && number <= this.examples) this.go(number - 1);
    field.value = String(this.example + 1);
  }

  private go(example: number): void {
    emitSetting(this, 'view.example', example);
  }
}

customElements.define('example-picker', ExamplePicker);
