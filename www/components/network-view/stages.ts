// The stages of one example's way there and back: what is revealed at each.

import type { Revealed } from './selection.ts';

export type Stage =
  | { way: 'start' }
  | { way: 'forward' | 'backward'; layer: number }
  | { way: 'loss' };

/** `layers` counts the hidden ones and the output. */
export function stageAt(place: number, layers: number): Stage {
  if (place <= 0) return { way: 'start' };
  if (place <= layers) return { way: 'forward', layer: place - 1 };
  if (place === layers + 1) return { way: 'loss' };
  return { way: 'backward', layer: Math.max(0, 2 * layers + 1 - place) };
}

/** Places behind the first. */
export function lastStage(layers: number): number {
  return 2 * layers + 1;
}

export function revealedAt(place: number, layers: number): Revealed {
  return {
    forward: Math.min(place, layers),
    loss: place > layers,
    backward: Math.max(0, place - layers - 1),
  };
}
