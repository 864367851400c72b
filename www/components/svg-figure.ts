// Drawings as text, in the colours of the page: a frame, axes with rounded ticks, lines with their names.

import { DOT, HALO, type LineMark, markedPoints, SPIKE } from './line-marks.ts';

export interface Frame {
  width: number;
  height: number;
  title: string;
  /** In words, for who cannot see it. */
  description: string;
  paper: string;
  ink: string;
}

export interface Axis {
  label: string;
  from: number;
  to: number;
  /** As text, where ticks are `step` apart. */
  show(value: number, step: number): string;
}

export interface Line {
  name: string;
  stroke: string;
  width: number;
  dash?: readonly number[];
  /** Pairs of x and y; a gap where y is null. */
  points: Iterable<readonly [number, number | null]>;
  /** What tells it apart besides its colour. */
  mark?: LineMark;
}

export interface Chart extends Frame {
  soft: string;
  hairline: string;
  x: Axis;
  y: Axis;
  lines: readonly Line[];
}

const FONT = 'system-ui, sans-serif';
const EDGE = { left: 58, right: 14, top: 34, bottom: 58 };
const TICKS = 5;

export function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (letter) => names[letter] ?? letter);
}

export function drawing(
  { width, height, title, description, paper, ink }: Frame,
  body: string,
): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${FONT}" font-size="12" role="img">` +
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>` +
    `<rect width="${width}" height="${height}" fill="${paper}"/>` +
    `<text x="12" y="20" font-weight="600" fill="${ink}">${escaped(title)}</text>${body}</svg>\n`
  );
}

/** Distance between ticks: 1, 2 or 5 times a power of ten. */
export function tickStep(span: number, most = TICKS): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return power * (share > 5 ? 10 : share > 2 ? 5 : share > 1 ? 2 : 1);
}

export function ticksOf({ from, to }: Pick<Axis, 'from' | 'to'>): number[] {
  if (from > to) return ticksOf({ from: to, to: from });
  if (!(to > from)) return [from];
  const step = tickStep(to - from);
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to + step * 1e-6; tick += step) {
    ticks.push(Number(tick.toPrecision(12)));
  }
  return ticks;
}

export function chart(figure: Chart): string {
  const { width, height, x, y, soft, hairline, lines } = figure;
  const wide = width - EDGE.left - EDGE.right;
  const high = height - EDGE.top - EDGE.bottom;
  const across = (value: number) =>
    round(EDGE.left + ((value - x.from) / (x.to - x.from || 1)) * wide);
  const down = (value: number) =>
    round(EDGE.top + (1 - (value - y.from) / (y.to - y.from || 1)) * high);
  const parts: string[] = [];
  for (const tick of ticksOf(y)) {
    const at = down(tick);
    parts.push(
      `<line x1="${EDGE.left}" x2="${width - EDGE.right}" y1="${at}" y2="${at}" stroke="${hairline}"/>`,
      `<text x="${EDGE.left - 6}" y="${at + 4}" text-anchor="end" fill="${soft}">${escaped(y.show(tick, tickStep(Math.abs(y.to - y.from))))}</text>`,
    );
  }
  for (const tick of ticksOf(x)) {
    parts.push(
      `<text x="${across(tick)}" y="${height - EDGE.bottom + 16}" text-anchor="middle" fill="${soft}">${escaped(x.show(tick, tickStep(Math.abs(x.to - x.from))))}</text>`,
    );
  }
  parts.push(
    `<text x="${width - EDGE.right}" y="${height - EDGE.bottom + 32}" text-anchor="end" fill="${soft}">${escaped(x.label)}</text>`,
    ...lines.map((line) => polyline(line, across, down)),
    ...lines.map((line) => marks(line, [x.from, x.to], across, down, figure.paper)),
    legend(lines, height, figure),
  );
  return drawing(figure, parts.join(''));
}

function polyline(
  { stroke, width, dash, points }: Line,
  across: (x: number) => number,
  down: (y: number) => number,
): string {
  let path = '';
  let pen = 'M';
  for (const [x, y] of points) {
    if (y === null) continue;
    path += `${pen}${across(x)} ${down(y)}`;
    pen = 'L';
  }
  if (path === '') return '';
  const dashes = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}"${dashes}/>`;
}

function marks(
  { stroke, mark, points }: Line,
  range: readonly [number, number],
  across: (x: number) => number,
  down: (y: number) => number,
  paper: string,
): string {
  if (!mark) return '';
  return markedPoints([...points], mark, range)
    .map(([x, y]) => markAt(mark, across(x), down(y), stroke, paper))
    .join('');
}

function markAt(mark: LineMark, x: number, y: number, fill: string, paper: string): string {
  const look = `fill="${fill}" stroke="${paper}" stroke-width="${2 * HALO}" paint-order="stroke"`;
  return mark === 'dot'
    ? `<circle cx="${x}" cy="${y}" r="${DOT}" ${look}/>`
    : `<rect x="${round(x - 1.25)}" y="${round(y - SPIKE)}" width="2.5" height="${2 * SPIKE}" ${look}/>`;
}

/** A line's sample and its name, one after another at the foot. */
function legend(lines: readonly Line[], height: number, { ink, paper }: Frame): string {
  const each = 7;
  let left = 12;
  return lines
    .map(({ name, stroke, width, dash, mark }) => {
      const dashes = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
      const y = height - 12;
      const sample = `<line x1="${left}" x2="${left + 24}" y1="${y - 4}" y2="${y - 4}" stroke="${stroke}" stroke-width="${width}"${dashes}/>`;
      const label = `<text x="${left + 28}" y="${y}" fill="${ink}">${escaped(name)}</text>`;
      const sign = mark ? markAt(mark, left + 12, y - 4, stroke, paper) : '';
      left += 28 + each * name.length + 14;
      return sample + sign + label;
    })
    .join('');
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
