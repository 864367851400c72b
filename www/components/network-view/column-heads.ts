// What stands above the columns of a drawn network: what each layer is, how many of its units are shown, and
// the ways to make it wider, narrower, or go to others of its units.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LayerConfig, LayeredCatalogue, NetworkPicture } from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';
import { withUnits } from '../../state/layers.ts';
import { choicesOf, parameterOf } from '../../state/page-state.ts';
import { emitSetting } from '../events.ts';
import { minusIcon, plusIcon } from '../icons.ts';
import { shared } from '../shared-style.ts';

export class ColumnHeads extends LitElement {
  static override styles = [
    shared,
    css`
      .heads {
        position: relative;
        height: 3.75rem;
      }

      .heads.tall {
        height: 5rem;
      }

      .head {
        position: absolute;
        bottom: var(--gap-2);
        display: grid;
        justify-items: center;
        gap: 2px;
        width: 8rem;
        margin-left: -4rem;
        text-align: center;
        font-size: var(--text-small);
        line-height: 1.25;
      }

      .head span {
        white-space: nowrap;
      }

      .row {
        display: flex;
        gap: var(--gap-1);
      }

      /* The ends stand at the edges, whatever the size of the letters. */
      .head.first {
        left: 0.25rem;
        margin-left: 0;
        justify-items: start;
        text-align: start;
      }

      .head.last {
        right: 0.25rem;
        margin-left: 0;
        justify-items: end;
        text-align: end;
      }

      .pair {
        display: flex;
      }

      .pair button {
        width: 1.75rem;
        min-height: 1.75rem;
        padding: 0;
        border-radius: 0;
        margin-left: -1px;
      }

      .pair button:first-child {
        border-radius: var(--radius) 0 0 var(--radius);
      }

      .pair button:last-child {
        border-radius: 0 var(--radius) var(--radius) 0;
      }
    `,
  ];

  static override properties = {
    centres: { attribute: false },
    picture: { attribute: false },
    layers: { attribute: false },
    catalogue: { attribute: false },
    inputs: { type: Number },
    editable: { type: Boolean },
  };

  declare centres: readonly number[];
  declare picture: NetworkPicture | undefined;
  declare layers: readonly LayerConfig[];
  declare catalogue: LayeredCatalogue | undefined;
  /** Numbers of an example. */
  declare inputs: number;
  /** Only one of two networks has the buttons: layers are of both. */
  declare editable: boolean;

  constructor() {
    super();
    this.centres = [];
    this.picture = undefined;
    this.layers = [];
    this.catalogue = undefined;
    this.inputs = 0;
    this.editable = false;
  }

  protected override render(): TemplateResult {
    const { picture } = this;
    if (!picture) return html``;
    const partly = picture.layers.some(({ shown, norms }) => shown.length < norms.length);
    return html`<div class="heads ${partly ? 'tall' : ''}">
      <div class="head first"><span>${text('layer-input')}</span><span class="soft number">${this.inputs}</span></div>
      ${picture.layers.map((_, at) => this.renderHead(picture, at))}
    </div>`;
  }

  private renderHead(picture: NetworkPicture, at: number): TemplateResult {
    const layer = picture.layers[at];
    const config = this.layers[at];
    const number = at + 1;
    const [shown, units] = [layer?.shown.length ?? 0, layer?.norms.length ?? 0];
    if (at === picture.layers.length - 1) {
      return html`<div class="head last">
        <span>${text('layer-output')}</span><span class="soft number">${units}</span>
      </div>`;
    }
    const { options } = this.catalogue
      ? choicesOf(this.catalogue, 'layers.activation')
      : { options: [] };
    const title = options.find(({ id }) => id === config?.activation)?.title ?? '';
    const usual = picture.kind === 'spiking' ? text('nv-lif') : title.split(' (')[0];
    const partly = shown < units;
    return html`<div class="head">
      <span class="number">${units} ${usual}</span>
      ${partly ? html`<span class="soft number">${text('nv-shown', { shown, units })}</span>` : nothing}
      <span class="row">
        ${
          partly
            ? html`<span class="pair" role="group" aria-label=${text('nv-others', { number })}>
                ${this.turn(at, -1, text('nv-stronger', { number }))}
                ${this.turn(at, 1, text('nv-weaker', { number }))}
              </span>`
            : nothing
        }
        ${this.editable && config ? this.renderSize(config, at) : nothing}
      </span>
    </div>`;
  }

  private turn(layer: number, by: number, label: string): TemplateResult {
    return html`<button
      aria-label=${label}
      title=${label}
      @click=${() =>
        this.dispatchEvent(
          new CustomEvent('turn', { detail: { layer, by }, bubbles: true, composed: true }),
        )}
    >
      ${by < 0 ? '‹' : '›'}
    </button>`;
  }

  private renderSize({ units }: LayerConfig, at: number): TemplateResult {
    const number = at + 1;
    const range = this.catalogue && parameterOf(this.catalogue, 'layers.units');
    if (!range) return html``;
    const resize = (to: number) =>
      emitSetting(this, 'config.layers', withUnits(this.layers, at, to, range));
    return html`<span class="pair" role="group" aria-label=${text('nv-width', { number })}>
      <button
        aria-label=${text('nv-remove-unit', { number })}
        title=${text('nv-remove-unit', { number })}
        ?disabled=${units <= range.min}
        @click=${() => resize(units - 1)}
      >
        ${minusIcon}
      </button>
      <button
        aria-label=${text('nv-add-unit', { number })}
        title=${text('nv-add-unit', { number })}
        ?disabled=${units >= range.max}
        @click=${() => resize(units + 1)}
      >
        ${plusIcon}
      </button>
    </span>`;
  }

  protected override updated(): void {
    // Styles as attributes are refused by the policy of the page.
    this.renderRoot.querySelectorAll<HTMLElement>('.head').forEach((head, at) => {
      const inner = !head.classList.contains('first') && !head.classList.contains('last');
      head.style.left = inner ? `${this.centres[at] ?? 0}px` : '';
    });
  }
}

customElements.define('column-heads', ColumnHeads);
