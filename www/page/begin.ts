// How the page begins and ends: it finds what was kept of the last visit, goes where that ended if the
// address is bare, and keeps this visit until it is left.

import { AddressBar, visitOf } from './address-bar.ts';
import { Autosave } from './autosave.ts';
import type { KeepingSurroundings } from './keeping.ts';
import { type Reopened, reopen } from './visit.ts';
import { mayHaveVisits, VisitDatabase } from './visit-database.ts';

export class Beginning {
  readonly bar: AddressBar;

  constructor(
    private readonly autosave: Autosave,
    private readonly reopened: Reopened,
    /** Called when the address was written. */
    written: () => void,
  ) {
    this.bar = new AddressBar(
      {
        hash: () => location.hash,
        state: () => history.state,
        replace: (state, hash) => history.replaceState(state, '', hash),
        push: (state, hash) => history.pushState(state, '', hash),
      },
      () => autosave.name,
      written,
    );
    addEventListener('pagehide', () => this.end());
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.end();
    });
  }

  /** Where the network lab was left. */
  get network(): string | undefined {
    const address = this.reopened.visit?.address;
    return address === '' ? undefined : address;
  }

  /** The room that is open, by its address. */
  enter(address: string): void {
    this.autosave.enter(address);
  }

  around(): KeepingSurroundings {
    return {
      base: () => `${location.origin}${location.pathname}${location.search}`,
      entry: () => this.bar.entry,
      keep: (keepsake) => this.autosave.keep(keepsake),
      reopened: this.reopened,
    };
  }

  private end(): void {
    this.bar.flush();
    this.autosave.leave();
  }
}

export async function begin(written: () => void): Promise<Beginning> {
  const store = new VisitDatabase();
  const mine = visitOf(history.state);
  const bare = location.hash === '' || location.hash === '#';
  const reopened = await reopen(mayHaveVisits() ? store : undefined, location.hash, mine);
  const { visit } = reopened;
  if (bare && visit && visit.room !== '') history.replaceState(history.state, '', visit.room);
  const renamed = () => beginning.bar.renamed();
  const autosave = new Autosave(store, visit?.name ?? mine, renamed, undefined, visit);
  const beginning = new Beginning(autosave, reopened, written);
  return beginning;
}
