// Draws a network on a canvas: edges by sign and size of their weight, units as small live maps. Positive is
// a whole line, negative a dashed one, so that colour does not speak alone; a unit that is held is crossed or
// barred, one of another kind has a corner.

import type {
  BackwardPicture,
  LayerPicture,
  NetworkPicture,
  NetworkSnapshot,
  Summary,
} from '../../engine/model.ts';
import { colourise, largest } from '../colourise.ts';
import { palette } from '../palette.ts';
import type { PixelBuffer } from '../pixel-buffer.ts';
import type { Edge, Node, Scene } from './scene.ts';
import type { Revealed, Selection } from './selection.ts';

export interface Painted {
  scene: Scene;
  picture: NetworkPicture;
  network: NetworkSnapshot | undefined;
  summary: Summary;
  /** Gradients to draw in place of weights. */
  backward?: BackwardPicture | undefined;
  revealed?: Revealed | undefined;
  /** The unit whose edges are lit. */
  lit: Selection | undefined;
}

const THICKEST = 4.5;
const DASH = [5, 3];
/** Below this share of the largest, an edge says nothing. */
const FAINT = 0.015;

type Context = CanvasRenderingContext2D;

export function paint(context: Context, painted: Painted, buffer: PixelBuffer): void {
  paintEdges(context, painted);
  painted.scene.columns.forEach((column, at) => {
    const tiles = tilesOf(painted, at - 1, column);
    if (tiles) paintTiles(context, column, tiles, buffer);
    for (const node of column) paintFrame(context, painted, node);
  });
  paintClasses(context, painted);
}

/** The numbers along the edges of a layer, and whether they are shown. */
function values(painted: Painted, layer: number): ArrayLike<number> {
  const { picture, backward, revealed } = painted;
  if (!backward || !revealed) return picture.layers[layer]?.weights ?? [];
  return layer >= picture.layers.length - revealed.backward
    ? (backward.layers[layer]?.weights ?? [])
    : [];
}

function paintEdges(context: Context, painted: Painted): void {
  const { scene, picture, lit, revealed } = painted;
  const { positive, negative } = signs();
  context.lineCap = 'round';
  picture.layers.forEach((_, layer) => {
    const numbers = values(painted, layer);
    const most = largest(numbers);
    for (const edge of scene.edges) {
      if (edge.to.layer !== layer) continue;
      if (most === 0) {
        // On the way there: edges that have no gradient yet are thin.
        if (revealed) line(context, edge, palette().hairline, 1, 1, false);
        continue;
      }
      const value = numbers[edge.at] ?? 0;
      const share = Math.abs(value) / most;
      const isLit = lit === undefined || touches(edge, lit);
      if (share < FAINT && !(lit && isLit)) continue;
      const colour = value < 0 ? negative : positive;
      const strength = isLit ? 0.35 + 0.65 * share : 0.1;
      const width = Math.max(0.75, THICKEST * Math.sqrt(share) * (isLit ? 1 : 0.6));
      line(context, edge, colour, width, strength, value < 0);
    }
  });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function line(
  context: Context,
  { from, to }: Edge,
  colour: string,
  width: number,
  strength: number,
  dashed: boolean,
): void {
  const [x0, y0] = [from.x + from.size, from.y + from.size / 2];
  const [x1, y1] = [to.x, to.y + to.size / 2];
  const middle = (x0 + x1) / 2;
  context.globalAlpha = strength;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dashed ? DASH : []);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
  context.stroke();
}

function touches({ from, to }: Edge, { layer, unit, from: input }: Selection): boolean {
  const arrives = to.layer === layer && to.unit === unit;
  if (input !== undefined) return arrives && from.unit === input;
  return arrives || (from.layer === layer && from.unit === unit);
}

