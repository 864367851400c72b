// Runs the circuit: play, pause, a little further, from the beginning, another seed, how fast; and how
// fast it really is.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { pauseIcon, playIcon, resetIcon } from '../../components/icons.ts';
import { shared } from '../../components/shared-style.ts';
import {
  formatCount,
  formatFixed,
  formatNumber,
  formatQuantity,
  MISSING,
} from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { Figures } from './bench.ts';
import { emitCircuit } from './commands.ts';
import { SPANS_MS, SPEEDS } from './state.ts';
import '../../components/choice-select.ts';

const STEP_MS = 10;
/** Fields that take the space bar themselves. */
const TAKES_SPACE = 'button, summary, a, input, select, textarea';

export class CircuitTransport extends LitElement {
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

      .watch {
        margin-top: var(--gap-2);
        min-height: 1.875rem;
      }

      .size {
        flex: 1 1 18rem;
      }

      dl {
        display: flex;
        gap: var(--gap-4);
        margin-left: auto;
      }

      dt {
        color: var(--ink-soft);
        font-size: var(--text-small);
        line-height: 1.2;
      }

      dd {
        line-height: 1.2;
        min-width: 5.5ch;
      }

      @media (max-width: 40rem) {
        .bar {
          gap: var(--gap-2);
        }

        dl {
          margin-left: 0;
          width: 100%;
          justify-content: space-between;
          gap: var(--gap-2);
        }

        .group {
          flex: 1;
          flex-wrap: wrap;
        }

        .primary {
          min-width: 5.5rem;
        }

        .group button {
          flex: 1 0 auto;
          padding: 0 var(--gap-1);
        }
      }
    `,
  ];

  static override properties = {
    playing: { type: Boolean },
    ready: { type: Boolean },
    figures: { attribute: false },
    speed: { type: Number },
    spanMs: { type: Number },
    seed: { type: Number },
    size: { type: String },
    built: { type: String },
  };

  declare playing: boolean;
  declare ready: boolean;
  declare figures: Figures | undefined;
  declare speed: number;
  declare spanMs: number;
  declare seed: number;
  /** What it takes, in words. */
  declare size: string;
  /** Id of what runs. */
  declare built: string;

  private readonly onKey = (event: KeyboardEvent) => {
    const at = event.composedPath()[0];
    const wanted = at instanceof Element && at.matches(TAKES_SPACE);
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
    if (event.key !== ' ' || wanted || modified || !this.ready) return;
    event.preventDefault();
    emitCircuit(this, { type: 'toggle' });
  };

  constructor() {
    super();
    this.playing = false;
    this.ready = false;
    this.figures = undefined;
    this.speed = 1;
    this.spanMs = 1000;
    this.seed = 1;
    this.size = '';
    this.built = '';
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
    const { playing, ready, figures } = this;
    const named = (list: readonly number[], own: number, name: (one: number) => string) =>
      (list.includes(own) ? list : [...list, own]).map((one) => ({
        id: String(one),
        title: name(one),
      }));
    const running = playing && (figures?.factor ?? 0) > 0;
    return html`<div class="bar" role="group" aria-label=${text('circuit-transport')}>
      <button
        class="primary"
        ?disabled=${!ready}
        title=${text('circuit-toggle-title')}
        @click=${() => emitCircuit(this, { type: 'toggle' })}
      >
        ${playing ? pauseIcon : playIcon} ${text(playing ? 'transport-pause' : 'circuit-play')}
      </button>
      <div class="group">
        <button
          ?disabled=${!ready}
          title=${text('circuit-step-title')}
          @click=${() => emitCircuit(this, { type: 'advance', ms: STEP_MS })}
        >
          ${text('circuit-step', { step: formatQuantity(STEP_MS, 'ms') })}
        </button>
        <button
          ?disabled=${!ready}
          title=${text('circuit-reset-title')}
          @click=${() => emitCircuit(this, { type: 'reset' })}
        >
          ${resetIcon} ${text('transport-reset-short')}
        </button>
        <button
          ?disabled=${!ready}
          title=${text('circuit-new-seed-title', { seed: this.seed })}
          @click=${() => emitCircuit(this, { type: 'newSeed' })}
        >
          ${text('transport-new-seed-short')}
        </button>
      </div>
      <dl class="number">
        ${figure('time', figures?.timeMs ?? 0, timeText(figures?.timeMs ?? 0))}
        ${figure(
          'factor',
          running ? (figures?.factor ?? 0) : 0,
          running ? `${factorText(figures?.factor ?? 0)}×` : MISSING,
        )}
        ${figure(
          'rate',
          running ? (figures?.spikeRate ?? 0) : 0,
          running ? formatCount(figures?.spikeRate) : MISSING,
        )}
      </dl>
    </div>
    <div class="bar watch">
      <p class="soft number size" role="status" data-built=${this.built}>${this.size}</p>
      <choice-select
        path="speed"
        label=${text('circuit-speed')}
        .options=${named(SPEEDS, this.speed, speedName)}
        .value=${String(this.speed)}
      ></choice-select>
      <choice-select
        path="spanMs"
        label=${text('circuit-span')}
        .options=${named(SPANS_MS, this.spanMs, spanName)}
        .value=${String(this.spanMs)}
      ></choice-select>
    </div>`;
  }
}

function speedName(speed: number): string {
  return speed === 0 ? text('circuit-speed-most') : text('circuit-speed-of', { speed });
}

function spanName(ms: number): string {
  return ms >= 1000 ? formatQuantity(ms / 1000, 's') : formatQuantity(ms, 'ms');
}

/** 12.34 s: the same number of places all the time. */
function timeText(ms: number): string {
  return `${formatFixed(ms / 1000, 2)} s`;
}

function factorText(factor: number): string {
  return factor >= 10
    ? formatCount(factor)
    : factor >= 0.95
      ? formatFixed(factor, 1)
      : formatNumber(factor);
}

function figure(name: string, value: number, shown: string): TemplateResult {
  return html`<div title=${text(`circuit-${name}-title`)}>
    <dt>${text(`circuit-${name}`)}</dt>
    <dd data-figure=${name} data-value=${value}>${shown}</dd>
  </div>`;
}

customElements.define('circuit-transport', CircuitTransport);
