// A data set at the size of a stamp.

import { css } from 'lit';
import { CanvasPlot } from './canvas-plot.ts';
import { cssOf, palette } from './palette.ts';

export class PointThumbnail extends CanvasPlot {
  static override styles = [
    ...CanvasPlot.styles,
    css`
      canvas {
        aspect-ratio: 1;
      }
    `,
  ];

  static override properties = {
    points: { attribute: false },
    regression: { type: Boolean },
  };

  /** Rows of x, y, label, 1 if it is a test point. */
  declare points: Float32Array;
  declare regression: boolean;

  constructor() {
    super();
    this.points = new Float32Array();
    this.regression = false;
    this.setAttribute('aria-hidden', 'true');
  }

  protected override summary(): string {
    return '';
  }

  protected override heightFor(width: number): number {
    return width;
  }

  protected override paint(context: CanvasRenderingContext2D, width: number): void {
    const { points } = this;
    let reach = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < points.length; row += 4) {
      reach = Math.max(reach, Math.abs(points[row] as number), Math.abs(points[row + 1] as number));
      low = Math.min(low, points[row + 2] as number);
      high = Math.max(high, points[row + 2] as number);
    }
    const margin = 2;
    const scale = (width / 2 - margin) / (reach || 1);
    const radius = Math.max(1, width / 48);
    for (let row = 0; row < points.length; row += 4) {
      context.fillStyle = this.colour(points[row + 2] as number, low, high);
      context.beginPath();
      const x = width / 2 + (points[row] as number) * scale;
      const y = width / 2 - (points[row + 1] as number) * scale;
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
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
