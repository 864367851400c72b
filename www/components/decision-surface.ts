// What a network answers at every place of a two-dimensional set, with the set's points over it.

import { css, type PropertyValues } from 'lit';
import { text } from '../i18n/messages.ts';
import { CanvasPlot } from './canvas-plot.ts';
import { colourise } from './colourise.ts';
import { cssOf, palette } from './palette.ts';
import { PixelBuffer } from './pixel-buffer.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { drawing, round } from './svg-figure.ts';

/** A point in `points`: x, y, label, 1 if it is a test point. */
const ROW = 4;

export class DecisionSurface extends CanvasPlot {
  static override styles = [
    ...CanvasPlot.styles,
    css`
      canvas {
        aspect-ratio: 1;
        border-radius: var(--radius);
        cursor: crosshair;
      }

      /* As over the curves: above the picture, at its end. */
      figure {
        display: flex;
        flex-direction: column;
      }

      figcaption {
        order: -1;
        min-height: 1.875rem;
        margin: 0 0 var(--gap-1);
      }
    `,
  ];

  static override properties = {
    surface: { attribute: false },
    resolution: { type: Number },
    range: { attribute: false },
    regression: { type: Boolean },
    points: { attribute: false },
    shown: { type: String },
    extent: { attribute: false },
    marked: { type: Number },
    name: { type: String },
    accuracy: { type: String },
  };

  declare surface: Float32Array;
  declare resolution: number;
  /** Smallest and largest target of the first output. */
  declare range: readonly [number, number];
  declare regression: boolean;
  declare points: Float32Array;
  declare shown: 'all' | 'train' | 'test' | 'none';
  declare extent: readonly [number, number, number, number];
  /** The row in `points` of the viewed example, or -1. */
  declare marked: number;
  declare name: string;
  /** How well it does, for the description. */
  declare accuracy: string;

  private readonly buffer = new PixelBuffer();
  private readonly overlay = document.createElement('canvas');
  private overlayFor = '';

  constructor() {
    super();
    this.surface = new Float32Array();
    this.resolution = 0;
    this.range = [-1, 1];
    this.regression = false;
    this.points = new Float32Array();
    this.shown = 'all';
    this.extent = [-1, 1, -1, 1];
    this.marked = -1;
    this.name = '';
    this.accuracy = '';
    this.addEventListener('click', (event) => this.pick(event));
  }

  protected override willUpdate(changed: PropertyValues): void {
    const places = ['points', 'shown', 'extent', 'range', 'regression'];
    if (places.some((name) => changed.has(name))) this.overlayFor = '';
    if (changed.has('surface') || changed.has('range')) this.fill();
  }

  protected override themed(): void {
    this.overlayFor = '';
    this.fill();
  }

  protected override summary(): string {
    const { name, accuracy } = this;
    return text('surface-summary', { name, points: this.points.length / ROW, accuracy });
  }

  protected override get takes(): string {
    return this.name;
  }

  protected override file(): PlotFile {
    const { name } = this;
    return {
      stem: `surface-${name}`,
      title: name,
      csv: () => csvOf(['what', 'x', 'y', 'value'], this.rows()),
      svg: () => this.drawn(),
    };
  }

  /** The answer in each cell, then the points and what they are. */
  private *rows(): Generator<(string | number)[]> {
    const { surface, resolution, extent, points } = this;
    const [left, right, bottom, top] = extent;
    for (let cell = 0; cell < surface.length; cell += 1) {
      const x = left + (((cell % resolution) + 0.5) / resolution) * (right - left);
      const y = top - ((Math.floor(cell / resolution) + 0.5) / resolution) * (top - bottom);
      yield ['answer', x, y, surface[cell] as number];
    }
    for (let row = 0; row < points.length; row += ROW) {
      const [x = 0, y = 0, label = 0, test = 0] = points.subarray(row, row + ROW);
      yield [test === 1 ? 'test' : 'train', x, y, label];
    }
  }

