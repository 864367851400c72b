// What the page has to say: refusals with their reason, and notes. Each can be put away.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { text, textOr } from '../i18n/messages.ts';
import type { Notice } from '../page/laboratory.ts';
import { nameOf } from './deed.ts';
import { emitCommand } from './events.ts';
import { crossIcon } from './icons.ts';
import { shared } from './shared-style.ts';

export class MessageBar extends LitElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        gap: 1px;
      }

      li {
        display: flex;
        gap: var(--gap-3);
        align-items: center;
        padding: var(--gap-2) var(--gap-2) var(--gap-2) var(--gap-4);
        background: var(--hover);
        border-left: 3px solid var(--ink-soft);
        box-shadow: 0 2px 12px rgb(0 0 0 / 25%);
      }

      li.refusal {
        background: var(--warn-paper);
        border-color: var(--warn);
      }

      p {
        flex: 1;
        overflow-wrap: anywhere;
      }
    `,
  ];

  static override properties = { notices: { attribute: false } };

  declare notices: readonly Notice[];

  constructor() {
    super();
    this.notices = [];
  }

  protected override render(): TemplateResult {
    return html`<div role="log" aria-label=${text('messages')}><ul>
      ${this.notices.map(({ id, kind, message, fallback, gaps: told, action }) => {
        // What was done is named by an id.
        const gaps = 'what' in told ? { ...told, what: nameOf(String(told.what)) } : told;
        return html`<li class=${kind}>
          <p role=${kind === 'refusal' ? 'alert' : nothing}>${textOr(message, text(fallback, gaps), gaps)}</p>
          ${
            action
              ? html`<button @click=${() => emitCommand(this, action.command)}>
                  ${text(action.message)}
                </button>`
              : nothing
          }
          <button
            class="plain square"
            aria-label=${text('message-dismiss')}
            @click=${() => emitCommand(this, { type: 'dismiss', id })}
          >
            ${crossIcon}
          </button>
        </li>`;
      })}
    </ul></div>`;
  }
}

customElements.define('message-bar', MessageBar);
