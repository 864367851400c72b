// What was changed, to be undone and done again, in every room. A value that changes a running session is
// put back; what made another experiment is undone by going back to the place of before, weights and all,
// and the place that is left then is what redoing leads to. So neither loses a network. What a place is, the
// room says: that of a bench is its state.

import { MOST_BYTES } from './place.ts';

/** What was done, in words: the id of a message, or the path of the setting. */
export interface Deed {
  message?: string;
  path?: string;
  /** Changes that follow each other closely with the same group are one. */
  group?: string;
}

interface Change {
  deed: Deed;
  /** When it was made last, ms. */
  at: number;
}

interface ValueChange extends Change {
  kind: 'value';
  before: unknown;
  after: unknown;
}

interface PlaceChange<P> extends Change {
  kind: 'place';
  place: Promise<P>;
  bytes: number;
}

type Entry<P> = ValueChange | PlaceChange<P>;

/** What it needs of the room. */
export interface Hands<P> {
  now(): number;
  /** Where the experiment stands now. */
  place(): Promise<P>;
  /** What a place weighs beside its settings; nothing by default. */
  bytes?(place: P): number;
  /** Puts a value without noting it; of a room whose every change is a place there is none. */
  put?(path: string, value: unknown): void;
  /** Goes to a place without noting it. */
  go(place: P): void;
  /** The names of what can be undone and done again have changed. */
  changed(undo: Deed | undefined, redo: Deed | undefined): void;
  done?(direction: 'undone' | 'redone', deed: Deed, place: P | undefined): void;
}

/** A slider that is dragged makes one change of it. */
const TOGETHER_MS = 1000;
const MOST = 100;

export class Undo<P> {
  private past: Entry<P>[] = [];
  private future: Entry<P>[] = [];
  private busy = false;

  constructor(
    private readonly hands: Hands<P>,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /** A value of a running session is about to change, at the path of the deed. */
  value(deed: Deed & { path: string }, before: unknown, after: unknown): void {
    const last = this.together(deed.path, deed.group);
    if (last?.kind === 'value') last.after = after;
    else if (!last) this.add({ kind: 'value', deed, at: this.hands.now(), before, after });
  }

  /** Another experiment, or other weights, are about to come. */
  place(deed: Deed): void {
    if (this.together(deed.path, deed.group)) return;
    this.add(this.leaving(deed));
  }

  /** What was about to come was refused. */
  refused(): void {
    this.past.pop();
    this.tell();
  }

  undo(): Promise<void> {
    return this.move(this.past, this.future, 'undone');
  }

  redo(): Promise<void> {
    return this.move(this.future, this.past, 'redone');
  }

  private together(path: string | undefined, group?: string): Entry<P> | undefined {
    const last = this.past.at(-1);
    const now = this.hands.now();
    const known = path !== undefined || group !== undefined;
    if (!last || !known || this.future.length > 0) return undefined;
    const same = last.deed.path === path && last.deed.group === group;
    if (!same || now - last.at >= TOGETHER_MS) return undefined;
    last.at = now;
    return last;
  }

  private leaving(deed: Deed): PlaceChange<P> {
    const place = this.hands.place();
    const entry: PlaceChange<P> = { kind: 'place', deed, at: this.hands.now(), place, bytes: 0 };
    void place.then((there) => {
      entry.bytes = this.hands.bytes?.(there) ?? 0;
      this.thin();
    });
    return entry;
  }

  private add(entry: Entry<P>): void {
    this.past.push(entry);
    this.future = [];
    this.thin();
    this.tell();
  }

  private async move(
    from: Entry<P>[],
    to: Entry<P>[],
    direction: 'undone' | 'redone',
  ): Promise<void> {
    if (this.busy) return;
    const entry = from.pop();
    if (!entry) return;
    if (entry.kind === 'value') {
      to.push({ ...entry, at: 0 });
      this.hands.put?.(entry.deed.path ?? '', direction === 'undone' ? entry.before : entry.after);
      this.tell();
      this.hands.done?.(direction, entry.deed, undefined);
      return;
    }
    this.busy = true;
    to.push({ ...this.leaving(entry.deed), at: 0 });
    this.tell();
    const place = await entry.place;
    this.busy = false;
    this.hands.go(place);
    this.hands.done?.(direction, entry.deed, place);
  }

  /** The oldest go first; what is about to be done again is as near as what was done last. */
  private thin(): void {
    const sum = () =>
      [...this.past, ...this.future].reduce(
        (bytes, entry) => bytes + (entry.kind === 'place' ? entry.bytes : 0),
        0,
      );
    const before = this.past.length;
    while (this.past.length > MOST || (this.past.length > 1 && sum() > this.mostBytes)) {
      this.past.shift();
    }
    if (this.past.length !== before) this.tell();
  }

  private tell(): void {
    this.hands.changed(this.past.at(-1)?.deed, this.future.at(-1)?.deed);
  }
}
