// A link's run is being trained again: how far it is, and how to stop it or go on.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { formatCount } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { Following } from '../page/model.ts';
import { emitCommand } from './events.ts';
import { shared } from './shared-style.ts';

export class FollowNotice extends LitElement {
  static override styles = [
    shared,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2) var(--gap-3);
        align-items: center;
        padding-bottom: var(--gap-2);
      }

      progress {
        flex: 1;
        min-width: 6rem;
        height: 0.5rem;
        accent-color: var(--ink);
      }
    `,
  ];

  static override properties = {
    following: { attribute: false },
    step: { type: Number },
  };

  declare following: Following | undefined;
  declare step: number;

  constructor() {
    super();
    this.following = undefined;
    this.step = 0;
  }

  protected override render(): TemplateResult {
    if (!this.following) return html``;
    const { until, stopped } = this.following;
    const gaps = { step: formatCount(this.step), until: formatCount(until) };
    return html`<div class="number" role="group" aria-label=${text('follow-progress')}>
      <span>${text(stopped ? 'follow-stopped' : 'follow-progress', gaps)}</span>
      <progress
        max=${Math.max(1, until)}
        .value=${Math.min(this.step, until)}
        aria-label=${text('follow-progress')}
      ></progress>
      <span class="soft">${text('follow-at', gaps)}</span>
      <button @click=${() => emitCommand(this, { type: stopped ? 'follow' : 'pause' })}>
        ${text(stopped ? 'follow-continue' : 'follow-stop')}
      </button>
    </div>`;
  }
}

customElements.define('follow-notice', FollowNotice);
