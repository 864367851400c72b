// The room of the circuit bench: which circuit and its numbers on one side, its spikes and rates in the
// middle, what is measured of them on the other. It draws a model and passes events on.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { PageHeader } from '../../components/page-header.ts';
import { shared } from '../../components/shared-style.ts';
import { formatPercent } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { CircuitModel } from './bench.ts';
import { sizeText } from './circuit-picker.ts';
import { looksOf } from './population-look.ts';
import { type CircuitState, type Circuits, circuitOf } from './state.ts';
import '../../components/edit-bar.ts';
import '../../components/message-bar.ts';
import '../../components/page-header.ts';
import '../../components/share-dialog.ts';
import './about-circuit.ts';
import './brush-panel.ts';
import './circuit-picker.ts';
import './circuit-transport.ts';
import './parameter-panel.ts';
import './population-table.ts';
import './rate-plots.ts';
import './reading-view.ts';
import './silence-note.ts';
import './spike-raster.ts';
import './turns-view.ts';
import './weight-plot.ts';

export class CircuitBenchRoom extends LitElement {
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
        grid-template-columns: 17rem minmax(0, 1fr) 20rem;
        grid-template-areas: 'picker picker picker' 'controls run numbers' 'controls about numbers';
        grid-template-rows: auto auto 1fr;
        gap: var(--gap-3) var(--gap-8);
        align-items: start;
        margin-top: var(--gap-1);
      }

      circuit-picker {
        grid-area: picker;
      }

      .controls {
        grid-area: controls;
      }

      .run {
        grid-area: run;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap-2);
      }

      circuit-transport {
        position: sticky;
        top: 0;
        z-index: 3;
        padding: var(--gap-1) 0 var(--gap-2);
        background: var(--paper);
      }

      .stage {
        position: relative;
      }

      .numbers {
        grid-area: numbers;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap-6);
      }

      .numbers section + section {
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
      }

      h2 {
        margin-bottom: var(--gap-2);
      }

      about-circuit {
        grid-area: about;
        margin-top: var(--gap-4);
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
          grid-template-columns: 20rem minmax(0, 1fr) 28rem;
        }
      }

      @media (max-width: 80rem) {
        main {
          grid-template-columns: 16rem minmax(0, 1fr);
          grid-template-areas: 'picker picker' 'controls run' 'controls numbers' 'controls about';
          grid-template-rows: auto auto auto 1fr;
        }

        .numbers {
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
          gap: var(--gap-6);
        }

        .numbers section + section {
          padding-top: 0;
          border-top: 0;
        }
      }

      @media (max-width: 50rem) {
        .page {
          padding: 0 var(--gap-4) var(--gap-8);
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'picker' 'run' 'controls' 'numbers' 'about';
          grid-template-rows: none;
          gap: var(--gap-4);
        }

        circuit-transport {
          position: static;
        }
      }

      @media print {
        .controls,
        circuit-transport,
        brush-panel,
        message-bar {
          display: none;
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'picker' 'run' 'numbers' 'about';
        }
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    addresses: { attribute: false },
  };

  declare model: CircuitModel | undefined;
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
        room="circuit-bench"
        .addresses=${this.addresses}
        subtitle=${text('circuit-subtitle')}
        ><edit-bar
          .undo=${model?.undo}
          .redo=${model?.redo}
          sharing
          ?ready=${model?.built !== undefined}
        ></edit-bar
      ></page-header>
      ${model ? this.renderModel(model) : nothing}
    </div>`;
  }

  private renderModel(model: CircuitModel): TemplateResult {
    const { circuits, state, notices } = model;
    return html`<message-bar .notices=${notices}></message-bar>
      <share-dialog run .link=${model.share}></share-dialog>
      ${
        circuits && state
          ? html`<main>
              <circuit-picker
                .circuits=${circuits}
                circuit=${state.config.circuit}
              ></circuit-picker>
              <aside class="controls" aria-label=${text('controls')}>
                <h2>${text('circuit-parameters')}</h2>
                <parameter-panel
                  .circuits=${circuits}
                  .state=${state}
                  .fits=${model.fits}
                ></parameter-panel>
              </aside>
              ${this.renderRun(model, state, circuits)}
              <about-circuit .entry=${circuitOf(circuits, state.config.circuit)}></about-circuit>
            </main>`
          : html`<p class="soft" role="status">${text('page-loading')}</p>`
      }`;
  }

  private renderRun(model: CircuitModel, state: CircuitState, circuits: Circuits): TemplateResult {
    const { built, building, figures, course, statistics } = model;
    const populations = built?.populations ?? NONE;
    const size = building
      ? building.estimate
        ? text('circuit-building', { size: sizeText(building.estimate) })
        : text('circuit-about-to')
      : built
        ? model.replayed === undefined
          ? sizeText(built)
          : text('circuit-replaying', { share: formatPercent(model.replayed, 0) })
        : text('circuit-about-to');
    const gutter = globalThis.innerWidth < NARROW ? 76 : 96;
    return html`<div class="run">
        <circuit-transport
          ?playing=${model.playing}
          ?ready=${built !== undefined}
          .figures=${figures}
          speed=${state.speed}
          spanMs=${state.spanMs}
          seed=${state.config.seed}
          size=${`${size} · ${text('circuit-seed', { seed: String(state.config.seed) })}`}
          built=${built?.config.circuit ?? ''}
        ></circuit-transport>
        <div class="stage">
        <spike-raster
          .populations=${populations}
          .spikes=${model.spikes}
          .brushes=${model.brushes}
          .rows=${state.rows}
          spanMs=${state.spanMs}
          gutter=${gutter}
          ?playing=${model.playing}
          .news=${figures}
        ></spike-raster>
        <silence-note
          .spikes=${model.spikes}
          spanMs=${state.spanMs}
          .news=${figures}
        ></silence-note>
        </div>
        <rate-plots
          .populations=${populations}
          .course=${course}
          timeMs=${model.playing ? model.spikes.shownMs : figures.timeMs}
          spanMs=${state.spanMs}
          gutter=${gutter}
        ></rate-plots>
        <brush-panel
          .populations=${populations}
          .rows=${state.rows}
          brushMs=${state.brushMs}
        ></brush-panel>
      </div>
      <div class="numbers">
        <section aria-label=${text('circuit-numbers')}>
          <h2>${text('circuit-numbers')}</h2>
          <population-table
            .populations=${populations}
            .statistics=${statistics}
          ></population-table>
        </section>
        ${
          model.reading
            ? html`<section>
                <reading-view
                  circuit=${built?.config.circuit ?? ''}
                  colour=${looksOf(populations)[model.reading.population]?.colour ?? 'ink'}
                  .reading=${model.reading}
                  .readings=${model.readings}
                ></reading-view>
              </section>`
            : nothing
        }
        ${
          model.turns
            ? html`<section>
                <turns-view
                  .populations=${populations}
                  .turns=${model.turns}
                  .references=${circuitOf(circuits, built?.config.circuit ?? '')?.references ?? NONE}
                  spanMs=${state.spanMs}
                ></turns-view>
              </section>`
            : nothing
        }
        <section>
          <rate-plots
            spectrum
            .populations=${populations}
            .statistics=${statistics}
          ></rate-plots>
        </section>
        <section>
          <weight-plot .populations=${populations} .weights=${model.weights}></weight-plot>
        </section>
      </div>`;
  }
}

/** Below this, names beside the raster are short of room. */
const NARROW = 640;
const NONE: readonly never[] = [];

customElements.define('circuit-bench-room', CircuitBenchRoom);

declare global {
  interface HTMLElementTagNameMap {
    'circuit-bench-room': CircuitBenchRoom;
  }
}
