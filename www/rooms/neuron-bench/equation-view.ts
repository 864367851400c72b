// The equations of a neuron with the present numbers in them: those of its parameters, and what it was in
// at the moment that is looked at, with the rates that come of it.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import { plainSymbol } from '../../components/symbol.ts';
import type { BenchMoment, ModelEntry, SubjectConfig } from '../../engine/model.ts';
import { formatCount, formatExact, formatQuantity, withUnit } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { BenchModel } from './bench.ts';
import { momentSlider } from './moment-slider.ts';
import { numberOf } from './state.ts';
import '../../components/math-formula.ts';

type Standing = BenchMoment['variables'][number];

const NONE: ReadonlyMap<string, string> = new Map();
/** Digits of a parameter, and of a variable: a run keeps seven of these. */
const [DECLARED, MEASURED] = [6, 5];

const digits = (value: number, count: number) => formatExact(Number(value.toPrecision(count)));
const quantity = (value: number, unit: string) =>
  withUnit(digits(value, MEASURED), unit).replace('-', '−');
const key = (latex: string) => latex.replaceAll(/\s/g, '');

export class EquationView extends LitElement {
  static override styles = [
    shared,
    css`
      h2 {
        margin-bottom: var(--gap-1);
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

      label.toggle {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    neuron: { attribute: false },
    entry: { attribute: false },
    numbers: { state: true },
  };

  declare model: BenchModel | undefined;
  declare neuron: SubjectConfig | undefined;
  declare entry: ModelEntry | undefined;
  /** Equations show numbers in place of symbols. */
  declare numbers: boolean;

  constructor() {
    super();
    this.model = undefined;
    this.neuron = undefined;
    this.entry = undefined;
    this.numbers = true;
  }

  protected override render(): TemplateResult {
    const { model, neuron, entry, numbers } = this;
    if (!model || !neuron || !entry) return html``;
    const { moment } = model;
    const { name, order } = entry.integrator;
    return html`<section>
      <h2>${text('close-equations')}</h2>
      <label class="toggle soft">
        <input
          type="checkbox"
          .checked=${numbers}
          @change=${(event: Event) => {
            this.numbers = (event.target as HTMLInputElement).checked;
          }}
        />
        ${text('close-numbers')}
      </label>
      ${entry.equations.map(
        (equation) =>
          html`<math-formula
            latex=${equation}
            .values=${numbers ? parametersOf(entry, neuron) : NONE}
            .state=${numbers && moment ? stateOf(moment) : NONE}
          ></math-formula>`,
      )}
      ${numbers && moment ? this.renderMoment(moment, entry, model) : nothing}
      <p class="soft">
        ${text('close-integrator', { integrator: text(`integrator-${name}`), step: formatQuantity(neuron.dtMs, 'ms') })}
        ${order === undefined ? '' : text('close-order', { order: formatCount(order) })}
      </p>
    </section>`;
  }

  private renderMoment(
    moment: BenchMoment,
    entry: ModelEntry,
    { state, summary, plane }: BenchModel,
  ): TemplateResult {
    const kept = moment.variables.filter(({ value }) => value !== undefined);
    const moving = kept.filter(({ rate }) => rate !== undefined);
    const unkept = moment.variables.filter(({ value }) => value === undefined);
    return html`<p class="state number" data-state>
        <span class="soft">${text('close-state', { time: quantity(moment.timeMs, 'ms') })}</span>
        ${kept.map(
          (one) =>
            html`<span>${symbolOf(one)} = <b>${quantity(one.value ?? 0, one.unit)}</b></span>`,
        )}
        <span><i>${moment.driveSymbol}</i> = <b>${quantity(moment.drive, entry.drive)}</b></span>
      </p>
      ${
        moving.length > 0
          ? html`<p class="state number" data-rates>
              <span class="soft">${text('close-rates')}</span>
              ${moving.map(
                (one) =>
                  html`<span
                    >d${symbolOf(one)}/d<i>t</i> = <b>${quantity(one.rate ?? 0, one.rateUnit)}</b></span
                  >`,
              )}
            </p>`
          : nothing
      }
      ${moment.resets ? html`<p class="soft">${text('close-resets')}</p>` : nothing}
      ${
        unkept.length > 0
          ? html`<p class="soft" data-unkept>
              ${unkept.map((one, at) => html`${at > 0 ? ', ' : ''}${symbolOf(one)}`)}:
              ${text('close-unkept')}
            </p>`
          : nothing
      }
      ${state && !plane ? momentSlider(state, summary) : nothing}`;
  }
}

function symbolOf({ symbol, distanceUm }: Standing): TemplateResult {
  const { letter, index } = plainSymbol(symbol);
  const place =
    distanceUm === undefined
      ? ''
      : ` (${text('traces-at', { place: formatQuantity(distanceUm, 'µm') })})`;
  return html`<i>${letter}</i><sub>${index}</sub>${place}`;
}

/** Numbers of the parameters by their symbols. */
function parametersOf(
  { parameters }: ModelEntry,
  { values }: SubjectConfig,
): ReadonlyMap<string, string> {
  return new Map(
    parameters.map((parameter) => [
      key(parameter.symbol),
      digits(numberOf(values, parameter), DECLARED),
    ]),
  );
}

/** Numbers of the variables and the current by their symbols; a cell has as many as it has places. */
export function stateOf(moment: BenchMoment): ReadonlyMap<string, string> {
  const at = moment.variables.flatMap(({ symbol, value, distanceUm }) =>
    value === undefined || distanceUm !== undefined
      ? []
      : [[key(symbol), digits(value, MEASURED)] as const],
  );
  const drive = [key(moment.driveSymbol), digits(moment.drive, MEASURED)] as const;
  return new Map(at.length > 0 ? [...at, drive] : []);
}

customElements.define('equation-view', EquationView);
