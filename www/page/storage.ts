// A table that the visitor gave survives a reload of the tab. A sandboxed frame has no storage
// and a large table may not fit: then it does not survive, and nothing else happens.

const KEY = 'cajal-table';

export interface StoredTable {
  name: string;
  text: string;
}

export function keepTable(table: StoredTable | undefined): void {
  try {
    if (table) sessionStorage.setItem(KEY, JSON.stringify(table));
    else sessionStorage.removeItem(KEY);
  } catch {
    // No storage here, or none left.
  }
}

export function keptTable(): StoredTable | undefined {
  try {
    const table: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isTable(table) ? table : undefined;
  } catch {
    return undefined;
  }
}

function isTable(value: unknown): value is StoredTable {
  const table = value as StoredTable | null;
  return typeof table?.name === 'string' && typeof table.text === 'string';
}
