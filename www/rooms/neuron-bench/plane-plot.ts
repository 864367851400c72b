// The phase plane: where either variable stands still, the flow between, the run and its moment.

import { CanvasPlot } from '../../components/canvas-plot.ts';
import type { PlotNumbers } from '../../components/plot-source.ts';
import { plainSymbol } from '../../components/symbol.ts';
import type { BenchPlane, BenchSummary } from '../../engine/model.ts';
import { formatNumber, formatQuantity } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';

const LEFT = 46;
const BOTTOM = 22;
const TOP = 8;
const RIGHT = 8;
type Variable = BenchSummary['neurons'][number]['variables'][number];

/** All points of the plane, each with the curve that it belongs to. */
function* planeRows(plane: BenchPlane): Generator<[string, number, number]> {
  const curves = {
    trajectory: plane.trajectory,
    'x-nullcline': plane.xNullcline,
    'y-nullcline': plane.yNullcline,
  };
  for (const [curve, points] of Object.entries(curves)) {
    for (let at = 0; at + 1 < points.length; at += 2) {
      yield [curve, points[at] as number, points[at + 1] as number];
    }
  }
  for (const { x, y, kind } of plane.fixedPoints) yield [`fixed point, ${kind}`, x, y];
  yield ['now', plane.now[0], plane.now[1]];
}

export class PlanePlot extends CanvasPlot {
  static override properties = {
    plane: { attribute: false },
    across: { attribute: false },
    along: { attribute: false },
  };

  declare plane: BenchPlane | undefined;
  /** The variable along x. */
  declare across: Variable | undefined;
  /** The variable along y. */
  declare along: Variable | undefined;

  constructor() {
    super();
    this.plane = undefined;
    this.across = undefined;
    this.along = undefined;
  }

  protected override heightFor(width: number): number {
    return Math.min(360, Math.max(200, width * 0.72));
  }

  protected override summary(): string {
    const { plane, across, along } = this;
    if (!plane || !across || !along) return text('plane-empty');
    const points = plane.fixedPoints.map(({ x, y, kind }) =>
      text('plane-point', {
        kind: text(`stability-${kind}`),
        x: formatQuantity(x, across.unit),
        y: formatQuantity(y, along.unit),
      }),
    );
    return text('plane-summary', {
      across: name(across),
      along: name(along),
      points: points.length === 0 ? text('plane-no-point') : points.join('; '),
    });
  }

  /** What lies along both axes. */
  protected override caption(): string {
    const { across, along } = this;
    return across && along ? `${name(across)} → ${name(along)}` : '';
  }

  protected override get takes(): string {
    return this.plane ? text('plane') : '';
  }

