// In what the two networks are made equal, and the numbers that this comes to.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LayeredCatalogue, Summary } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import type { PageState } from '../state/page-state.ts';
import { shared } from './shared-style.ts';
import './setting-list.ts';

export class FairMatch extends LitElement {
  static override styles = [
    shared,
    css`
      p {
        margin-top: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    catalogue: { attribute: false },
    state: { attribute: false },
    summary: { attribute: false },
  };

  declare catalogue: LayeredCatalogue | undefined;
  declare state: PageState | undefined;
  declare summary: Summary | undefined;

  constructor() {
    super();
    this.catalogue = undefined;
    this.state = undefined;
    this.summary = undefined;
  }

  protected override render(): TemplateResult {
    const { state, summary } = this;
    if (!state) return html``;
    const by = state.config.fair?.by ?? 'units';
    return html`<setting-list group="fair" .catalogue=${this.catalogue} .state=${state}></setting-list>
      <p class="soft">${text(`fair-note-${by}`)}</p>
      ${
        summary
          ? html`<p class="soft number" data-fair>
              ${text('fair-numbers', {
                layers:
                  summary.spikingUnits.length === 0 ? 'none' : summary.spikingUnits.join(', '),
                steps: String(summary.spikingSteps),
              })}
            </p>`
          : nothing
      }`;
  }
}

customElements.define('fair-match', FairMatch);
