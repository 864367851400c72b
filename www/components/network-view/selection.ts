// What of the drawn network is looked at.

import type { UnitName } from '../../engine/network-desk.ts';

export interface Selection extends UnitName {
  /** The input whose weight was pointed at. */
  from?: number | undefined;
}

export function sameUnit(left: UnitName | undefined, right: UnitName | undefined): boolean {
  return (
    left?.network === right?.network && left?.layer === right?.layer && left?.unit === right?.unit
  );
}

/** Which part of the way there and back is revealed; `undefined` shows weights. */
export interface Revealed {
  /** Layers whose answers are known, from the first hidden one. */
  forward: number;
  /** The loss is known. */
  loss: boolean;
  /** Layers whose gradients are known, from the output back. */
  backward: number;
}
