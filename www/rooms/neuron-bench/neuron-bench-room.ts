// The room of the neuron bench: stimulus and neurons on one side, the run in the middle, the neuron
// that is looked at on the other. It draws a model and passes events on.

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { PageHeader } from '../../components/page-header.ts';
import { shared } from '../../components/shared-style.ts';
import { text } from '../../i18n/messages.ts';
import { addressOf } from '../rooms.ts';
import type { BenchModel } from './bench.ts';
import '../../components/edit-bar.ts';
import '../../components/message-bar.ts';
import '../../components/page-header.ts';
import './close-view.ts';
import './stimulus-panel.ts';
import './subject-list.ts';
import './trace-stack.ts';

/** Four things shown to one dendrite, as a ready address: the presets are the engine's. */
const BINDING = `${addressOf('neuron-bench')}&n=${['bound-first', 'bound-second', 'unbound-first', 'unbound-second'].map((preset) => `nmda-dendrite~${preset}`).join(',')}&s=own&ms=100`;

export class NeuronBenchRoom extends LitElement {
  static override styles = [
    shared,
    css`
      .page {
        max-width: 150rem;
        margin: 0 auto;
        padding: 0 var(--gap-6) var(--gap-8);
      }

      main {
        display: grid;
        grid-template-columns: 18rem minmax(0, 1fr) 22rem;
        grid-template-areas: 'controls traces close' 'controls about close';
        grid-template-rows: auto 1fr;
        gap: var(--gap-6) var(--gap-8);
        align-items: start;
        margin-top: var(--gap-3);
      }

      .controls {
        grid-area: controls;
        display: grid;
        gap: var(--gap-6);
        --choice-width: 7.5rem;
      }

      .controls section + section h2 {
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
      }

      h2 {
        margin-bottom: var(--gap-2);
      }

      [data-arrangement] a {
        color: var(--ink);
      }

      trace-stack {
        grid-area: traces;
      }

      close-view {
        grid-area: close;
      }

      close-view[about] {
        grid-area: about;
        padding-top: var(--gap-4);
        border-top: 1px solid var(--hairline);
      }

      message-bar {
        position: fixed;
        z-index: 4;
        bottom: var(--gap-4);
        left: 50%;
        width: min(44rem, 100vw - 2 * var(--gap-4));
        transform: translateX(-50%);
      }

      @media (min-width: 120rem) {
        main {
          grid-template-columns: 19rem minmax(0, 1fr) 30rem;
        }
      }

      @media (max-width: 80rem) {
        main {
          grid-template-columns: 17rem minmax(0, 1fr);
          grid-template-areas: 'controls traces' 'controls close' 'controls about';
          grid-template-rows: auto auto 1fr;
        }
      }

      @media (max-width: 50rem) {
        .page {
          padding: 0 var(--gap-4) var(--gap-8);
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'traces' 'controls' 'close' 'about';
          grid-template-rows: none;
        }
      }

      @media print {
        .controls,
        message-bar {
          display: none;
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'traces' 'close' 'about';
        }
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    addresses: { attribute: false },
  };

  declare model: BenchModel | undefined;
  /** Where the other rooms were left. */
  declare addresses: PageHeader['addresses'];

  constructor() {
    super();
    this.model = undefined;
    this.addresses = {};
  }

  protected override render(): TemplateResult {
    const { model } = this;
    return html`<div class="page">
      <page-header
        room="neuron-bench"
        .addresses=${this.addresses}
        subtitle=${text('bench-subtitle')}
        ><edit-bar
          .undo=${model?.undo}
          .redo=${model?.redo}
          ?ready=${model?.summary !== undefined}
        ></edit-bar
      ></page-header>
      ${model ? this.renderModel(model) : html``}
    </div>`;
  }

  private renderModel(model: BenchModel): TemplateResult {
    const { catalogue, state, shown, summary, traces, notices } = model;
    // A summary that is older than the neurons that were chosen is not drawn under their names.
    const run =
      shown && state && shown.config.neurons.length === state.config.neurons.length ? state : shown;
    // All at once: what comes one after the other pushes the rest about. A first run that failed says
    // why, and the controls are there to mend it.
    const ready = traces !== undefined || notices.length > 0;
    return html`<message-bar .notices=${notices}></message-bar>
      ${
        catalogue && state && ready
          ? html`<main>
              <aside class="controls" aria-label=${text('controls')}>
                <p class="soft" data-arrangement>
                  <a href=${BINDING}>${text('bench-binding')}</a> ${text('bench-binding-meaning')}
                </p>
                <section>
                  <h2>${text('bench-stimulus')}</h2>
                  <stimulus-panel .catalogue=${catalogue} .state=${state}></stimulus-panel>
                </section>
                <section>
                  <h2>${text('bench-neurons')}</h2>
                  <subject-list .catalogue=${catalogue} .state=${state}></subject-list>
                </section>
              </aside>
              <trace-stack .catalogue=${catalogue} .state=${run} .summary=${summary} .traces=${traces}></trace-stack>
              <close-view .model=${model}></close-view>
              <close-view about .model=${model}></close-view>
            </main>`
          : html`<p class="soft" role="status">${text('page-loading')}</p>`
      }`;
  }
}

customElements.define('neuron-bench-room', NeuronBenchRoom);

declare global {
  interface HTMLElementTagNameMap {
    'neuron-bench-room': NeuronBenchRoom;
  }
}
