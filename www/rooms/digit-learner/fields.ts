// Where receptive fields and spikes lie in what the worker sends.

import type { PresentationEntry, StudentNeurons } from '../../engine/model.ts';

/** Pixels of a field along a side. */
export const FIELD_SIDE = 28;
const FIELD = FIELD_SIDE * FIELD_SIDE;
export const DIGITS = 10;

export function tilesAcross(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count)));
}

export interface NeuronView {
  field: Uint8Array;
  /** The digit that it stands for. */
  label: number | undefined;
  thetaMv: number;
  /** How its rate is shared among the digits. */
  shares: Float32Array;
}

export function neuronOf(neurons: StudentNeurons, at: number): NeuronView | undefined {
  const thetaMv = neurons.thetasMv[at];
  const label = neurons.labels[at];
  if (thetaMv === undefined || label === undefined) return undefined;
  return {
    field: neurons.fields.subarray(at * FIELD, (at + 1) * FIELD),
    label: label < 0 ? undefined : label,
    thetaMv,
    shares: neurons.shares.subarray(at * DIGITS, (at + 1) * DIGITS),
  };
}

/** How often each neuron fired. */
export function spikesOf({ neurons }: PresentationEntry['excitatory'], count: number): number[] {
  const spikes = new Array<number>(count).fill(0);
  for (const neuron of neurons) if (neuron < count) spikes[neuron] = (spikes[neuron] ?? 0) + 1;
  return spikes;
}
