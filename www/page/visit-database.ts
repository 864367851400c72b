// Visits in IndexedDB. A sandboxed frame has none, and other pages may be out of space: then nothing is kept.

import type { Visit, VisitStore } from './visit.ts';

const DATABASE = 'cajal';
const STORE = 'visits';
/** A database that does not open must not keep the page from opening. */
const PATIENCE_MS = 1000;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function openVisits(): Promise<VisitStore | undefined> {
  try {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(STORE, { keyPath: 'name' });
    };
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
    const database = await Promise.race([settled(opening), late]);
    if (!database) return undefined;
    database.onversionchange = () => database.close();
    return new VisitDatabase(database);
  } catch {
    return undefined;
  }
}

class VisitDatabase implements VisitStore {
  constructor(private readonly database: IDBDatabase) {}

  async read(name: string): Promise<unknown> {
    return settled(this.visits('readonly').get(name));
  }

  async all(): Promise<unknown[]> {
    return settled(this.visits('readonly').getAll());
  }

  update(name: string, decide: (present: unknown) => Visit | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORE, 'readwrite');
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
      const visits = transaction.objectStore(STORE);
      const reading = visits.get(name);
      reading.onsuccess = () => {
        const visit = decide(reading.result);
        if (visit) visits.put(visit);
      };
    });
  }

  write(visit: Visit): void {
    const transaction = this.database.transaction(STORE, 'readwrite');
    transaction.objectStore(STORE).put(visit);
    // Without waiting for the answer, which would come too late.
    transaction.commit();
  }

  async remove(name: string): Promise<void> {
    await settled(this.visits('readwrite').delete(name));
  }

  private visits(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(STORE, mode).objectStore(STORE);
  }
}
