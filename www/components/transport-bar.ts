// Runs the experiment: play, pause, one step of each size, back, and again from the start.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { formatCount, formatEpoch } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { Command } from '../page/laboratory.ts';
import { type PageState, SPEEDS } from '../state/page-state.ts';
import { emitCommand, emitSetting } from './events.ts';
import { backIcon, pauseIcon, playIcon, resetIcon } from './icons.ts';
import { shared } from './shared-style.ts';
import { shortcut } from './shortcuts.ts';

export class TransportBar extends LitElement {
  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2) var(--gap-4);
        align-items: center;
      }

      .group {
        display: flex;
        gap: var(--gap-1);
      }

      .primary {
        min-width: 6.5rem;
      }

      .speed {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
      }

      .speed select {
        width: 100%;
        min-width: 0;
        padding: 0 var(--gap-1);
        font-size: var(--text-small);
      }

      dl {
        display: flex;
        gap: var(--gap-4);
        margin-inline-start: auto;
      }

      dt {
        color: var(--ink-soft);
        font-size: var(--text-small);
        line-height: 1.2;
      }

      dd {
        line-height: 1.2;
        min-width: 6ch;
      }

      /* Buttons and counters share one row on a small desk. */
      @media (max-width: 84rem) {
        .bar,
        dl {
          gap: var(--gap-2);
        }
      }

      @media (max-width: 72rem) {
        .optional {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }

      @media (max-width: 40rem) {
        .bar {
          gap: var(--gap-2);
        }

        dl {
          margin-inline-start: 0;
          width: 100%;
          flex-wrap: wrap;
          justify-content: space-between;
          gap: 0 var(--gap-2);
        }

        dl,
        dt {
          font-size: var(--text-small);
        }

        dd {
          min-width: 0;
        }

        dl > div {
          display: flex;
          gap: var(--gap-1);
          align-items: baseline;
        }

        .speed {
          flex: 0 1 5.5rem;
          min-width: 0;
        }

        .speed span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }

        .group {
          flex: 1;
        }

        .group button {
          flex: 1 1 auto;
          padding: 0 var(--gap-1);
        }
      }
    `,
  ];

  static override properties = {
    playing: { type: Boolean },
    ready: { type: Boolean },
    stopped: { type: Boolean },
    step: { type: Number },
    epoch: { type: Number },
    rate: { type: Number },
    speed: { type: String },
    keys: { type: Boolean },
  };

  declare playing: boolean;
  declare ready: boolean;
  /** A loss is no number: nothing trains until that is mended. */
  declare stopped: boolean;
  declare step: number;
  declare epoch: number;
  /** Examples a second, that each network learned from. */
  declare rate: number;
  /** How fast it plays. */
  declare speed: PageState['view']['speed'];
  /** Single-letter shortcuts are on. */
  declare keys: boolean;

  private readonly onKey = (event: KeyboardEvent) => {
    const command = this.ready && this.keys ? shortcut(event) : undefined;
    if (!command) return;
    event.preventDefault();
    emitCommand(this, command);
  };

  constructor() {
    super();
    this.playing = false;
    this.ready = false;
    this.stopped = false;
    this.step = 0;
    this.epoch = 0;
    this.rate = 0;
    this.speed = 'most';
    this.keys = true;
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
    const { playing, ready } = this;
    const button = (command: Command, label: string, content: unknown, title: string) =>
      html`<button
        ?disabled=${!ready || (this.stopped && command.type === 'advance')}
        aria-label=${label}
        title=${title}
        @click=${() => emitCommand(this, command)}
      >
        ${content}
      </button>`;
    const one = (unit: 'sample' | 'batch' | 'epoch') =>
      button(
        { type: 'advance', unit },
        text(`transport-one-${unit}`),
        text(`transport-${unit}`),
        text(`transport-one-${unit}-title`),
      );
    return html`<div class="bar" role="group" aria-label=${text('transport')}>
      <button
        class="primary"
        ?disabled=${!ready || this.stopped}
        title=${text('transport-toggle-title')}
        @click=${() => emitCommand(this, { type: 'toggle' })}
      >
        ${playing ? pauseIcon : playIcon} ${text(playing ? 'transport-pause' : 'transport-play')}
      </button>
      <div class="group">${one('sample')} ${one('batch')} ${one('epoch')}</div>
      <div class="group">
        ${button(
          { type: 'back', batches: 1 },
          text('transport-back'),
          html`${backIcon}`,
          text('transport-back-title'),
        )}
        ${button(
          { type: 'reset' },
          text('transport-reset'),
          html`${resetIcon}<span class="optional">${text('transport-reset-short')}</span>`,
          text('transport-reset-title'),
        )}
        ${button(
          { type: 'newSeed' },
          text('transport-new-seed'),
          text('transport-new-seed-short'),
          text('transport-new-seed-title'),
        )}
      </div>
      <label class="speed">
        <span>${text('transport-speed')}</span>
        <select
          @change=${(event: Event) =>
            emitSetting(this, 'view.speed', (event.target as HTMLSelectElement).value)}
        >
          ${SPEEDS.map(
            (speed) =>
              html`<option value=${speed} .selected=${speed === this.speed}>
                ${speedName(speed)}
              </option>`,
          )}
        </select>
      </label>
      <dl class="number">
        ${figure('epoch', this.epoch)} ${figure('step', this.step)} ${figure('rate', this.rate)}
      </dl>
    </div>`;
  }
}

function speedName(speed: (typeof SPEEDS)[number]): string {
  return speed === 'most'
    ? text('transport-speed-most')
    : text('transport-speed-of', { batches: Number(speed) });
}

function figure(name: 'epoch' | 'step' | 'rate', value: number): TemplateResult {
  return html`<div title=${name === 'rate' ? text('transport-rate-count-title') : ''}>
    <dt>${text(`transport-${name}-count`)}</dt>
    <dd data-figure=${name} data-value=${value}>
      ${name === 'epoch' ? formatEpoch(value) : formatCount(value)}
    </dd>
  </div>`;
}

customElements.define('transport-bar', TransportBar);
