// What a plot of lines gives away: a column for each line, and the lines again as a drawing with axes.

import { formatTick } from '../i18n/format.ts';
import type { Line, Mark } from './line-plot.ts';
import { palette } from './palette.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { chart, type Line as Drawn } from './svg-figure.ts';

export interface LinePicture {
  x: ArrayLike<number>;
  lines: readonly Line[];
  marks: readonly Mark[];
  range: readonly [number, number] | undefined;
  yRange: readonly [number, number] | undefined;
  title: string;
  /** What lies along x, with its unit. */
  along: string;
  summary: string;
  /** The colour of a token. */
  colour(token: string): string;
}

const SIZE = { width: 720, height: 380 };

/** The places of x that are shown. */
function shown({ x, range }: Pick<LinePicture, 'x' | 'range'>): number[] {
  const [from, to] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return Array.from(x, (_, at) => at).filter((at) => {
    const value = x[at] as number;
    return value >= from && value <= to;
  });
}

export function lineRows(picture: Pick<LinePicture, 'x' | 'range' | 'lines'>) {
  const { x, lines } = picture;
  return shown(picture).map((at) => [x[at] as number, ...lines.map(({ values }) => values[at])]);
}

function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

export function lineFile(picture: LinePicture): PlotFile {
  const { lines, title, along } = picture;
  const names = lines.map(
    ({ name }, at) => name ?? (lines.length > 1 ? `${title} ${at + 1}` : title),
  );
  return {
    stem: title,
    title,
    csv: () => csvOf([along, ...names], lineRows(picture)),
    svg: () => drawn(picture, names),
  };
}

function drawn(picture: LinePicture, names: readonly string[]): string {
  const { x, lines, marks, title, along, summary, colour } = picture;
  const { ink, inkSoft: soft, hairline, paper } = palette();
  const places = shown(picture);
  const numbers = lines.flatMap(({ values }) => places.map((at) => values[at] ?? Number.NaN));
  const [low, high] = picture.yRange ?? extent(numbers);
  const [from, to] = picture.range ?? extent(Array.from(x));
  const drawn: Drawn[] = lines.map(({ values, colour: token, width = 1.5, dash }, at) => ({
    name: lines.length > 1 ? (names[at] ?? '') : '',
    stroke: colour(token),
    width: Math.max(1, width),
    ...(dash ? { dash } : {}),
    points: places.map((place) => [x[place] as number, values[place] ?? null] as const),
  }));
  const upright = marks.map(
    ({ x: at, colour: token, dash }): Drawn => ({
      name: '',
      stroke: colour(token),
      width: 1,
      ...(dash ? { dash } : {}),
      points: [
        [at, low],
        [at, high],
      ],
    }),
  );
  return chart({
    ...{ ...SIZE, title, description: summary, ink, soft, hairline, paper },
    lines: [...drawn, ...upright],
    x: { label: along, from, to, show: formatTick },
    y: { label: title, from: low, to: high, show: formatTick },
  });
}
