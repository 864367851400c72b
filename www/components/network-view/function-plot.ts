// A small curve: what a unit answers to weighted sums, a dashed one beside it where there is something to
// compare, and where the present example stands.

import { formatNumber, withUnit } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { CanvasPlot } from '../canvas-plot.ts';
import { palette } from '../palette.ts';
import type { PlotNumbers } from '../plot-source.ts';

const HEIGHT = 130;
const LEFT = 44;
const BELOW = 18;
const ABOVE = 8;
const RIGHT = 8;

export class FunctionPlot extends CanvasPlot {
  static override properties = {
    xs: { attribute: false },
    ys: { attribute: false },
    beside: { attribute: false },
    at: { type: Number },
    unit: { type: String },
    name: { type: String },
    kind: { type: String },
  };

  declare xs: Float32Array;
  declare ys: Float32Array;
  /** Dashed; may be empty. */
  declare beside: Float32Array;
  /** The weighted sum of the present example; NaN where there is none. */
  declare at: number;
  /** Of the answers. */
  declare unit: string;
  declare name: string;
  /** Whose colour it has: `artificial` or `spiking`. */
  declare kind: string;

  constructor() {
    super();
    this.xs = new Float32Array();
    this.ys = new Float32Array();
    this.beside = new Float32Array();
    this.at = Number.NaN;
    this.unit = '';
    this.name = '';
    this.kind = 'artificial';
  }

  protected override summary(): string {
    const [low, high] = this.range();
    return text('nv-curve-summary', {
      name: this.name,
      low: withUnit(formatNumber(low), this.unit),
      high: withUnit(formatNumber(high), this.unit),
    });
  }

  protected override get takes(): string {
    return this.name;
  }

  protected override numbers(): PlotNumbers {
    const { xs, ys, beside, name } = this;
    const rows = Array.from(xs, (x, at) => [x, ys[at], beside[at]]);
    return { header: [text('axis-sum'), name, text('axis-beside')], rows };
  }

  protected override caption(): string {
    return this.name;
  }

  protected override heightFor(): number {
    return HEIGHT;
  }

  private range(): [number, number] {
    const both = [...this.ys, ...this.beside];
    return both.length === 0 ? [0, 1] : [Math.min(...both), Math.max(...both)];
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { xs, ys, beside, at } = this;
    if (xs.length < 2) return;
    const colours = palette();
    let [low, high] = this.range();
    if (high - low < 1e-9) [low, high] = [low - 0.5, high + 0.5];
    const [from, to] = [xs[0] as number, xs.at(-1) as number];
    const [right, bottom] = [width - RIGHT, height - BELOW];
    const x = (value: number) => LEFT + ((value - from) / (to - from)) * (right - LEFT);
    const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - ABOVE);
    context.strokeStyle = colours.hairline;
    context.lineWidth = 1;
    const level = Math.round(y(Math.min(high, Math.max(low, 0)))) + 0.5;
    rule(context, LEFT, level, right, level);
    const zero = Math.round(x(0)) + 0.5;
    rule(context, zero, ABOVE, zero, bottom);
    context.fillStyle = colours.inkSoft;
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(withUnit(formatNumber(high), this.unit), LEFT - 5, ABOVE + 4);
    context.fillText(formatNumber(low), LEFT - 5, bottom - 2);
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const mark of [from, 0, to])
      context.fillText(formatNumber(mark), Math.min(x(mark), right - 4), bottom + 4);
    const line = (values: Float32Array, colour: string, dash: number[], thick: number) => {
      context.strokeStyle = colour;
      context.lineWidth = thick;
      context.setLineDash(dash);
      context.beginPath();
      for (const [place, value] of values.entries())
        context.lineTo(x(xs[place] as number), y(value));
      context.stroke();
      context.setLineDash([]);
    };
    if (beside.length === xs.length) line(beside, colours.inkSoft, [4, 3], 1.5);
    line(ys, this.kind === 'spiking' ? colours.spiking : colours.artificial, [], 2);
    if (!Number.isFinite(at)) return;
    const here = Math.min(to, Math.max(from, at));
    const place = ((here - from) / (to - from)) * (xs.length - 1);
    const below = Math.min(Math.floor(place), xs.length - 2);
    const answer = (ys[below] ?? 0) + ((ys[below + 1] ?? 0) - (ys[below] ?? 0)) * (place - below);
    context.fillStyle = colours.ink;
    context.beginPath();
    context.arc(x(here), y(answer), 4, 0, 2 * Math.PI);
    context.fill();
  }
}

function rule(
  context: CanvasRenderingContext2D,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

customElements.define('function-plot', FunctionPlot);
