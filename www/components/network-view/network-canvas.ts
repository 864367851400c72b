// One network, drawn: a canvas for the picture, and a button over each unit for hand, keyboard and screen
// reader. The arrow keys walk from unit to unit, Enter opens one.

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type {
  BackwardPicture,
  LayerConfig,
  LayeredCatalogue,
  NetworkPicture,
  NetworkSnapshot,
  Summary,
} from '../../engine/model.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { onTheme } from '../palette.ts';
import { PixelBuffer } from '../pixel-buffer.ts';
import { shared } from '../shared-style.ts';
import './column-heads.ts';
import { kindTitle, unitName } from './names.ts';
import { paint } from './paint.ts';
import { type Edge, edgeAt, layOut, type Node, neighbour, type Scene } from './scene.ts';
import type { Revealed, Selection } from './selection.ts';

/** How near a pointer must come to an edge. */
const REACH = 7;
/** A finger is broader. */
const FINGER = 16;

export class NetworkCanvas extends LitElement {
  static override styles = [
    shared,
    css`
      .stage {
        position: relative;
        touch-action: pan-y;
      }

      canvas {
        width: 100%;
      }

      .stage button {
        position: absolute;
        min-height: 0;
        padding: 0;
        border: 0;
        border-radius: 0;
        background: none;
      }

      .stage button:hover {
        background: none;
        box-shadow: 0 0 0 2px var(--ink-soft);
      }

      .stage button:focus-visible {
        outline: 3px solid var(--focus);
        outline-offset: 1px;
        z-index: 1;
      }
    `,
  ];

  static override properties = {
    picture: { attribute: false },
    network: { attribute: false },
    summary: { attribute: false },
    catalogue: { attribute: false },
    selection: { attribute: false },
    backward: { attribute: false },
    revealed: { attribute: false },
    layers: { attribute: false },
    editable: { type: Boolean },
    tall: { type: Number },
  };

  declare picture: NetworkPicture | undefined;
  declare network: NetworkSnapshot | undefined;
  declare summary: Summary | undefined;
  declare catalogue: LayeredCatalogue | undefined;
  declare selection: Selection | undefined;
  declare backward: BackwardPicture | undefined;
  declare revealed: Revealed | undefined;
  declare layers: readonly LayerConfig[];
  /** Its columns have buttons. */
  declare editable: boolean;
  /** Largest height of a column, px. */
  declare tall: number;

  private scene: Scene | undefined;
  private width = 0;
  private hovered: Selection | undefined;
  /** The unit that Tab leads to. */
  private stop: { layer: number; unit: number } = { layer: 0, unit: -1 };
  private readonly buffer = new PixelBuffer();
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;

