// The room in which a spiking network learns digits: controls on one side, what it sees and what it
// has learned in the middle, how well it does on the other. It draws a model and passes events on.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { PageHeader } from '../../components/page-header.ts';
import { shared } from '../../components/shared-style.ts';
import type { ModelEntry } from '../../engine/model.ts';
import { formatBytes, formatCount } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { LearnerModel } from './learner.ts';
import '../../components/edit-bar.ts';
import '../../components/math-formula.ts';
import '../../components/message-bar.ts';
import '../../components/page-header.ts';
import '../../components/badge-list.ts';
import './accuracy-view.ts';
import './field-mosaic.ts';
import './learner-controls.ts';
import './neuron-close.ts';
import './present-view.ts';

const PAPER = 'https://doi.org/10.3389/fncom.2015.00099';

export class DigitLearnerRoom extends LitElement {
  static override styles = [
    shared,
    css`
      [data-not-biological] + p {
        margin-top: var(--gap-1);
      }

      .page {
        max-width: 150rem;
        margin: 0 auto;
        padding: 0 var(--gap-6) var(--gap-8);
      }

      main {
        display: grid;
        grid-template-columns: 17rem minmax(0, 1fr) 22rem;
        grid-template-areas: 'controls fields close' 'controls about about';
        grid-template-rows: auto 1fr;
        gap: var(--gap-6) var(--gap-8);
        align-items: start;
        margin-top: var(--gap-3);
      }

      learner-controls {
        grid-area: controls;
      }

      .fields {
        grid-area: fields;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap-6);
      }

      /* What comes is as tall as the window: nothing below jumps then. */
      .loading {
        align-content: start;
        min-height: 100vh;
      }

      .close {
        grid-area: close;
        display: grid;
        gap: var(--gap-6);
      }

      .close neuron-close {
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
      }

      .about {
        grid-area: about;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: var(--gap-6) var(--gap-8);
        padding-top: var(--gap-4);
        border-top: 1px solid var(--hairline);
      }

      h2 {
        margin-bottom: var(--gap-2);
      }

      field-mosaic {
        max-width: 44rem;
        margin-bottom: var(--gap-2);
      }

      a {
        color: inherit;
      }

      message-bar {
        position: fixed;
        z-index: 4;
        bottom: var(--gap-4);
        left: 50%;
        width: min(44rem, 100vw - 2 * var(--gap-4));
        transform: translateX(-50%);
      }

      progress {
        width: min(20rem, 100%);
        accent-color: var(--ink);
      }

      @media (min-width: 120rem) {
        main {
          grid-template-columns: 19rem minmax(0, 1fr) 30rem;
        }

        field-mosaic {
          max-width: 56rem;
        }
      }

      @media (max-width: 80rem) {
        main {
          grid-template-columns: 17rem minmax(0, 1fr);
          grid-template-areas: 'controls fields' 'controls close' 'controls about';
          grid-template-rows: auto auto 1fr;
        }
      }

      @media (max-width: 50rem) {
        .page {
          padding: 0 var(--gap-4) var(--gap-8);
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: none;
        }

        /* What runs it, what it learns, and only then the pad: the parts of the controls stand in this grid. */
        learner-controls {
          display: contents;
        }

        .fields,
        .close,
        .about {
          grid-area: auto;
          order: 2;
        }

        .close,
        .about {
          order: 4;
        }
      }

      @media print {
        learner-controls,
        message-bar {
          display: none;
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'fields' 'close' 'about';
        }
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    addresses: { attribute: false },
  };

  declare model: LearnerModel | undefined;
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
        room="digit-learner"
        .addresses=${this.addresses}
        subtitle=${text('digits-subtitle')}
        ><edit-bar
          .undo=${model?.undo}
          .redo=${model?.redo}
          ?ready=${model?.circuit !== undefined && !model.stopped}
        ></edit-bar
      ></page-header>
      ${model ? this.renderModel(model) : nothing}
    </div>`;
  }

  private renderModel(model: LearnerModel): TemplateResult {
    const { circuit, notices } = model;
    return html`<message-bar .notices=${notices}></message-bar>
      ${
        circuit
          ? html`<main>
              <learner-controls .model=${model}></learner-controls>
              ${this.renderFields(model)} ${this.renderClose(model, circuit)}
              ${renderAbout(circuit)}
            </main>`
          : html`<p class="soft" role="status">${text('page-loading')}</p>`
      }`;
  }

  private renderFields({ run, neurons, count, state, loading }: LearnerModel): TemplateResult {
    if (!run && loading) {
      const { loaded, total } = loading;
      return html`<div class="fields loading" role="status">
        <p>${text('digits-loading', { loaded: formatBytes(loaded), total: formatBytes(total) })}</p>
        <progress aria-label=${text('digits-loading-label')} max=${total} .value=${loaded}></progress>
      </div>`;
    }
    const shown = run?.progress.last;
    return html`<div class="fields">
      <section>
        <h2>${text('fields-title', { count: formatCount(count) })}</h2>
        <field-mosaic
          .neurons=${neurons}
          .shown=${shown}
          .count=${count}
          .chosen=${state.neuron}
        ></field-mosaic>
        <p class="soft">${text('fields-hint')}</p>
      </section>
      <present-view .shown=${shown} .count=${count} .labels=${neurons?.labels}></present-view>
    </div>`;
  }

  private renderClose(
    { run, neurons, count, state }: LearnerModel,
    circuit: ModelEntry,
  ): TemplateResult {
    return html`<div class="close">
      <accuracy-view
        .run=${run}
        .paper=${circuit.references[0]?.expected ?? Number.NaN}
      ></accuracy-view>
      <neuron-close .neurons=${neurons} .at=${state.neuron} .count=${count}></neuron-close>
    </div>`;
  }
}

function renderAbout(circuit: ModelEntry): TemplateResult {
  return html`<div class="about">
    <section>
      <h2>${text('close-references')}</h2>
      <badge-list .references=${circuit.references}></badge-list>
    </section>
    <section>
      <h2>${text('close-not-biological')}</h2>
      <p data-not-biological>${circuit.notBiological}</p>
      <p class="soft">
        <a href=${PAPER} rel="noreferrer" target="_blank">${circuit.citation}</a>
      </p>
    </section>
    <section>
      <h2>${text('close-equations')}</h2>
      ${circuit.equations.map((equation) => html`<math-formula latex=${equation}></math-formula>`)}
    </section>
  </div>`;
}

customElements.define('digit-learner-room', DigitLearnerRoom);

declare global {
  interface HTMLElementTagNameMap {
    'digit-learner-room': DigitLearnerRoom;
  }
}
