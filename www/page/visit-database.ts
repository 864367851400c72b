// Visits in IndexedDB, opened when it is first needed. A sandboxed frame has none, and other pages may be out
// of space: then nothing is kept. That something is kept stands in the local storage too, which answers at
// once: who comes for the first time waits for no database.

import type { Visit, VisitStore } from './visit.ts';

const DATABASE = 'cajal';
const STORE = 'visits';
const HINT = 'cajal-visits';
/** A database that does not open must not keep the page from opening. */
const PATIENCE_MS = 1000;

/** Whether something may have been kept. */
export function mayHaveVisits(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return false;
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE, { keyPath: 'name' });
  };
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('the database does not open')), PATIENCE_MS),
  );
  const database = await Promise.race([settled(opening), late]);
  database.onversionchange = () => database.close();
  return database;
}

export class VisitDatabase implements VisitStore {
  private opening: Promise<IDBDatabase> | undefined;
  private opened: IDBDatabase | undefined;

  async read(name: string): Promise<unknown> {
    return settled((await this.visits('readonly')).get(name));
  }

  async all(): Promise<unknown[]> {
    return settled((await this.visits('readonly')).getAll());
  }

  async update(name: string, decide: (present: unknown) => Visit | undefined): Promise<void> {
    const visits = await this.visits('readwrite');
    const { transaction } = visits;
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
    const reading = visits.get(name);
    reading.onsuccess = () => {
      const visit = decide(reading.result);
      if (visit) visits.put(visit);
    };
    await done;
    localStorage.setItem(HINT, '1');
  }

  write(visit: Visit): void {
    if (!this.opened) throw new Error('the database is not open');
    const transaction = this.opened.transaction(STORE, 'readwrite');
    transaction.objectStore(STORE).put(visit);
    // Without waiting for the answer, which would come too late.
    transaction.commit();
  }

  async remove(name: string): Promise<void> {
    await settled((await this.visits('readwrite')).delete(name));
  }

  private async visits(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.opening ??= open();
    this.opened = await this.opening;
    return this.opened.transaction(STORE, mode).objectStore(STORE);
  }
}
