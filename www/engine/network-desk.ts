// What is done to single units and weights, and what is asked about them: how the worker's loop hands
// it to the lab.

import type {
  BackwardPicture,
  DigitReading,
  LabFace,
  NetworkPicture,
  PictureQuery,
  UnitCurve,
} from './model.ts';

/** One unit; layers are counted from the first hidden one, the last is the output. */
export interface UnitName {
  network: string;
  layer: number;
  unit: number;
}

/** A change to one unit, a command of the session. */
export type UnitEdit = UnitName &
  (
    | { kind: 'hold'; level?: number | undefined }
    /** An empty id makes it what its layer is. */
    | { kind: 'swap'; to: string }
    /** Without `from` it is the bias. */
    | { kind: 'weight'; from?: number | undefined; value: number }
  );

export type Question =
  /** Of that unit in both networks. */
  | { about: 'curve'; layer: number; unit: number }
  | { about: 'backward'; query: PictureQuery }
  | { about: 'drawing'; pixels: Float32Array }
  /** Test examples as images. */
  | { about: 'examples'; indices: Uint32Array };

export type Answer =
  | { about: 'curve'; layer: number; unit: number; artificial: UnitCurve; spiking: UnitCurve }
  | { about: 'backward'; query: PictureQuery; networks: BackwardPicture[] }
  | { about: 'drawing'; reading: DigitReading }
  | { about: 'examples'; indices: Uint32Array; pixels: Uint8Array };

export function edit(lab: LabFace, change: UnitEdit): void {
  const { network, layer, unit } = change;
  switch (change.kind) {
    case 'hold':
      lab.holdUnit(network, layer, unit, change.level ?? null);
      break;
    case 'swap':
      lab.swapUnit(layer, unit, change.to, network);
      break;
    case 'weight':
      lab.editWeight(network, layer, change.from ?? null, unit, change.value);
  }
}

export function answer(lab: LabFace, question: Question): Answer {
  switch (question.about) {
    case 'curve': {
      const { about, layer, unit } = question;
      const of = (network: string) => lab.unitCurve(network, layer, unit);
      return { about, layer, unit, artificial: of('artificial'), spiking: of('spiking') };
    }
    case 'backward': {
      const { query } = question;
      return { about: 'backward', query, networks: lab.backward(query) };
    }
    case 'drawing':
      return { about: 'drawing', reading: lab.readDrawing(question.pixels) };
    case 'examples': {
      const { indices } = question;
      return { about: 'examples', indices, pixels: lab.testImages(indices) };
    }
  }
}

/** What a picture holds in bulk, for transfer. */
export function pictureArrays(picture: readonly NetworkPicture[]): Float32Array[] {
  return picture.flatMap(({ input, layers, unit }) => [
    input,
    ...layers.flatMap((layer) => [layer.weights, layer.biases, layer.norms, layer.fields]),
    ...(unit ? [unit.inputs, unit.weights, unit.outgoing] : []),
  ]);
}
