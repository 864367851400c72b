// Where both networks are wrong: the confusion of classes, and the images they misread.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { NetworkSnapshot, Snapshot, Summary } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { pair } from './pair-style.ts';
import { shared } from './shared-style.ts';
import './confusion-matrix.ts';
import './misread-gallery.ts';

export class MistakeView extends LitElement {
  static override styles = [shared, pair];

  static override properties = {
    snapshot: { attribute: false },
    summary: { attribute: false },
  };

  declare snapshot: Snapshot | undefined;
  declare summary: Summary | undefined;

  constructor() {
    super();
    this.snapshot = undefined;
    this.summary = undefined;
  }

  protected override render(): TemplateResult {
    const { snapshot, summary } = this;
    const networks = snapshot?.networks ?? [];
    const evaluated = networks.some(({ confusion }) => confusion.length > 0);
    if (summary?.task !== 'classification' || !evaluated) return html``;
    return html`
      <div class="section"><h2>${text('confusion')}</h2></div>
      <div class="pair stack">
        ${networks.map(
          (network) => html`<div>
            <h3>${text(`network-${network.kind}`)}</h3>
            <confusion-matrix
              .counts=${network.confusion}
              .names=${summary.classNames}
              kind=${network.kind}
            ></confusion-matrix>
          </div>`,
        )}
      </div>
      ${summary.kind === 'images' ? this.renderMisread(networks, summary) : nothing}
    `;
  }

  private renderMisread(networks: readonly NetworkSnapshot[], summary: Summary): TemplateResult {
    return html`
      <div class="section"><h2>${text('misread')}</h2></div>
      <div class="pair stack">
        ${networks.map(
          (network) => html`<div>
            <h3>${text(`network-${network.kind}`)}</h3>
            <misread-gallery
              .misread=${network.misread}
              .width=${summary.imageWidth}
              .height=${summary.imageHeight}
              .names=${summary.classNames}
            ></misread-gallery>
          </div>`,
        )}
      </div>
    `;
  }
}

customElements.define('mistake-view', MistakeView);
