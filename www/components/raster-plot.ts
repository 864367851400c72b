// The spikes of a layer for the viewed example: a row a unit, a tick a spike, time to the right.

import { formatQuantity, formatTick } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { CanvasPlot } from './canvas-plot.ts';
import { palette } from './palette.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { chart } from './svg-figure.ts';

export class RasterPlot extends CanvasPlot {
  static override properties = {
    spikes: { attribute: false },
    units: { type: Number },
    steps: { type: Number },
    stepMs: { type: Number },
    name: { type: String },
  };

  /** Pairs of time step and unit. */
  declare spikes: Uint32Array;
  declare units: number;
  declare steps: number;
  declare stepMs: number;
  declare name: string;

  constructor() {
    super();
    this.spikes = new Uint32Array();
    this.units = 0;
    this.steps = 0;
    this.stepMs = 1;
    this.name = '';
  }

  protected override summary(): string {
    const { name, units } = this;
    return text('raster-summary', {
      name,
      units,
      spikes: this.spikes.length / 2,
      duration: formatQuantity(this.steps * this.stepMs, 'ms'),
    });
  }

  protected override caption(): string {
    return text('raster-caption', {
      spikes: this.spikes.length / 2,
      duration: formatQuantity(this.steps * this.stepMs, 'ms'),
    });
  }

  protected override get takes(): string {
    return this.name;
  }

  protected override file(): PlotFile {
    const { name, spikes, steps, stepMs, units } = this;
    const { ink, inkSoft, hairline, paper, spiking } = palette();
    const rows = function* () {
      for (let at = 0; at + 1 < spikes.length; at += 2) {
        yield [(spikes[at] as number) * stepMs, spikes[at + 1] as number];
      }
    };
    return {
      stem: `raster-${name}`,
      title: name,
      csv: () => csvOf(['time_ms', 'unit'], rows()),
      svg: () => {
        const height = 92 + Math.min(600, Math.max(60, units * 6));
        const lines = [...rows()].map(([time = 0, unit = 0]) => ({
          stroke: spiking,
          width: 2,
          name: '',
          points: [
            [time, unit + 0.1],
            [time, unit + 0.9],
          ] as [number, number][],
        }));
        return chart({
          ...{ width: 640, height, title: name, description: this.summary() },
          ...{ ink, soft: inkSoft, hairline, paper, lines },
          x: { label: text('axis-time'), from: 0, to: steps * stepMs, show: formatTick },
          y: { label: text('axis-unit'), from: units, to: 0, show: formatTick },
        });
      },
    };
  }

  protected override heightFor(): number {
    return Math.min(160, Math.max(40, this.units * 5));
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { hairline, spiking } = palette();
    context.fillStyle = hairline;
    context.fillRect(0, height - 1, width, 1);
    if (this.steps === 0 || this.units === 0) return;
    const wide = width / this.steps;
    const high = (height - 2) / this.units;
    const tick = Math.max(1.5, Math.min(3, wide * 0.5));
    context.fillStyle = spiking;
    for (let at = 0; at + 1 < this.spikes.length; at += 2) {
      const step = this.spikes[at] as number;
      const unit = this.spikes[at + 1] as number;
      const x = (step + 0.5) * wide - tick / 2;
      context.fillRect(x, unit * high, tick, Math.max(1, high * 0.8));
    }
  }
}

customElements.define('raster-plot', RasterPlot);
