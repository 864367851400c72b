// The settings of one group, made from the table of fields: a slider for a number, a list for
// a choice. A new parameter in the catalogue needs a line in that table and nothing here.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { DataSetEntry, LayeredCatalogue } from '../engine/model.ts';
import { idOf, text, textOr } from '../i18n/messages.ts';
import { catalogueKey, FIELDS, type Field, fieldValue, isInUse } from '../state/fields.ts';
import { choicesOf, type PageState, parameterOf } from '../state/page-state.ts';
import { fittingLoss } from '../state/presets.ts';
import { shared } from './shared-style.ts';
import './choice-select.ts';
import './parameter-slider.ts';

export class SettingList extends LitElement {
  static override styles = [
    shared,
    css`
      div {
        display: grid;
        gap: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    group: { type: String },
    catalogue: { attribute: false },
    state: { attribute: false },
    task: { type: String },
  };

  /** 'training' or 'spiking': the part of the configuration. */
  declare group: string;
  declare catalogue: LayeredCatalogue | undefined;
  declare state: PageState | undefined;
  /** Of the data in use, which a table knows only once it is read. */
  declare task: DataSetEntry['task'];

  constructor() {
    super();
    this.group = '';
    this.catalogue = undefined;
    this.state = undefined;
    this.task = 'classification';
  }

  protected override render(): TemplateResult {
    const { catalogue, state } = this;
    if (!catalogue || !state) return html``;
    const fields = FIELDS.filter(
      (field) =>
        (field.path.startsWith(`config.${this.group}.`) && isInUse(state, field)) ||
        (this.group === 'training' && field.path === 'config.seed'),
    );
    return html`<div>
      ${fields.map((field) =>
        field.kind === 'choice'
          ? this.renderChoice(field, catalogue, state)
          : this.renderNumber(field, catalogue, state),
      )}
    </div>`;
  }

  private renderChoice(field: Field, catalogue: LayeredCatalogue, state: PageState): unknown {
    const { options } = choicesOf(catalogue, catalogueKey(field));
    return html`<choice-select
      path=${field.path}
      label=${label(field)}
      .options=${options}
      .blocked=${field.name === 'loss' ? this.blockedLosses(options.map(({ id }) => id)) : []}
      .value=${String(fieldValue(state, field))}
    ></choice-select>`;
  }

  private renderNumber(field: Field, catalogue: LayeredCatalogue, state: PageState): unknown {
    if (field.kind !== 'number') return nothing;
    return html`<parameter-slider
      path=${field.path}
      label=${label(field)}
      .parameter=${parameterOf(catalogue, catalogueKey(field))}
      .value=${Number(fieldValue(state, field))}
    ></parameter-slider>`;
  }

  private blockedLosses(losses: readonly string[]): string[] {
    const { task } = this;
    return losses.filter((loss) => fittingLoss(loss, { task }) !== loss);
  }
}

function label(field: Field): string {
  const key = catalogueKey(field);
  return textOr(`label-${idOf(key)}`, text('label-unknown', { key }));
}

customElements.define('setting-list', SettingList);
