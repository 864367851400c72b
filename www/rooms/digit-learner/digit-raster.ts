// Spikes of a population for the present digit: a row a neuron, time to the right, shaded where
// nothing is shown. A colour of its own for each digit that a neuron stands for.

import { CanvasPlot } from '../../components/canvas-plot.ts';
import { cssOf, palette } from '../../components/palette.ts';
import type { PlotNumbers } from '../../components/plot-source.ts';
import type { PresentationEntry } from '../../engine/model.ts';
import { formatCount, formatQuantity } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';

export class DigitRaster extends CanvasPlot {
  static override properties = {
    shown: { attribute: false },
    population: { type: String },
    rows: { type: Number },
    labels: { attribute: false },
    height: { type: Number },
  };

  declare shown: PresentationEntry | undefined;
  declare population: 'retina' | 'excitatory';
  declare rows: number;
  /** The digit of each row; all in one colour if absent. */
  declare labels: Int8Array | undefined;
  declare height: number;

  constructor() {
    super();
    this.shown = undefined;
    this.population = 'excitatory';
    this.rows = 0;
    this.labels = undefined;
    this.height = 120;
  }

  protected override heightFor(): number {
    return this.height;
  }

  protected override summary(): string {
    const spikes = this.shown?.[this.population].neurons ?? [];
    return text(`raster-${this.population}-summary`, {
      spikes: spikes.length,
      neurons: new Set(spikes).size,
      count: this.rows,
    });
  }

  protected override get takes(): string {
    return this.shown ? text(`present-${this.population}`) : '';
  }

  protected override numbers(): PlotNumbers {
    const { timesMs, neurons } = this.shown?.[this.population] ?? { timesMs: [], neurons: [] };
    const rows = Array.from(timesMs, (time, at) => [time, (neurons[at] ?? 0) + 1]);
    return { header: ['time_ms', 'neuron'], rows };
  }

  protected override caption(): string {
    const { shown } = this;
    const spikes = shown?.[this.population].neurons.length;
    const ms = shown ? shown.shownMs + shown.pauseMs : undefined;
    return text(`raster-${this.population}-caption`, {
      spikes: formatCount(spikes),
      duration: formatQuantity(ms, 'ms'),
    });
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { shown, rows } = this;
    const { hairline, ink, classes } = palette();
    context.fillStyle = hairline;
    context.fillRect(0, height - 1, width, 1);
    if (!shown || rows === 0) return;
    const span = shown.shownMs + shown.pauseMs;
    const { timesMs, neurons } = shown[this.population];
    const toX = (ms: number) => (ms / span) * width;
    context.globalAlpha = 0.45;
    context.fillRect(toX(shown.shownMs), 0, width - toX(shown.shownMs), height - 1);
    context.globalAlpha = this.population === 'retina' ? 0.6 : 1;
    const tick = this.population === 'retina' ? 1 : 3;
    const high = Math.max(tick, (height - 2) / rows);
    context.fillStyle = ink;
    for (let at = 0; at < neurons.length; at += 1) {
      const neuron = neurons[at] as number;
      const colour = classes[this.labels?.[neuron] ?? -1];
      if (this.labels) context.fillStyle = colour ? cssOf(colour) : ink;
      const y = (neuron / rows) * (height - 2);
      context.fillRect(toX(timesMs[at] as number), y, tick, high);
    }
    context.globalAlpha = 1;
  }
}

customElements.define('digit-raster', DigitRaster);
