// What a plot gives away: its numbers as a table, itself as lines. A picture of pixels is made of the lines.

export interface PlotFile {
  /** Beginning of the names of its files. */
  stem: string;
  /** What it shows, in words; it goes into the picture too. */
  title: string;
  csv(): string;
  svg(): string;
}

type Cell = string | number | null | undefined;

/** Rows as text (RFC 4180). A cell that a spreadsheet would take for a formula is none. */
export function csvOf(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header.map(cellOf).join(',')];
  for (const row of rows) lines.push(row.map(cellOf).join(','));
  return `${lines.join('\n')}\n`;
}

function cellOf(cell: Cell): string {
  if (typeof cell === 'number') {
    return Number.isFinite(cell) ? String(Number(cell.toPrecision(7))) : '';
  }
  const text = cell ?? '';
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Pixels for each unit of the drawing: sharp enough for a slide. */
const DENSITY = 2;

/** A drawing as pixels. */
export async function pngOf(svg: string): Promise<Blob | undefined> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * DENSITY;
    canvas.height = image.naturalHeight * DENSITY;
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined)));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A name that every file system takes. */
export function fileName(stem: string, ending: string): string {
  const plain = stem
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return `${plain.slice(0, 60) || 'plot'}.${ending}`;
}
