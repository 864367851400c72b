// The list of hidden layers: how the editor changes it and how the address writes it,
// as in `8-tanh,8-tanh`, or `none`. Units of another kind follow their layer, `8-tanh*0-lif*s2-adaptive-exponential`:
// unit and kind, with an s for those of the spiking network.

import type { LayerConfig, LayeredCatalogue, Parameter } from '../engine/model.ts';
import { choicesOf, parameterOf } from './page-state.ts';
import { FieldRefusal, parseNumber } from './read.ts';

const NONE = 'none';

export function addLayer(
  layers: readonly LayerConfig[],
  catalogue: LayeredCatalogue,
): LayerConfig[] {
  if (layers.length >= catalogue.maxLayers) return [...layers];
  const last = layers.at(-1) ?? {
    units: parameterOf(catalogue, 'layers.units').default,
    activation: choicesOf(catalogue, 'layers.activation').default,
    others: [],
  };
  return [...layers, { ...last }];
}

export function removeLayer(layers: readonly LayerConfig[], at: number): LayerConfig[] {
  return layers.filter((_, index) => index !== at);
}

/** `units` is clamped to what the catalogue allows; not a number leaves the layer as it is. */
export function withUnits(
  layers: readonly LayerConfig[],
  at: number,
  units: number,
  range: Parameter,
): LayerConfig[] {
  if (!Number.isFinite(units)) return [...layers];
  const clamped = Math.min(range.max, Math.max(range.min, Math.round(units)));
  return layers.map((layer, index) => {
    if (index !== at) return layer;
    const kept = (others: LayerConfig['others']) => others.filter(({ unit }) => unit < clamped);
    const spikingOthers = kept(layer.spikingOthers ?? []);
    return { ...layer, units: clamped, others: kept(layer.others), spikingOthers };
  });
}

export function withActivation(
  layers: readonly LayerConfig[],
  at: number,
  activation: string,
): LayerConfig[] {
  return layers.map((layer, index) => (index === at ? { ...layer, activation } : layer));
}

export function formatLayers(layers: readonly LayerConfig[]): string {
  if (layers.length === 0) return NONE;
  const others = (units: LayerConfig['others'] | undefined, mark: string) =>
    (units ?? []).map(({ unit, kind }) => `*${mark}${unit}-${kind}`).join('');
  return layers
    .map((layer) => {
      const { units, activation } = layer;
      return `${units}-${activation}${others(layer.others, '')}${others(layer.spikingOthers, 's')}`;
    })
    .join(',');
}

export function parseLayers(text: string, catalogue: LayeredCatalogue): LayerConfig[] {
  if (text === NONE) return [];
  const parts = text.split(',');
  const most = catalogue.maxLayers;
  if (parts.length > most) throw new FieldRefusal('refusal-layer-count', { most });
  const range = parameterOf(catalogue, 'layers.units');
  const activations = choicesOf(catalogue, 'layers.activation').options.map(({ id }) => id);
  const kinds = catalogue.choices.find(({ key }) => key === 'layers.others')?.options ?? [];
  return parts.map((whole) => {
    const [part = '', ...others] = whole.split('*');
    const dash = part.indexOf('-');
    const activation = part.slice(dash + 1);
    if (dash < 1 || !activations.includes(activation)) {
      throw new FieldRefusal('refusal-layer', { text: part, options: activations.join(', ') });
    }
    const units = parseNumber(part.slice(0, dash), range.min, range.max, 'integer');
    const of = (mark: string) =>
      others
        .filter((other) => other.startsWith('s') === (mark === 's'))
        .map((other) => parseOther(other.slice(mark.length), units, kinds));
    const spiking = of('s');
    const layer = { units, activation, others: of('') };
    return spiking.length > 0 ? { ...layer, spikingOthers: spiking } : layer;
  });
}

function parseOther(
  text: string,
  units: number,
  kinds: readonly { id: string }[],
): LayerConfig['others'][number] {
  const dash = text.indexOf('-');
  const kind = text.slice(dash + 1);
  if (dash < 1 || !kinds.some(({ id }) => id === kind)) {
    const options = kinds.map(({ id }) => id).join(', ');
    throw new FieldRefusal('refusal-layer', { text, options });
  }
  return { unit: parseNumber(text.slice(0, dash), 0, units - 1, 'integer'), kind };
}
