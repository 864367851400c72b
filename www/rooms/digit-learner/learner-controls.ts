// Runs the network: play, pause, one digit, again from the start, another seed, and whether it
// learns; and the retina to draw on.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { emitCommand, emitSetting } from '../../components/events.ts';
import { pauseIcon, playIcon, resetIcon } from '../../components/icons.ts';
import { shared } from '../../components/shared-style.ts';
import { shortcut } from '../../components/shortcuts.ts';
import { text } from '../../i18n/messages.ts';
import type { Command } from '../../page/model.ts';
import { LARGEST_SEED } from '../../state/read.ts';
import type { LearnerModel } from './learner.ts';
import './drawing-pad.ts';

/** What the keys of the network lab mean here too. */
const KEYED: readonly Command['type'][] = ['toggle', 'reset', 'newSeed'];

export class LearnerControls extends LitElement {
  static override styles = [
    shared,
    css`
      .groups {
        display: grid;
        gap: var(--gap-4);
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
      }

      .primary {
        flex: 1 1 6.5rem;
      }

      label.toggle {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
      }

      input[type='text'] {
        width: 6rem;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }

      input[aria-invalid='true'] {
        border-color: var(--warn);
      }

      .refusal {
        color: var(--warn);
        font-size: var(--text-small);
      }

      .drawing {
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
        display: grid;
        gap: var(--gap-2);
      }

      .pad {
        display: grid;
        grid-template-columns: minmax(0, 11rem) auto;
        gap: var(--gap-3);
        align-items: start;
      }

      .read {
        display: block;
        font-size: var(--text-large);
        line-height: 1.2;
        font-weight: 600;
      }

      .pad button {
        margin-top: var(--gap-3);
      }

      @media (max-width: 50rem) {
        .groups {
          display: contents;
        }

        .groups > * {
          order: 1;
        }

        .groups > .drawing {
          order: 3;
        }
      }
    `,
  ];

  static override properties = { model: { attribute: false }, invalid: { state: true } };

  declare model: LearnerModel | undefined;
  /** What was typed is no seed. */
  declare invalid: boolean;

  private readonly onKey = (event: KeyboardEvent) => {
    const command = this.model?.run ? shortcut(event) : undefined;
    if (!command || !KEYED.includes(command.type)) return;
    event.preventDefault();
    emitCommand(this, command);
  };

  constructor() {
    super();
    this.model = undefined;
    this.invalid = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
  }

  protected override render(): TemplateResult {
    const { model } = this;
    if (!model) return html``;
    const { playing, run, state } = model;
    return html`<div class="groups">
      <div class="row" role="group" aria-label=${text('transport')}>
        <button
          class="primary"
          ?disabled=${!run}
          @click=${() => emitCommand(this, { type: 'toggle' })}
        >
          ${playing ? pauseIcon : playIcon} ${text(playing ? 'transport-pause' : 'learner-play')}
        </button>
        <button
          ?disabled=${!run}
          @click=${() => emitCommand(this, { type: 'advance', unit: 'sample' })}
        >
          ${text('learner-one')}
        </button>
        <button
          class="square"
          ?disabled=${!run}
          aria-label=${text('learner-reset')}
          title=${text('learner-reset')}
          @click=${() => emitCommand(this, { type: 'reset' })}
        >
          ${resetIcon}
        </button>
      </div>
      <div class="row">
        <label for="seed">${text('stimulus-seed')}</label>
        <input
          id="seed"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          aria-invalid=${this.invalid}
          aria-describedby="refusal"
          .value=${String(state.seed)}
          @change=${this.typed}
        />
        <button ?disabled=${!run} @click=${() => emitCommand(this, { type: 'newSeed' })}>
          ${text('stimulus-new-seed')}
        </button>
        <span class="refusal" id="refusal" role="alert"
          >${this.invalid ? text('learner-seed-refused', { most: LARGEST_SEED }) : ''}</span
        >
      </div>
      <div>
        <label class="toggle">
          <input
            type="checkbox"
            .checked=${state.learning}
            @change=${(event: Event) =>
              emitSetting(this, 'learning', (event.target as HTMLInputElement).checked)}
          />
          ${text('learner-learning')}
        </label>
        <p class="soft">${text(state.learning ? 'learner-learning-on' : 'learner-learning-off')}</p>
      </div>
      ${this.renderDrawing(model)}
    </div>`;
  }

  private renderDrawing({ drawing, answer }: LearnerModel): TemplateResult {
    return html`<section class="drawing">
      <h2>${text('drawing-title')}</h2>
      <div class="pad">
        <drawing-pad .pixels=${drawing}></drawing-pad>
        <div>
          <p class="soft" id="read-label">${text('present-read')}</p>
          <p aria-live="polite">
            <span class="read number" data-drawn=${answer?.read ?? ''}>${answer?.read ?? '–'}</span>
          </p>
          <button
            ?disabled=${!drawing}
            @click=${() => emitSetting(this, 'drawing', undefined)}
          >
            ${text('drawing-clear')}
          </button>
        </div>
      </div>
      <p class="soft">${text('drawing-hint')}</p>
    </section>`;
  }

  private typed(event: Event): void {
    const field = event.target as HTMLInputElement;
    const typed = field.value.trim();
    const seed = Number(typed);
    this.invalid = typed === '' || !Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED;
    if (!this.invalid && seed !== this.model?.state.seed) emitSetting(this, 'seed', seed);
  }
}

customElements.define('learner-controls', LearnerControls);
