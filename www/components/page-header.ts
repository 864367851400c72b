// The head of every room: the name of the page, the way to the other rooms, and a line about this one.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { text } from '../i18n/messages.ts';
import { addressOf, ROOMS, type RoomId } from '../rooms/rooms.ts';
import { shared } from './shared-style.ts';

export class PageHeader extends LitElement {
  static override styles = [
    shared,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--gap-4);
        padding: var(--gap-3) 0 var(--gap-1);
      }

      h1 {
        margin: 0;
        font: 600 1.625rem / 1.2 var(--font-title);
        letter-spacing: -0.01em;
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
      }

      a {
        display: inline-block;
        padding: var(--gap-1) 0;
        color: var(--ink-soft);
        text-decoration: none;
        border-bottom: 2px solid transparent;
      }

      a:hover {
        color: var(--ink);
      }

      a[aria-current] {
        color: var(--ink);
        font-weight: 600;
        border-color: var(--ink);
      }

      .engine {
        margin-left: auto;
      }
    `,
  ];

  static override properties = {
    room: { type: String },
    addresses: { attribute: false },
    subtitle: { type: String },
    engine: { type: String },
    variant: { type: String },
    hint: { type: String },
  };

  /** The room that this is. */
  declare room: RoomId;
  /** Where the other rooms were left. */
  declare addresses: Readonly<Partial<Record<RoomId, string>>>;
  declare subtitle: string;
  /** What computes; empty while nothing does. */
  declare engine: string;
  declare variant: string;
  declare hint: string;

  constructor() {
    super();
    this.room = 'network';
    this.addresses = {};
    this.subtitle = '';
    this.engine = '';
    this.variant = '';
    this.hint = '';
  }

  protected override render(): TemplateResult {
    return html`<header>
      <h1>Cajal</h1>
      <nav aria-label=${text('rooms')}>
        <ul>
          ${ROOMS.map(
            ({ id, name }) => html`<li>
              <a
                href=${this.addresses[id] ?? addressOf(id)}
                aria-current=${id === this.room ? 'page' : nothing}
                >${text(name)}</a
              >
            </li>`,
          )}
        </ul>
      </nav>
      <p class="soft">${this.subtitle}</p>
      ${
        this.engine === ''
          ? nothing
          : html`<p class="soft engine number" data-variant=${this.variant} title=${this.hint}>
              ${this.engine}
            </p>`
      }
    </header>`;
  }
}

customElements.define('page-header', PageHeader);
