// The one stimulus of all neurons: which input, and its numbers, made from the catalogue.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { labelOf } from '../../components/parameter-label.ts';
import { shared } from '../../components/shared-style.ts';
import type { BiologicalCatalogue, Parameter } from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';
import { type BenchState, DRAWN, inputOf, LISTED, numberOf, OWN, RECORDED } from './state.ts';
import '../../components/choice-select.ts';
import '../../components/parameter-slider.ts';
import './waveform-editor.ts';

/** Amplitudes in units of a neuron's strength: what a slider offers of the range that is accepted. */
const HANDY = 5;

export class StimulusPanel extends LitElement {
  static override styles = [
    shared,
    css`
      .list {
        display: grid;
        gap: var(--gap-2);
      }

      .seed {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
        justify-content: space-between;
      }

      input.spikes {
        width: 100%;
      }
    `,
  ];

  static override properties = {
    catalogue: { attribute: false },
    state: { attribute: false },
    wrong: { state: true },
  };

  declare catalogue: BiologicalCatalogue | undefined;
  declare state: BenchState | undefined;
  /** What was typed as a list of spikes is none. */
  declare wrong: boolean;

  constructor() {
    super();
    this.catalogue = undefined;
    this.state = undefined;
    this.wrong = false;
  }

  protected override render(): TemplateResult {
    const { catalogue, state } = this;
    if (!catalogue || !state) return html``;
    const { stimulus, durationMs, seed } = state.config;
    const input = inputOf(catalogue, stimulus.input);
    const options = [
      { id: OWN, title: text('stimulus-own') },
      ...catalogue.inputs.map(({ id, title }) => ({ id, title })),
    ];
    return html`<div class="list">
      <choice-select
        path="stimulus.input"
        label=${text('stimulus-shape')}
        .options=${options}
        .value=${stimulus.input}
      ></choice-select>
      ${stimulus.input === OWN ? html`<p class="soft">${text('stimulus-own-hint')}</p>` : nothing}
      ${input?.parameters.map(
        (parameter) => html`<parameter-slider
          path=${`stimulus.values.${parameter.key}`}
          label=${labelOf(parameter)}
          .parameter=${handy(parameter, durationMs)}
          .value=${numberOf(stimulus.values, parameter)}
        ></parameter-slider>`,
      )}
      ${
        stimulus.input === DRAWN
          ? html`<waveform-editor
              .points=${stimulus.points}
              .durationMs=${durationMs}
            ></waveform-editor>`
          : nothing
      }
      ${stimulus.input === LISTED ? this.renderSpikes(stimulus.spikesMs) : nothing}
      ${
        stimulus.input === RECORDED
          ? html`<choice-select
              path="stimulus.trial"
              label=${text('stimulus-trial')}
              .options=${[0, 1].map((trial) => ({
                id: String(trial),
                title: text(`stimulus-trial-${trial}`),
              }))}
              .value=${String(stimulus.trial)}
            ></choice-select>`
          : nothing
      }
      <parameter-slider
        path="durationMs"
        label=${text('stimulus-duration')}
        .parameter=${durationParameter(catalogue)}
        .value=${durationMs}
      ></parameter-slider>
      <div class="seed">
        <span>${text('stimulus-seed')} <span class="number">${seed}</span></span>
        <button @click=${() => emitSetting(this, 'seed', seed < catalogue.largestSeed ? seed + 1 : 0)}>
          ${text('stimulus-new-seed')}
        </button>
      </div>
    </div>`;
  }

  private renderSpikes(spikesMs: readonly number[]): TemplateResult {
    return html`<div>
      <label for="spikes">${text('stimulus-spikes')}</label>
      <input
        id="spikes"
        class="spikes number"
        type="text"
        spellcheck="false"
        aria-invalid=${this.wrong ? 'true' : 'false'}
        .value=${spikesMs.join(', ')}
        @change=${this.typed}
      />
      <p class="soft" role="alert">${this.wrong ? text('stimulus-spikes-refused') : nothing}</p>
    </div>`;
  }

  private typed(event: Event): void {
    const words = (event.target as HTMLInputElement).value.split(/[\s,;]+/).filter(Boolean);
    const times = words.map(Number);
    this.wrong = times.some((time) => !Number.isFinite(time));
    if (!this.wrong) emitSetting(this, 'stimulus.spikes', times);
  }
}

/** The part of a range that a slider is good for: amplitudes of a few strengths, times of the run. */
function handy(parameter: Parameter, durationMs: number): Parameter {
  const { unit, min, max, scale } = parameter;
  if (scale !== 'linear' || max - min < 1e4) return parameter;
  if (unit === 'ms') return { ...parameter, min: 0, max: Math.max(durationMs, 1), step: 1 };
  if (unit === 'Hz') return { ...parameter, min: 0, max: 500, step: 0.5 };
  return { ...parameter, min: Math.max(min, -HANDY), max: HANDY, step: 0.05 };
}

function durationParameter({ neuronBench }: BiologicalCatalogue): Parameter {
  return {
    key: 'durationMs',
    symbol: 'T',
    unit: 'ms',
    min: 1,
    max: neuronBench.longestMs,
    step: 0,
    scale: 'log',
    default: neuronBench.defaults.durationMs,
    meaning: text('stimulus-duration-meaning'),
  };
}

customElements.define('stimulus-panel', StimulusPanel);
