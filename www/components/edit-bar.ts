// Takes back, does again and, where a link says more than the address does, hands out: undo, redo, share.
// Each says what it would do.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { text } from '../i18n/messages.ts';
import type { Deed } from '../page/undo.ts';
import { deedText } from './deed.ts';
import { emitCommand } from './events.ts';
import { redoIcon, shareIcon, undoIcon } from './icons.ts';
import { shared } from './shared-style.ts';

/** Fields whose typing the browser itself takes back. */
const TYPED = ['text', 'number', 'search'];

export class EditBar extends LitElement {
  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        gap: var(--gap-1);
        align-items: center;
      }
    `,
  ];

  static override properties = {
    undo: { attribute: false },
    redo: { attribute: false },
    ready: { type: Boolean },
    sharing: { type: Boolean },
  };

  declare undo: Deed | undefined;
  declare redo: Deed | undefined;
  declare ready: boolean;
  declare sharing: boolean;

  /** The field in which something was typed and not yet taken. */
  private typing: EventTarget | undefined;

  private readonly onKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const undo = key === 'z' && !event.shiftKey;
    const redo = (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey);
    if ((!undo && !redo) || this.isTyped(event)) return;
    event.preventDefault();
    if (this.ready) emitCommand(this, { type: undo ? 'undo' : 'redo' });
  };
  private readonly onInput = (event: Event) => {
    this.typing = event.composedPath()[0];
  };
  private readonly onChange = () => {
    this.typing = undefined;
  };

  constructor() {
    super();
    this.undo = undefined;
    this.redo = undefined;
    this.ready = false;
    this.sharing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
    document.addEventListener('input', this.onInput, true);
    document.addEventListener('focusout', this.onChange, true);
    document.addEventListener('keyup', this.onEnter, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
    document.removeEventListener('input', this.onInput, true);
    document.removeEventListener('focusout', this.onChange, true);
    document.removeEventListener('keyup', this.onEnter, true);
  }

  /** Enter takes what was typed, so that it can be undone as an edit. */
  private readonly onEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter') this.typing = undefined;
  };

  private isTyped(event: Event): boolean {
    const field = event.composedPath()[0] as Partial<HTMLInputElement> & EventTarget;
    if (field.tagName === 'TEXTAREA' || field.isContentEditable) return true;
    return field === this.typing && field.tagName === 'INPUT' && TYPED.includes(field.type ?? '');
  }

  protected override render(): TemplateResult {
    const one = (type: 'undo' | 'redo', icon: unknown, keys: string) => {
      const deed = this[type];
      const label = deed ? text(`${type}-what`, { what: deedText(deed) }) : text(`${type}-nothing`);
      return html`<button
        class="square"
        data-edit=${type}
        aria-label=${label}
        title=${`${label} (${keys})`}
        ?disabled=${!deed || !this.ready}
        @click=${() => emitCommand(this, { type })}
      >
        ${icon}
      </button>`;
    };
    return html`<div class="bar" role="group" aria-label=${text('edits')}>
      ${one('undo', undoIcon, 'Ctrl+Z')} ${one('redo', redoIcon, 'Ctrl+Shift+Z')}
      ${
        this.sharing
          ? html`<button
              title=${text('share-title')}
              aria-haspopup="dialog"
              ?disabled=${!this.ready}
              @click=${() => emitCommand(this, { type: 'share' })}
            >
              ${shareIcon} ${text('share')}
            </button>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('edit-bar', EditBar);
