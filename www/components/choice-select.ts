// One choice out of a few, with its equation and source as a description.

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Choice } from '../engine/model.ts';
import { emitSetting } from './events.ts';
import { shared } from './shared-style.ts';

export class ChoiceSelect extends LitElement {
  static override styles = [
    shared,
    css`
      /* The label is whole before the list is: its titles are read when it is open. */
      .row {
        display: grid;
        grid-template-columns: minmax(min-content, 1fr) fit-content(68%);
        gap: var(--gap-3);
        align-items: center;
      }

      select {
        min-height: 1.875rem;
        min-width: min(var(--choice-width, 0px), 100%);
        max-width: 100%;
        justify-self: end;
        padding: 0 var(--gap-1);
        font-size: var(--text-small);
        text-overflow: ellipsis;
      }

      /* Long titles: the label above. */
      :host([stacked]) .row {
        grid-template-columns: minmax(0, 1fr);
        gap: 0;
      }

      :host([stacked]) select {
        width: 100%;
      }
    `,
  ];

  static override properties = {
    options: { attribute: false },
    blocked: { attribute: false },
    path: { type: String },
    label: { type: String },
    value: { type: String },
  };

  declare options: readonly Pick<Choice, 'id' | 'title'>[];
  /** Options that make no sense with the other settings. */
  declare blocked: readonly string[];
  declare path: string;
  declare label: string;
  declare value: string;

  constructor() {
    super();
    this.options = [];
    this.blocked = [];
    this.path = '';
    this.label = '';
    this.value = '';
  }

  protected override render(): TemplateResult {
    return html`<div class="row">
      <label for="choice">${this.label}</label>
      <select id="choice" @change=${this.chosen}>
        ${this.options.map(
          ({ id, title }) => html`<option
            value=${id}
            ?selected=${id === this.value}
            ?disabled=${this.blocked.includes(id)}
          >
            ${title}
          </option>`,
        )}
      </select>
    </div>`;
  }

  protected override updated(): void {
    const select = this.renderRoot.querySelector('select');
    if (select) select.value = this.value;
  }

  private chosen(event: Event): void {
    emitSetting(this, this.path, (event.target as HTMLSelectElement).value);
  }
}

customElements.define('choice-select', ChoiceSelect);
