// The two networks beside each other: how well each does, and what it answers on the plane.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { NetworkSnapshot, Snapshot, Summary } from '../engine/model.ts';
import { formatCount, formatLoss, formatPercent } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { PageState } from '../state/page-state.ts';
import { lastRow } from './curve-data.ts';
import { emitSetting } from './events.ts';
import { pair } from './pair-style.ts';
import { rowOf } from './point-rows.ts';
import { shared } from './shared-style.ts';
import './decision-surface.ts';

const POINT_ROW = 4;

export class TwinView extends LitElement {
  static override styles = [
    shared,
    pair,
    css`
      h2 {
        font-size: 1.125rem;
      }

      .artificial {
        color: var(--artificial);
      }

      .spiking {
        color: var(--spiking);
      }

      .headline {
        display: flex;
        gap: 0 var(--gap-3);
        align-items: baseline;
      }

      .large {
        font-size: var(--text-large);
        font-weight: 300;
        line-height: 1.2;
      }

      .surface {
        max-width: min(100%, 68vh);
      }

      /* In the line that the surfaces keep for what is taken along. */
      .surfaces {
        position: relative;
      }

      .points {
        position: absolute;
        top: 0;
        inset-inline-start: 0;
        display: flex;
        align-items: center;
        gap: var(--gap-2);
      }

      .points select {
        min-width: 0;
        min-height: 1.875rem;
      }

      @media (max-width: 48rem) {
        .large {
          font-size: 1.375rem;
        }

        .points {
          position: static;
        }
      }

      @media (max-width: 30rem) {
        .headline {
          display: block;
        }
      }
    `,
  ];

  static override properties = {
    snapshot: { attribute: false },
    summary: { attribute: false },
    state: { attribute: false },
  };

  declare snapshot: Snapshot | undefined;
  declare summary: Summary | undefined;
  declare state: PageState | undefined;

  constructor() {
    super();
    this.snapshot = undefined;
    this.summary = undefined;
    this.state = undefined;
    this.addEventListener('pick', (event) => this.pick((event as CustomEvent<number>).detail));
  }

  protected override render(): TemplateResult {
    const { snapshot, summary, state } = this;
    // All of it at once: heads that came after the picture would push it down.
    if (!summary || !state || !snapshot) return html``;
    const { networks } = snapshot;
    return html`
      <div class="pair">
        ${networks.map((network) => this.renderHead(network, summary))}
      </div>
      <slot></slot>
      ${
        summary.kind === 'points'
          ? html`<div class="surfaces">
              <div class="pair">${networks.map((network) => this.renderSurface(network))}</div>
              ${this.renderPointChoice(state)}
            </div>`
          : nothing
      }
    `;
  }

  private renderHead(network: NetworkSnapshot, summary: Summary): TemplateResult {
    const { loss, accuracy, examples } = newest(network);
    const classifies = summary.task === 'classification';
    const show = (values: Figures) =>
      classifies ? formatPercent(values.accuracy) : formatLoss(values.loss);
    const title = text(`network-${network.kind}`);
    const part = (examples ?? 0) < summary.testExamples ? 'first' : 'all';
    const gaps = { examples: formatCount(examples), part };
    return html`<section aria-label=${title} data-network=${network.kind}>
      <div class="headline">
        <h2 class=${network.kind}>${title}</h2>
        <p class="large number" data-figure=${classifies ? 'accuracy' : 'loss'}>
          ${show({ loss, accuracy })}
        </p>
      </div>
      <p class="soft number">
        ${
          classifies
            ? html`${text('head-accuracy', gaps)} ${text('head-loss')}
                <span data-figure="loss">${formatLoss(loss)}</span>`
            : text('head-regression', gaps)
        }
      </p>
      ${this.renderComplete(network, show)}
    </section>`;
  }

  /** The last score over the whole test set, where the newest one is of a part. */
  private renderComplete(
    { complete, curve }: NetworkSnapshot,
    show: (values: Figures) => string,
  ): TemplateResult | typeof nothing {
    if (!complete || complete.step === lastRow(curve)?.step) return nothing;
    return html`<p class="soft number" data-figure="complete">
      ${text('head-complete', {
        examples: formatCount(complete.examples),
        figure: show(complete),
        step: formatCount(complete.step),
      })}
    </p>`;
  }

  private renderSurface(network: NetworkSnapshot): TemplateResult {
    const { summary, state } = this;
    const { accuracy, loss } = newest(network);
    const classifies = summary?.task === 'classification';
    return html`<decision-surface
      class="surface"
      .surface=${network.surface}
      .resolution=${network.surfaceResolution}
      .range=${summary?.outputRange ?? [-1, 1]}
      ?regression=${!classifies}
      .points=${summary?.points ?? new Float32Array()}
      shown=${state?.view.points ?? 'all'}
      .extent=${summary?.extent ?? [-1, 1, -1, 1]}
      .marked=${this.marked()}
      name=${text(`network-${network.kind}`)}
      accuracy=${classifies ? formatPercent(accuracy) : formatLoss(loss)}
    ></decision-surface>`;
  }

  private renderPointChoice(state: PageState): TemplateResult {
    return html`<div class="points soft">
      <label for="points">${text('points-label')}</label>
      <select
        id="points"
        @change=${(event: Event) =>
          emitSetting(this, 'view.points', (event.target as HTMLSelectElement).value)}
      >
        ${['all', 'train', 'test', 'none'].map(
          (id) =>
            html`<option value=${id} ?selected=${id === state.view.points}>
              ${text(`points-${id}`)}
            </option>`,
        )}
      </select>
    </div>`;
  }

  private marked(): number {
    const { summary, state } = this;
    return summary && state ? rowOf(summary.points, state.view.split, state.view.example) : -1;
  }

  private pick(picked: number): void {
    const points = this.summary?.points;
    if (!points) return;
    const isTest = points[picked * POINT_ROW + 3];
    let example = 0;
    for (let row = 0; row < picked; row += 1) {
      if (points[row * POINT_ROW + 3] === isTest) example += 1;
    }
    emitSetting(this, 'view.split', isTest === 1 ? 'test' : 'train');
    emitSetting(this, 'view.example', example);
  }
}

interface Figures {
  loss?: number | undefined;
  accuracy?: number | undefined;
}

/** Of the newest evaluation, which may be of a part of the test set. */
function newest(network: NetworkSnapshot): Figures & { examples?: number } {
  const { curve, complete, testExamples } = network;
  const row = lastRow(curve);
  if (!row || (complete && complete.step >= row.step)) return complete ?? {};
  return { loss: row.testLoss, accuracy: row.testAccuracy, examples: testExamples };
}

customElements.define('twin-view', TwinView);
