// Backpropagation, slowly: one example goes forward layer by layer, meets its loss, and comes back; the drawn
// network shows how far it is. Beside it the surrogate gradient of a spiking unit in time.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { BackwardPicture, LayeredCatalogue, Summary } from '../../engine/model.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { choicesOf } from '../../state/page-state.ts';
import { backIcon, pauseIcon, playIcon } from '../icons.ts';
import '../math-formula.ts';
import { shared } from '../shared-style.ts';
import { unitName } from './names.ts';
import type { Selection } from './selection.ts';
import { lastStage, revealedAt, type Stage, stageAt } from './stages.ts';
import './time-gradient.ts';

const STAGE_MS = 1100;
/** From here back to the weights; the engine declares the rest. */
const TO_WEIGHTS = String.raw`, \quad \frac{\partial L}{\partial W_l} = \delta_l a_{l-1}^\top`;

export class BackMicroscope extends LitElement {
  static override styles = [
    shared,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
      }

      input[type='range'] {
        flex: 1 1 10rem;
        min-width: 6rem;
        accent-color: var(--ink);
      }

      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: var(--gap-4) var(--gap-8);
        margin-top: var(--gap-3);
      }

      .stage {
        min-height: 3rem;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
        font-size: var(--text-small);
        margin-top: var(--gap-2);
      }

      caption {
        text-align: start;
        color: var(--ink-soft);
      }

      th,
      td {
        font-weight: 400;
        text-align: end;
        padding: 2px 0 2px var(--gap-4);
        min-width: 4.5rem;
      }

      th:first-child {
        text-align: start;
        padding-left: 0;
      }

      tr.now > * {
        font-weight: 700;
      }
    `,
  ];

  static override properties = {
    summary: { attribute: false },
    networks: { attribute: false },
    unit: { attribute: false },
    depth: { type: Number },
    rule: { type: String },
    loss: { type: String },
    catalogue: { attribute: false },
    stepMs: { type: Number },
    place: { state: true },
    playing: { state: true },
  };

  declare summary: Summary | undefined;
  declare networks: readonly BackwardPicture[] | undefined;
  /** The spiking unit that is shown in time. */
  declare unit: Selection | undefined;
  /** Hidden layers. */
  declare depth: number;
  declare rule: string;
  /** Id of the loss. */
  declare loss: string;
  declare catalogue: LayeredCatalogue | undefined;
  declare stepMs: number;
  declare private place: number;
  declare private playing: boolean;

  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.summary = undefined;
    this.networks = undefined;
    this.unit = undefined;
    this.depth = 0;
    this.rule = 'backpropagation';
    this.loss = '';
    this.catalogue = undefined;
    this.stepMs = 1;
    this.place = 0;
    this.playing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private get layers(): number {
    return this.depth + 1;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('depth')) this.place = Math.min(this.place, lastStage(this.layers));
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('place') && !changed.has('depth')) return;
    const detail = revealedAt(this.place, this.layers);
    this.dispatchEvent(new CustomEvent('reveal', { detail, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { summary, networks, place, layers } = this;
    if (!summary) return html``;
    const last = lastStage(layers);
    const stage = stageAt(place, layers);
    const said = this.describe(stage, summary);
    return html`<section aria-label=${text('nv-tool-microscope')} data-stage=${stage.way} data-place=${place}>
      <div class="controls">
        <button class="square" aria-label=${text('nv-stage-back')} ?disabled=${place === 0} @click=${() => this.go(place - 1)}>
          ${backIcon}
        </button>
        <button @click=${this.toggle}>
          ${this.playing ? pauseIcon : playIcon}
          ${text(this.playing ? 'transport-pause' : 'nv-stage-play')}
        </button>
        <button data-next ?disabled=${place === last} @click=${() => this.go(place + 1)}>${text('nv-stage-next')}</button>
        <input
          type="range"
          min="0"
          max=${last}
          step="1"
          .value=${String(place)}
          aria-label=${text('nv-stage')}
          aria-valuetext=${said}
          @input=${(event: Event) => this.go(Number((event.target as HTMLInputElement).value))}
        />
      </div>
      <div class="parts">
        <div>
          <div class="stage">
            <p role="status">${said}</p>
            <math-formula latex=${this.formula(stage)}></math-formula>
          </div>
          ${networks ? this.renderTable(networks, stage, summary) : html`<p class="soft">${text('nv-wait')}</p>`}
          ${this.rule === 'backpropagation' ? nothing : html`<p class="soft">${text('nv-other-rule')}</p>`}
        </div>
        ${this.renderTime(summary)}
      </div>
    </section>`;
  }

  private formula({ way }: Stage): string {
    const equation = (key: string, id: string) =>
      this.catalogue &&
      choicesOf(this.catalogue, key).options.find((one) => one.id === id)?.equation;
    switch (way) {
      case 'start':
        return 'a_0 = x';
      case 'forward':
        return String.raw`z_l = W_l a_{l-1} + b_l, \quad a_l = f(z_l)`;
      case 'loss':
        return equation('training.loss', this.loss) ?? '';
      case 'backward':
        return (equation('training.rule', 'backpropagation') ?? '') + TO_WEIGHTS;
    }
  }

  private describe(stage: Stage, summary: Summary): string {
    const layer = 'layer' in stage ? stage.layer : 0;
    const loss = this.networks?.map(({ loss }) => formatNumber(loss)) ?? [];
    return text(`nv-stage-${stage.way}`, {
      part: layer < this.depth ? 'hidden' : 'output',
      layer: layer + 1,
      features: summary.features,
      artificial: loss[0] ?? '–',
      spiking: loss[1] ?? '–',
    });
  }

  /** Of each layer the largest gradient of a weight, as far as the way back has come. */
  private renderTable(
    networks: readonly BackwardPicture[],
    stage: Stage,
    summary: Summary,
  ): TemplateResult {
    const { forward, loss, backward } = revealedAt(this.place, this.layers);
    const layers = Array.from({ length: this.layers }, (_, at) => at);
    const now = 'layer' in stage ? stage.layer : -1;
    const answer = ({ output, target }: BackwardPicture) => {
      const at = output.length === 1 ? 0 : target.indexOf(Math.max(...target));
      return text('nv-answer-target', {
        answer: formatNumber(output[at]),
        target: formatNumber(target[at]),
      });
    };
    return html`<table>
        <caption>${text('nv-gradients')}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${text('nv-layers')}</span></th>
            ${networks.map(({ kind }) => html`<th scope="col">${text(`network-${kind}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${layers.map(
            (at) => html`<tr class=${at === now && stage.way === 'backward' ? 'now' : ''}>
              <th scope="row">
                ${at < this.depth ? text('nv-layer', { layer: at + 1 }) : text('layer-output')}
              </th>
              ${networks.map(({ layers }) => {
                const known = at >= this.layers - backward;
                return html`<td data-gradient>${known ? formatNumber(layers[at]?.largest) : '·'}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${text(summary.task === 'classification' && summary.outputs > 1 ? 'nv-answer-of-class' : 'nv-answer-of')}</th>
            ${networks.map((network) => html`<td>${forward === this.layers ? answer(network) : '·'}</td>`)}
          </tr>
          <tr class=${stage.way === 'loss' ? 'now' : ''}>
            <th scope="row">${text('curve-loss')}</th>
            ${networks.map(({ loss: value }) => html`<td>${loss ? formatNumber(value) : '·'}</td>`)}
          </tr>
        </tfoot>
      </table>`;
  }

  private renderTime(summary: Summary): TemplateResult | typeof nothing {
    const { unit, networks } = this;
    const trace = networks?.find(({ kind }) => kind === 'spiking')?.inTime;
    if (!unit || !trace) return nothing;
    const { backward } = revealedAt(this.place, this.layers);
    return html`<time-gradient
      .trace=${trace}
      .stepMs=${this.stepMs}
      ?back=${unit.layer >= this.layers - backward}
      name=${unitName(unit.layer, unit.unit, this.depth, summary)}
    ></time-gradient>`;
  }

  private go(place: number): void {
    this.place = Math.min(lastStage(this.layers), Math.max(0, place));
    if (this.place === lastStage(this.layers)) this.stop();
  }

  private toggle(): void {
    if (this.playing) {
      this.stop();
      return;
    }
    if (this.place === lastStage(this.layers)) this.place = 0;
    this.playing = true;
    this.timer = setInterval(() => this.go(this.place + 1), STAGE_MS);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.playing = false;
  }
}

customElements.define('back-microscope', BackMicroscope);
