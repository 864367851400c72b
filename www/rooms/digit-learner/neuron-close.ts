// One neuron from close by: its receptive field, its threshold, and what it answers to.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { minusIcon, plusIcon } from '../../components/icons.ts';
import { shared } from '../../components/shared-style.ts';
import type { StudentNeurons } from '../../engine/model.ts';
import { formatNumber, withUnit } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { neuronOf } from './fields.ts';
import './digit-bars.ts';
import './digit-picture.ts';

export class NeuronClose extends LitElement {
  static override styles = [
    shared,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
        margin-bottom: var(--gap-2);
      }

      label {
        font-weight: 600;
      }

      input {
        width: 4rem;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }

      .both {
        display: grid;
        grid-template-columns: minmax(0, 11rem) minmax(0, 1fr);
        gap: var(--gap-4);
        align-items: start;
      }

      dl {
        display: grid;
        gap: var(--gap-2);
      }

      dt {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      .both + p {
        margin-top: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    neurons: { attribute: false },
    at: { type: Number },
    count: { type: Number },
  };

  declare neurons: StudentNeurons | undefined;
  declare at: number;
  declare count: number;

  constructor() {
    super();
    this.neurons = undefined;
    this.at = 0;
    this.count = 0;
  }

  protected override render(): TemplateResult {
    const { at, count } = this;
    const neuron = this.neurons ? neuronOf(this.neurons, at) : undefined;
    return html`<section data-neuron=${at}>
      <div class="head">
        <label for="neuron">${text('neuron-label')}</label>
        <button
          class="square"
          aria-label=${text('neuron-previous')}
          ?disabled=${at <= 0}
          @click=${() => emitSetting(this, 'neuron', at - 1)}
        >
          ${minusIcon}
        </button>
        <input
          id="neuron"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          .value=${String(at + 1)}
          @change=${this.typed}
        />
        <button
          class="square"
          aria-label=${text('neuron-next')}
          ?disabled=${at >= count - 1}
          @click=${() => emitSetting(this, 'neuron', at + 1)}
        >
          ${plusIcon}
        </button>
        <span class="soft number">${text('neuron-of', { count })}</span>
      </div>
      <div class="both">
        <digit-picture
          .values=${neuron?.field ?? []}
          high="255"
          name=${text('neuron-field-name', { neuron: at + 1 })}
        ></digit-picture>
        <dl class="number">
          <div>
            <dt>${text('neuron-stands-for')}</dt>
            <dd>${neuron?.label ?? '–'}</dd>
          </div>
          <div>
            <dt>${text('neuron-theta')}</dt>
            <dd>${neuron ? withUnit(formatNumber(neuron.thetaMv), 'mV') : '–'}</dd>
          </div>
          <div>
            <dt>${text('neuron-answers')}</dt>
            <dd>
              <digit-bars
                .values=${neuron?.shares ?? []}
                .chosen=${neuron?.label ?? -1}
                name=${text('neuron-answers')}
              ></digit-bars>
            </dd>
          </div>
        </dl>
      </div>
      <p class="soft">${text('neuron-hint')}</p>
    </section>`;
  }

  private typed(event: Event): void {
    const field = event.target as HTMLInputElement;
    const number = Number(field.value);
    if (Number.isInteger(number) && number >= 1 && number <= this.count) {
      emitSetting(this, 'neuron', number - 1);
    }
    field.value = String(this.at + 1);
  }
}

customElements.define('neuron-close', NeuronClose);
