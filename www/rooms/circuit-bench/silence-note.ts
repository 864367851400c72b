// Says over an empty raster that nobody fires any more, since when, and how it is seen again: a circuit that
// fell silent looks like one that is broken.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import { formatQuantity } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { emitCircuit } from './commands.ts';
import { SpikeStore } from './spike-store.ts';

export class SilenceNote extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
        /* Beside the names, which stay. */
        inset: 0 0 0 6rem;
        display: grid;
        place-content: center;
        pointer-events: none;
      }

      .note {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2) var(--gap-3);
        align-items: center;
        justify-content: center;
        padding: var(--gap-2);
        background: var(--paper);
      }

      button {
        pointer-events: auto;
      }
    `,
  ];

  static override properties = {
    spikes: { attribute: false },
    spanMs: { type: Number },
    /** Only to be told that something is new. */
    news: { attribute: false },
  };

  declare spikes: SpikeStore;
  declare spanMs: number;
  declare news: unknown;

  constructor() {
    super();
    this.spikes = new SpikeStore();
    this.spanMs = 1000;
    this.news = undefined;
  }

  protected override render(): TemplateResult {
    const since = silentSince(this.spikes, this.spanMs);
    // The region is there before its words are, so that they are read aloud.
    return html`<div role="status">
      ${
        since === undefined
          ? nothing
          : html`<div class="note">
              <span class="number" data-silent=${since}
                >${text('silent-since', { time: formatQuantity(Number((since / 1000).toFixed(2)), 's') })}</span
              >
              <button @click=${() => emitCircuit(this, { type: 'reset' })}>
                ${text('silent-again')}
              </button>
            </div>`
      }
    </div>`;
  }
}

/** The time of the last spike, ms, where the whole picture is empty; 0 where there was none. */
export function silentSince(spikes: SpikeStore, spanMs: number): number | undefined {
  const last = spikes.end > 0 ? spikes.timeOf(spikes.end - 1) : 0;
  return spikes.timeMs - last > spanMs ? last : undefined;
}

customElements.define('silence-note', SilenceNote);
