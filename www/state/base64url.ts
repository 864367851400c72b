// Bytes as text that an address carries as it is (RFC 4648, section 5, without padding).

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    const letters = Math.min(3, bytes.length - at) + 1;
    for (let letter = 0; letter < letters; letter += 1) {
      text += LETTERS[(group >> (18 - 6 * letter)) & 63];
    }
  }
  return text;
}

/** Undefined if it is no such text: another letter, a length that there is not, bits left over. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let group = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return undefined;
    group = (group << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (group >> bits) & 255;
      at += 1;
      group &= (1 << bits) - 1;
    }
  }
  return group === 0 ? bytes : undefined;
}
