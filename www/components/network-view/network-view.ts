// The drawn network in the middle of the lab: both twins, or one of them, with what one can do to a unit, a
// weight and a layer, and three close looks: a unit, a digit drawn by hand, one example there and back.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type {
  LayeredCatalogue,
  NetworkPicture,
  PictureQuery,
  Snapshot,
  Summary,
} from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';
import type { Answers } from '../../page/network-answers.ts';
import { addLayer, removeLayer } from '../../state/layers.ts';
import type { PageState } from '../../state/page-state.ts';
import { emitCommand, emitSetting } from '../events.ts';
import '../example-picker.ts';
import { minusIcon, plusIcon } from '../icons.ts';
import type { PlotFile } from '../plot-file.ts';
import { shared } from '../shared-style.ts';
import { Slow } from '../slow.ts';
import './network-canvas.ts';
import '../plot-menu.ts';
import type { NetworkCanvas } from './network-canvas.ts';
import { networkFile } from './network-file.ts';
import type { Revealed, Selection } from './selection.ts';
import { Shown } from './shown.ts';
import { skeleton } from './skeleton.ts';
import './unit-inspector.ts';
import { viewStyle } from './view-style.ts';

type Side = 'both' | 'artificial' | 'spiking';
type Panel = 'unit' | 'digit' | 'microscope';

/** Two pictures have room beside each other from here on, px. */
const ROOMY = 620;
const SIDES = ['artificial', 'spiking'] as const;
/** How often close looks follow while the networks learn. */
const CLOSE_MS = 500;

export class NetworkView extends LitElement {
  static override styles = [shared, viewStyle];

  static override properties = {
    picture: { attribute: false },
    snapshot: { attribute: false },
    summary: { attribute: false },
    state: { attribute: false },
    catalogue: { attribute: false },
    answers: { attribute: false },
    side: { state: true },
    panel: { state: true },
    selection: { state: true },
    revealed: { state: true },
    pointed: { state: true },
    width: { state: true },
  };

  declare picture: readonly NetworkPicture[] | undefined;
  declare snapshot: Snapshot | undefined;
  declare summary: Summary | undefined;
  declare state: PageState | undefined;
  declare catalogue: LayeredCatalogue | undefined;
  declare answers: Answers;
  declare private side: Side;
  declare private panel: Panel | undefined;
  declare private selection: Selection | undefined;
  declare private revealed: Revealed | undefined;
  declare private pointed: string;
  declare private width: number;

  private readonly shown = new Shown();
  private readonly slow = new Slow<readonly NetworkPicture[]>(this, CLOSE_MS);
  private sizes: ResizeObserver | undefined;
  private asked = '';
  private askedCurve = '';
  private askedBackward: readonly NetworkPicture[] | undefined;

