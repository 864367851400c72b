// Compresses what the server sends, once per content: results are kept in target/compressed.
//
//   node xtask/compress.mjs write DIR...      writes FILE.br and FILE.gz beside each text
//   node xtask/compress.mjs measure FILE...   prints the sum of the brotli sizes

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const CACHE = 'target/compressed';
const TEXTS = new Set([
  '.css',
  '.ftl',
  '.html',
  '.js',
  '.json',
  '.map',
  '.svg',
  '.txt',
  '.wasm',
  '.webmanifest',
]);

const ENCODERS = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

function compressed(bytes, encoding) {
  const kept = join(CACHE, `${createHash('sha256').update(bytes).digest('hex')}.${encoding}`);
  if (existsSync(kept)) return readFileSync(kept);
  const result = ENCODERS[encoding](bytes);
  mkdirSync(CACHE, { recursive: true });
  // Renamed into place: another run never reads half a file.
  writeFileSync(`${kept}.${process.pid}`, result);
  renameSync(`${kept}.${process.pid}`, kept);
  return result;
}

function* textsBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* textsBelow(path);
    else if (TEXTS.has(extname(entry.name))) yield path;
  }
}

const [command, ...paths] = process.argv.slice(2);
if (command === 'write') {
  for (const file of paths.flatMap((folder) => [...textsBelow(folder)])) {
    const bytes = readFileSync(file);
    for (const encoding of Object.keys(ENCODERS)) {
      const result = compressed(bytes, encoding);
      if (result.length < bytes.length) writeFileSync(`${file}.${encoding}`, result);
    }
  }
} else if (command === 'measure') {
  const sizes = paths.map((file) => compressed(readFileSync(file), 'br').length);
  console.log(sizes.reduce((sum, size) => sum + size, 0));
} else {
  throw new Error('usage: node xtask/compress.mjs write DIR... | measure FILE...');
}
