// What the drawn networks give away: their pictures beside each other, and the weights and biases that are
// drawn.

import type { NetworkPicture } from '../../engine/model.ts';
import { palette } from '../palette.ts';
import type { PlotFile } from '../plot-file.ts';
import { canvasFile, type PlotWords } from '../plot-source.ts';

const HEADER = ['network', 'layer', 'from', 'to', 'value'];
/** Between two pictures, in pixels of the page. */
const APART = 24;

/** Layers are counted from the first hidden one, inputs and units from 1; a bias comes from nowhere. */
export function networkRows(pictures: readonly NetworkPicture[]): (string | number)[][] {
  return pictures.flatMap(({ kind, layers }) =>
    layers.flatMap(({ shown, weights, fields, biases }, layer) => {
      const before = layers[layer - 1]?.shown;
      const images = weights.length === 0 && fields.length > 0;
      const sources = (images ? fields.length : weights.length) / Math.max(1, shown.length);
      return shown.flatMap((unit, at) => [
        ...Array.from({ length: sources }, (_, from) => {
          const value = images ? fields[at * sources + from] : weights[from * shown.length + at];
          return [kind, layer + 1, (before?.[from] ?? from) + 1, unit + 1, value ?? Number.NaN];
        }),
        [kind, layer + 1, 'bias', unit + 1, biases[at] ?? Number.NaN],
      ]);
    }),
  );
}

export function networkFile(
  canvases: readonly HTMLCanvasElement[],
  pictures: readonly NetworkPicture[],
  words: PlotWords,
): PlotFile {
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const width = boxes.reduce((sum, box) => sum + box.width + APART, -APART);
  const height = Math.max(...boxes.map((box) => box.height));
  const density = (canvases[0]?.width ?? 1) / (boxes[0]?.width || 1);
  const whole = document.createElement('canvas');
  [whole.width, whole.height] = [Math.round(width * density), Math.round(height * density)];
  const context = whole.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = palette().paper;
  context.fillRect(0, 0, whole.width, whole.height);
  let left = 0;
  canvases.forEach((canvas, at) => {
    context.drawImage(canvas, Math.round(left * density), 0);
    left += (boxes[at]?.width ?? 0) + APART;
  });
  const numbers = () => ({ header: HEADER, rows: networkRows(pictures) });
  return canvasFile(whole, words, numbers, { width, height });
}
