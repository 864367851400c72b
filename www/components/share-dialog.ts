// Hands the experiment out: as a link, whose length and content it tells, or as a file.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { formatCount, formatQuantity } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { Link } from '../page/sharing.ts';
import { emitCommand } from './events.ts';
import { crossIcon } from './icons.ts';
import { shared } from './shared-style.ts';
import { offerFile } from './table-drop.ts';

/** Longer links are cut by some of the programs through which people send them. */
const LONG = 8000;

export class ShareDialog extends LitElement {
  static override styles = [
    shared,
    css`
      dialog {
        width: min(38rem, 100vw - 2 * var(--gap-4));
        max-width: none;
        padding: var(--gap-4) var(--gap-6) var(--gap-6);
        border: 1px solid var(--hairline);
        border-radius: var(--radius);
        background: var(--paper);
        color: var(--ink);
        box-shadow: 0 6px 32px rgb(0 0 0 / 30%);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 35%);
      }

      header,
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
      }

      header {
        justify-content: space-between;
        margin-bottom: var(--gap-3);
      }

      h2 {
        font: 600 1.25rem / 1.3 var(--font-title);
      }

      .row input[type='text'] {
        flex: 1 1 12rem;
        font-family: ui-monospace, monospace;
        font-size: var(--text-small);
      }

      p {
        margin-top: var(--gap-2);
      }

      .check {
        display: flex;
        gap: var(--gap-2);
        align-items: baseline;
        margin-top: var(--gap-3);
      }

      .check input {
        flex: none;
        align-self: center;
      }

      .files {
        margin-top: var(--gap-4);
        padding-top: var(--gap-4);
        border-top: 1px solid var(--hairline);
      }
    `,
  ];

  static override properties = {
    link: { attribute: false },
    run: { type: Boolean },
    weights: { state: true },
    said: { state: true },
  };

  declare link: Link | 'wait' | undefined;
  /** A run without weights is handed out: as a link alone. */
  declare run: boolean;
  declare weights: boolean;
  /** Id of what came of copying. */
  declare said: string;

  constructor() {
    super();
    this.link = undefined;
    this.run = false;
    this.weights = false;
    this.said = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('link')) return;
    this.said = '';
    const { link } = this;
    if (link && link !== 'wait') this.weights = link.long !== undefined && link.long.length <= LONG;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.link && dialog && !dialog.open) dialog.showModal();
    if (!this.link && dialog?.open) dialog.close();
  }

  protected override render(): TemplateResult {
    const { link } = this;
    return html`<dialog
      aria-labelledby="title"
      @close=${() => this.link && emitCommand(this, { type: 'closeShare' })}
      @click=${(event: Event) => {
        if (event.target === event.currentTarget) (event.target as HTMLDialogElement).close();
      }}
    >
      <div>
        <header>
          <h2 id="title">${text(this.run ? 'share-title-run' : 'share-title')}</h2>
          <button
            class="plain square"
            aria-label=${text('share-close')}
            @click=${() => this.renderRoot.querySelector('dialog')?.close()}
          >
            ${crossIcon}
          </button>
        </header>
        ${link === 'wait' ? html`<p role="status">${text('share-wait')}</p>` : nothing}
        ${link && link !== 'wait' ? this.renderLink(link) : nothing}
        ${this.run ? nothing : this.renderFiles()}
      </div>
    </dialog>`;
  }

  private renderFiles(): TemplateResult {
    return html`<div class="files">
        <div class="row">
          <button @click=${() => emitCommand(this, { type: 'saveFile' })}>
            ${text('share-file')}
          </button>
          <button @click=${() => this.renderRoot.querySelector<HTMLElement>('#file')?.click()}>
            ${text('share-open')}
          </button>
          <input
            id="file"
            type="file"
            accept=".cajal"
            hidden
            aria-label=${text('share-open')}
            @change=${this.opened}
          />
        </div>
        <p class="soft">${text('share-file-note')}</p>
      </div>`;
  }

  private renderLink(link: Link): TemplateResult {
    const address = this.weights && link.long ? link.long : link.short;
    const size = formatQuantity((link.weightsBytes ?? 0) / 1024, 'KB');
    return html`<div class="row">
        <input
          id="link"
          type="text"
          readonly
          aria-label=${text('share-link')}
          .value=${address}
          @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
        />
        <button class="primary" @click=${() => this.copy(address)}>${text('share-copy')}</button>
      </div>
      <p class="soft number" role="status" data-said=${this.said}>
        ${this.said === '' ? nothing : text(this.said)}
        ${text(this.run ? 'share-length-run' : 'share-length', {
          characters: formatCount(address.length),
          commands: link.commands,
          step: formatCount(link.step),
        })}
        ${link.table ? text('share-table') : nothing}
      </p>
      ${
        link.long
          ? html`<label class="check">
              <input
                type="checkbox"
                .checked=${this.weights}
                @change=${(event: Event) => {
                  this.weights = (event.target as HTMLInputElement).checked;
                  this.said = '';
                }}
              />
              <span>
                ${text('share-weights', { size })}
                <span class="soft">${text('share-weights-note')}</span>
              </span>
            </label>`
          : link.weightsBytes === undefined
            ? nothing
            : html`<p class="soft number">${text('share-too-large', { size })}</p>`
      }`;
  }

  private async copy(address: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(address);
      this.said = 'share-copied';
    } catch {
      const field = this.renderRoot.querySelector<HTMLInputElement>('#link');
      field?.focus();
      field?.select();
      this.said = 'share-not-copied';
    }
  }

  private async opened(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    emitCommand(this, { type: 'closeShare' });
    await offerFile(this, file);
  }
}

customElements.define('share-dialog', ShareDialog);
