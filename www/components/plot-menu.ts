// Takes a plot along: its numbers, its lines, its pixels. One small menu for every plot.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { text } from '../i18n/messages.ts';
import { downloadIcon } from './icons.ts';
import { fileName, type PlotFile, pngOf } from './plot-file.ts';
import { saveFile } from './save-file.ts';
import { shared } from './shared-style.ts';

/** For a menu in the corner of a picture that has no line of its own for it: there for a pointer that is over
 * the picture, for the keyboard, and where nothing hovers. The host is the picture. */
export const cornerMenu = css`
  :host {
    position: relative;
  }

  plot-menu.corner {
    position: absolute;
    z-index: 1;
    top: 0;
    inset-inline-end: 0;
    border-radius: var(--radius);
    background: var(--paper);
    opacity: 0;
  }

  :host(:hover) plot-menu.corner,
  plot-menu.corner:focus-within {
    opacity: 1;
  }

  @media (hover: none) {
    plot-menu.corner {
      opacity: 1;
    }
  }

  @media print {
    plot-menu.corner {
      display: none;
    }
  }
`;

const KINDS = ['csv', 'png', 'svg'] as const;
type Kind = (typeof KINDS)[number];

export class PlotMenu extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        flex: none;
      }

      /* No target is smaller, whatever the size of letters (WCAG 2.2, 2.5.8). */
      button {
        min-height: max(1.5rem, 24px);
      }

      .opener {
        width: max(1.5rem, 24px);
        padding: 0;
        color: var(--ink-soft);
      }

      .opener svg {
        width: 0.875rem;
        height: 0.875rem;
      }

      .menu {
        position: absolute;
        z-index: 2;
        inset-inline-end: 0;
        top: 100%;
        display: flex;
        gap: 1px;
        padding: 2px;
        border: 1px solid var(--hairline);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: 0 2px 12px rgb(0 0 0 / 25%);
      }

      .menu button {
        padding: 0 var(--gap-2);
        font-size: var(--text-small);
      }
    `,
  ];

  static override properties = {
    file: { attribute: false },
    name: { type: String },
    open: { state: true },
  };

  /** Asked when something is taken, so that a plot that moves costs nothing. */
  declare file: (() => PlotFile) | undefined;
  declare name: string;
  declare open: boolean;

  constructor() {
    super();
    this.file = undefined;
    this.name = '';
    this.open = false;
    this.addEventListener('focusout', (event) => {
      const to = (event as FocusEvent).relatedTarget as Node | null;
      if (!to || !this.renderRoot.contains(to)) this.open = false;
    });
    this.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key !== 'Escape' || !this.open) return;
      event.stopPropagation();
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('.opener')?.focus();
    });
  }

  protected override render(): TemplateResult {
    const label = text('plot-menu', { name: this.name });
    return html`<button
        class="plain opener"
        aria-label=${label}
        title=${label}
        aria-expanded=${this.open}
        @click=${() => {
          this.open = !this.open;
        }}
      >
        ${downloadIcon}
      </button>
      ${
        this.open
          ? html`<div class="menu" role="group" aria-label=${label}>
              ${KINDS.map(
                (kind) => html`<button
                  class="plain"
                  title=${text(`plot-${kind}-title`)}
                  @click=${() => this.take(kind)}
                >
                  ${text(`plot-${kind}`)}
                </button>`,
              )}
            </div>`
          : nothing
      }`;
  }

  private async take(kind: Kind): Promise<void> {
    const file = this.file?.();
    if (!file) return;
    const content =
      kind === 'csv'
        ? new Blob([file.csv()], { type: 'text/csv' })
        : kind === 'svg'
          ? new Blob([file.svg()], { type: 'image/svg+xml' })
          : await pngOf(file.svg());
    if (content) saveFile(fileName(file.stem, kind), content);
  }
}

customElements.define('plot-menu', PlotMenu);
