// One neuron from close by: its f-I curve, its phase plane and its currents under voltage clamp; or, in
// another place of the room, its equations with the present numbers and what it is held to.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Line } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import { plainSymbol } from '../../components/symbol.ts';
import type { ModelEntry, SubjectConfig } from '../../engine/model.ts';
import { formatNumber, formatQuantity, formatRate } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { BenchModel } from './bench.ts';
import { momentSlider } from './moment-slider.ts';
import { modelOf } from './state.ts';
import '../../components/badge-list.ts';
import '../../components/choice-select.ts';
import '../../components/line-plot.ts';
import './clamp-view.ts';
import './equation-view.ts';
import './plane-plot.ts';

export class CloseView extends LitElement {
  static override styles = [
    shared,
    css`
      [data-not-biological] + p {
        margin-top: var(--gap-1);
      }

      .sections {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap-6);
      }

      section + section h2 {
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
      }

      h2 {
        margin-bottom: var(--gap-1);
      }

      .large {
        font-size: var(--text-large);
        line-height: 1.2;
        font-weight: 600;
      }

      .axis {
        text-align: end;
      }

      .keys {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
      }

      .keys i {
        display: inline-block;
        width: 1.5rem;
        margin-inline-end: var(--gap-1);
        vertical-align: middle;
        border-top: 2px solid var(--ink);
      }

      .keys .dashed {
        border-top: 2px dashed var(--class-0);
      }

      .keys .x-line {
        border-color: var(--excitation);
      }

      .keys .y-line {
        border-top: 2px dotted var(--inhibition);
      }

      .keys .dot {
        width: 0.6rem;
        height: 0.6rem;
        border: 1.5px solid var(--ink);
        border-radius: 50%;
      }

      .keys .full {
        background: var(--ink);
      }

      .list {
        display: grid;
        gap: var(--gap-2);
        margin-top: var(--gap-2);
      }

      .empty {
        min-height: 190px;
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    about: { type: Boolean },
  };

  declare model: BenchModel | undefined;
  /** What the model is and what it is held to, instead of what is measured on it. */
  declare about: boolean;

  constructor() {
    super();
    this.model = undefined;
    this.about = false;
  }

  protected override render(): TemplateResult {
    const { model } = this;
    const { catalogue, state } = model ?? {};
    const neuron = state?.config.neurons[state.focus];
    const entry = catalogue && neuron ? modelOf(catalogue, neuron.model) : undefined;
    if (!model || !neuron || !entry) return html``;
    return html`<div class="sections">
      ${this.about ? this.renderAbout(neuron, entry, model) : this.renderMeasured(model, neuron, entry)}
    </div>`;
  }

  private renderMeasured(
    model: BenchModel,
    neuron: SubjectConfig,
    entry: ModelEntry,
  ): TemplateResult {
    return html`${this.renderCurve(model, neuron, entry)} ${this.renderPlane(model)}
    ${entry.bench?.clamps ? html`<clamp-view .model=${model} .entry=${entry}></clamp-view>` : nothing}`;
  }

  private renderAbout(neuron: SubjectConfig, entry: ModelEntry, model: BenchModel): TemplateResult {
    return html`<equation-view .model=${model} .neuron=${neuron} .entry=${entry}></equation-view>
      <section>
        <h2>${text('close-references')}</h2>
        <badge-list .references=${entry.references}></badge-list>
      </section>
      <section>
        <h2>${text('close-not-biological')}</h2>
        <p data-not-biological>${entry.notBiological}</p>
        <p class="soft">${entry.citation}</p>
      </section>`;
  }

  private renderCurve(
    { curve, curveSpec }: BenchModel,
    neuron: SubjectConfig,
    entry: ModelEntry,
  ): TemplateResult {
    if (!curveSpec) {
      return html`<section>
        <h2>${text('curve-fi')}</h2>
        <p class="soft">${text('curve-fi-none')}</p>
      </section>`;
    }
    const points = curve?.points ?? [];
    const drives = points.map(({ drive }) => drive);
    const nearest = points.reduce<(typeof points)[number] | undefined>((best, point) => {
      const apart = (one: number) => Math.abs(one - neuron.strength);
      return best && apart(best.drive) <= apart(point.drive) ? best : point;
    }, undefined);
    const reached = curve?.done || (drives.at(-1) ?? -1) >= neuron.strength;
    const lines: Line[] = [
      {
        values: points.map(({ rateHz }) => rateHz),
        colour: 'ink',
        name: text('curve-fi-settled'),
        width: 2,
      },
      {
        values: points.map(({ initialRateHz }) => initialRateHz ?? null),
        colour: 'class-0',
        name: text('curve-fi-initial'),
        dash: [5, 4],
      },
    ];
    const at = nearest
      ? text('curve-fi-at', { drive: formatQuantity(nearest.drive, entry.drive) })
      : '';
    const rate = nearest && reached ? formatRate(nearest.rateHz) : '…';
    const progress = curve?.done
      ? ''
      : text('curve-fi-progress', { done: points.length, total: curveSpec.points });
    return html`<section data-curve=${curve?.done ? 'done' : 'running'}>
      <h2>${text('curve-fi')}</h2>
      <p class="number">
        <span class="large" data-figure="rate" data-value=${reached ? (nearest?.rateHz ?? '') : ''}
          >${rate}</span
        >
        <span class="soft">${at} ${progress}</span>
      </p>
      ${
        points.length === 0
          ? html`<div class="empty"></div>`
          : html`<line-plot
              height="190"
              .x=${drives}
              .lines=${lines}
              .range=${[curveSpec.from, curveSpec.to]}
              .marks=${[{ x: neuron.strength, colour: 'value', dash: [4, 3] }]}
              takes=${`${text('curve-fi')}: ${entry.title}`}
              along=${text(entry.drive === '' ? 'curve-fi-axis-plain' : 'curve-fi-axis', { unit: entry.drive })}
              summary=${text('curve-fi-summary', {
                from: formatNumber(curveSpec.from),
                to: formatQuantity(curveSpec.to, entry.drive),
                at,
                rate,
              })}
              @place=${(event: CustomEvent<number>) => event.stopPropagation()}
              @stretch=${(event: CustomEvent) => event.stopPropagation()}
            ></line-plot>`
      }
      <p class="axis soft">${text(entry.drive === '' ? 'curve-fi-axis-plain' : 'curve-fi-axis', { unit: entry.drive })}</p>
      <p class="keys soft">
        <span><i></i>${text('curve-fi-settled')}</span>
        <span><i class="dashed"></i>${text('curve-fi-initial')}</span>
      </p>
    </section>`;
  }

  private renderPlane({ plane, state, summary }: BenchModel): TemplateResult {
    const neuron = state ? summary?.neurons[state.focus] : undefined;
    const able = neuron?.variables.flatMap((one, at) => (one.plane ? [{ one, at }] : [])) ?? [];
    const across = neuron?.variables[0];
    const along = plane ? neuron?.variables[plane.variable] : undefined;
    if (!state || !neuron || able.length === 0 || !across) {
      return html`<section>
        <h2>${text('plane')}</h2>
        <p class="soft">${text('plane-none')}</p>
      </section>`;
    }
    const symbol = (latex: string) => {
      const { letter, index } = plainSymbol(latex);
      return `${letter}${index}`;
    };
    return html`<section>
      <h2>${text('plane')}</h2>
      <plane-plot .plane=${plane} .across=${across} .along=${along}></plane-plot>
      <p class="keys soft">
        <span><i class="x-line"></i>${text('plane-still', { variable: symbol(across.symbol) })}</span>
        ${
          along
            ? html`<span
                ><i class="y-line"></i>${text('plane-still', { variable: symbol(along.symbol) })}</span
              >`
            : nothing
        }
        <span><i class="dot full"></i>${text('plane-stable')}</span>
        <span><i class="dot"></i>${text('plane-unstable')}</span>
      </p>
      <div class="list">
        ${
          able.length > 1
            ? html`<choice-select
                path="variable"
                label=${text('plane-variable')}
                .options=${able.map(({ one, at }) => ({
                  id: String(at),
                  title: `${symbol(one.symbol)}: ${one.meaning}`,
                }))}
                .value=${String(plane?.variable ?? '')}
              ></choice-select>`
            : nothing
        }
        ${momentSlider(state, summary)}
        ${able.length > 1 ? html`<p class="soft">${text('plane-section')}</p>` : nothing}
      </div>
    </section>`;
  }
}

customElements.define('close-view', CloseView);
