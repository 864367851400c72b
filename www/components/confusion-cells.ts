// What a cell of the confusion is made of, and which cell a key leads to.

/** The test examples that are listed of a cell: the first of them, as many as there are or are listed. */
export function examplesOf(
  cells: Uint32Array,
  counts: Uint32Array,
  cell: number,
): readonly number[] {
  const listed = counts.length > 0 ? cells.length / counts.length : 0;
  const first = cell * listed;
  return [...cells.subarray(first, first + Math.min(listed, counts[cell] ?? 0))];
}

/** Where a key leads from a cell, by the keys of a grid; nowhere, if it is none of them. */
export function cellAfter(
  cell: number,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  classes: number,
): number | undefined {
  const [row, column, last] = [Math.floor(cell / classes), cell % classes, classes - 1];
  const at = (toRow: number, toColumn: number) =>
    Math.min(last, Math.max(0, toRow)) * classes + Math.min(last, Math.max(0, toColumn));
  switch (key) {
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'Home':
      return at(ctrlKey ? 0 : row, 0);
    case 'End':
      return at(ctrlKey ? last : row, last);
    default:
      return undefined;
  }
}
