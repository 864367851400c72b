// All receptive fields at once: a tile a neuron, in rows, with the digit that it stands for. A tile
// is chosen by a click or by arrow keys; those that fired for the present digit are framed.

import { css, html, type TemplateResult } from 'lit';
import { CanvasPlot } from '../../components/canvas-plot.ts';
import { colourise } from '../../components/colourise.ts';
import { emitSetting } from '../../components/events.ts';
import { cssOf, palette } from '../../components/palette.ts';
import { PixelBuffer } from '../../components/pixel-buffer.ts';
import type { PlotNumbers } from '../../components/plot-source.ts';
import type { PresentationEntry, StudentNeurons } from '../../engine/model.ts';
import { formatCount } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { FIELD_SIDE, spikesOf, tilesAcross } from './fields.ts';

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Below this width of a tile its label would hide the field. */
const LABELLED_FROM = 14;

export class FieldMosaic extends CanvasPlot {
  static override styles = [
    ...CanvasPlot.styles,
    css`
      .tiles {
        cursor: pointer;
        touch-action: manipulation;
      }
    `,
  ];

  static override properties = {
    neurons: { attribute: false },
    shown: { attribute: false },
    count: { type: Number },
    chosen: { type: Number },
  };

  declare neurons: StudentNeurons | undefined;
  /** The digit whose spikes are framed. */
  declare shown: PresentationEntry | undefined;
  declare count: number;
  declare chosen: number;

  private readonly buffer = new PixelBuffer();
  /** What the buffer holds. */
  private drawn: StudentNeurons | undefined;

