// Takes a table from the visitor: dropped, pasted, or chosen as a file.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { text } from '../i18n/messages.ts';
import { MAX_TABLE_BYTES } from '../page/laboratory.ts';
import { MOST_FILE_BYTES } from '../page/sharing.ts';
import { emitCommand } from './events.ts';
import { shared } from './shared-style.ts';

const MAGIC = 'CAJL';

/** By its name or its first letters; what is in it the engine checks. */
async function isExperiment(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith('.cajal')) return true;
  return (await file.slice(0, MAGIC.length).text()) === MAGIC;
}

/** Reads a file and offers it as a table; one that is too large is refused unread. */
export async function offerFile(from: EventTarget, file: File): Promise<void> {
  if (await isExperiment(file)) {
    if (file.size > MOST_FILE_BYTES) emitCommand(from, { type: 'refuseFile', name: file.name });
    else {
      const bytes = new Uint8Array(await file.arrayBuffer());
      emitCommand(from, { type: 'file', name: file.name, bytes });
    }
    return;
  }
  if (file.size > MAX_TABLE_BYTES) {
    emitCommand(from, { type: 'refuseTable', name: file.name, bytes: file.size });
    return;
  }
  emitCommand(from, { type: 'table', name: file.name, text: await file.text() });
}

export class TableDrop extends LitElement {
  static override styles = [
    shared,
    css`
      .zone {
        display: grid;
        gap: var(--gap-2);
        margin-top: var(--gap-3);
        padding: var(--gap-3);
        border: 1px dashed var(--track);
        border-radius: var(--radius);
      }

      .zone.over {
        border-color: var(--ink);
        background: var(--hover);
      }

      textarea {
        width: 100%;
        min-height: 4.5rem;
        padding: var(--gap-2);
        font-family: ui-monospace, monospace;
        font-size: var(--text-small);
        resize: vertical;
      }

      .row {
        display: flex;
        gap: var(--gap-2);
        flex-wrap: wrap;
      }
    `,
  ];

  static override properties = {
    name: { type: String },
    over: { state: true },
  };

  /** The table in use, if any. */
  declare name: string;
  declare over: boolean;

  constructor() {
    super();
    this.name = '';
    this.over = false;
  }

  protected override render(): TemplateResult {
    return html`<div
      class=${this.over ? 'zone over' : 'zone'}
      @dragenter=${() => this.hover(true)}
      @dragover=${(event: Event) => event.preventDefault()}
      @dragleave=${() => this.hover(false)}
      @drop=${() => this.hover(false)}
    >
      <p class="soft">
        ${this.name === '' ? text('table-hint') : text('table-name', { name: this.name })}
      </p>
      <textarea
        aria-label=${text('table-paste')}
        placeholder=${text('table-example')}
        autocomplete="off"
        spellcheck="false"
      ></textarea>
      <div class="row">
        <button @click=${this.takePasted}>${text('table-use')}</button>
        <button @click=${() => this.renderRoot.querySelector<HTMLInputElement>('#file')?.click()}>
          ${text('table-file')}
        </button>
        <input
          id="file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          aria-label=${text('table-file')}
          @change=${this.takeFile}
        />
      </div>
    </div>`;
  }

  private hover(over: boolean): void {
    this.over = over;
  }

  private takePasted(): void {
    const pasted = this.renderRoot.querySelector('textarea')?.value ?? '';
    if (pasted.trim() === '') return;
    const bytes = new Blob([pasted]).size;
    const name = text('table-pasted-name');
    if (bytes > MAX_TABLE_BYTES) emitCommand(this, { type: 'refuseTable', name, bytes });
    else emitCommand(this, { type: 'table', name, text: pasted });
  }

  private async takeFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) await offerFile(this, file);
  }
}

customElements.define('table-drop', TableDrop);
