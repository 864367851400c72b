// Every unit of a hidden layer as one small picture: its answer over the plane of a 2-D set,
// or one cell as dark as it is active for the viewed example.

import type { PropertyValues } from 'lit';
import { formatNumber } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { CanvasPlot } from './canvas-plot.ts';
import { colourise, largest } from './colourise.ts';
import { palette } from './palette.ts';
import { PixelBuffer } from './pixel-buffer.ts';
import type { PlotNumbers } from './plot-source.ts';

const GAP = 3;

export class UnitGrid extends CanvasPlot {
  static override properties = {
    surfaces: { attribute: false },
    resolution: { type: Number },
    responses: { attribute: false },
    signed: { type: Boolean },
    name: { type: String },
  };

  /** units × resolution²; empty where the set has no plane. */
  declare surfaces: Float32Array;
  declare resolution: number;
  /** One value a unit. */
  declare responses: Float32Array;
  /** Activations go both ways from zero; rates only up. */
  declare signed: boolean;
  declare name: string;

  private readonly buffer = new PixelBuffer();

  constructor() {
    super();
    this.surfaces = new Float32Array();
    this.resolution = 0;
    this.responses = new Float32Array();
    this.signed = false;
    this.name = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('surfaces') || changed.has('responses') || changed.has('signed')) this.fill();
  }

  protected override themed(): void {
    this.fill();
  }

  private get area(): number {
    return this.resolution * this.resolution;
  }

  private get asSurfaces(): boolean {
    return this.area > 0 && this.surfaces.length >= this.area;
  }

  private get units(): number {
    return this.asSurfaces ? this.surfaces.length / this.area : this.responses.length;
  }

  protected override get takes(): string {
    return this.units > 0 ? this.name : '';
  }

  /** A row for each unit: its answers over the plane, or its one answer. */
  protected override numbers(): PlotNumbers {
    const [each, values] = this.asSurfaces ? [this.area, this.surfaces] : [1, this.responses];
    const places = Array.from({ length: each }, (_, place) => place);
    return {
      header: ['unit', ...places.map((place) => (each === 1 ? 'answer' : `answer_${place}`))],
      rows: Array.from({ length: this.units }, (_, unit) => [
        unit + 1,
        ...places.map((place) => values[unit * each + place]),
      ]),
    };
  }

  protected override summary(): string {
    const { name, units } = this;
    if (this.asSurfaces) return text('units-surface-summary', { name, units });
    const most = this.responses.reduce((a, b, at, all) => (b > (all[a] ?? 0) ? at : a), 0);
    const value = formatNumber(this.responses[most]);
    return text('units-response-summary', { name, units, most: most + 1, value });
  }

  private cell(width: number): { size: number; columns: number } {
    const [least, wanted, fewest] = this.asSurfaces ? [26, 42, 8] : [10, 14, 16];
    const fitting = (size: number) => Math.max(1, Math.floor((width + GAP) / (size + GAP)));
    // A few units share one row, where they grow, but stay smaller than the decision surface;
    // many fill rows of equal length.
    const oneRow = Math.max(this.units, fewest);
    const rows = Math.ceil(this.units / fitting(wanted));
    const columns = oneRow <= fitting(least) ? oneRow : Math.ceil(this.units / rows);
    return { size: Math.floor((width + GAP) / columns) - GAP, columns };
  }

  protected override heightFor(width: number): number {
    if (this.units === 0) return 0;
    const { size, columns } = this.cell(width);
    return Math.ceil(this.units / columns) * (size + GAP) - GAP;
  }

  protected override paint(context: CanvasRenderingContext2D, width: number): void {
    const { size, columns } = this.cell(width);
    const side = this.asSurfaces ? this.resolution : 1;
    context.imageSmoothingEnabled = this.asSurfaces;
    for (let unit = 0; unit < this.units; unit += 1) {
      const x = (unit % columns) * (size + GAP);
      const y = Math.floor(unit / columns) * (size + GAP);
      context.drawImage(this.buffer.canvas, 0, unit * side, side, side, x, y, size, size);
    }
  }

  /** All units one below the other in one image. */
  private fill(): void {
    const { units } = this;
    if (units === 0) return;
    const { diverging, heat } = palette();
    const side = this.asSurfaces ? this.resolution : 1;
    const values = this.asSurfaces ? this.surfaces : this.responses;
    const pixels = this.buffer.pixels(side, side * units);
    const area = side * side;
    const common = this.asSurfaces ? 0 : largest(values);
    for (let unit = 0; unit < units; unit += 1) {
      const own = values.subarray(unit * area, (unit + 1) * area);
      const high = (this.asSurfaces ? largest(own) : common) || 1;
      const scale = this.signed
        ? { colours: diverging, low: -high, high }
        : { colours: heat, low: 0, high };
      colourise(own, scale, pixels.subarray(unit * area, (unit + 1) * area));
    }
    this.buffer.commit();
  }
}

customElements.define('unit-grid', UnitGrid);
