// What a plot gives away where its picture is already there: a canvas goes into the drawing as pixels, a
// drawing of the page as it is, with the colours that the style sheet gives it.

import { palette } from './palette.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { drawing } from './svg-figure.ts';

export interface PlotWords {
  /** Names its files and stands over the picture. */
  title: string;
  /** What it shows, in words. */
  description: string;
}

export interface PlotNumbers {
  header: readonly string[];
  rows: Iterable<readonly (string | number | null | undefined)[]>;
}

/** A square of pixels as it lies: a line for each row, both counted from 1. */
export function pixelNumbers(values: ArrayLike<number>, side: number): PlotNumbers {
  const places = Array.from({ length: side }, (_, place) => place);
  return {
    header: ['row', ...places.map((column) => `column_${column + 1}`)],
    rows: places.map((row) => [row + 1, ...places.map((column) => values[row * side + column])]),
  };
}

const EDGE = 12;
const TOP = 34;
/** What is read of an element's look: all that the drawings of the page are styled by. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'stroke',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
];

function framed(
  words: PlotWords,
  [width, height]: readonly [number, number],
  body: string,
  numbers: () => PlotNumbers,
): PlotFile {
  const { title, description } = words;
  return {
    stem: title,
    title,
    csv() {
      const { header, rows } = numbers();
      return csvOf(header, rows);
    },
    svg() {
      const { ink, paper } = palette();
      const size = { width: Math.round(width + 2 * EDGE), height: Math.round(height + TOP + EDGE) };
      return drawing({ ...size, title, description, paper, ink }, body);
    },
  };
}

/** A picture of pixels. */
export function canvasFile(
  canvas: HTMLCanvasElement,
  words: PlotWords,
  numbers: () => PlotNumbers,
  { width, height }: { width: number; height: number } = canvas.getBoundingClientRect(),
): PlotFile {
  // Enlarged pixels keep their edges.
  const look = canvas.width < width ? ' image-rendering="pixelated"' : '';
  const body = `<image x="${EDGE}" y="${TOP}" width="${width}" height="${height}"${look} href="${canvas.toDataURL()}"/>`;
  return framed(words, [width, height], body, numbers);
}

/** A drawing of the page. */
export function svgFile(
  svg: SVGSVGElement,
  words: PlotWords,
  numbers: () => PlotNumbers,
): PlotFile {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, at) => {
    const original = originals[at];
    const style = original && getComputedStyle(original);
    for (const name of LOOKS) {
      const value = style?.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    for (const name of ['class', 'style', 'tabindex', 'role']) element.removeAttribute(name);
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('x', String(EDGE));
  copy.setAttribute('y', String(TOP));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return framed(words, [width, height], new XMLSerializer().serializeToString(copy), numbers);
}
