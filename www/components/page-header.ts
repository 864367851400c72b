// The head of every room: the name of the page, the way to the other rooms, a line about this one, and
// what is chosen for the page as a whole: its language and its look.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { LANGUAGES, LOCALES, type LocaleId } from '../i18n/locale.ts';
import { locale, text } from '../i18n/messages.ts';
import { chosenTheme, THEMES } from '../page/theme.ts';
import { addressOf, FRONT_DOOR, ROOMS, type RoomId } from '../rooms/rooms.ts';
import { shared } from './shared-style.ts';

export class PageHeader extends LitElement {
  static override styles = [
    shared,
    css`
      header {
        display: grid;
        grid-template-columns: auto auto minmax(0, 1fr) auto auto;
        grid-template-areas: 'name rooms subtitle engine choices';
        align-items: baseline;
        gap: 0 var(--gap-6);
        padding: var(--gap-3) 0 var(--gap-1);
      }

      h1 {
        grid-area: name;
      }

      nav {
        grid-area: rooms;
      }

      .subtitle {
        grid-area: subtitle;
      }

      .engine,
      .edits {
        grid-area: engine;
      }

      .edits {
        align-self: center;
      }

      h1 {
        margin: 0;
        font: 600 1.625rem / 1.2 var(--font-title);
        letter-spacing: -0.01em;
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-6);
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

      h1 a {
        padding: 0;
        color: inherit;
        border: 0;
      }

      h1 a[aria-current] {
        font-weight: inherit;
      }

      .choices {
        grid-area: choices;
        display: flex;
        gap: var(--gap-2);
      }

      select {
        min-height: 1.875rem;
        padding: 0 var(--gap-1);
        border-color: transparent;
        background: transparent;
        color: var(--ink-soft);
        font-size: var(--text-small);
        cursor: pointer;
      }

      select:hover {
        color: var(--ink);
        border-color: var(--hairline);
      }

      option {
        background: var(--raised);
        color: var(--ink);
      }

      @media (max-width: 80rem) {
        header {
          grid-template-areas:
            'name rooms rooms rooms choices'
            'subtitle subtitle subtitle engine engine';
        }

        .subtitle,
        .engine {
          padding-top: var(--gap-1);
        }

        .engine,
        .edits {
          justify-self: end;
        }
      }

      /* The rooms in one row of their own: what is looked at begins higher. */
      @media (max-width: 50rem) {
        header {
          grid-template-columns: auto minmax(0, 1fr) auto auto;
          grid-template-areas:
            'name . choices choices'
            'rooms rooms rooms rooms'
            'subtitle subtitle subtitle engine';
          gap: 0 var(--gap-3);
          padding-top: var(--gap-2);
        }

        .engine {
          display: none;
        }

        ul {
          gap: 0 var(--gap-3);
        }

        li a {
          font-size: var(--text-small);
          letter-spacing: -0.01em;
        }
      }

      @media (forced-colors: active) {
        a {
          border-color: Canvas;
        }

        a[aria-current] {
          border-color: CanvasText;
        }
      }

      @media print {
        nav,
        .edits,
        .choices {
          display: none;
        }
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
    const here = (id: RoomId) => (id === this.room ? 'page' : nothing);
    return html`<header>
      <h1><a href=${addressOf(FRONT_DOOR)} aria-current=${here(FRONT_DOOR)}>Cajal</a></h1>
      <nav aria-label=${text('rooms')}>
        <ul>
          ${ROOMS.map(
            ({ id, name }) => html`<li>
              <a href=${this.addresses[id] ?? addressOf(id)} aria-current=${here(id)}
                >${text(name)}</a
              >
            </li>`,
          )}
        </ul>
      </nav>
      ${this.subtitle === '' ? nothing : html`<p class="subtitle soft">${this.subtitle}</p>`}
      ${
        this.engine === ''
          ? nothing
          : html`<p class="engine soft number" data-variant=${this.variant} title=${this.hint}>
              ${this.engine}
            </p>`
      }
      <div class="edits"><slot></slot></div>
      <div class="choices">
        ${this.choice(
          'language',
          locale(),
          LANGUAGES.map((id) => ({ id, title: LOCALES[id].name, lang: id })),
        )}
        ${this.choice(
          'theme',
          chosenTheme(),
          THEMES.map((id) => ({ id, title: text(`theme-${id}`) })),
        )}
      </div>
    </header>`;
  }

  private choice(
    name: 'language' | 'theme',
    chosen: string,
    options: readonly { id: string; title: string; lang?: LocaleId }[],
  ): TemplateResult {
    return html`<select
      aria-label=${text(name)}
      title=${text(name)}
      @change=${(event: Event) => this.choose(name, (event.target as HTMLSelectElement).value)}
    >
      ${options.map(
        ({ id, title, lang }) =>
          html`<option value=${id} lang=${lang ?? nothing} ?selected=${id === chosen}>
            ${title}
          </option>`,
      )}
    </select>`;
  }

  /** It concerns the page, not the room. */
  private choose(name: 'language' | 'theme', detail: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

customElements.define('page-header', PageHeader);
