// Bundles the page's TypeScript, and tells index.html what it will need first. Trunk runs this as a hook,
// with TRUNK_STAGING_DIR set to the folder it is assembling; by hand, `node www/build.mjs OUT_DIR` does
// the same.

import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { build } from 'esbuild';
import { localeFiles, messagesOf } from './i18n/sources.mjs';

const outdir = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
if (!outdir) throw new Error('usage: node www/build.mjs OUT_DIR');

const { metafile } = await build({
  entryPoints: { main: 'www/main.ts', worker: 'www/engine/worker.ts' },
  outdir,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  metafile: true,
  plugins: [localeFiles],
  logLevel: 'warning',
});

/** All that a file imports before it runs, itself first. */
function needs(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind } of metafile.outputs[file].imports) {
    if (kind === 'import-statement') needs(path, found);
  }
  return found;
}

const outputOf = (entry) =>
  Object.keys(metafile.outputs).find((file) => metafile.outputs[file].entryPoint === entry);

/** What `main.ts` opens as a room, by its name in the address: the bare address is the front door. */
function roomOf({ path, kind }) {
  const room = /^www\/rooms\/([\w-]+)/.exec(metafile.outputs[path]?.entryPoint ?? '');
  if (kind !== 'dynamic-import' || !room) return [];
  return [[room[1] === 'front-door' ? '' : room[1], needs(path)]];
}

// The browser learns of a file from the file that imports it, one after the other. What the first view
// needs is named at the beginning instead: in the page what every room needs, and in the script that runs
// first, which knows the address, what its room needs.
const always = needs(outputOf('www/main.ts'));
const ofRooms = metafile.outputs[outputOf('www/main.ts')].imports.flatMap(roomOf);
const [, ofFirst] = ofRooms.find(([room]) => room === '');
for (const file of ofFirst) if (ofRooms.every(([, files]) => files.has(file))) always.add(file);
const named = (files) => [...files].map((file) => relative(outdir, file));
const hints = Object.fromEntries(
  ofRooms.map(([room, files]) => [
    room,
    named(files).filter((file) => !named(always).includes(file)),
  ]),
);

/** The sentence of a message file, without what stands around it. */
const sentence = (language) =>
  messagesOf(language)
    .get('unsupported')
    ?.replace(/^[^=]*= /, '');

// A script of its own, no module: it speaks where modules do not run.
await build({
  entryPoints: { early: 'www/early.js' },
  outdir,
  target: 'es5',
  minify: true,
  define: {
    UNSUPPORTED: JSON.stringify({ en: sentence('en'), es: sentence('es') }),
    ROOM_FILES: JSON.stringify(hints),
  },
  logLevel: 'warning',
});

const links = named(always)
  .filter((file) => file !== 'main.js')
  .map((file) => `<link rel="modulepreload" href="${file}">`);
const page = `${outdir}/index.html`;
const html = readFileSync(page, 'utf8');
if (!html.includes('<!-- hints -->')) throw new Error(`${page} has no place for hints`);
writeFileSync(page, html.replace('<!-- hints -->', links.join('\n    ')));
