// The table that the visitor gave: the one that is offered to the engine, and the one it took last.

import type { LayeredCatalogue } from '../engine/model.ts';
import type { PageState } from '../state/page-state.ts';

export interface Table {
  name: string;
  text: string;
}

export function isTable(state: Pick<PageState, 'config'>, catalogue: LayeredCatalogue): boolean {
  const set = catalogue.dataSets.find(({ id }) => id === state.config.data.set);
  return set?.kind === 'table';
}
