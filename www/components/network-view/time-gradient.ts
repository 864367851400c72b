// The surrogate gradient of one spiking unit in time: the potential with its threshold and spikes, what
// stands for the derivative of the spike, and what the loss says of each spike and of each drive.

import type { UnitInTime } from '../../engine/model.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { CanvasPlot } from '../canvas-plot.ts';
import { largest } from '../colourise.ts';
import { palette } from '../palette.ts';
import type { PlotNumbers } from '../plot-source.ts';

const ROW = 52;
const LEFT = 96;
const AXIS = 18;
const THRESHOLD = 1;

export class TimeGradient extends CanvasPlot {
  static override properties = {
    trace: { attribute: false },
    stepMs: { type: Number },
    name: { type: String },
    /** The way back has reached it. */
    back: { type: Boolean },
  };

  declare trace: UnitInTime | undefined;
  declare stepMs: number;
  declare name: string;
  declare back: boolean;

  constructor() {
    super();
    this.trace = undefined;
    this.stepMs = 1;
    this.name = '';
    this.back = false;
  }

  /** The rows that there is something for. */
  private rows(): { id: string; values: Float32Array; bars: boolean }[] {
    const { trace, back } = this;
    if (!trace) return [];
    return [
      { id: 'potential', values: trace.potential, bars: false },
      { id: 'surrogate', values: trace.surrogate, bars: true },
      { id: 'error', values: back ? trace.error : new Float32Array(), bars: true },
      { id: 'flow', values: back ? trace.flow : new Float32Array(), bars: true },
    ].filter(({ id, values }) => values.length > 0 || (id === 'error' && !back));
  }

  protected override summary(): string {
    const { trace } = this;
    const spikes = trace?.spikes.reduce((sum, spike) => sum + spike, 0) ?? 0;
    return text('nv-time-summary', {
      name: this.name,
      steps: trace?.potential.length ?? 0,
      spikes,
      error: formatNumber(this.back ? largest(trace?.error ?? []) : undefined),
    });
  }

  protected override get takes(): string {
    return this.trace ? text('nv-time-caption', { name: this.name }) : '';
  }

  protected override numbers(): PlotNumbers {
    const rows = this.rows();
    const steps = Array.from({ length: this.trace?.potential.length ?? 0 }, (_, step) => step);
    return {
      header: ['time_ms', 'spike', ...rows.map(({ id }) => id)],
      rows: steps.map((step) => [
        step * this.stepMs,
        this.trace?.spikes[step],
        ...rows.map(({ values }) => values[step]),
      ]),
    };
  }

  protected override caption(): string {
    return text('nv-time-caption', { name: this.name });
  }

  protected override heightFor(): number {
    return this.rows().length * ROW + AXIS;
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { trace, stepMs } = this;
    const steps = trace?.potential.length ?? 0;
    if (!trace || steps === 0) return;
    const { ink, inkSoft, hairline, spiking, diverging } = palette();
    const css = (packed = 0) =>
      `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
    const each = (width - LEFT - 6) / steps;
    const x = (step: number) => LEFT + step * each;
    context.font = '11px system-ui, sans-serif';
    this.rows().forEach(({ id, values, bars }, row) => {
      const top = row * ROW;
      const [above, below] = [top + 6, top + ROW - 6];
      const most = id === 'potential' ? Math.max(1.25, largest(values)) : largest(values) || 1;
      const signed = values.some((value) => value < 0);
      const low = signed ? -most : 0;
      const y = (value: number) => below - ((value - low) / (most - low)) * (below - above);
      context.fillStyle = ink;
      context.textBaseline = 'middle';
      context.textAlign = 'left';
      context.fillText(text(`nv-time-${id}`), 0, top + ROW / 2 - 7);
      context.fillStyle = inkSoft;
      const reach = text(signed ? 'nv-time-around' : 'nv-time-up', { most: formatNumber(most) });
      context.fillText(values.length > 0 ? reach : '–', 0, top + ROW / 2 + 8);
      context.strokeStyle = hairline;
      context.lineWidth = 1;
      context.setLineDash([]);
      horizontal(context, x(0), width - 6, y(0));
      if (bars) {
        values.forEach((value, step) => {
          context.fillStyle = id === 'surrogate' ? spiking : css(diverging[value < 0 ? 0 : 255]);
          const [from, to] = [y(0), y(value)];
          const bar: [number, number, number, number] = [
            x(step) + each * 0.15,
            Math.min(from, to),
            Math.max(1, each * 0.7),
            Math.max(0.5, Math.abs(to - from)),
          ];
          context.fillRect(...bar);
          if (id !== 'surrogate' && value < 0) {
            // A negative bar is open: colour does not speak alone.
            context.fillStyle = palette().paper;
            if (each > 5)
              context.fillRect(bar[0] + 1, bar[1] + 1, bar[2] - 2, Math.max(0, bar[3] - 2));
          }
        });
        return;
      }
      context.strokeStyle = inkSoft;
      context.setLineDash([3, 3]);
      horizontal(context, x(0), width - 6, y(THRESHOLD));
      context.setLineDash([]);
      context.strokeStyle = spiking;
      context.lineWidth = 1.75;
      context.beginPath();
      for (const [step, value] of values.entries()) context.lineTo(x(step + 0.5), y(value));
      context.stroke();
      context.fillStyle = ink;
      trace.spikes.forEach((spike, step) => {
        if (spike > 0) context.fillRect(x(step + 0.5) - 1, above - 5, 2, 9);
      });
    });
    context.fillStyle = inkSoft;
    context.textBaseline = 'bottom';
    context.textAlign = 'left';
    context.fillText('0', x(0), height);
    context.textAlign = 'right';
    context.fillText(text('nv-ms', { ms: formatNumber(steps * stepMs) }), width - 6, height);
  }
}

function horizontal(context: CanvasRenderingContext2D, from: number, to: number, y: number): void {
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
}

customElements.define('time-gradient', TimeGradient);
