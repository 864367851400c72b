// The parameters of the circuit, made from the catalogue: its states, the map of them where there is one,
// and a slider each. What needs another circuit says so.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { labelOf } from '../../components/parameter-label.ts';
import { shared } from '../../components/shared-style.ts';
import type { Parameter } from '../../engine/model.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import {
  type CircuitState,
  type Circuits,
  circuitOf,
  numberOf,
  overviewOf,
  presetIds,
  presetOf,
  stateMap,
} from './state.ts';
import '../../components/choice-select.ts';
import '../../components/parameter-slider.ts';
import './state-map-plot.ts';

export class ParameterPanel extends LitElement {
  static override styles = [
    shared,
    css`
      .list {
        display: grid;
        gap: var(--gap-2);
      }

      .anew {
        margin-top: calc(-1 * var(--gap-1));
      }

      state-map-plot {
        margin-bottom: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    circuits: { attribute: false },
    state: { attribute: false },
    fits: { attribute: false },
  };

  declare circuits: Circuits | undefined;
  declare state: CircuitState | undefined;
  /** The scale that would fit where what was asked for does not. */
  declare fits: number | undefined;

  constructor() {
    super();
    this.circuits = undefined;
    this.state = undefined;
    this.fits = undefined;
  }

  protected override render(): TemplateResult {
    const { circuits, state, fits } = this;
    const entry = circuits && state && circuitOf(circuits, state.config.circuit);
    if (!circuits || !state || !entry) return html``;
    const overview = overviewOf(circuits, entry.id);
    const map = stateMap(entry, overview);
    const { values } = state.config;
    const preset = presetOf(entry, values);
    const titles = presetIds(entry).map((id) => ({
      id,
      title: entry.presets.find((one) => one.id === id)?.title ?? text('preset-standard'),
    }));
    const options = preset === '' ? [{ id: '', title: text('preset-own') }, ...titles] : titles;
    const live = (parameter: Parameter) => !overview?.rebuilds.includes(parameter.key);
    const sorted = [
      ...entry.parameters.filter(live),
      ...entry.parameters.filter((one) => !live(one)),
    ];
    const firstAnew = sorted.find((one) => !live(one));
    return html`<div class="list">
      ${
        entry.presets.length > 0
          ? html`<choice-select
              path="preset"
              label=${text('preset')}
              .options=${options}
              .value=${preset}
            ></choice-select>`
          : nothing
      }
      ${
        map
          ? html`<state-map-plot
              .map=${map}
              .x=${numberOf(values, map.across)}
              .y=${numberOf(values, map.up)}
            ></state-map-plot>`
          : nothing
      }
      ${
        fits === undefined
          ? nothing
          : html`<button @click=${() => emitSetting(this, 'values.scale', fits)}>
              ${text('circuit-use-scale', { scale: formatNumber(fits) })}
            </button>`
      }
      ${sorted.map(
        (parameter) => html`${
          parameter === firstAnew
            ? html`<p class="soft anew-head">${text('parameter-anew')}</p>`
            : nothing
        }
          <parameter-slider
            path=${`values.${parameter.key}`}
            label=${labelOf(parameter, entry.id)}
            .parameter=${parameter}
            .value=${numberOf(values, parameter)}
          ></parameter-slider>`,
      )}
    </div>`;
  }
}

customElements.define('parameter-panel', ParameterPanel);