  private drawn(): string {
    const { ink, paper } = palette();
    const side = 560;
    const head = 34;
    const parts: string[] = [];
    if (this.resolution > 0 && this.surface.length > 0) {
      const picture = this.buffer.canvas.toDataURL('image/png');
      parts.push(`<image y="${head}" width="${side}" height="${side}" href="${picture}"/>`);
    }
    for (let row = 0; row < this.points.length; row += ROW) {
      const isTest = this.points[row + 3] === 1;
      if (!this.shows(isTest)) continue;
      const [x, y] = this.place(row, side).map(round) as [number, number];
      const look = `fill="${this.colour(this.points[row + 2] as number)}" stroke="${paper}"`;
      parts.push(
        isTest
          ? `<path d="M${x} ${y + head - 5}l5 5l-5 5l-5-5z" ${look}/>`
          : `<circle cx="${x}" cy="${round(y + head)}" r="4" ${look}/>`,
      );
    }
    const frame = { width: side, height: side + head, title: this.name, paper, ink };
    return drawing({ ...frame, description: this.summary() }, parts.join(''));
  }

  private shows(isTest: boolean): boolean {
    if (this.shown === 'all') return true;
    return this.shown === (isTest ? 'test' : 'train');
  }

  protected override heightFor(width: number): number {
    return width;
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    if (this.resolution > 0 && this.surface.length > 0) {
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = 'high';
      context.drawImage(this.buffer.canvas, 0, 0, width, height);
    }
    this.drawOverlay(width);
    context.drawImage(this.overlay, 0, 0, width, height);
    this.drawMark(context, width);
  }

  private fill(): void {
    const { resolution, surface, range } = this;
    if (resolution === 0 || surface.length !== resolution * resolution) return;
    const pixels = this.buffer.pixels(resolution, resolution);
    const { diverging } = palette();
    colourise(surface, { colours: diverging, low: range[0], high: range[1] }, pixels);
    this.buffer.commit();
  }

  /** Points move only with the data, so they are drawn once and laid over every surface. */
  private drawOverlay(width: number): void {
    const density = Math.min(globalThis.devicePixelRatio || 1, 2);
    const key = `${width} ${density}`;
    if (key === this.overlayFor) return;
    this.overlayFor = key;
    this.overlay.width = Math.round(width * density);
    this.overlay.height = this.overlay.width;
    const context = this.overlay.getContext('2d');
    if (!context || this.shown === 'none') return;
    context.setTransform(density, 0, 0, density, 0, 0);
    const radius = Math.max(1.6, Math.min(4, width / 110));
    context.lineWidth = Math.max(0.75, radius / 3);
    context.strokeStyle = palette().paper;
    for (let row = 0; row < this.points.length; row += ROW) {
      const isTest = this.points[row + 3] === 1;
      if (!this.shows(isTest)) continue;
      const [x, y] = this.place(row, width);
      context.fillStyle = this.colour(this.points[row + 2] as number);
      context.beginPath();
      if (isTest) diamond(context, x, y, radius * 1.25);
      else context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  private drawMark(context: CanvasRenderingContext2D, width: number): void {
    if (this.marked < 0 || this.marked * ROW >= this.points.length) return;
    const [x, y] = this.place(this.marked * ROW, width);
    context.lineWidth = 2;
    context.strokeStyle = palette().ink;
    context.beginPath();
    context.arc(x, y, Math.max(6, width / 55), 0, 2 * Math.PI);
    context.stroke();
  }

  private place(row: number, width: number): [number, number] {
    const [left, right, bottom, top] = this.extent;
    const x = ((this.points[row] as number) - left) / (right - left);
    const y = (top - (this.points[row + 1] as number)) / (top - bottom);
    return [x * width, y * width];
  }

  private colour(label: number): string {
    const { classes, diverging } = palette();
    if (!this.regression) {
      const colour = classes[label % classes.length];
      return colour ? cssOf(colour) : palette().ink;
    }
    const [low, high] = this.range;
    const share = Math.min(1, Math.max(0, (label - low) / (high - low)));
    const packed = diverging[Math.round(share * 255)] as number;
    return cssOf([packed & 255, (packed >> 8) & 255, (packed >> 16) & 255]);
  }

  /** A click on a point asks to view it; the keyboard has the number field for that. */
  private pick(event: MouseEvent): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) return;
    const box = canvas.getBoundingClientRect();
    let nearest = -1;
    let least = (box.width / 20) ** 2;
    for (let row = 0; row < this.points.length; row += ROW) {
      const [x, y] = this.place(row, box.width);
      const away = (x - event.clientX + box.left) ** 2 + (y - event.clientY + box.top) ** 2;
      if (away < least) {
        least = away;
        nearest = row / ROW;
      }
    }
    if (nearest < 0) return;
    this.dispatchEvent(new CustomEvent('pick', { detail: nearest, bubbles: true, composed: true }));
  }
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
}

customElements.define('decision-surface', DecisionSurface);
