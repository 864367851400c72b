// The question before any control: will the spiking one learn it too, and what will an answer cost it?

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import { formatCount, formatPercent } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { MAGNITUDES } from './magnitude.ts';
import { type Guess, LEARNED, PASSES } from './visit.ts';

export class GuessForm extends LitElement {
  static override styles = [
    shared,
    css`
      form {
        display: grid;
        gap: var(--gap-4);
      }

      h2 {
        font: 600 1.25rem / 1.3 var(--font-title);
      }

      legend {
        padding: 0;
        margin-bottom: var(--gap-2);
      }

      .options {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--gap-2);
      }

      label {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
        min-height: 2.75rem;
        padding: var(--gap-1) var(--gap-3);
        border: 1px solid var(--track);
        border-radius: var(--radius);
        background: var(--raised);
        cursor: pointer;
      }

      label:hover {
        background: var(--hover);
      }

      label.chosen {
        border-color: var(--ink);
        box-shadow: inset 0 0 0 1px var(--ink);
      }

      input {
        margin: 0;
        accent-color: var(--ink);
        flex: none;
      }

      .run {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-3);
      }

      .run button {
        min-height: 2.75rem;
        padding: 0 var(--gap-6);
      }
    `,
  ];

  static override properties = { guess: { attribute: false } };

  declare guess: Guess;

  constructor() {
    super();
    this.guess = {};
  }

  protected override render(): TemplateResult {
    const { learns, cost } = this.guess;
    const ready = learns !== undefined && cost !== undefined;
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        if (ready) this.dispatchEvent(new CustomEvent('run', { bubbles: true, composed: true }));
      }}
    >
      <h2>${text('guess-title')}</h2>
      <fieldset>
        <legend>
          ${text('guess-learns', { share: formatPercent(LEARNED, 0), passes: formatCount(PASSES) })}
        </legend>
        <div class="options">
          ${[true, false].map((value) =>
            this.option('learns', value ? 'yes' : 'no', value === learns, { learns: value }),
          )}
        </div>
      </fieldset>
      <fieldset>
        <legend>${text('guess-cost')}</legend>
        <div class="options">
          ${MAGNITUDES.map((value) => this.option('cost', value, value === cost, { cost: value }))}
        </div>
      </fieldset>
      <div class="run">
        <button class="primary" ?disabled=${!ready} aria-describedby="hint">
          ${text('guess-run')}
        </button>
        <span class="soft" id="hint">${ready ? nothing : text('guess-first')}</span>
      </div>
    </form>`;
  }

  private option(name: string, value: string, checked: boolean, guess: Guess): TemplateResult {
    return html`<label class=${checked ? 'chosen' : ''}>
      <input
        type="radio"
        name=${name}
        value=${value}
        .checked=${checked}
        @change=${() =>
          this.dispatchEvent(
            new CustomEvent('guess', { detail: guess, bubbles: true, composed: true }),
          )}
      />
      ${text(`guess-${name}-${value}`)}
    </label>`;
  }
}

customElements.define('guess-form', GuessForm);
