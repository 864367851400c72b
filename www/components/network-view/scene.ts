// Where units and edges of a drawn network lie, in CSS pixels. It knows numbers and no canvas.

import type { NetworkPicture } from '../../engine/model.ts';

/** One unit, or one input, where layer is -1. */
export interface Node {
  layer: number;
  unit: number;
  x: number;
  y: number;
  /** Side of its square. */
  size: number;
}

export interface Edge {
  from: Node;
  to: Node;
  /** Place of its weight among those of its layer's picture. */
  at: number;
}

export interface Scene {
  width: number;
  height: number;
  /** Columns of nodes, the inputs first. */
  columns: Node[][];
  edges: Edge[];
  /** The middle of each column. */
  centres: number[];
}

export interface Frame {
  width: number;
  /** An image set: the input is one tile. */
  image: boolean;
  /** Largest height of a column. */
  tall: number;
}

const GAP = 5;
const LARGEST = 46;
const LEAST = 16;
/** Side of the tile that shows an image which is looked at. */
const IMAGE = 72;
/** Room beside the output for the name of a class. */
const NAMES = 34;
const MOST_INPUTS = 24;

function tile(count: number, tall: number): number {
  return Math.max(LEAST, Math.min(LARGEST, Math.floor((tall + GAP) / Math.max(1, count)) - GAP));
}

export function layOut(picture: NetworkPicture, frame: Frame): Scene {
  const { width, image, tall } = frame;
  const inputs = image || picture.channels > MOST_INPUTS ? 1 : picture.channels;
  const layers = picture.layers.map(({ shown }) => shown);
  const units = [Array.from({ length: inputs }, (_, at) => at), ...layers];
  const names = (layers.at(-1)?.length ?? 1) > 1 ? NAMES : 0;
  const narrow = width / units.length < 90;
  const sizes = units.map((column, at) => {
    if (at === 0 && image) return narrow ? IMAGE * 0.7 : IMAGE;
    const size = tile(column.length, tall);
    return narrow ? Math.min(size, 34) : size;
  });
  const heights = units.map((column, at) => column.length * ((sizes[at] ?? 0) + GAP) - GAP);
  const height = Math.max(...heights, LARGEST);
  const first = (sizes[0] ?? 0) / 2;
  const last = width - names - (sizes.at(-1) ?? 0) / 2;
  // No edges lead from an image: what reads it stands nearer.
  const near = image && units.length > 2;
  const second = near ? first + Math.min(130, (last - first) / (units.length - 1)) : first;
  const centres = units.map((_, at) => {
    if (!near) return first + ((last - first) * at) / Math.max(1, units.length - 1);
    return at === 0 ? first : second + ((last - second) * (at - 1)) / Math.max(1, units.length - 2);
  });
  const columns = units.map((column, at) => {
    const size = sizes[at] ?? 0;
    const top = (height - (heights[at] ?? 0)) / 2;
    return column.map((unit, row) => ({
      layer: at - 1,
      unit,
      x: (centres[at] ?? 0) - size / 2,
      y: top + row * (size + GAP),
      size,
    }));
  });
  return { width, height, columns, centres, edges: edgesOf(picture, columns) };
}

function edgesOf(picture: NetworkPicture, columns: Node[][]): Edge[] {
  return picture.layers.flatMap(({ weights }, layer) => {
    const [before = [], here = []] = [columns[layer], columns[layer + 1]];
    // The first layer of an image set is drawn by its fields.
    if (weights.length !== before.length * here.length) return [];
    return before.flatMap((from, row) =>
      here.map((to, column) => ({ from, to, at: row * here.length + column })),
    );
  });
}

/** A point of an edge, `t` from 0 to 1: a curve that leaves and arrives level. */
export function along({ from, to }: Edge, t: number): [number, number] {
  const [x0, y0] = [from.x + from.size, from.y + from.size / 2];
  const [x1, y1] = [to.x, to.y + to.size / 2];
  const across = 1.5 * t * (1 - t) + t * t * t;
  return [x0 + (x1 - x0) * across, y0 + (y1 - y0) * t * t * (3 - 2 * t)];
}

/** The edge nearest to a point, within `reach` pixels; of equals the first. */
export function edgeAt(scene: Scene, x: number, y: number, reach: number): Edge | undefined {
  let nearest: Edge | undefined;
  let least = reach * reach;
  for (const edge of scene.edges) {
    if (x < edge.from.x + edge.from.size || x > edge.to.x) continue;
    for (let part = 0; part <= 32; part += 1) {
      const [ex, ey] = along(edge, part / 32);
      const away = (ex - x) ** 2 + (ey - y) ** 2;
      if (away < least) [least, nearest] = [away, edge];
    }
  }
  return nearest;
}

/** Where an arrow key leads from a node; the inputs are reached too, and the ends hold. */
export function neighbour(scene: Scene, from: Node, key: string): Node | undefined {
  const column = scene.columns[from.layer + 1] ?? [];
  const row = column.findIndex(({ unit }) => unit === from.unit);
  if (key === 'ArrowUp') return column[Math.max(0, row - 1)];
  if (key === 'ArrowDown') return column[Math.min(column.length - 1, row + 1)];
  if (key === 'Home') return column[0];
  if (key === 'End') return column.at(-1);
  const side = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (side === 0) return undefined;
  const next = scene.columns[from.layer + 1 + side];
  if (!next || next.length === 0) return from;
  const middle = from.y + from.size / 2;
  const away = (node: Node) => Math.abs(node.y + node.size / 2 - middle);
  return next.reduce((best, node) => (away(node) < away(best) ? node : best));
}
