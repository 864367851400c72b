// The neurons on the bench: which model, which preset, how strongly it is driven, and its parameters.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { crossIcon } from '../../components/icons.ts';
import { labelOf } from '../../components/parameter-label.ts';
import { shared } from '../../components/shared-style.ts';
import type { BiologicalCatalogue, SubjectConfig } from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';
import {
  type BenchState,
  benchModels,
  modelOf,
  numberOf,
  OWN,
  stepParameter,
  strengthParameter,
} from './state.ts';
import '../../components/choice-select.ts';
import '../../components/parameter-slider.ts';

export class SubjectList extends LitElement {
  static override styles = [
    shared,
    css`
      ol {
        display: grid;
        gap: var(--gap-4);
      }

      .head {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
        justify-content: space-between;
      }

      .head button.plain {
        min-height: 1.75rem;
      }

      li {
        padding-inline-start: var(--gap-3);
        border-left: 3px solid var(--hairline);
      }

      li.focus {
        border-color: var(--ink);
      }

      .list {
        display: grid;
        gap: var(--gap-2);
        margin-top: var(--gap-1);
      }

      summary {
        cursor: pointer;
        color: var(--ink-soft);
        font-size: var(--text-small);
        padding: var(--gap-1) 0;
      }

      .look {
        padding: 0 var(--gap-2);
        margin-inline-start: calc(-1 * var(--gap-2));
        font-weight: 600;
      }

      .add {
        width: 100%;
        margin-top: var(--gap-3);
      }
    `,
  ];

  static override properties = { catalogue: { attribute: false }, state: { attribute: false } };

  declare catalogue: BiologicalCatalogue | undefined;
  declare state: BenchState | undefined;

  constructor() {
    super();
    this.catalogue = undefined;
    this.state = undefined;
  }

  protected override render(): TemplateResult {
    const { catalogue, state } = this;
    if (!catalogue || !state) return html``;
    const { neurons } = state.config;
    return html`<ol>
        ${neurons.map((neuron, at) => this.renderOne(neuron, at, catalogue, state))}
      </ol>
      <button
        class="add"
        ?disabled=${neurons.length >= catalogue.neuronBench.mostNeurons}
        @click=${() => emitSetting(this, 'add', true)}
      >
        ${text('subject-add')}
      </button>`;
  }

  private renderOne(
    neuron: SubjectConfig,
    at: number,
    catalogue: BiologicalCatalogue,
    state: BenchState,
  ): TemplateResult {
    const model = modelOf(catalogue, neuron.model);
    if (!model) return html``;
    const many = state.config.neurons.length > 1;
    const path = `neurons.${at}`;
    const focus = state.focus === at;
    return html`<li class=${focus ? 'focus' : ''}>
      <div class="head">
        <button
          class="plain look"
          aria-pressed=${focus ? 'true' : 'false'}
          title=${text('subject-look-title')}
          @click=${() => emitSetting(this, 'focus', at)}
        >
          ${text('subject-number', { number: at + 1 })}
        </button>
        ${
          many
            ? html`<button
                class="plain square"
                aria-label=${text('subject-remove', { number: at + 1 })}
                @click=${() => emitSetting(this, 'remove', at)}
              >
                ${crossIcon}
              </button>`
            : nothing
        }
      </div>
      <div class="list">
        <choice-select
          stacked
          path=${`${path}.model`}
          label=${text('subject-model')}
          .options=${benchModels(catalogue).map(({ id, title }) => ({ id, title }))}
          .value=${neuron.model}
        ></choice-select>
        ${
          model.presets.length > 0
            ? html`<choice-select
                stacked
                path=${`${path}.preset`}
                label=${text('subject-preset')}
                .options=${model.presets.map(({ id, title }) => ({ id, title }))}
                .value=${neuron.preset}
              ></choice-select>`
            : nothing
        }
        ${
          state.config.stimulus.input === OWN && model.presets.length > 0
            ? nothing
            : html`<parameter-slider
                path=${`${path}.strength`}
                label=${text('subject-strength')}
                .parameter=${strengthParameter(model, neuron.preset, text('subject-strength-meaning'))}
                .value=${neuron.strength}
              ></parameter-slider>`
        }
        <details ?open=${focus && !many}>
          <summary>${text('subject-parameters', { count: model.parameters.length + 1 })}</summary>
          <div class="list">
            ${model.parameters.map(
              (parameter) => html`<parameter-slider
                path=${`${path}.values.${parameter.key}`}
                label=${labelOf(parameter)}
                .parameter=${parameter}
                .value=${numberOf(neuron.values, parameter)}
              ></parameter-slider>`,
            )}
            <parameter-slider
              path=${`${path}.dt_ms`}
              label=${text('subject-step')}
              .parameter=${stepParameter(
                model,
                neuron.preset,
                text('subject-step-meaning', {
                  integrator: text(`integrator-${model.integrator.name}`),
                  order: model.integrator.order ?? 0,
                }),
              )}
              .value=${neuron.dtMs}
            ></parameter-slider>
          </div>
        </details>
      </div>
    </li>`;
  }
}

customElements.define('subject-list', SubjectList);
