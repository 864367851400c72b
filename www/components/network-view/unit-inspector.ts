// One unit closely: its formula with the numbers of the present example, its strongest neighbours, its curve,
// and what can be done to it.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LayeredCatalogue, NetworkPicture, Summary, UnitState } from '../../engine/model.ts';
import type { Answer, UnitEdit } from '../../engine/network-desk.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { choicesOf } from '../../state/page-state.ts';
import { emitCommand } from '../events.ts';
import { crossIcon } from '../icons.ts';
import '../math-formula.ts';
import { shared } from '../shared-style.ts';
import './function-plot.ts';
import { inspectorStyle } from './inspector-style.ts';
import { kindTitle, unitName } from './names.ts';
import type { Selection } from './selection.ts';
import './weight-field.ts';

type Curve = Extract<Answer, { about: 'curve' }>;
type Change =
  | { kind: 'hold'; level?: number | undefined }
  | { kind: 'swap'; to: string }
  | { kind: 'weight'; from?: number | undefined; value: number };

const NOTHING = new Float32Array();
/** Neighbours that have a row of their own. */
const ROWS = 6;
/** How long a kind that was asked for may take to be there. */
const WISH_MS = 1500;

export class UnitInspector extends LitElement {
  static override styles = [shared, inspectorStyle];

  static override properties = {
    selection: { attribute: false },
    unit: { attribute: false },
    picture: { attribute: false },
    curve: { attribute: false },
    summary: { attribute: false },
    catalogue: { attribute: false },
    usual: { type: String },
  };

  declare selection: Selection | undefined;
  declare unit: UnitState | undefined;
  declare picture: NetworkPicture | undefined;
  declare curve: Curve | undefined;
  declare summary: Summary | undefined;
  declare catalogue: LayeredCatalogue | undefined;
  /** Id of what the units of its layer are. */
  declare usual: string | undefined;

