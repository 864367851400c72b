// How a pinned run is told from the others: by its dashes, and by its name.

import { text } from '../i18n/messages.ts';
import type { PinnedRun } from '../page/shelf.ts';

const DASHES: readonly (readonly number[])[] = [
  [8, 4],
  [3, 3],
  [12, 4, 3, 4],
  [1, 3],
  [16, 4],
  [6, 2, 2, 2],
];

export function runDash(id: number): number[] {
  return [...(DASHES[(id - 1) % DASHES.length] ?? [8, 4])];
}

export function runName({ id, name }: Pick<PinnedRun, 'id' | 'name'>): string {
  return name === '' ? text('shelf-run', { number: id }) : name;
}
