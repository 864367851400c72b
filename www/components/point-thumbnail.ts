// A data set at the size of a stamp. An image, not a canvas: a canvas costs a little in every
// frame of the page, even if it never changes.

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { cssOf, onTheme, palette } from './palette.ts';
import { shared } from './shared-style.ts';

const SIDE = 112;
const MARGIN = 4;
const RADIUS = 2.4;
const ROW = 4;
/** Beside a point that is shown, the others say where it lies. */
const FAINT = 0.25;
const MARK = 8;

export class PointThumbnail extends LitElement {
  static override styles = [
    shared,
    css`
      img {
        display: block;
        width: 100%;
        aspect-ratio: 1;
      }
    `,
  ];

  static override properties = {
    points: { attribute: false },
    regression: { type: Boolean },
    marked: { type: Number },
    source: { state: true },
  };

  /** Rows of x, y, label, 1 if it is a test point. */
  declare points: Float32Array | undefined;
  declare regression: boolean;
  /** The row that is shown among the others; -1: all alike. */
  declare marked: number;
  declare source: string;

  private forgetTheme: (() => void) | undefined;

  constructor() {
    super();
    this.points = undefined;
    this.regression = false;
    this.marked = -1;
    this.source = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetTheme?.();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (['points', 'regression', 'marked'].some((name) => changed.has(name))) this.draw();
  }

  protected override render(): TemplateResult {
    return this.source === '' ? html`` : html`<img alt="" src=${this.source} />`;
  }

  private draw(): void {
    const { points } = this;
    const canvas = document.createElement('canvas');
    canvas.width = SIDE;
    canvas.height = SIDE;
    const context = canvas.getContext('2d');
    if (!context || !points) return;
    let reach = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < points.length; row += ROW) {
      reach = Math.max(reach, Math.abs(points[row] as number), Math.abs(points[row + 1] as number));
      low = Math.min(low, points[row + 2] as number);
      high = Math.max(high, points[row + 2] as number);
    }
    const scale = (SIDE / 2 - MARGIN) / (reach || 1);
    const dot = (row: number, radius: number) => {
      context.fillStyle = this.colour(points[row + 2] as number, low, high);
      context.beginPath();
      const x = SIDE / 2 + (points[row] as number) * scale;
      const y = SIDE / 2 - (points[row + 1] as number) * scale;
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    };
    if (this.marked >= 0) context.globalAlpha = FAINT;
    for (let row = 0; row < points.length; row += ROW) dot(row, RADIUS);
    context.globalAlpha = 1;
    if (this.marked >= 0 && this.marked * ROW < points.length) dot(this.marked * ROW, MARK);
    this.source = canvas.toDataURL();
  }

  private colour(label: number, low: number, high: number): string {
    const { classes, diverging } = palette();
    if (!this.regression) {
      const colour = classes[label % classes.length];
      return colour ? cssOf(colour) : palette().ink;
    }
    const packed = diverging[Math.round(((label - low) / (high - low || 1)) * 255)] as number;
    return cssOf([packed & 255, (packed >> 8) & 255, (packed >> 16) & 255]);
  }
}

customElements.define('point-thumbnail', PointThumbnail);
