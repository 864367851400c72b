// Which data: a stamp for each generated set, the image sets, and a table of the visitor's own.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { DataConfig, DataSetEntry, LayeredCatalogue } from '../engine/model.ts';
import { formatBytes } from '../i18n/format.ts';
import { text, textOr } from '../i18n/messages.ts';
import { parameterOf } from '../state/page-state.ts';
import { emitSetting } from './events.ts';
import { imageIcon, shirtIcon, tableIcon } from './icons.ts';
import { shared } from './shared-style.ts';
import './parameter-slider.ts';
import './point-thumbnail.ts';
import './table-drop.ts';

const SLIDERS = ['samples', 'noise', 'trainShare', 'seed'] as const;

export class DataPicker extends LitElement {
  static override styles = [
    shared,
    css`
      .sets {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: var(--gap-2);
      }

      label.set {
        display: grid;
        justify-items: center;
        gap: 2px;
        padding: var(--gap-1);
        border-radius: var(--radius);
        cursor: pointer;
        /* A quarter of the column: no look may make it larger. */
        font-size: min(var(--text-small), 0.8125rem);
        line-height: 1.2;
        text-align: center;
        position: relative;
        overflow-wrap: anywhere;
        hyphens: auto;
      }

      label.set:hover {
        background: var(--hover);
      }

      label.set:has(:checked) {
        background: var(--raised);
        box-shadow: inset 0 0 0 2px var(--ink);
        font-weight: 600;
      }

      label.set:has(:focus-visible) {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }

      .set input {
        position: absolute;
        opacity: 0;
        inset: 0;
        margin: 0;
        cursor: pointer;
      }

      .stamp {
        display: grid;
        place-items: center;
        width: 100%;
        max-width: 3.5rem;
        aspect-ratio: 1;
      }

      .stamp svg {
        width: 60%;
        height: 60%;
      }

      point-thumbnail {
        width: 100%;
      }

      .sliders {
        display: grid;
        gap: var(--gap-1);
        margin-top: var(--gap-3);
      }

      .progress {
        margin-top: var(--gap-3);
      }

      progress {
        display: block;
        width: 100%;
        height: 0.5rem;
        accent-color: var(--ink);
      }

      .source {
        margin-top: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    catalogue: { attribute: false },
    data: { attribute: false },
    thumbnails: { attribute: false },
    progress: { attribute: false },
    awaitingTable: { type: Boolean },
    tableName: { type: String },
  };

  declare catalogue: LayeredCatalogue | undefined;
  declare data: DataConfig | undefined;
  declare thumbnails: ReadonlyMap<string, Float32Array>;
  declare progress: { loaded: number; total: number } | undefined;
  declare awaitingTable: boolean;
  declare tableName: string | undefined;

  constructor() {
    super();
    this.catalogue = undefined;
    this.data = undefined;
    this.thumbnails = new Map();
    this.progress = undefined;
    this.awaitingTable = false;
    this.tableName = undefined;
  }

  protected override render(): TemplateResult {
    const { catalogue, data } = this;
    if (!catalogue || !data) return html``;
    const entry = catalogue.dataSets.find(({ id }) =>
      this.awaitingTable ? false : id === data.set,
    );
    const showTable = this.awaitingTable || entry?.kind === 'table';
    return html`
      <fieldset>
        <legend class="visually-hidden">${text('data-legend')}</legend>
        <div class="sets">${catalogue.dataSets.map((set) => this.renderSet(set, entry))}</div>
      </fieldset>
      ${this.renderProgress()}
      ${showTable ? html`<table-drop .name=${this.tableName ?? ''}></table-drop>` : nothing}
      ${entry ? this.renderSliders(entry, catalogue, data) : nothing}
      ${
        entry && entry.kind === 'images'
          ? html`<p class="soft source">${entry.licence}</p>`
          : nothing
      }
    `;
  }

  private renderSet(set: DataSetEntry, chosen: DataSetEntry | undefined): TemplateResult {
    const checked = this.awaitingTable ? set.kind === 'table' : set.id === chosen?.id;
    return html`<label class="set">
      <input
        type="radio"
        name="set"
        value=${set.id}
        .checked=${checked}
        @change=${() => emitSetting(this, 'config.data.set', set.id)}
      />
      <span class="stamp">${this.renderStamp(set)}</span>
      <span>${textOr(`data-${set.id}`, set.title)}</span>
    </label>`;
  }

  /** Only to look at: the name stands below it. */
  private renderStamp(set: DataSetEntry): unknown {
    if (set.kind === 'images') return set.id === 'fashion' ? shirtIcon : imageIcon;
    if (set.kind === 'table') return tableIcon;
    return html`<point-thumbnail
      .points=${this.thumbnails.get(set.id)}
      ?regression=${set.task === 'regression'}
    ></point-thumbnail>`;
  }

  private renderProgress(): TemplateResult | typeof nothing {
    if (!this.progress) return nothing;
    const { loaded, total } = this.progress;
    const label = text('data-loading', { loaded: formatBytes(loaded), total: formatBytes(total) });
    return html`<div class="progress">
      <progress aria-label=${text('data-loading-label')} max=${total} .value=${loaded}></progress>
      <span class="soft number">${label}</span>
    </div>`;
  }

  private renderSliders(
    entry: DataSetEntry,
    catalogue: LayeredCatalogue,
    data: DataConfig,
  ): TemplateResult | typeof nothing {
    if (entry.kind === 'images') return nothing;
    const shown = entry.kind === 'table' ? (['trainShare', 'seed'] as const) : SLIDERS;
    return html`<div class="sliders">
      ${shown.map(
        (name) => html`<parameter-slider
          .parameter=${parameterOf(catalogue, `data.${name}`)}
          path=${`config.data.${name}`}
          label=${text(`label-data-${name}`)}
          .value=${data[name]}
        ></parameter-slider>`,
      )}
    </div>`;
  }
}

customElements.define('data-picker', DataPicker);
