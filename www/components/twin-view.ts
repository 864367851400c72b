// The two networks beside each other: the same rows, so that a glance to the side compares.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { NetworkSnapshot, Snapshot, Summary } from '../engine/model.ts';
import { formatLoss, formatPercent } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { PageState } from '../state/page-state.ts';
import { shared } from '../styles/shared.ts';
import { lastRow } from './curve-data.ts';
import { emitSetting } from './events.ts';
import './confusion-matrix.ts';
import './decision-surface.ts';
import './example-picker.ts';
import './misread-gallery.ts';
import './raster-plot.ts';
import './unit-grid.ts';

const POINT_ROW = 4;

export class TwinView extends LitElement {
  static override styles = [
    shared,
    css`
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--gap-2) var(--gap-6);
      }

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
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
        align-items: baseline;
      }

      .large {
        font-size: var(--text-large);
        font-weight: 300;
        line-height: 1.2;
        min-width: 5.5ch;
      }

      .surface {
        max-width: min(100%, 68vh);
      }

      .section {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: var(--gap-2) var(--gap-4);
        margin: var(--gap-6) 0 var(--gap-2);
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
      }

      .points {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        margin-top: var(--gap-2);
      }

      .points select {
        min-height: 1.875rem;
      }

      h3 {
        font-weight: 400;
        font-size: var(--text-small);
        color: var(--ink-soft);
        margin-bottom: var(--gap-1);
      }

      raster-plot {
        margin-top: var(--gap-2);
      }

      @media (max-width: 48rem) {
        .pair {
          gap: var(--gap-2) var(--gap-3);
        }

        .pair.stack {
          grid-template-columns: minmax(0, 1fr);
        }

        .large {
          font-size: 1.375rem;
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
    if (!summary || !state) return html``;
    const networks = snapshot?.networks ?? [];
    const classifies = summary.task === 'classification';
    const evaluated = networks.some(({ confusion }) => confusion.length > 0);
    return html`
      <div class="pair">
        ${networks.map((network) => this.renderHead(network, summary))}
        ${summary.features === 2 ? networks.map((network) => this.renderSurface(network)) : nothing}
      </div>
      ${summary.features === 2 ? this.renderPointChoice(state) : nothing}
      ${this.renderHidden(networks, summary, state)}
      ${classifies && evaluated ? this.renderMistakes(networks, summary) : nothing}
    `;
  }

  private renderHead(network: NetworkSnapshot, summary: Summary): TemplateResult {
    const { loss, accuracy } = figures(network);
    const classifies = summary.task === 'classification';
    const large = classifies ? formatPercent(accuracy) : formatLoss(loss);
    const title = text(`network-${network.kind}`);
    return html`<section aria-label=${title}>
      <h2 class=${network.kind}>${title}</h2>
      <p class="headline number" data-network=${network.kind}>
        <span class="large" data-figure=${classifies ? 'accuracy' : 'loss'}>${large}</span>
        <span class="soft">
          ${
            classifies
              ? html`${text('head-accuracy')}, ${text('head-loss')}
                  <span data-figure="loss">${formatLoss(loss)}</span>`
              : text('head-regression')
          }
        </span>
      </p>
    </section>`;
  }

  private renderSurface(network: NetworkSnapshot): TemplateResult {
    const { summary, state } = this;
    const { accuracy, loss } = figures(network);
    const classifies = summary?.task === 'classification';
    return html`<decision-surface
      class="surface"
      .surface=${network.surface}
      .resolution=${network.surfaceResolution}
      .range=${summary?.outputRange ?? [-1, 1]}
      .classes=${summary?.classes ?? 2}
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

  private renderHidden(
    networks: readonly NetworkSnapshot[],
    summary: Summary,
    state: PageState,
  ): TemplateResult | typeof nothing {
    const { layers, spiking } = state.config;
    if (layers.length === 0) return nothing;
    const { split, example } = state.view;
    return html`
      <div class="section">
        <h2>${text('hidden-title')}</h2>
        <example-picker
          .example=${example}
          .split=${split}
          .examples=${split === 'test' ? summary.testExamples : summary.trainExamples}
        ></example-picker>
      </div>
      ${layers.map(
        ({ units, activation }, layer) => html`<div class="pair">
          ${networks.map((network) => {
            const spikes = network.kind === 'spiking';
            const name = text(spikes ? 'hidden-spiking' : 'hidden-artificial', {
              layer: layer + 1,
              units,
              activation,
            });
            return html`<div>
              <h3>${name}</h3>
              <unit-grid
                .surfaces=${network.unitSurfaces[layer] ?? new Float32Array()}
                .resolution=${network.unitResolution}
                .responses=${network.unitResponses[layer] ?? new Float32Array()}
                ?signed=${!spikes}
                name=${name}
              ></unit-grid>
              ${
                spikes && network.rasters[layer]
                  ? html`<raster-plot
                      .spikes=${network.rasters[layer]}
                      .units=${units}
                      .steps=${spiking.steps}
                      .stepMs=${spiking.dtMs}
                      name=${name}
                    ></raster-plot>`
                  : nothing
              }
            </div>`;
          })}
        </div>`,
      )}
    `;
  }

  private renderMistakes(
    networks: readonly NetworkSnapshot[],
    summary: Summary,
  ): TemplateResult {
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

  /** The row in `points` of the viewed example: rows of one split are in its order. */
  private marked(): number {
    const { summary, state } = this;
    if (!summary || !state) return -1;
    const wanted = state.view.split === 'test' ? 1 : 0;
    let seen = -1;
    for (let row = 0; row * POINT_ROW < summary.points.length; row += 1) {
      if (summary.points[row * POINT_ROW + 3] === wanted) seen += 1;
      if (seen === state.view.example) return row;
    }
    return -1;
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

/** Of the last evaluation over the whole test set, or else of the last row of the curve. */
function figures(network: NetworkSnapshot): { loss?: number; accuracy?: number } {
  if (network.complete) return network.complete;
  const row = lastRow(network.curve);
  return row ? { loss: row.testLoss, accuracy: row.testAccuracy } : {};
}

customElements.define('twin-view', TwinView);
