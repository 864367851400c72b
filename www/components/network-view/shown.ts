// Which units of wide layers are shown. The engine chooses those with the largest outgoing weights once; then
// they stay, so that nothing moves while the networks learn, until the visitor turns to others.

import type { NetworkPicture } from '../../engine/model.ts';

export class Shown {
  /** For each network and layer; an empty list leaves the choice to the engine. */
  private chosen: number[][][] = [[], []];
  /** Place in the order of strength from which on units are shown. */
  private readonly first = new Map<string, number>();
  private widths = '';
  private most = 0;

  lists(): number[][][] {
    return this.chosen;
  }

  /** Other layers: what was chosen says nothing of them. */
  fit(widths: readonly number[]): void {
    const key = widths.join();
    if (key === this.widths) return;
    this.widths = key;
    this.forget();
  }

  limit(most: number): void {
    if (most === this.most) return;
    this.most = most;
    this.forget();
  }

  private forget(): void {
    this.chosen = [[], []];
    this.first.clear();
  }

  /** Holds on to what the engine chose. */
  follow(pictures: readonly NetworkPicture[]): void {
    if (pictures.length !== 2) return;
    // A picture of layers that are no more, or of another room, decides nothing.
    const widths = pictures[0]?.layers.slice(0, -1).map(({ norms }) => norms.length);
    if (widths?.join() !== this.widths) return;
    const wanted = (units: number) => Math.min(units, this.most);
    const fits = pictures.every(({ layers }) =>
      layers.every(({ shown, norms }) => shown.length === wanted(norms.length)),
    );
    if (!fits) return;
    if (this.chosen.every((layers) => layers.length === 0)) {
      this.chosen = pictures.map(({ layers }) => layers.map(({ shown }) => shown));
    }
  }

  /** The next units in the order of strength, or those before. */
  turn(side: number, layer: number, by: number, norms: ArrayLike<number>): void {
    const key = `${side} ${layer}`;
    const units = norms.length;
    const before = this.first.get(key) ?? 0;
    const first = Math.max(0, Math.min(units - this.most, before + by * this.most));
    this.first.set(key, first);
    const order = Array.from({ length: units }, (_, unit) => unit);
    order.sort((left, right) => (norms[right] ?? 0) - (norms[left] ?? 0) || left - right);
    const shown = order.slice(first, first + this.most).sort((left, right) => left - right);
    this.chosen = this.chosen.map((layers, at) =>
      at === side ? layers.map((list, place) => (place === layer ? shown : list)) : layers,
    );
  }
}
