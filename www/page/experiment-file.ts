// An experiment as a file: what the engine keeps of it, and behind that the visitor's own table where the data
// are one. The engine's part says by itself whether it is whole; the table's has a sum of its own.

import type { Table } from './table.ts';

/** At the very end, where there is a table. */
const MARK = 'CJT1';
/** Length of the table's part, its sum, the mark. */
const TAIL = 12;

/** FNV-1a over 32 bits (Fowler, Noll and Vo): finds what was cut or changed by accident. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum;
}

export function packed(experiment: Uint8Array, table: Table | undefined): Uint8Array {
  if (!table) return experiment;
  const part = new TextEncoder().encode(JSON.stringify([table.name, table.text]));
  const file = new Uint8Array(experiment.length + part.length + TAIL);
  file.set(experiment);
  file.set(part, experiment.length);
  const tail = new DataView(file.buffer, experiment.length + part.length);
  tail.setUint32(0, part.length, true);
  tail.setUint32(4, sumOf(part), true);
  file.set(new TextEncoder().encode(MARK), file.length - MARK.length);
  return file;
}

/** What is in a file; one whose table is damaged is left whole, and the engine refuses it. */
export function unpacked(file: Uint8Array): { experiment: Uint8Array; table?: Table } {
  const whole = { experiment: file };
  if (file.length < TAIL) return whole;
  const view = new DataView(file.buffer, file.byteOffset + file.length - TAIL, TAIL);
  const mark = new TextDecoder().decode(file.subarray(file.length - MARK.length));
  const length = view.getUint32(0, true);
  if (mark !== MARK || length > file.length - TAIL) return whole;
  const begin = file.length - TAIL - length;
  const part = file.subarray(begin, begin + length);
  if (sumOf(part) !== view.getUint32(4, true)) return whole;
  try {
    const [name, text] = JSON.parse(new TextDecoder().decode(part)) as unknown[];
    if (typeof name !== 'string' || typeof text !== 'string') return whole;
    return { experiment: file.slice(0, begin), table: { name, text } };
  } catch {
    return whole;
  }
}
