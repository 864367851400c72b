// What is kept of a visit, so that a tab that was closed reopens where it was: configuration, weights,
// position, room, the shelf. Each tab keeps its own; what is damaged or of another version is put away.

import type { ExperimentConfig } from '../engine/model.ts';
import { type PinnedRun, readShelf } from './shelf.ts';
import type { Table } from './table.ts';

export const VISIT_VERSION = 1;
/** Most bytes of a checkpoint that are kept. */
export const MOST_KEPT = 16 * 2 ** 20;
/** Visits that are kept: the newest. */
export const MOST_VISITS = 4;

/** What the laboratory has to keep. */
export interface Keepsake {
  /** Without a record of the run. */
  address: string;
  config: ExperimentConfig | undefined;
  bytes: Uint8Array | undefined;
  step: number;
  table: Table | undefined;
  shelf: readonly PinnedRun[];
}

export interface Visit extends Keepsake {
  version: typeof VISIT_VERSION;
  /** The name under which it is kept. */
  name: string;
  /** The page that wrote it last. */
  owner: string;
  savedAt: number;
  /** The address of the room that was open; that of the network lab is `address`. */
  room: string;
  /** The weights were too large. */
  tooLarge: boolean;
}

/** Where visits are kept. All of it may fail, and then nothing is kept. */
export interface VisitStore {
  read(name: string): Promise<unknown>;
  all(): Promise<unknown[]>;
  /** Reads and writes at once, so that no other tab comes in between; writes what `decide` gives. */
  update(name: string, decide: (present: unknown) => Visit | undefined): Promise<void>;
  /** Writes without reading first: all that a page has time for when it is left. */
  write(visit: Visit): void;
  remove(name: string): Promise<void>;
}

export interface Reopened {
  visit: Visit | undefined;
  /** Something was kept and could not be read. */
  damaged: boolean;
  /** The same tab was loaded again. */
  again?: boolean;
}

/** What this tab had before, if its entry says so, or the newest visit where the address is bare. */
export async function reopen(
  store: VisitStore | undefined,
  hash: string,
  mine: string | undefined,
): Promise<Reopened> {
  const nothing = { visit: undefined, damaged: false };
  if (!store || (hash !== '' && hash !== '#' && mine === undefined)) return nothing;
  try {
    const kept = mine === undefined ? await store.all() : [await store.read(mine)];
    const visits: Visit[] = [];
    let damaged = false;
    for (const value of kept) {
      const visit = readVisit(value);
      if (visit) visits.push(visit);
      else if (value !== undefined) {
        damaged = true;
        const { name } = value as { name?: unknown };
        if (typeof name === 'string') await store.remove(name);
      }
    }
    const [newest] = visits.sort((one, other) => other.savedAt - one.savedAt);
    return { visit: newest, damaged: damaged && !newest, again: mine !== undefined };
  } catch {
    return nothing;
  }
}

export function readVisit(value: unknown): Visit | undefined {
  const visit = value as Visit | null | undefined;
  const fits =
    visit?.version === VISIT_VERSION &&
    [visit.name, visit.owner, visit.address, visit.room].every(
      (text) => typeof text === 'string',
    ) &&
    [visit.savedAt, visit.step].every(Number.isFinite) &&
    (visit.bytes === undefined || visit.bytes instanceof Uint8Array) &&
    (visit.config === undefined || typeof visit.config === 'object') &&
    (visit.table === undefined || typeof visit.table?.text === 'string');
  return fits ? { ...visit, shelf: readShelf(visit.shelf) } : undefined;
}
