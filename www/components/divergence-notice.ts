// A loss that is no longer a number: where it began, what most likely did it, and the way back.

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Divergence } from '../engine/model.ts';
import { idOf, text, textOr } from '../i18n/messages.ts';
import { emitCommand } from './events.ts';
import { shared } from './shared-style.ts';

export class DivergenceNotice extends LitElement {
  static override styles = [
    shared,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2) var(--gap-4);
        align-items: center;
        padding: var(--gap-3) var(--gap-4);
        background: var(--warn-paper);
        border-left: 3px solid var(--warn);
      }

      p {
        flex: 1 1 20rem;
      }

      strong {
        color: var(--warn);
      }
    `,
  ];

  static override properties = { divergence: { attribute: false } };

  declare divergence: Divergence | undefined;

  constructor() {
    super();
    this.divergence = undefined;
  }

  protected override render(): TemplateResult {
    if (!this.divergence) return html``;
    const { network, layer, reason, setting, message } = this.divergence;
    return html`<div role="alert">
      <p>
        <strong>${text('divergence-title')}</strong>
        ${textOr(`divergence-${reason}`, message, {
          network: text(`network-${network}`),
          layer: layer + 1,
          setting: textOr(`label-${idOf(setting)}`, setting),
        })}
      </p>
      <button class="primary" @click=${() => emitCommand(this, { type: 'restore' })}>
        ${text('divergence-restore')}
      </button>
    </div>`;
  }
}

customElements.define('divergence-notice', DivergenceNotice);