/** Ends of the diverging scale, as the maps have them. */
function signs(): { positive: string; negative: string } {
  const { diverging } = palette();
  const css = (packed = 0) => `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
  return { positive: css(diverging[255]), negative: css(diverging[0]) };
}

interface Tiles {
  side: number;
  /** side² numbers of a node; nothing where it has no picture. */
  of(node: Node): ArrayLike<number>;
  colours: Uint32Array;
  /** Nodes share the scale, or have their own. */
  high(values: ArrayLike<number>, node: Node): number;
  /** The scale begins at 0, not at −high. */
  upward: boolean;
}

function tilesOf(painted: Painted, layer: number, column: readonly Node[]): Tiles | undefined {
  const { picture, network, summary, backward, revealed } = painted;
  const { diverging, heat } = palette();
  const spiking = picture.kind === 'spiking';
  const own = (numbers: ArrayLike<number>) => largest(numbers) || 1;
  if (layer < 0) return inputTiles(painted);
  if (backward && revealed) {
    // Answers of this one example, as far as it has come.
    const answers = layer < revealed.forward ? backward.layers[layer]?.responses : undefined;
    return cells(answers ?? [], column, spiking && layer < picture.layers.length - 1);
  }
  const layers = picture.layers.length;
  const side = network?.unitResolution ?? 0;
  const area = side * side;
  const fields = picture.layers[layer]?.fields;
  if (fields && fields.length > 0) {
    const features = summary.features;
    const of = (node: Node) => {
      const row = column.indexOf(node);
      return fields.subarray(row * features, (row + 1) * features);
    };
    return { side: summary.imageWidth, of, colours: diverging, high: own, upward: false };
  }
  if (layer === layers - 1) {
    const drawn = network?.surface.length ?? 0;
    if (drawn > 0 && column.length === 1) {
      const [low, high] = summary.outputRange;
      const reach = summary.task === 'classification' ? 1 : Math.max(Math.abs(low), Math.abs(high));
      const resolution = network?.surfaceResolution ?? 0;
      return {
        side: resolution,
        of: () => network?.surface ?? [],
        colours: diverging,
        high: () => reach,
        upward: false,
      };
    }
    return cells(network?.answer ?? [], column, Math.min(...(network?.answer ?? [0])) >= 0);
  }
  const responses = network?.unitResponses[layer] ?? [];
  const surfaces = network?.unitSurfaces[layer];
  if (surfaces && area > 0) {
    // Beyond those that have a map a tile says how the unit answers to the example.
    const mapped = ({ unit }: Node) => (unit + 1) * area <= surfaces.length;
    const of = (node: Node) =>
      mapped(node)
        ? surfaces.subarray(node.unit * area, (node.unit + 1) * area)
        : new Float32Array(area).fill(responses[node.unit] ?? 0);
    const most = largest(responses) || 1;
    const high = (numbers: ArrayLike<number>, node: Node) => (mapped(node) ? own(numbers) : most);
    return { side, of, colours: spiking ? heat : diverging, high, upward: spiking };
  }
  const shown = column.map(({ unit }) => responses[unit] ?? 0);
  return cells(shown, column, spiking);
}

/** One cell a unit, as strong as it answers to the viewed example. */
function cells(answers: ArrayLike<number>, column: readonly Node[], upward: boolean): Tiles {
  const { diverging, heat } = palette();
  const most = largest(answers) || 1;
  const of = (node: Node) => {
    const answer = answers[column.indexOf(node)];
    return answer === undefined ? [] : [answer];
  };
  return { side: 1, of, colours: upward ? heat : diverging, high: () => most, upward };
}

function inputTiles({ picture, summary }: Painted): Tiles {
  const { diverging, heat } = palette();
  if (summary.kind === 'images') {
    return {
      side: summary.imageWidth,
      of: () => picture.input,
      colours: heat,
      high: () => 1,
      upward: true,
    };
  }
  if (summary.kind !== 'points') {
    const of = ({ unit }: Node) => {
      const value = picture.input[unit % summary.features] ?? 0;
      return [unit >= summary.features ? Math.max(0, -value) : value];
    };
    return {
      side: 1,
      of,
      colours: diverging,
      high: () => largest(picture.input) || 1,
      upward: false,
    };
  }
  const side = 16;
  const ramp = (axis: number, part: (value: number) => number) =>
    Float32Array.from({ length: side * side }, (_, at) => {
      const [column, row] = [at % side, Math.floor(at / side)];
      const place = axis === 0 ? column : side - 1 - row;
      return part(((place + 0.5) / side) * 2 - 1);
    });
  const split = picture.channels > summary.features;
  const of = ({ unit }: Node) => {
    if (!split) return ramp(unit, (value) => value);
    const off = unit >= summary.features;
    return ramp(unit % summary.features, (value) => Math.max(0, off ? -value : value));
  };
  return { side, of, colours: diverging, high: () => 1, upward: false };
}

function paintTiles(
  context: Context,
  column: readonly Node[],
  tiles: Tiles,
  buffer: PixelBuffer,
): void {
  const { side, of, colours, high, upward } = tiles;
  if (side === 0 || column.length === 0) return;
  const area = side * side;
  const pixels = buffer.pixels(side, side * column.length);
  const drawn = column.map((node, row) => {
    const numbers = of(node);
    if (numbers.length < area) return false;
    const most = high(numbers, node);
    const scale = { colours, low: upward ? 0 : -most, high: most };
    colourise(numbers, scale, pixels.subarray(row * area, (row + 1) * area));
    return true;
  });
  buffer.commit();
  context.imageSmoothingEnabled = side > 1;
  column.forEach(({ x, y, size }, row) => {
    if (drawn[row]) context.drawImage(buffer.canvas, 0, row * side, side, side, x, y, size, size);
  });
}

function paintFrame(context: Context, { picture, lit }: Painted, node: Node): void {
  const { ink, inkSoft, hairline, paper } = palette();
  const { x, y, size, layer, unit } = node;
  const chosen = lit?.layer === layer && lit.unit === unit;
  context.lineWidth = chosen ? 2 : 1;
  context.strokeStyle = chosen ? ink : layer < 0 ? hairline : inkSoft;
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  const drawn: LayerPicture | undefined = picture.layers[layer];
  if (drawn?.others.some((other) => other.unit === unit)) {
    const corner = Math.max(7, size * 0.32);
    context.fillStyle = ink;
    context.beginPath();
    context.moveTo(x + size, y);
    context.lineTo(x + size - corner, y);
    context.lineTo(x + size, y + corner);
    context.closePath();
    context.fill();
    // Seen on dark maps too.
    context.strokeStyle = paper;
    context.lineWidth = 1.5;
    context.stroke();
  }
  const held = drawn?.held.find((one) => one.unit === unit);
  if (!held) return;
  context.fillStyle = paper;
  context.globalAlpha = 0.75;
  context.fillRect(x + 1, y + 1, size - 2, size - 2);
  context.globalAlpha = 1;
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  const [low, high] = [size * 0.25, size * 0.75];
  if (held.level === 0) {
    context.moveTo(x + low, y + low);
    context.lineTo(x + high, y + high);
    context.moveTo(x + high, y + low);
    context.lineTo(x + low, y + high);
  } else {
    for (const part of [0.38, 0.62]) {
      context.moveTo(x + size * part, y + low);
      context.lineTo(x + size * part, y + high);
    }
  }
  context.stroke();
}

/** Names of classes beside the outputs. */
function paintClasses(context: Context, { scene, summary, network }: Painted): void {
  const column = scene.columns.at(-1) ?? [];
  if (column.length < 2) return;
  const answer = network?.answer ?? [];
  const best = largest(answer);
  const { ink, inkSoft } = palette();
  context.textBaseline = 'middle';
  for (const { unit, x, y, size } of column) {
    const wins = best > 0 && answer[unit] === best;
    context.fillStyle = wins ? ink : inkSoft;
    context.font = `${wins ? 700 : 400} 12px system-ui, sans-serif`;
    const name = summary.classNames[unit] ?? String(unit);
    context.fillText(name.length > 4 ? `${name.slice(0, 3)}…` : name, x + size + 6, y + size / 2);
  }
}