  constructor() {
    super();
    this.picture = undefined;
    this.snapshot = undefined;
    this.summary = undefined;
    this.state = undefined;
    this.catalogue = undefined;
    this.answers = {};
    this.side = 'both';
    this.panel = undefined;
    this.selection = undefined;
    this.revealed = undefined;
    this.pointed = '';
    this.width = 0;
    this.addEventListener('choose', (event) =>
      this.choose((event as CustomEvent<Selection>).detail),
    );
    this.addEventListener('point', (event) => {
      this.pointed = (event as CustomEvent<string | undefined>).detail ?? '';
    });
    this.addEventListener('turn', (event) => this.turn(event as CustomEvent));
    this.addEventListener('reveal', (event) => {
      this.revealed = (event as CustomEvent<Revealed | undefined>).detail;
    });
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.panel) this.close();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Who comes back from another room is drawn for again.
    this.asked = '';
    this.requestUpdate();
    this.sizes = new ResizeObserver(([entry]) => {
      this.width = Math.floor(entry?.contentRect.width ?? 0);
    });
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes?.disconnect();
    emitCommand(this, { type: 'draw', query: undefined });
  }

  private get sides(): readonly ('artificial' | 'spiking')[] {
    if (this.side !== 'both') return [this.side];
    return this.width >= ROOMY ? SIDES : ['artificial'];
  }

  /** Height of the columns: more where one picture has the whole width. */
  private get tall(): number {
    if (this.width < ROOMY) return 360;
    if (this.side !== 'both') return this.wide ? 540 : 400;
    return this.images ? 400 : 300;
  }

  /** Units of a layer that are shown at once. */
  private get most(): number {
    if (this.sides.length === 1 && this.width >= ROOMY) return 20;
    return this.images ? 12 : 16;
  }

  private get wide(): boolean {
    return this.state?.config.layers.some(({ units }) => units > 12) ?? false;
  }

  private get images(): boolean {
    return this.summary?.kind === 'images';
  }

  protected override willUpdate(changed: PropertyValues): void {
    // How many pictures have room is known before the first of them is drawn.
    if (this.width === 0) this.width = Math.floor(this.clientWidth);
    if (changed.has('picture') && this.picture) this.shown.follow(this.picture);
    if (changed.has('state')) this.forgetWhatIsGone();
    if (this.panel === 'digit' && !this.images) this.panel = undefined;
  }

  /** A unit or a layer was taken away, or all data are others. */
  private forgetWhatIsGone(): void {
    const { state, selection } = this;
    if (!state) return;
    this.shown.fit(state.config.layers.map(({ units }) => units));
    if (!selection) return;
    const { layers } = state.config;
    const units =
      layers[selection.layer]?.units ??
      (selection.layer === layers.length ? (this.summary?.outputs ?? 0) : 0);
    if (selection.unit >= units) this.close();
  }

  protected override updated(): void {
    const query = this.query();
    const asked = JSON.stringify(query);
    if (query && asked !== this.asked) {
      this.asked = asked;
      emitCommand(this, { type: 'draw', query });
    }
    this.askCurve();
    this.askBackward(query);
  }

  private query(): PictureQuery | undefined {
    const { state, selection, panel } = this;
    if (!state) return undefined;
    const { split, example } = state.view;
    const { most } = this;
    this.shown.limit(most);
    const chosen = panel === 'microscope' ? this.inTime() : selection;
    const name = chosen && { network: chosen.network, layer: chosen.layer, unit: chosen.unit };
    return { shown: this.shown.lists(), most, split, example, ...(name ? { chosen: name } : {}) };
  }

  /** The spiking unit whose gradient is shown in time. */
  private inTime(): Selection | undefined {
    const { selection, picture, state } = this;
    const hidden = state?.config.layers.length ?? 0;
    if (selection && selection.layer < hidden) return { ...selection, network: 'spiking' };
    const unit = picture?.[1]?.layers[hidden - 1]?.shown[0];
    return hidden > 0 && unit !== undefined
      ? { network: 'spiking', layer: hidden - 1, unit }
      : undefined;
  }

  private askCurve(): void {
    const { selection, panel, picture, state } = this;
    const hidden = state?.config.layers.length ?? 0;
    if (panel !== 'unit' || !selection || selection.layer >= hidden) return;
    const { layer, unit } = selection;
    const kinds = picture?.map(
      ({ layers }) => layers[layer]?.others.find((other) => other.unit === unit)?.kind ?? '',
    );
    const key = JSON.stringify([
      layer,
      unit,
      kinds,
      state?.config.layers[layer],
      state?.config.spiking,
    ]);
    if (key === this.askedCurve && this.answers.curve) return;
    this.askedCurve = key;
    emitCommand(this, { type: 'ask', question: { about: 'curve', layer, unit } });
  }

  private askBackward(query: PictureQuery | undefined): void {
    if (this.panel !== 'microscope' || !query) {
      this.askedBackward = undefined;
      return;
    }
    const picture = this.slow.follow(this.picture);
    if (!picture || picture === this.askedBackward) return;
    this.askedBackward = picture;
    emitCommand(this, { type: 'ask', question: { about: 'backward', query } });
  }

  protected override render(): TemplateResult {
    const { summary, state, catalogue, picture } = this;
    if (!summary || !state || !catalogue) return html``;
    const { split, example } = state.view;
    const roomy = this.width >= ROOMY;
    const sides = this.sides;
    return html`
      <div class="bar">
        <h2>${text('nv-title')}</h2>
        <span class="segments" role="group" aria-label=${text('nv-side')}>
          ${(roomy ? (['both', ...SIDES] as const) : SIDES).map(
            (id) => html`<button
              aria-pressed=${(roomy ? this.side : sides[0]) === id ? 'true' : 'false'}
              @click=${() => {
                this.side = id;
              }}
            >
              ${id === 'both' ? text('nv-both') : text(`network-${id}`)}
            </button>`,
          )}
        </span>
        ${this.renderLayers(state, catalogue)}
      </div>
      <div class="pictures ${sides.length === 2 ? 'both' : ''}">
        ${sides.map((id, at) => this.renderPicture(id, at === 0, picture))}
      </div>
      <div class="legend soft">
        <span><svg viewBox="0 0 32 8" class="positive" aria-hidden="true"><path d="M0 4h32" /></svg>${text('nv-positive')}</span>
        <span><svg viewBox="0 0 32 8" class="negative" aria-hidden="true"><path d="M0 4h32" /></svg>${text('nv-negative')}</span>
        <span>${text(this.revealed ? 'nv-gradient-size' : 'nv-weight-size')}</span>
        <span class="pointed number">${this.pointed || text('nv-hint')}</span>
        <plot-menu name=${text('nv-title')} .file=${() => this.file()}></plot-menu>
      </div>
      <div class="tools">
        ${this.images ? this.renderTool('digit') : nothing} ${this.renderTool('microscope')}
        <example-picker
          .example=${example}
          .split=${split}
          .examples=${split === 'test' ? summary.testExamples : summary.trainExamples}
        ></example-picker>
      </div>
      ${this.renderPanel(summary, state, catalogue)}
    `;
  }

  /** The pictures that are shown, with their numbers. */
  private file(): PlotFile {
    const drawn = [...this.renderRoot.querySelectorAll<NetworkCanvas>('network-canvas')];
    const pictures = drawn.flatMap(({ picture }) => picture ?? []);
    const canvases = drawn.flatMap((one) => one.renderRoot.querySelector('canvas') ?? []);
    const description = pictures
      .map(({ kind }) => text('nv-network-summary', { network: text(`network-${kind}`) }))
      .join(' ');
    return networkFile(canvases, pictures, { title: text('nv-title'), description });
  }

  private renderLayers({ config }: PageState, catalogue: LayeredCatalogue): TemplateResult {
    const { layers } = config;
    const change = (to: typeof layers) => emitSetting(this, 'config.layers', to);
    return html`<span class="group">
      <span class="soft" aria-hidden="true">${text('nv-layers')}</span>
      <span class="segments" role="group" aria-label=${text('label-layers')}>
        <button
          class="square"
          aria-label=${text('nv-remove-layer')}
          title=${text('nv-remove-layer')}
          ?disabled=${layers.length === 0}
          @click=${() => change(removeLayer(layers, layers.length - 1))}
        >
          ${minusIcon}
        </button>
        <button
          class="square"
          aria-label=${text('nv-add-layer')}
          title=${text('nv-add-layer')}
          ?disabled=${layers.length >= catalogue.maxLayers}
          @click=${() => change(addLayer(layers, catalogue))}
        >
          ${plusIcon}
        </button>
      </span>
    </span>`;
  }

  private renderPicture(
    id: 'artificial' | 'spiking',
    first: boolean,
    pictures: readonly NetworkPicture[] | undefined,
  ): TemplateResult {
    const is = ({ kind }: { kind: string }) => kind === id;
    const revealed = this.panel === 'microscope' ? this.revealed : undefined;
    return html`<network-canvas
      data-picture=${id}
      .picture=${pictures?.find(is) ?? this.skeleton(id)}
      .network=${this.snapshot?.networks.find(is)}
      .summary=${this.summary}
      .catalogue=${this.catalogue}
      .layers=${this.state?.config.layers ?? []}
      .selection=${this.panel === 'microscope' ? this.inTime() : this.selection}
      .backward=${revealed && this.answers.backward?.networks.find(is)}
      .revealed=${revealed}
      ?editable=${first}
      .tall=${this.tall}
    ></network-canvas>`;
  }

  /** What stands there until the first picture comes, so that nothing jumps then. */
  private skeleton(id: string): NetworkPicture | undefined {
    const { state, summary } = this;
    return state && summary && skeleton(id, state.config.layers, summary, this.most);
  }

  private renderTool(id: 'digit' | 'microscope'): TemplateResult {
    return html`<button
      aria-pressed=${this.panel === id ? 'true' : 'false'}
      @click=${() => {
        void (id === 'digit' ? import('./digit-pad.ts') : import('./back-microscope.ts'));
        this.panel = this.panel === id ? undefined : id;
        this.revealed = undefined;
      }}
    >
      ${text(`nv-tool-${id}`, { set: this.state?.config.data.set ?? '' })}
    </button>`;
  }

  private renderPanel(
    summary: Summary,
    state: PageState,
    catalogue: LayeredCatalogue,
  ): TemplateResult | typeof nothing {
    const { panel, selection, answers } = this;
    if (panel === 'digit') {
      return html`<div class="panel">
        <digit-pad
          .side=${summary.imageWidth}
          .names=${summary.classNames}
          .reading=${answers.drawing?.reading}
          .moment=${this.slow.follow(this.picture)}
        ></digit-pad>
      </div>`;
    }
    if (panel === 'microscope') {
      return html`<div class="panel">
        <back-microscope
          .summary=${summary}
          .networks=${answers.backward?.networks}
          .unit=${this.inTime()}
          .depth=${state.config.layers.length}
          .rule=${state.config.training.rule}
          .loss=${state.config.training.loss}
          .catalogue=${catalogue}
          .stepMs=${state.config.spiking.dtMs}
        ></back-microscope>
      </div>`;
    }
    if (panel !== 'unit' || !selection) return nothing;
    const of = this.picture?.find(({ kind }) => kind === selection.network);
    const unit = of?.unit;
    const fresh = unit?.layer === selection.layer && unit.unit === selection.unit;
    const { layer } = selection;
    const curve = answers.curve;
    return html`<div class="panel">
      <unit-inspector
        .selection=${selection}
        .unit=${fresh ? unit : undefined}
        .picture=${of}
        .curve=${curve?.layer === layer && curve.unit === selection.unit ? curve : undefined}
        .summary=${summary}
        .catalogue=${catalogue}
        .usual=${selection.network === 'spiking' ? 'lif' : state.config.layers[layer]?.activation}
        @close=${() => this.close()}
      ></unit-inspector>
    </div>`;
  }

  private choose(selection: Selection): void {
    this.selection = selection;
    if (this.panel !== 'microscope') this.panel = 'unit';
    else this.askedBackward = undefined;
  }

  private close(): void {
    const { selection } = this;
    this.panel = undefined;
    this.revealed = undefined;
    this.selection = undefined;
    if (!selection) return;
    const { network, layer, unit } = selection;
    const at = `network-canvas[data-picture="${network}"]`;
    this.renderRoot.querySelector<NetworkCanvas>(at)?.focusUnit(layer, unit);
  }

  private turn(event: CustomEvent<{ layer: number; by: number }>): void {
    const at = event.composedPath()[0] as HTMLElement;
    const canvas = (at.getRootNode() as ShadowRoot).host as NetworkCanvas;
    const side = this.picture?.findIndex(({ kind }) => kind === canvas.picture?.kind) ?? -1;
    const norms = this.picture?.[side]?.layers[event.detail.layer]?.norms;
    if (norms) this.shown.turn(side, event.detail.layer, event.detail.by, norms);
    this.requestUpdate();
  }
}

customElements.define('network-view', NetworkView);
