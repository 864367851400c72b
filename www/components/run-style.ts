// How a pinned run is told from the others: by its dashes, and by its name.

import { text } from '../i18n/messages.ts';
import type { PinnedRun } from '../page/shelf.ts';

// None like the fine dashes of what a network trains on.
const DASHES: readonly (readonly number[])[] = [
  [8, 4],
  [2, 5],
  [12, 4, 2, 4],
  [16, 5],
  [5, 8],
  [8, 3, 2, 3, 2, 3],
];

export function runDash(id: number): number[] {
  return [...(DASHES[(id - 1) % DASHES.length] ?? [8, 4])];
}

export function runName({ id, name }: Pick<PinnedRun, 'id' | 'name'>): string {
  return name === '' ? text('shelf-run', { number: id }) : name;
}