  protected override numbers(): PlotNumbers {
    const { plane, across, along } = this;
    const header = ['curve', across ? name(across) : 'x', along ? name(along) : 'y'];
    return { header, rows: plane ? planeRows(plane) : [] };
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { plane } = this;
    if (!plane) return;
    const colour = (token: string) => getComputedStyle(this).getPropertyValue(`--${token}`).trim();
    const [x0, x1] = plane.x;
    const [y0, y1] = plane.y;
    const toX = (x: number) => LEFT + ((x - x0) / (x1 - x0)) * (width - LEFT - RIGHT);
    const toY = (y: number) => height - BOTTOM - ((y - y0) / (y1 - y0)) * (height - BOTTOM - TOP);
    this.paintAxes(context, colour, { toX, toY, width, height }, plane);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP, width - LEFT - RIGHT, height - BOTTOM - TOP);
    context.clip();
    this.paintArrows(context, colour('track'), plane, toX, toY);
    line(context, plane.trajectory, toX, toY, colour('ink-soft'), 1, 0.75);
    segments(context, plane.xNullcline, toX, toY, colour('excitation'), 1);
    segments(context, plane.yNullcline, toX, toY, colour('inhibition'), 0.5);
    for (const { x, y, stable } of plane.fixedPoints) {
      context.beginPath();
      context.arc(toX(x), toY(y), 4.5, 0, 2 * Math.PI);
      context.fillStyle = colour(stable ? 'ink' : 'paper');
      context.strokeStyle = colour('ink');
      context.lineWidth = 1.5;
      context.fill();
      context.stroke();
    }
    const [nowX, nowY] = plane.now;
    context.beginPath();
    context.strokeStyle = colour('value');
    context.lineWidth = 2;
    context.moveTo(toX(nowX) - 7, toY(nowY));
    context.lineTo(toX(nowX) + 7, toY(nowY));
    context.moveTo(toX(nowX), toY(nowY) - 7);
    context.lineTo(toX(nowX), toY(nowY) + 7);
    context.stroke();
    context.restore();
  }

  private paintAxes(
    context: CanvasRenderingContext2D,
    colour: (token: string) => string,
    frame: {
      toX: (x: number) => number;
      toY: (y: number) => number;
      width: number;
      height: number;
    },
    { x, y }: BenchPlane,
  ): void {
    const { toX, toY, width, height } = frame;
    context.font = `12px ${getComputedStyle(this).fontFamily}`;
    context.strokeStyle = colour('hairline');
    context.fillStyle = colour('ink-soft');
    context.lineWidth = 1;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    for (const tick of ticks(y[0], y[1], 5)) {
      const at = Math.round(toY(tick)) + 0.5;
      context.beginPath();
      context.moveTo(LEFT, at);
      context.lineTo(width - RIGHT, at);
      context.stroke();
      context.fillText(written(tick), LEFT - 6, at);
    }
    context.textAlign = 'center';
    for (const tick of ticks(x[0], x[1], Math.max(3, Math.floor(width / 70)))) {
      const at = Math.round(toX(tick)) + 0.5;
      context.beginPath();
      context.moveTo(at, TOP);
      context.lineTo(at, height - BOTTOM);
      context.stroke();
      context.fillText(written(tick), at, height - BOTTOM / 2);
    }
  }

  private paintArrows(
    context: CanvasRenderingContext2D,
    colour: string,
    { arrows }: BenchPlane,
    toX: (x: number) => number,
    toY: (y: number) => number,
  ): void {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    for (let at = 0; at + 3 < arrows.length; at += 4) {
      const [x = 0, y = 0, dx = 0, dy = 0] = arrows.subarray(at, at + 4);
      // The direction on the screen; the speed spans decades and would be all or nothing.
      const across = toX(x + dx) - toX(x);
      const down = toY(y + dy) - toY(y);
      const length = Math.hypot(across, down);
      if (!(length > 0)) continue;
      const [ux, uy] = [across / length, down / length];
      const [fromX, fromY] = [toX(x) - ux * 5, toY(y) - uy * 5];
      const [endX, endY] = [toX(x) + ux * 5, toY(y) + uy * 5];
      context.moveTo(fromX, fromY);
      context.lineTo(endX, endY);
      context.moveTo(endX - ux * 4 - uy * 2.5, endY - uy * 4 + ux * 2.5);
      context.lineTo(endX, endY);
      context.lineTo(endX - ux * 4 + uy * 2.5, endY - uy * 4 - ux * 2.5);
    }
    context.stroke();
  }
}

function name({ symbol, unit }: Variable): string {
  const { letter, index } = plainSymbol(symbol);
  return `${letter}${index}${unit === '' ? '' : `, ${unit}`}`;
}

const written = (value: number) => formatNumber(value).replace('-', '−');

/** Round numbers between two ends. */
function ticks(from: number, to: number, most: number): number[] {
  const raw = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((by) => by * power).find((one) => one >= raw) ?? raw;
  const found: number[] = [];
  for (let at = Math.ceil(from / step); at * step <= to; at += 1) {
    found.push(Number((at * step).toPrecision(12)));
  }
  return found;
}

function line(
  context: CanvasRenderingContext2D,
  points: Float32Array,
  toX: (x: number) => number,
  toY: (y: number) => number,
  colour: string,
  width: number,
  alpha: number,
): void {
  context.beginPath();
  let resumes = true;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x = 0, y = 0] = points.subarray(at, at + 2);
    // A reset interrupts the line.
    if (Number.isNaN(x)) resumes = true;
    else if (resumes) {
      context.moveTo(toX(x), toY(y));
      resumes = false;
    } else context.lineTo(toX(x), toY(y));
  }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.globalAlpha = alpha;
  context.stroke();
  context.globalAlpha = 1;
}

function segments(
  context: CanvasRenderingContext2D,
  points: Float32Array,
  toX: (x: number) => number,
  toY: (y: number) => number,
  colour: string,
  /** The part of each piece that is drawn: less than all makes the line dotted. */
  part: number,
): void {
  context.beginPath();
  for (let at = 0; at + 3 < points.length; at += 4) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.subarray(at, at + 4);
    context.moveTo(toX(x0), toY(y0));
    context.lineTo(toX(x0 + part * (x1 - x0)), toY(y0 + part * (y1 - y0)));
  }
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
}

customElements.define('plane-plot', PlanePlot);
