// A network as it will be drawn, before the engine has said anything of it: its columns without its edges.

import type { LayerConfig, NetworkPicture, Summary } from '../../engine/model.ts';

const NOTHING = new Float32Array();

export function skeleton(
  kind: string,
  layers: readonly LayerConfig[],
  { features, outputs }: Summary,
  most: number,
): NetworkPicture {
  const widths = [...layers.map(({ units }) => units), outputs];
  const layer = (units: number) => ({
    shown: Array.from({ length: Math.min(units, most) }, (_, at) => at),
    weights: NOTHING,
    biases: NOTHING,
    norms: new Float32Array(units),
    fields: NOTHING,
    others: [],
    held: [],
  });
  return { kind, channels: features, input: NOTHING, layers: widths.map(layer) };
}
