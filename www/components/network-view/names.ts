// How units and their kinds are called.

import type { LayeredCatalogue, Summary } from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';

/** Layers are counted from the first hidden one; `hidden` is how many of those there are. */
export function unitName(layer: number, unit: number, hidden: number, summary: Summary): string {
  if (layer < 0) return inputName(unit, summary);
  if (layer < hidden) return text('nv-unit', { layer: layer + 1, unit: unit + 1 });
  const name = summary.classNames[unit];
  return summary.outputs > 1 && name !== undefined
    ? text('nv-output-class', { name })
    : text('nv-output');
}

/** Numbers above the inputs are OFF channels: the negative part of an input. */
export function inputName(unit: number, { features, kind }: Summary): string {
  const off = unit >= features;
  const at = off ? unit - features : unit;
  const name = kind === 'points' ? (at === 0 ? 'x' : 'y') : text('nv-input', { input: at + 1 });
  return off ? text('nv-input-off', { name }) : name;
}

export function kindTitle(catalogue: LayeredCatalogue | undefined, kind: string): string {
  for (const list of catalogue?.choices ?? []) {
    if (list.key !== 'layers.others') continue;
    const found = list.options.find(({ id }) => id === kind);
    if (found) return found.title;
  }
  return kind;
}