  constructor() {
    super();
    this.neurons = undefined;
    this.shown = undefined;
    this.count = 0;
    this.chosen = 0;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="tiles"
      tabindex="0"
      role="group"
      aria-label=${text('fields-label', { neuron: this.chosen + 1 })}
      @keydown=${this.pressed}
      @click=${this.clicked}
    >
      ${super.render()}
    </div>`;
  }

  protected override heightFor(width: number): number {
    const across = tilesAcross(this.count);
    return (width / across) * Math.ceil(this.count / across);
  }

  protected override get takes(): string {
    return this.neurons ? text('fields-title', { count: formatCount(this.count) }) : '';
  }

  /** A row for each neuron: the digit that it stands for, and its weights row by row. */
  protected override numbers(): PlotNumbers {
    const { neurons, count } = this;
    const each = FIELD_SIDE * FIELD_SIDE;
    const weights = Array.from({ length: each }, (_, place) => place);
    return {
      header: ['neuron', 'digit', ...weights.map((place) => `weight_${place}`)],
      rows: Array.from({ length: neurons ? count : 0 }, (_, neuron) => [
        neuron + 1,
        neurons?.labels[neuron],
        ...weights.map((place) => neurons?.fields[neuron * each + place]),
      ]),
    };
  }

  protected override summary(): string {
    const labels = this.neurons?.labels ?? [];
    const counts = new Array<number>(10).fill(0);
    for (const label of labels) if (label >= 0) counts[label] = (counts[label] ?? 0) + 1;
    const each = counts.map((count, digit) => `${digit}: ${count}`).join(', ');
    return text('fields-summary', { count: this.count, each });
  }

  protected override themed(): void {
    this.drawn = undefined;
  }

  protected override paint(context: CanvasRenderingContext2D, width: number): void {
    const { neurons, count } = this;
    if (!neurons || count === 0) return;
    const across = tilesAcross(count);
    const tile = width / across;
    this.fill(neurons, across);
    context.imageSmoothingEnabled = tile * 2 < FIELD_SIDE;
    context.drawImage(this.buffer.canvas, 0, 0, width, tile * Math.ceil(count / across));
    const at = (neuron: number) =>
      [(neuron % across) * tile, Math.floor(neuron / across) * tile] as const;
    this.paintLines(context, across, tile);
    if (tile >= LABELLED_FROM) this.paintLabels(context, neurons.labels, tile, at);
    const colours = palette();
    const spikes = this.shown ? spikesOf(this.shown.excitatory, count) : [];
    const most = Math.max(1, ...spikes);
    context.strokeStyle = colours.spiking;
    context.lineWidth = 2;
    spikes.forEach((fired, neuron) => {
      if (fired === 0) return;
      const [x, y] = at(neuron);
      context.globalAlpha = 0.35 + 0.65 * (fired / most);
      context.strokeRect(x + 1, y + 1, tile - 2, tile - 2);
    });
    context.globalAlpha = 1;
    const [x, y] = at(this.chosen);
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.strokeRect(x - 0.5, y - 0.5, tile + 1, tile + 1);
  }

  /** Fields as pixels, tile beside tile; only when they are new. */
  private fill(neurons: StudentNeurons, across: number): void {
    if (this.drawn === neurons) return;
    this.drawn = neurons;
    const side = across * FIELD_SIDE;
    const pixels = this.buffer.pixels(side, Math.ceil(this.count / across) * FIELD_SIDE);
    const row = new Uint32Array(FIELD_SIDE);
    const scale = { colours: palette().heat, low: 0, high: 255 };
    for (let neuron = 0; neuron < this.count; neuron += 1) {
      const corner =
        Math.floor(neuron / across) * FIELD_SIDE * side + (neuron % across) * FIELD_SIDE;
      for (let y = 0; y < FIELD_SIDE; y += 1) {
        const from = (neuron * FIELD_SIDE + y) * FIELD_SIDE;
        colourise(neurons.fields.subarray(from, from + FIELD_SIDE), scale, row);
        pixels.set(row, corner + y * side);
      }
    }
    this.buffer.commit();
  }

  private paintLines(context: CanvasRenderingContext2D, across: number, tile: number): void {
    const down = Math.ceil(this.count / across);
    context.fillStyle = palette().hairline;
    for (let line = 1; line < across; line += 1) {
      context.fillRect(Math.round(line * tile), 0, 1, down * tile);
    }
    for (let line = 1; line < down; line += 1) {
      context.fillRect(0, Math.round(line * tile), across * tile, 1);
    }
  }

  private paintLabels(
    context: CanvasRenderingContext2D,
    labels: Int8Array,
    tile: number,
    at: (neuron: number) => readonly [number, number],
  ): void {
    const { classes, paper } = palette();
    const size = Math.max(8, Math.min(14, tile * 0.38));
    context.font = `600 ${size}px ${getComputedStyle(this).fontFamily}`;
    context.textBaseline = 'bottom';
    context.textAlign = 'right';
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = paper;
    labels.forEach((label, neuron) => {
      const colour = classes[label];
      if (!colour) return;
      const [x, y] = at(neuron);
      context.strokeText(String(label), x + tile - 2, y + tile - 1);
      context.fillStyle = cssOf(colour);
      context.fillText(String(label), x + tile - 2, y + tile - 1);
    });
  }

  private clicked(event: MouseEvent): void {
    if (!(event.target instanceof HTMLCanvasElement)) return;
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas || this.count === 0) return;
    const { left, top, width } = canvas.getBoundingClientRect();
    const across = tilesAcross(this.count);
    const tile = width / across;
    const column = Math.min(across - 1, Math.floor((event.clientX - left) / tile));
    this.choose(Math.floor((event.clientY - top) / tile) * across + column);
  }

  private pressed(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const across = tilesAcross(this.count);
    const column = (this.chosen % across) + arrow[0];
    const row = Math.floor(this.chosen / across) + arrow[1];
    if (column >= 0 && column < across) this.choose(row * across + column);
  }

  private choose(neuron: number): void {
    if (neuron >= 0 && neuron < this.count) emitSetting(this, 'neuron', neuron);
  }
}

customElements.define('field-mosaic', FieldMosaic);
