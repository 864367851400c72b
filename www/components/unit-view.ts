// What the hidden units of both networks do: their pictures, and the spikes for one example.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type {
  LayerConfig,
  LayeredCatalogue,
  NetworkSnapshot,
  Snapshot,
  SpikingConfig,
  Summary,
} from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { choicesOf, type PageState } from '../state/page-state.ts';
import { pair } from './pair-style.ts';
import { shared } from './shared-style.ts';
import './raster-plot.ts';
import './unit-grid.ts';

const NOTHING = new Float32Array();
/** The drawn network shows every unit of a layer that is no wider. */
const DRAWN = 12;

export class UnitView extends LitElement {
  static override styles = [
    shared,
    pair,
    css`
      .pair + .pair,
      .alone + .alone {
        margin-top: var(--gap-3);
      }

      raster-plot {
        margin-top: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    snapshot: { attribute: false },
    summary: { attribute: false },
    state: { attribute: false },
    catalogue: { attribute: false },
  };

  declare snapshot: Snapshot | undefined;
  declare summary: Summary | undefined;
  declare state: PageState | undefined;
  declare catalogue: LayeredCatalogue | undefined;

  constructor() {
    super();
    this.snapshot = undefined;
    this.summary = undefined;
    this.state = undefined;
    this.catalogue = undefined;
  }

  protected override render(): TemplateResult {
    const { snapshot, summary, state } = this;
    if (!summary || !state || state.config.layers.length === 0) return html``;
    const networks = snapshot?.networks ?? [];
    const { layers } = state.config;
    return html`
      <div class="section">
        <h2>${text('hidden-title')}</h2>
      </div>
      ${layers.map((layer, at) => this.renderLayer(networks, layer, at, state.config.spiking, summary))}
    `;
  }

  private named(activation: string): string {
    const options = this.catalogue ? choicesOf(this.catalogue, 'layers.activation').options : [];
    return options.find(({ id }) => id === activation)?.title ?? activation;
  }

  private renderLayer(
    networks: readonly NetworkSnapshot[],
    { units: drawn, activation }: LayerConfig,
    layer: number,
    { dtMs }: SpikingConfig,
    { spikingUnits, spikingSteps: steps }: Summary,
  ): TemplateResult {
    const unitsOf = ({ kind }: NetworkSnapshot) =>
      kind === 'spiking' ? (spikingUnits[layer] ?? drawn) : drawn;
    // What the drawn network shows whole is not shown twice; of neurons their spikes remain.
    const seen = networks.filter(
      (network) => unitsOf(network) > DRAWN || network.rasters.length > 0,
    );
    return html`<div class=${seen.length > 1 ? 'pair' : 'alone'}>
      ${seen.map((network) => {
        const spikes = network.kind === 'spiking';
        const units = unitsOf(network);
        const id = spikes ? 'hidden-spiking' : 'hidden-artificial';
        const name = text(id, { layer: layer + 1, units, activation: this.named(activation) });
        return html`<div>
          <h3>${name}</h3>
          ${
            units > DRAWN
              ? html`<unit-grid
                  .surfaces=${network.unitSurfaces[layer] ?? NOTHING}
                  .resolution=${network.unitResolution}
                  .responses=${network.unitResponses[layer] ?? NOTHING}
                  ?signed=${!spikes}
                  name=${name}
                ></unit-grid>`
              : nothing
          }
          ${
            network.rasters[layer + 1]
              ? html`<raster-plot
                  .spikes=${network.rasters[layer + 1]}
                  .units=${units}
                  .steps=${steps}
                  .stepMs=${dtMs}
                  name=${name}
                ></raster-plot>`
              : nothing
          }
        </div>`;
      })}
    </div>`;
  }
}

customElements.define('unit-view', UnitView);
