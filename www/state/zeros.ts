// Bytes without their runs of zeros: checkpoints pad every tensor, and a link need not carry that.
// Turns of two counts, each in seven bits a byte, the lowest first: so many bytes that follow, so many zeros.

/** Shorter runs cost more than they save. */
const WORTH = 4;

export function packZeros(bytes: Uint8Array): Uint8Array {
  const packed: number[] = [];
  let from = 0;
  while (from < bytes.length) {
    let until = from;
    let zeros = 0;
    for (; until < bytes.length; until += 1 + zeros) {
      zeros = 0;
      while (bytes[until + zeros] === 0) zeros += 1;
      if (zeros >= WORTH || (zeros > 0 && until + zeros === bytes.length)) break;
      if (zeros > 0) zeros -= 1;
    }
    const end = Math.min(until, bytes.length);
    count(packed, end - from);
    for (let at = from; at < end; at += 1) packed.push(bytes[at] as number);
    const skipped = end === bytes.length ? 0 : zeros;
    count(packed, skipped);
    from = end + skipped;
  }
  return Uint8Array.from(packed);
}

/** Undefined if it is no such text, or would be longer than `most`. */
export function unpackZeros(packed: Uint8Array, most: number): Uint8Array | undefined {
  const reader = { packed, at: 0 };
  const turns: [start: number, bytes: number, zeros: number][] = [];
  let length = 0;
  while (reader.at < packed.length) {
    const bytes = readCount(reader);
    if (bytes === undefined || reader.at + bytes > packed.length) return undefined;
    const start = reader.at;
    reader.at += bytes;
    const zeros = readCount(reader);
    if (zeros === undefined) return undefined;
    length += bytes + zeros;
    if (length > most) return undefined;
    turns.push([start, bytes, zeros]);
  }
  const unpacked = new Uint8Array(length);
  let to = 0;
  for (const [start, bytes, zeros] of turns) {
    unpacked.set(packed.subarray(start, start + bytes), to);
    to += bytes + zeros;
  }
  return unpacked;
}

function count(packed: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    packed.push((rest & 127) | 128);
    rest >>>= 7;
  }
  packed.push(rest);
}

function readCount(reader: { packed: Uint8Array; at: number }): number | undefined {
  let value = 0;
  for (let place = 0; place < 28; place += 7) {
    const byte = reader.packed[reader.at];
    if (byte === undefined) return undefined;
    reader.at += 1;
    value |= (byte & 127) << place;
    if (byte < 128) return value;
  }
  return undefined;
}