  constructor() {
    super();
    this.picture = undefined;
    this.network = undefined;
    this.summary = undefined;
    this.catalogue = undefined;
    this.selection = undefined;
    this.backward = undefined;
    this.revealed = undefined;
    this.layers = [];
    this.editable = false;
    this.tall = 380;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.requestUpdate());
    this.sizes = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width === this.width) return;
      this.width = width;
      this.requestUpdate();
    });
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes?.disconnect();
    this.forgetTheme?.();
  }

  protected override willUpdate(_: PropertyValues): void {
    if (this.width === 0) this.width = Math.floor(this.clientWidth);
    const { picture, summary, width, tall } = this;
    if (!picture || !summary || width === 0) {
      this.scene = undefined;
      return;
    }
    this.scene = layOut(picture, { width, tall, image: summary.kind === 'images' });
    if (!this.nodeOf(this.stop)) {
      const first = this.scene.columns[1]?.[0];
      if (first) this.stop = { layer: first.layer, unit: first.unit };
    }
  }

  protected override render(): TemplateResult {
    const { scene } = this;
    const nodes = scene?.columns.slice(1).flat() ?? [];
    return html`<column-heads
        .centres=${scene?.centres ?? []}
        .picture=${this.picture}
        .layers=${this.layers}
        .catalogue=${this.catalogue}
        .inputs=${this.summary?.features ?? 0}
        ?editable=${this.editable}
      ></column-heads>
      <div
      class="stage"
      role="group"
      aria-label=${text('nv-network-summary', { network: text(`network-${this.picture?.kind ?? 'artificial'}`) })}
      @click=${this.clicked}
      @pointermove=${this.pointed}
      @pointerleave=${() => this.point(undefined)}
    >
      <canvas aria-hidden="true"></canvas>
      ${nodes.map((node) => this.renderNode(node))}
    </div>`;
  }

  private renderNode(node: Node): TemplateResult {
    const { layer, unit } = node;
    const { picture, catalogue } = this;
    const drawn = picture?.layers[layer];
    const kind = drawn?.others.find((other) => other.unit === unit)?.kind ?? '';
    const held = drawn?.held.find((one) => one.unit === unit);
    const state = held ? (held.level === 0 ? 'lesioned' : 'clamped') : 'free';
    const name = this.nameOf(layer, unit);
    const answer = this.network?.unitResponses[layer]?.[unit];
    const label = text('nv-unit-label', {
      name,
      kind: kind === '' ? '' : kindTitle(catalogue, kind),
      other: kind === '' ? 'no' : 'yes',
      state,
      level: formatNumber(held?.level),
      answer: formatNumber(answer),
      answers: answer === undefined ? 'no' : 'yes',
    });
    const stop = this.stop.layer === layer && this.stop.unit === unit;
    const { selection } = this;
    const open = selection?.layer === layer && selection.unit === unit;
    return html`<button
      data-layer=${layer}
      data-unit=${unit}
      data-kind=${kind}
      data-state=${state}
      tabindex=${stop ? 0 : -1}
      aria-label=${label}
      aria-pressed=${open ? 'true' : 'false'}
      @focus=${() => {
        this.stop = { layer, unit };
        this.point({ network: picture?.kind ?? '', layer, unit });
        this.requestUpdate();
      }}
      @blur=${() => this.point(undefined)}
      @keydown=${(event: KeyboardEvent) => this.walk(event, node)}
    ></button>`;
  }

  private nameOf(layer: number, unit: number): string {
    const { picture, summary } = this;
    return picture && summary ? unitName(layer, unit, picture.layers.length - 1, summary) : '';
  }

  protected override updated(): void {
    const { scene, picture, summary, network, backward, revealed } = this;
    const canvas = this.renderRoot.querySelector('canvas');
    if (!scene || !picture || !summary || !canvas) return;
    const nodes = scene.columns.slice(1).flat();
    this.renderRoot.querySelectorAll<HTMLElement>('.stage button').forEach((element, at) => {
      const node = nodes[at];
      if (!node) return;
      const { style } = element;
      style.left = `${node.x}px`;
      style.top = `${node.y}px`;
      style.width = style.height = `${node.size}px`;
    });
    const height = Math.ceil(scene.height);
    const density = Math.min(globalThis.devicePixelRatio || 1, 2);
    const [wide, high] = [Math.round(scene.width * density), Math.round(height * density)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, scene.width, height);
    const lit =
      this.hovered ?? (this.selection?.network === picture.kind ? this.selection : undefined);
    paint(context, { scene, picture, network, summary, backward, revealed, lit }, this.buffer);
  }

  private nodeOf({ layer, unit }: { layer: number; unit: number }): Node | undefined {
    return this.scene?.columns[layer + 1]?.find((node) => node.unit === unit);
  }

  private walk(event: KeyboardEvent, node: Node): void {
    if (!this.scene || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbour(this.scene, node, event.key);
    if (!next) return;
    event.preventDefault();
    // Inputs are no units: there is nothing to open.
    if (next.layer < 0) return;
    this.focusUnit(next.layer, next.unit);
  }

  /** Puts the focus on a unit that is shown. */
  focusUnit(layer: number, unit: number): void {
    const at = `.stage button[data-layer="${layer}"][data-unit="${unit}"]`;
    this.renderRoot.querySelector<HTMLElement>(at)?.focus();
  }

  private place(event: MouseEvent): [number, number] {
    const box = this.renderRoot.querySelector('.stage')?.getBoundingClientRect();
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
  }

  private under(event: MouseEvent): Selection | undefined {
    const network = this.picture?.kind;
    if (!this.scene || !network) return undefined;
    const target = event.composedPath()[0] as HTMLElement | undefined;
    if (target?.dataset?.unit !== undefined) {
      return { network, layer: Number(target.dataset.layer), unit: Number(target.dataset.unit) };
    }
    const reach = (event as PointerEvent).pointerType === 'touch' ? FINGER : REACH;
    const edge = edgeAt(this.scene, ...this.place(event), reach);
    return edge && { network, layer: edge.to.layer, unit: edge.to.unit, from: edge.from.unit };
  }

  private clicked(event: MouseEvent): void {
    const detail = this.under(event);
    if (!detail) return;
    this.dispatchEvent(new CustomEvent('choose', { detail, bubbles: true, composed: true }));
  }

  private pointed(event: PointerEvent): void {
    if (event.pointerType === 'mouse') this.point(this.under(event));
  }

  private point(at: Selection | undefined): void {
    const same =
      this.hovered?.layer === at?.layer &&
      this.hovered?.unit === at?.unit &&
      this.hovered?.from === at?.from;
    if (same) return;
    this.hovered = at;
    this.requestUpdate();
    const detail = at && this.describe(at);
    this.dispatchEvent(new CustomEvent('point', { detail, bubbles: true, composed: true }));
  }

  /** A unit or an edge in words, with its number. */
  private describe({ layer, unit, from }: Selection): string {
    const name = this.nameOf(layer, unit);
    const { scene, picture, network } = this;
    if (from === undefined) {
      const answer = network?.unitResponses[layer]?.[unit];
      const kind = picture?.layers[layer]?.others.find((other) => other.unit === unit)?.kind;
      return text('nv-point-unit', {
        name,
        kind: kind === undefined ? '' : kindTitle(this.catalogue, kind),
        other: kind === undefined ? 'no' : 'yes',
        answer: formatNumber(answer),
        answers: answer === undefined ? 'no' : 'yes',
      });
    }
    const isIt = (edge: Edge) =>
      edge.to.layer === layer && edge.to.unit === unit && edge.from.unit === from;
    const edge = scene?.edges.find(isIt);
    const weight = edge && picture?.layers[layer]?.weights[edge.at];
    return text('nv-point-edge', {
      from: this.nameOf(layer - 1, from),
      to: name,
      weight: formatNumber(weight),
    });
  }
}

customElements.define('network-canvas', NetworkCanvas);

declare global {
  interface HTMLElementTagNameMap {
    'network-canvas': NetworkCanvas;
  }
}
