// The whole page: controls on one side, the twins and what is known of them on the other.
// It draws a model and passes events on; the laboratory behind it decides.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Snapshot } from '../engine/model.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { PageModel } from '../page/laboratory.ts';
import { appStyle } from './app-style.ts';
import { InParts } from './in-parts.ts';
import type { PageHeader } from './page-header.ts';
import { shared } from './shared-style.ts';
import './curve-plot.ts';
import './data-picker.ts';
import './divergence-notice.ts';
import './edit-bar.ts';
import './fair-match.ts';
import './follow-notice.ts';
import './layer-editor.ts';
import './message-bar.ts';
import './metrics-table.ts';
import './mistake-view.ts';
import './model-card.ts';
import './network-view/network-view.ts';
import './not-biological.ts';
import './page-header.ts';
import './run-shelf.ts';
import './seed-sweep.ts';
import './setting-list.ts';
import './share-dialog.ts';
import { Slow } from './slow.ts';
import './transport-bar.ts';
import './twin-view.ts';
import './unit-view.ts';

const NOTHING = new Float32Array();

export class CajalApp extends LitElement {
  static override styles = [shared, appStyle];

  static override properties = {
    model: { attribute: false },
    addresses: { attribute: false },
    unsupported: { type: Boolean },
    keys: { state: true },
  };

  declare model: PageModel | undefined;
  /** Where the other rooms were left. */
  declare addresses: PageHeader['addresses'];
  /** This browser can run no variant of the engine. */
  declare unsupported: boolean;
  declare keys: boolean;

  /** The networks, then what they are made with, then what is known of them. */
  private readonly parts = new InParts(this, 3);
  /** The engine makes eight a second. */
  private readonly picturesSlow = new Slow<NonNullable<PageModel['picture']>>(this, 100);
  private readonly unitsSlow = new Slow<Snapshot>(this, 120);
  private readonly restSlow = new Slow<Snapshot>(this, 200);
  private readonly mistakesSlow = new Slow<Snapshot>(this, 1000);

  constructor() {
    super();
    this.model = undefined;
    this.addresses = {};
    this.unsupported = false;
    this.keys = true;
  }

  protected override render(): TemplateResult {
    const { model } = this;
    const engine = model?.engine;
    return html`<div class="page">
      <page-header
        room="network"
        .addresses=${this.addresses}
        subtitle=${text('page-subtitle')}
        variant=${engine?.variant ?? ''}
        engine=${engine ? text(`engine-${engine.variant}`, { threads: engine.threads }) : ''}
        hint=${engine?.fallback ?? ''}
      ></page-header>
      ${this.unsupported ? html`<p role="alert">${text('unsupported')}</p>` : nothing}
      ${model ? this.renderModel(model) : nothing}
    </div>`;
  }

  private renderModel(model: PageModel): TemplateResult {
    const { catalogue, state, snapshot, notices } = model;
    return html`
      <message-bar .notices=${notices}></message-bar>
      ${
        catalogue && state
          ? html`<main>
              <div class="deck">
                <edit-bar
                  sharing
                  .undo=${model.undo}
                  .redo=${model.redo}
                  ?ready=${model.phase === 'ready' && model.summary !== undefined}
                ></edit-bar>
                <div class="drive">
                ${this.renderTransport(model, this.unitsSlow.follow(snapshot))}
                <follow-notice
                  ?hidden=${model.following === undefined}
                  .following=${model.following}
                  .step=${snapshot?.step ?? 0}
                ></follow-notice>
                <divergence-notice
                  ?hidden=${snapshot?.divergence === undefined}
                  .divergence=${snapshot?.divergence}
                ></divergence-notice>
                </div>
              </div>
              <div class="body">
              ${this.renderControls(model)}
              <div class=${snapshot && model.summary ? 'twin' : 'twin still'}>
                ${snapshot ? nothing : this.renderLoading(model)}
                <twin-view
                  .snapshot=${snapshot}
                  .summary=${model.summary}
                  .state=${state}
                >
                  <network-view
                    .picture=${this.picturesSlow.follow(model.picture)}
                    .snapshot=${this.unitsSlow.follow(snapshot)}
                    .summary=${model.summary}
                    .state=${state}
                    .catalogue=${catalogue}
                    .answers=${model.answers}
                  ></network-view>
                </twin-view>
                <not-biological
                  .catalogue=${snapshot ? catalogue : undefined}
                  .config=${state.config}
                ></not-biological>
              </div>
              ${this.parts.has(2) ? this.renderDetails(model) : nothing}
              ${this.parts.has(2) ? this.renderRest(model, this.restSlow.follow(snapshot)) : nothing}
              </div>
            </main>`
          : html`<p class="wait soft" role="status">${text('page-loading')}</p>`
      }
      ${state && this.parts.has(2) ? this.renderFooter(model) : nothing}
      <share-dialog .link=${model.share}></share-dialog>
    `;
  }

  /** How far the data are, where the picture will be: on a telephone the controls are far below. */
  private renderLoading({ progress }: PageModel): TemplateResult | typeof nothing {
    if (!progress) return nothing;
    const [loaded, total] = [formatBytes(progress.loaded), formatBytes(progress.total)];
    return html`<p class="soft number">${text('data-loading', { loaded, total })}</p>`;
  }

  private renderTransport(
    { playing, rate, summary, phase, state, snapshot: newest }: PageModel,
    snapshot: Snapshot | undefined,
  ): TemplateResult {
    return html`<transport-bar
      ?playing=${playing}
      ?ready=${phase === 'ready' && summary !== undefined}
      ?stopped=${newest?.divergence !== undefined}
      .step=${snapshot?.step ?? 0}
      .epoch=${snapshot?.epoch ?? 0}
      .rate=${rate}
      speed=${state?.view.speed ?? 'most'}
      ?keys=${this.keys}
    ></transport-bar>`;
  }

