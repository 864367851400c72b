// 28×28 values as a picture: a digit on the retina, or the receptive field of a neuron.

import { CanvasPlot } from '../../components/canvas-plot.ts';
import { colourise } from '../../components/colourise.ts';
import { palette } from '../../components/palette.ts';
import { PixelBuffer } from '../../components/pixel-buffer.ts';
import { type PlotNumbers, pixelNumbers } from '../../components/plot-source.ts';
import { FIELD_SIDE } from './fields.ts';

export class DigitPicture extends CanvasPlot {
  static override properties = {
    values: { attribute: false },
    high: { type: Number },
    name: { type: String },
  };

  declare values: ArrayLike<number>;
  /** The largest value there may be. */
  declare high: number;
  /** What it shows, in words. */
  declare name: string;

  private readonly buffer = new PixelBuffer();

  constructor() {
    super();
    this.values = [];
    this.high = 1;
    this.name = '';
  }

  protected override heightFor(width: number): number {
    return width;
  }

  protected override summary(): string {
    return this.name;
  }

  protected override get takes(): string {
    return this.isKnown ? this.name : '';
  }

  protected override numbers(): PlotNumbers {
    return pixelNumbers(this.values, FIELD_SIDE);
  }

  private get isKnown(): boolean {
    return this.values.length === FIELD_SIDE * FIELD_SIDE;
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const pixels = this.buffer.pixels(FIELD_SIDE, FIELD_SIDE);
    const scale = { colours: palette().heat, low: 0, high: this.high };
    if (this.isKnown) colourise(this.values, scale, pixels);
    else pixels.fill(palette().heat[0] as number);
    this.buffer.commit();
    context.imageSmoothingEnabled = false;
    context.drawImage(this.buffer.canvas, 0, 0, width, height);
  }
}

customElements.define('digit-picture', DigitPicture);
