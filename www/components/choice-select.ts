// One choice out of a few. What the engine declares of the chosen one, its equation and source, is shown
// when it is asked for.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Choice } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { emitSetting } from './events.ts';
import { cardLines, cardStyle } from './model-card.ts';
import { shared } from './shared-style.ts';

type Option = Pick<Choice, 'id' | 'title'> & Partial<Choice>;

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

      .named {
        display: flex;
        gap: var(--gap-1);
        align-items: center;
      }

      /* As high as the list beside it, or less: asked or not, the row is the same. */
      button {
        flex: none;
        width: 1.5rem;
        min-height: 1.5rem;
        padding: 0;
        border-color: transparent;
        background: transparent;
        color: var(--ink-soft);
        font-family: var(--font-title);
        font-style: italic;
        font-size: var(--text-small);
      }

      button[aria-expanded='true'] {
        background: var(--hover);
        color: var(--ink);
      }

      .told {
        padding: 0 0 var(--gap-2);
        font-size: var(--text-small);
      }

      .told p {
        font-weight: 600;
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
    cardStyle,
  ];

  static override properties = {
    options: { attribute: false },
    blocked: { attribute: false },
    path: { type: String },
    label: { type: String },
    value: { type: String },
    told: { state: true },
  };

  declare options: readonly Option[];
  /** Options that make no sense with the other settings. */
  declare blocked: readonly string[];
  declare path: string;
  declare label: string;
  declare value: string;
  /** What is declared of the chosen one is shown. */
  declare told: boolean;

  constructor() {
    super();
    this.options = [];
    this.blocked = [];
    this.path = '';
    this.label = '';
    this.value = '';
    this.told = false;
  }

  protected override render(): TemplateResult {
    const chosen = this.options.find(({ id }) => id === this.value);
    return html`<div class="row">
      <span class="named">
        <label for="choice">${this.label}</label>
        ${chosen?.citation ? this.renderButton(chosen) : nothing}
      </span>
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
    </div>
    ${this.told && chosen?.citation ? this.renderTold(chosen, chosen.citation) : nothing}`;
  }

  private renderButton({ title }: Option): TemplateResult {
    const { told } = this;
    const name = text('choice-about', { title });
    return html`<button
      aria-label=${name}
      title=${name}
      aria-expanded=${told ? 'true' : 'false'}
      @click=${() => {
        this.told = !told;
      }}
    >
      i
    </button>`;
  }

  private renderTold(
    { title, equation = '', notBiological = '' }: Option,
    citation: string,
  ): TemplateResult {
    return html`<div class="told" data-told>
      <p>${title}</p>
      ${cardLines({ title, equations: equation, citation, notBiological })}
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
