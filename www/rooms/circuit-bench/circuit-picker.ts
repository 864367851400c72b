// Which circuit: the one that runs in a line, and all of them as a list when another one is wanted, each
// with what it shows and what it takes.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { shared } from '../../components/shared-style.ts';
import type { CircuitOverview, ModelEntry } from '../../engine/model.ts';
import { formatBytes, formatCount } from '../../i18n/format.ts';
import { text, textOr } from '../../i18n/messages.ts';
import { type Circuits, circuitOf, circuitsHere, overviewOf } from './state.ts';

export class CircuitPicker extends LitElement {
  static override styles = [
    shared,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-1) var(--gap-4);
        align-items: baseline;
      }

      h2 {
        font: 600 1.375rem / 1.25 var(--font-title);
      }

      .shows {
        flex: 1 1 20rem;
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
        gap: var(--gap-1) var(--gap-4);
        margin-top: var(--gap-2);
        padding: var(--gap-2) 0 var(--gap-3);
        border-top: 1px solid var(--hairline);
        border-bottom: 1px solid var(--hairline);
      }

      li button {
        display: block;
        width: 100%;
        padding: var(--gap-2) var(--gap-3);
        border-color: transparent;
        border-left: 3px solid transparent;
        border-radius: 0;
        background: transparent;
        text-align: left;
        white-space: normal;
      }

      li button[aria-current] {
        border-left-color: var(--ink);
      }

      b {
        font-weight: 600;
      }

      li .below {
        display: block;
      }
    `,
  ];

  static override properties = {
    circuits: { attribute: false },
    circuit: { type: String },
    open: { type: Boolean },
  };

  declare circuits: Circuits | undefined;
  declare circuit: string;
  declare open: boolean;

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.open) this.close();
  };

  constructor() {
    super();
    this.circuits = undefined;
    this.circuit = '';
    this.open = false;
  }

  protected override render(): TemplateResult {
    const { circuits } = this;
    const entry = circuits && circuitOf(circuits, this.circuit);
    if (!circuits || !entry) return html``;
    const overview = overviewOf(circuits, entry.id);
    return html`<div class="head" @keydown=${this.onKey}>
        <h2>${entry.title} <span class="soft number">${entry.year}</span></h2>
        <p class="shows">${overview ? showsText(overview) : ''}</p>
        <button
          id="toggle"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-controls="list"
          @click=${() => {
            this.open = !this.open;
          }}
        >
          ${text(this.open ? 'picker-close' : 'picker-open')}
        </button>
      </div>
      ${
        this.open
          ? html`<ul id="list" aria-label=${text('picker-list')} @keydown=${this.onKey}>
              ${circuitsHere(circuits).map((one) =>
                this.renderOne(one, overviewOf(circuits, one.id)),
              )}
            </ul>`
          : nothing
      }`;
  }

  private renderOne(entry: ModelEntry, overview: CircuitOverview | undefined): TemplateResult {
    return html`<li>
      <button
        data-circuit=${entry.id}
        aria-current=${entry.id === this.circuit ? 'true' : nothing}
        @click=${() => this.choose(entry.id)}
      >
        <b>${entry.title}</b> <span class="soft number">${entry.year}</span>
        <span class="below">${overview ? showsText(overview) : ''}</span>
        <span class="below soft number">${overview ? sizeText(overview) : ''}</span>
      </button>
    </li>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open') || changed.get('open') === undefined || !this.open) return;
    const own = this.renderRoot.querySelector<HTMLElement>('[aria-current]');
    own?.focus({ preventScroll: true });
  }

  private choose(id: string): void {
    this.close();
    if (id !== this.circuit) emitSetting(this, 'circuit', id);
  }

  private close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('#toggle')?.focus();
  }
}

/** What it shows, in a line of the engine, told in the visitor's language where there is one. */
function showsText({ id, shows }: CircuitOverview): string {
  return textOr(`model-${id}-shows`, shows);
}

/** What it takes, before and after it is built. */
export function sizeText(size: { neurons: number; synapses: number; bytes: number }): string {
  return text('circuit-size', {
    neurons: formatCount(size.neurons),
    synapses: formatCount(size.synapses),
    bytes: formatBytes(size.bytes),
  });
}

customElements.define('circuit-picker', CircuitPicker);
