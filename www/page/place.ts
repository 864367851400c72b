// Where an experiment stood: enough to bring it back, weights, commands and curves included.

import type { ExperimentConfig } from '../engine/model.ts';
import type { PageState } from '../state/page-state.ts';
import type { Table } from './table.ts';

export interface Place {
  state: PageState;
  /** What the experiment was made from; settings that were changed since are in `bytes`. */
  config: ExperimentConfig;
  table: Table | undefined;
  step: number;
  /** A checkpoint; without one the experiment begins at its initial weights. */
  bytes: Uint8Array | undefined;
}

/** Bytes that all places of one collection may take together. */
export const MOST_BYTES = 64 * 2 ** 20;

/** Places by name, the newest of them, bounded in number and in bytes. */
export class Places {
  private readonly places = new Map<string, Promise<Place>>();
  private readonly sizes = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  set(name: string, place: Promise<Place>): void {
    this.places.delete(name);
    this.places.set(name, place);
    this.sizes.set(name, 0);
    void place.then(({ bytes }) => {
      if (this.places.get(name) !== place) return;
      this.sizes.set(name, bytes?.length ?? 0);
      this.thin();
    });
    this.thin();
  }

  get(name: string): Promise<Place> | undefined {
    return this.places.get(name);
  }

  private thin(): void {
    let bytes = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const name of [...this.places.keys()]) {
      if (this.places.size <= this.most && bytes <= this.mostBytes) return;
      bytes -= this.sizes.get(name) ?? 0;
      this.places.delete(name);
      this.sizes.delete(name);
    }
  }
}