  private renderControls(model: PageModel): TemplateResult {
    const { catalogue, state, summary } = model;
    if (!this.parts.has(1)) return html`<aside class="controls"></aside>`;
    return html`<aside class="controls" aria-label=${text('controls')}>
      <section>
        <h2>${text('controls-data')}</h2>
        <data-picker
          .catalogue=${catalogue}
          .data=${state?.config.data}
          .thumbnails=${model.thumbnails}
          .progress=${model.progress}
          ?awaitingTable=${model.awaitingTable}
          .tableName=${model.tableName}
        ></data-picker>
        <model-card
          .card=${catalogue?.dataSets.find(({ id }) => id === state?.config.data.set)}
        ></model-card>
      </section>
      <section>
        <h2>${text('controls-layers')}</h2>
        <layer-editor
          path="config.layers"
          .catalogue=${catalogue}
          .layers=${state?.config.layers ?? []}
          .inputs=${summary?.features ?? 0}
          .outputs=${summary?.outputs ?? 0}
        ></layer-editor>
      </section>
      ${(['training', 'spiking'] as const).map(
        (group) => html`<section>
          <h2>${text(`controls-${group}`)}</h2>
          <setting-list
            group=${group}
            .catalogue=${catalogue}
            .state=${state}
            task=${summary?.task ?? 'classification'}
          ></setting-list>
          ${
            group === 'spiking'
              ? catalogue?.layerNeurons.map(
                  (model) => html`<model-card .card=${model}></model-card>`,
                )
              : nothing
          }
        </section>`,
      )}
      <section>
        <h2>${text('controls-fair')}</h2>
        <fair-match .catalogue=${catalogue} .state=${state} .summary=${summary}></fair-match>
      </section>
    </aside>`;
  }

  private renderDetails({
    summary,
    snapshot,
    state,
    catalogue,
    answers,
  }: PageModel): TemplateResult {
    return html`<div class="details">
      <unit-view
        .snapshot=${this.unitsSlow.follow(snapshot)}
        .summary=${summary}
        .state=${state}
        .catalogue=${catalogue}
      ></unit-view>
      <mistake-view
        .snapshot=${this.mistakesSlow.follow(snapshot)}
        .summary=${summary}
        .answers=${answers}
      ></mistake-view>
    </div>`;
  }

  private renderRest(
    { summary, phase, sweeping, sweep, catalogue, shelf, state }: PageModel,
    snapshot: Snapshot | undefined,
  ): TemplateResult {
    const [artificial, spiking] = snapshot?.networks ?? [];
    const curve = (measure: 'loss' | 'accuracy') => html`<curve-plot
      measure=${measure}
      .artificial=${artificial?.curve ?? NOTHING}
      .spiking=${spiking?.curve ?? NOTHING}
      .pinned=${shelf}
    ></curve-plot>`;
    return html`<div class="rest">
      <section>
        <div class="over">
          <h2>${text('rest-learning')}</h2>
          <p class="soft">${text('rest-learning-axis')}</p>
        </div>
        <div class="curves">
          ${curve('loss')} ${summary?.task === 'regression' ? nothing : curve('accuracy')}
        </div>
        <p class="key soft" aria-hidden="true">
          <span><i class="artificial"></i>${text('network-artificial')}</span>
          <span><i class="spiking"></i>${text('network-spiking')}</span>
          <span><i></i>${text('split-test')}</span>
          <span><i class="train"></i>${text('split-train')}</span>
        </p>
      </section>
      <section>
        <h2>${text('shelf')}</h2>
        <run-shelf .shelf=${shelf} .state=${state} .snapshot=${snapshot}></run-shelf>
      </section>
      <section>
        <h2>${text('rest-cost')}</h2>
        <metrics-table
          .artificial=${artificial}
          .spiking=${spiking}
          .constants=${catalogue?.energy}
        ></metrics-table>
      </section>
      <section>
        <h2>${text('rest-seeds')}</h2>
        <seed-sweep
          ?ready=${phase === 'ready' && summary !== undefined}
          ?sweeping=${sweeping}
          .progress=${sweep}
          ?images=${summary?.kind === 'images'}
        ></seed-sweep>
      </section>
    </div>`;
  }

  private renderFooter({ fingerprint, summary }: PageModel): TemplateResult {
    const keys = [' ', 's', 'b', 'e', 'z', 'r', 'n'];
    return html`<footer class="soft">
      <label class="keys">
        <input
          type="checkbox"
          .checked=${this.keys}
          @change=${(event: Event) => {
            this.keys = (event.target as HTMLInputElement).checked;
          }}
        />
        ${text('keys-label')}
      </label>
      ${keys.map(
        (key) =>
          html`<span><kbd>${key === ' ' ? text('key-space') : key}</kbd> ${text(`key-${key === ' ' ? 'play' : key}`)}</span>`,
      )}
      ${
        summary
          ? html`<span class="number"
              >${text('examples', {
                train: formatCount(summary.trainExamples),
                test: formatCount(summary.testExamples),
              })}</span
            >`
          : nothing
      }
      ${
        fingerprint
          ? html`<span title=${text('fingerprint-title')}
              >${text('fingerprint')} <code data-fingerprint=${fingerprint}>${fingerprint.slice(0, 16)}</code></span
            >`
          : nothing
      }
    </footer>`;
  }
}

customElements.define('cajal-app', CajalApp);

declare global {
  interface HTMLElementTagNameMap {
    'cajal-app': CajalApp;
  }
}
