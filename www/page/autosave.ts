// Keeps the visit: at most every few seconds, and at once when the page is left. A tab that finds its record
// written by another one since it began takes a record of its own, so that none writes over the other.

import {
  type Keepsake,
  MOST_KEPT,
  MOST_VISITS,
  readVisit,
  VISIT_VERSION,
  type Visit,
  type VisitStore,
} from './visit.ts';

const EVERY_MS = 5000;

/** Of who was in other rooms only, the room is all there is to keep. */
const NO_LAB: Keepsake = {
  address: '',
  config: undefined,
  bytes: undefined,
  step: 0,
  table: undefined,
  shelf: [],
};

export interface Clock {
  /** ms since 1970: compared between tabs. */
  now(): number;
  /** Calls once, later; gives the way to take it back. */
  later(ms: number, act: () => void): () => void;
}

const CLOCK: Clock = {
  now: () => Date.now(),
  later(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

export class Autosave {
  private readonly owner = newName();
  private keepsake: Keepsake & { tooLarge?: boolean };
  private room = '';
  private dirty = false;
  private thinned = false;
  /** The record is this page's own: it was written before. */
  private owns = false;
  private cancel: (() => void) | undefined;
  private savedAt = Number.NEGATIVE_INFINITY;
  private readonly openedAt: number;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: VisitStore | undefined,
    /** The name of the record. */
    public name: string = newName(),
    /** The record has another name. */
    private readonly renamed: () => void = () => {},
    private readonly clock: Clock = CLOCK,
    /** What was kept before: it stays until the laboratory keeps something else. */
    before: Keepsake | undefined = undefined,
  ) {
    this.keepsake = before ?? NO_LAB;
    this.openedAt = clock.now();
  }

  keep(keepsake: Keepsake): void {
    this.keepsake = keepsake;
    this.soon();
  }

  /** The address of the room that is open. */
  enter(room: string): void {
    if (room === this.room) return;
    this.room = room;
    // Who only looked in at the door left nothing.
    const door = room === '' || room === '#';
    if (!door || this.keepsake !== NO_LAB || this.owns || this.dirty) this.soon();
  }

  /** The page is left: writes at once, for there may be no later. */
  leave(): void {
    const { store, keepsake } = this;
    if (!store || !this.dirty) return;
    if (!this.owns) {
      void this.flush();
      return;
    }
    try {
      store.write(this.visit(keepsake));
      this.dirty = false;
    } catch {
      // The storage is gone, or full.
    }
  }

  /** Writes now what is not written yet. */
  flush(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    if (!this.dirty) return this.writing;
    this.dirty = false;
    this.savedAt = this.clock.now();
    this.writing = this.writing.then(() => this.write()).catch(() => {});
    return this.writing;
  }

  private soon(): void {
    this.dirty = true;
    if (!this.store || this.cancel) return;
    const wait = Math.max(0, this.savedAt + EVERY_MS - this.clock.now());
    this.cancel = this.clock.later(wait, () => {
      this.cancel = undefined;
      void this.flush();
    });
  }

  private async write(): Promise<void> {
    const { store, keepsake } = this;
    if (!store) return;
    let taken = false;
    await store.update(this.name, (present) => {
      const other = readVisit(present);
      taken = other !== undefined && other.owner !== this.owner && other.savedAt > this.openedAt;
      return taken ? undefined : this.visit(keepsake);
    });
    if (taken) {
      this.name = newName();
      this.renamed();
      await store.update(this.name, () => this.visit(keepsake));
    }
    this.owns = true;
    if (this.thinned && !taken) return;
    this.thinned = true;
    await this.thin(store);
  }

  private visit(keepsake: Keepsake & { tooLarge?: boolean }): Visit {
    const tooLarge = (keepsake.bytes?.length ?? 0) > MOST_KEPT || keepsake.tooLarge === true;
    return {
      ...keepsake,
      bytes: tooLarge ? undefined : keepsake.bytes,
      tooLarge,
      version: VISIT_VERSION,
      name: this.name,
      owner: this.owner,
      savedAt: this.clock.now(),
      room: this.room,
    };
  }

  /** Old visits go; what cannot be read goes too. */
  private async thin(store: VisitStore): Promise<void> {
    const visits = (await store.all())
      .map((value) => ({ name: (value as Visit).name, savedAt: readVisit(value)?.savedAt ?? 0 }))
      .sort((one, other) => other.savedAt - one.savedAt);
    for (const { name } of visits.slice(MOST_VISITS))
      if (name !== this.name) await store.remove(name);
  }
}

function newName(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}
