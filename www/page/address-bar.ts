// The address of the page: replaced for what changes by and by, pushed for what is done once and on
// purpose, so that going back leads to what was before it. Every entry has a name, by which the
// laboratory finds what stood there.

export interface AddressLine {
  hash(): string;
  /** What was stored with the present entry. */
  state(): unknown;
  replace(state: unknown, hash: string): void;
  push(state: unknown, hash: string): void;
}

/** Browsers refuse to change the address more often than about a hundred times in 30 s. */
const ADDRESS_MS = 350;

interface EntryState {
  entry: string;
  visit: string;
}

export class AddressBar {
  private pending: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pushedAt = Number.NEGATIVE_INFINITY;
  private count = 0;
  /** What stood there when it was last written or followed. */
  private known: string;

  constructor(
    private readonly line: AddressLine,
    /** Under which name this visit is kept. */
    private readonly visit: () => string,
    private readonly written: () => void = () => {},
    private readonly now: () => number = () => performance.now(),
  ) {
    this.known = line.hash();
  }

  /** The visitor went to the address that stands there now. */
  followed(): void {
    this.known = this.line.hash();
  }

  /** The name of the present entry; one that a visitor made gets one. */
  get entry(): string {
    const named = read(this.line.state())?.entry;
    if (named !== undefined) return named;
    const name = this.newName();
    this.line.replace(this.stateFor(name), this.line.hash());
    return name;
  }

  /** Puts another address in place of this one, soon. */
  replace(hash: string): void {
    this.pending = hash;
    this.timer ??= setTimeout(() => this.flush(), ADDRESS_MS);
  }

  /** Adds an address; several at once are one. */
  push(hash: string): void {
    const often = this.now() - this.pushedAt < ADDRESS_MS;
    this.flush();
    if (this.isElsewhere) return;
    this.pushedAt = this.now();
    if (often || hash === this.line.hash()) this.put(hash);
    else this.line.push(this.stateFor(this.newName()), hash);
    this.known = this.line.hash();
    this.written();
  }

  /** Writes what waits to be written. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { pending } = this;
    this.pending = undefined;
    if (pending === undefined || this.isElsewhere) return;
    this.put(pending);
    this.written();
  }

  /** The visit has another name: the present entry says so too. */
  renamed(): void {
    if (this.isElsewhere) this.forget();
    this.put(this.pending ?? this.line.hash());
  }

  /** What was to be written is of no use any more. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = undefined;
  }

  /** A link was followed that the page has not heard of yet: it is not written over. */
  private get isElsewhere(): boolean {
    return this.line.hash() !== this.known;
  }

  private put(hash: string): void {
    const name = read(this.line.state())?.entry ?? this.newName();
    this.line.replace(this.stateFor(name), hash);
    this.known = this.line.hash();
  }

  private stateFor(entry: string): EntryState {
    return { entry, visit: this.visit() };
  }

  private newName(): string {
    this.count += 1;
    return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}-${this.count}`;
  }
}

/** The visit that an entry was written by; none if somebody else wrote it. */
export function visitOf(state: unknown): string | undefined {
  return read(state)?.visit;
}

function read(state: unknown): EntryState | undefined {
  const entry = state as Partial<EntryState> | null | undefined;
  return typeof entry?.entry === 'string' && typeof entry.visit === 'string'
    ? { entry: entry.entry, visit: entry.visit }
    : undefined;
}
