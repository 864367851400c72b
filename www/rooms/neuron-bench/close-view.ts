// One neuron from close by: its f-I curve, its phase plane and its currents under voltage clamp; or, in
// another place of the room, its equations with the present numbers and what it is held to.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Line } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import { plainSymbol } from '../../components/symbol.ts';
import type { ModelEntry, Parameter, SubjectConfig } from '../../engine/model.ts';
import {
  formatCount,
  formatExact,
  formatNumber,
  formatQuantity,
  formatRate,
} from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { BenchModel } from './bench.ts';
import { modelOf, numberOf } from './state.ts';
import '../../components/badge-list.ts';
import '../../components/choice-select.ts';
import '../../components/line-plot.ts';
import '../../components/math-formula.ts';
import '../../components/parameter-slider.ts';
import './plane-plot.ts';

type Channel = 'current' | 'sodium' | 'potassium';
const CHANNELS: readonly Channel[] = ['current', 'sodium', 'potassium'];
/** Levels of the clamp, told apart by dashes too. */
const CLAMP_STYLES: readonly Pick<Line, 'colour' | 'dash'>[] = [
  { colour: 'class-0' },
  { colour: 'class-5', dash: [7, 3] },
  { colour: 'class-2', dash: [2, 3] },
  { colour: 'class-4', dash: [8, 3, 2, 3] },
  { colour: 'class-1', dash: [4, 4] },
  { colour: 'class-8', dash: [12, 4] },
];
const clampStyle = (at: number) => CLAMP_STYLES[at % CLAMP_STYLES.length] ?? { colour: 'ink' };
const millivolts = (value: number | undefined) => formatQuantity(value, 'mV').replace('-', '−');

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

      .state {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
        margin: var(--gap-1) 0;
      }

      .state b {
        color: var(--value);
        font-weight: 600;
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

      .levels {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
      }

      .levels svg {
        display: inline-block;
        width: 1.5rem;
        height: 0.5rem;
        margin-inline-end: var(--gap-1);
        vertical-align: middle;
      }

      label.toggle {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
      }

      .empty {
        min-height: 190px;
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    about: { type: Boolean },
    numbers: { state: true },
    channel: { state: true },
  };

  declare model: BenchModel | undefined;
  /** What the model is and what it is held to, instead of what is measured on it. */
  declare about: boolean;
  /** Equations show numbers in place of symbols. */
  declare numbers: boolean;
  declare channel: Channel;

  constructor() {
    super();
    this.model = undefined;
    this.about = false;
    this.numbers = true;
    this.channel = 'current';
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
    ${entry.bench?.clamps ? this.renderClamp(model, entry) : nothing}`;
  }

  private renderAbout(neuron: SubjectConfig, entry: ModelEntry, model: BenchModel): TemplateResult {
    return html`${this.renderEquations(neuron, entry, model)}
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
    const moment: Parameter = {
      key: 'momentMs',
      symbol: 't',
      unit: 'ms',
      min: 0,
      max: summary?.durationMs ?? 1,
      step: 0.1,
      scale: 'linear',
      default: 0,
      meaning: text('plane-moment-meaning'),
    };
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
        <parameter-slider
          path="momentMs"
          label=${text('plane-moment')}
          .parameter=${moment}
          .value=${state.momentMs}
        ></parameter-slider>
        ${able.length > 1 ? html`<p class="soft">${text('plane-section')}</p>` : nothing}
      </div>
    </section>`;
  }

  private renderClamp({ clamp, clampSpec }: BenchModel, entry: ModelEntry): TemplateResult {
    const levels = clamp?.levels ?? [];
    const able = CHANNELS.filter((name) => (levels[0]?.[name].length ?? 0) > 0);
    const channel = able.includes(this.channel) ? this.channel : 'current';
    const lines: Line[] = levels.map((level, at) => ({
      values: level[channel],
      ...clampStyle(at),
      name: millivolts(level.levelMv),
      width: 1.5,
    }));
    const voltage = (key: string, value: number): Parameter => ({
      key,
      symbol: '',
      unit: 'mV',
      min: -120,
      max: 100,
      step: 1,
      scale: 'linear',
      default: value,
      meaning: text(`clamp-${key}-meaning`),
    });
    const slider = (key: 'holdingMv' | 'fromMv' | 'toMv', standard: number) =>
      html`<parameter-slider
        path=${`clamp.${key}`}
        label=${text(`clamp-${key}`)}
        .parameter=${voltage(key, standard)}
        .value=${clampSpec[key]}
      ></parameter-slider>`;
    const strongest = levels.reduce((least, { inward }) => Math.min(least, inward), 0);
    return html`<section>
      <h2>${text('clamp')}</h2>
      <choice-select
        label=${text('clamp-channel')}
        path="channel"
        .options=${able.map((id) => ({ id, title: text(`clamp-${id}`) }))}
        .value=${channel}
        @setting=${(event: CustomEvent<{ value: Channel }>) => {
          event.stopPropagation();
          this.channel = event.detail.value;
        }}
      ></choice-select>
      <line-plot
        height="190"
        .x=${clamp?.timesMs ?? []}
        .lines=${lines}
        takes=${`${text('clamp')}: ${entry.title}`}
        summary=${text('clamp-summary', {
          count: levels.length,
          from: millivolts(levels[0]?.levelMv),
          to: millivolts(levels.at(-1)?.levelMv),
          inward: formatQuantity(strongest, entry.drive),
        })}
        @place=${(event: Event) => event.stopPropagation()}
        @stretch=${(event: Event) => event.stopPropagation()}
      ></line-plot>
      <p class="axis soft">${text('clamp-axis', { unit: entry.drive })}</p>
      <p class="levels soft number">
        ${levels.map(
          ({ levelMv }, at) =>
            html`<span
              ><svg viewBox="0 0 24 8" aria-hidden="true">
                <line
                  x1="0"
                  y1="4"
                  x2="24"
                  y2="4"
                  stroke="var(--${clampStyle(at).colour})"
                  stroke-width="2"
                  stroke-dasharray=${clampStyle(at).dash?.join(' ') ?? nothing}
                /></svg
              >${millivolts(levelMv)}</span
            >`,
        )}
      </p>
      <div class="list">
        ${slider('holdingMv', -65)} ${slider('fromMv', -45)} ${slider('toMv', 55)}
      </div>
      <p class="soft">${text('clamp-hint')}</p>
    </section>`;
  }

  /** The state at the moment that is looked at: both variables of the phase plane, which are exact. */
  private renderState({ plane, summary, state }: BenchModel): TemplateResult | typeof nothing {
    const variables = state ? summary?.neurons[state.focus]?.variables : undefined;
    const shown = [variables?.[0], plane && variables?.[plane.variable]];
    if (!state || !plane) return nothing;
    return html`<p class="state number" data-state>
      <span class="soft">${text('close-state', { time: formatQuantity(state.momentMs, 'ms') })}</span>
      ${shown.map((variable, at) => {
        if (!variable) return nothing;
        const { letter, index } = plainSymbol(variable.symbol);
        const value = formatQuantity(plane.now[at], variable.unit).replace('-', '−');
        return html`<span><i>${letter}</i><sub>${index}</sub> = <b>${value}</b></span>`;
      })}
    </p>`;
  }

  private renderEquations(
    neuron: SubjectConfig,
    entry: ModelEntry,
    model: BenchModel,
  ): TemplateResult {
    const values = new Map(
      this.numbers
        ? entry.parameters.map((parameter) => [
            parameter.symbol.replaceAll(/\s/g, ''),
            formatExact(Number(numberOf(neuron.values, parameter).toPrecision(6))),
          ])
        : [],
    );
    const { name, order } = entry.integrator;
    return html`<section>
      <h2>${text('close-equations')}</h2>
      <label class="toggle soft">
        <input
          type="checkbox"
          .checked=${this.numbers}
          @change=${(event: Event) => {
            this.numbers = (event.target as HTMLInputElement).checked;
          }}
        />
        ${text('close-numbers')}
      </label>
      ${entry.equations.map(
        (equation) => html`<math-formula latex=${equation} .values=${values}></math-formula>`,
      )}
      ${this.numbers ? this.renderState(model) : nothing}
      <p class="soft">
        ${text('close-integrator', { integrator: text(`integrator-${name}`), step: formatQuantity(neuron.dtMs, 'ms') })}
        ${order === undefined ? '' : text('close-order', { order: formatCount(order) })}
      </p>
    </section>`;
  }
}

customElements.define('close-view', CloseView);