  /** Which inputs have a row: they stay while it is looked at, so that no row runs away. */
  private rows: number[] = [];
  private outgoing: number[] = [];
  private of = '';
  private focusEdge = false;
  /** The kind that was asked for last: until it is there, the choice does not jump back. */
  private wish: string | undefined;
  private wishEnds: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.selection = undefined;
    this.unit = undefined;
    this.picture = undefined;
    this.curve = undefined;
    this.summary = undefined;
    this.catalogue = undefined;
    this.usual = undefined;
  }

  private get depth(): number {
    return (this.picture?.layers.length ?? 1) - 1;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('selection') && this.selection) {
      this.focusEdge = true;
      this.wish = undefined;
    }
    const { selection, unit } = this;
    if (!selection || !unit) return;
    const { network, layer, unit: number, from } = selection;
    const key = `${network} ${layer} ${number} ${from ?? ''} ${unit.weights.length} ${unit.outgoing.length}`;
    if (key === this.of) return;
    this.of = key;
    this.rows = strongest(unit.weights, ROWS, (at) =>
      Math.abs((unit.weights[at] ?? 0) * (unit.inputs[at] ?? 0)),
    );
    if (from !== undefined && !this.rows.includes(from))
      this.rows = [from, ...this.rows.slice(0, ROWS - 1)];
    this.outgoing = strongest(unit.outgoing, ROWS, (at) => Math.abs(unit.outgoing[at] ?? 0));
  }

  protected override updated(changed: PropertyValues): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('h3');
    // At once: who goes on by keyboard before the numbers are there must not be fetched back.
    if (changed.has('selection')) heading?.focus();
    if (!this.focusEdge || !this.unit) return;
    this.focusEdge = false;
    const { from } = this.selection ?? {};
    if (from === undefined || (this.renderRoot as ShadowRoot).activeElement !== heading) return;
    this.renderRoot.querySelector<HTMLElement>(`[data-from="${from}"]`)?.focus();
  }

  protected override render(): TemplateResult {
    const { selection, summary, unit } = this;
    if (!selection || !summary) return html``;
    const { network, layer, unit: number } = selection;
    const name = unitName(layer, number, this.depth, summary);
    return html`<section aria-label=${text('nv-inspector', { name })} data-inspector>
      <div class="top">
        <h3 tabindex="-1">${name} <span class="soft">${text(`network-${network}`)}</span></h3>
        ${layer < this.depth ? this.renderKind(unit) : nothing}
        <button
          class="plain square"
          aria-label=${text('nv-close')}
          title=${text('nv-close')}
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}
        >
          ${crossIcon}
        </button>
      </div>
      ${unit ? this.renderUnit(unit, name, summary) : html`<p class="soft">${text('nv-wait')}</p>`}
    </section>`;
  }

  private renderKind(unit: UnitState | undefined): TemplateResult {
    const { catalogue, usual = '' } = this;
    if (!catalogue) return html``;
    const spiking = this.selection?.network === 'spiking';
    const { options } = choicesOf(catalogue, spiking ? 'layers.spikingOthers' : 'layers.others');
    const held = unit?.held;
    const shown = this.wish ?? unit?.kind ?? usual;
    return html`<div class="deeds">
      <label
        >${text('nv-kind')}
        <select
          data-kind
          @change=${(event: Event) => {
            const to = (event.target as HTMLSelectElement).value;
            this.wishFor(to);
            this.tell({ kind: 'swap', to: to === usual ? '' : to });
          }}
        >
          ${options.map(
            ({ id, title }) =>
              html`<option value=${id} .selected=${live(id === shown)}>${title}</option>`,
          )}
        </select></label
      >
      <label class="check"
        ><input
          type="checkbox"
          .checked=${live(held === 0)}
          @change=${(event: Event) => {
            const lesioned = (event.target as HTMLInputElement).checked;
            this.tell({ kind: 'hold', level: lesioned ? 0 : undefined });
          }}
        />${text('nv-lesion')}</label
      >
      <span class="check"
        ><label
          ><input
            type="checkbox"
            aria-label=${text('nv-clamp')}
            .checked=${live(held !== undefined && held !== 0)}
            @change=${(event: Event) => {
              const clamped = (event.target as HTMLInputElement).checked;
              this.tell({ kind: 'hold', level: clamped ? 1 : undefined });
            }}
          />${text('nv-clamp')}</label
        ><weight-field
          label=${text('nv-clamp-level')}
          .value=${held ?? 1}
          @weigh=${(event: CustomEvent<number>) => this.tell({ kind: 'hold', level: event.detail })}
        ></weight-field
      ></span>
    </div>`;
  }

  private renderUnit(unit: UnitState, name: string, summary: Summary): TemplateResult {
    return html`<div class="parts">
      ${this.renderFormula(unit, name, summary)}
      ${unit.outgoing.length > 0 ? this.renderOutgoing(unit, name, summary) : nothing}
      ${this.curve ? this.renderCurves(unit, this.curve) : nothing}
    </div>`;
  }

  private renderFormula(unit: UnitState, name: string, summary: Summary): TemplateResult {
    const { layer } = this.selection ?? { layer: 0 };
    const spiking = this.selection?.network === 'spiking';
    const rest = unit.weights.length - this.rows.length;
    const product = (at: number) => (unit.inputs[at] ?? 0) * (unit.weights[at] ?? 0);
    const shown = this.rows.reduce((sum, at) => sum + product(at), 0);
    const others = unit.drive - unit.bias - shown;
    return html`<table>
      <caption>${text(spiking ? 'nv-formula-spiking' : 'nv-formula')}</caption>
      <thead>
        <tr>
          <th scope="col">${text('nv-from')}</th>
          <th scope="col">${text(spiking ? 'nv-rate' : 'nv-answer')}</th>
          <th scope="col">${text('nv-weight')}</th>
          <th scope="col">${text('nv-product')}</th>
        </tr>
      </thead>
      <tbody>
        ${this.rows.map((at) => {
          const from = unitName(layer - 1, at, this.depth, summary);
          return html`<tr>
            <th scope="row">${from}</th>
            <td>${formatNumber(unit.inputs[at])}</td>
            <td>
              <weight-field
                data-from=${at}
                label=${text('nv-weight-label', { from, to: name })}
                .value=${unit.weights[at] ?? 0}
                @weigh=${(event: CustomEvent<number>) =>
                  this.tell({ kind: 'weight', from: at, value: event.detail })}
              ></weight-field>
            </td>
            <td>${formatNumber(product(at))}</td>
          </tr>`;
        })}
        ${
          rest > 0
            ? html`<tr>
                <th scope="row" colspan="3">${text('nv-rest', { rest })}</th>
                <td>${formatNumber(others)}</td>
              </tr>`
            : nothing
        }
        <tr>
          <th scope="row" colspan="2">${text('nv-bias')}</th>
          <td>
            <weight-field
              data-bias
              label=${text('nv-bias-label', { name })}
              .value=${unit.bias}
              @weigh=${(event: CustomEvent<number>) => this.tell({ kind: 'weight', value: event.detail })}
            ></weight-field>
          </td>
          <td>${formatNumber(unit.bias)}</td>
        </tr>
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="3">${text('nv-sum')}</th>
          <td data-figure="drive">${formatNumber(unit.drive)}</td>
        </tr>
        <tr>
          <th scope="row" colspan="3">
            ${text(spiking ? (unit.kind === '' ? 'nv-result-potential' : 'nv-result-rate') : 'nv-result')}
          </th>
          <td data-figure="response">${formatNumber(unit.response)}</td>
        </tr>
      </tfoot>
    </table>`;
  }

  private renderOutgoing(unit: UnitState, name: string, summary: Summary): TemplateResult {
    const { layer } = this.selection ?? { layer: 0 };
    return html`<table>
      <caption>${text('nv-outgoing')}</caption>
      <thead>
        <tr><th scope="col">${text('nv-to')}</th><th scope="col">${text('nv-weight')}</th></tr>
      </thead>
      <tbody>
        ${this.outgoing.map((at) => {
          const to = unitName(layer + 1, at, this.depth, summary);
          return html`<tr>
            <th scope="row">${to}</th>
            <td>
              <weight-field
                label=${text('nv-weight-label', { from: name, to })}
                .value=${unit.outgoing[at] ?? 0}
                @weigh=${(event: CustomEvent<number>) => this.weighOutgoing(at, event.detail)}
              ></weight-field>
            </td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  private renderCurves(unit: UnitState, { artificial, spiking }: Curve): TemplateResult {
    const { catalogue } = this;
    const own = this.selection?.network === 'spiking' ? spiking : artificial;
    const isSpiking = own === spiking;
    const rate = own.rateHz.length > 0 ? own : spiking;
    const equation =
      catalogue &&
      choicesOf(catalogue, 'layers.others').options.find(({ id }) => id === unit.kind)?.equation;
    const rates = html`<function-plot
          kind="spiking"
          .xs=${rate.inputs}
          .ys=${rate.rateHz}
          .at=${rate === own ? unit.drive : Number.NaN}
          unit="Hz"
          name=${text(rate === own ? 'nv-curve-rate' : 'nv-curve-rate-twin')}
        ></function-plot>`;
    const activation = html`<function-plot
          kind="artificial"
          .xs=${artificial.inputs}
          .ys=${isSpiking ? artificial.activation : artificial.response}
          .beside=${isSpiking || artificial.gain === undefined ? NOTHING : artificial.activation}
          .at=${isSpiking ? Number.NaN : unit.drive}
          name=${text(isSpiking ? 'nv-curve-twin' : artificial.gain === undefined ? 'nv-curve-activation' : 'nv-curve-fitted')}
        ></function-plot>`;
    return html`<div class="curves">
      <h4>${kindTitle(catalogue, unit.kind)}</h4>
      ${equation ? html`<math-formula latex=${equation}></math-formula>` : nothing}
      <div class="plots">
        ${isSpiking ? [rates, activation] : [activation, rates]}
      </div>
    </div>`;
  }

  private wishFor(kind: string | undefined): void {
    clearTimeout(this.wishEnds);
    this.wish = kind;
    // What is refused does not come.
    if (kind !== undefined) this.wishEnds = setTimeout(() => this.wishFor(undefined), WISH_MS);
    else this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.wishEnds);
  }

  private tell(change: Change): void {
    const { selection } = this;
    if (!selection) return;
    const { network, layer, unit } = selection;
    const edit: UnitEdit = { network, layer, unit, ...change };
    emitCommand(this, { type: 'edit', edit });
  }

  private weighOutgoing(to: number, value: number): void {
    const { selection } = this;
    if (!selection) return;
    const { network, layer, unit } = selection;
    const edit: UnitEdit = {
      kind: 'weight',
      network,
      layer: layer + 1,
      unit: to,
      from: unit,
      value,
    };
    emitCommand(this, { type: 'edit', edit });
  }
}

function strongest(of: ArrayLike<number>, most: number, by: (at: number) => number): number[] {
  const order = Array.from({ length: of.length }, (_, at) => at);
  order.sort((left, right) => by(right) - by(left) || left - right);
  return order.slice(0, most);
}

customElements.define('unit-inspector', UnitInspector);
