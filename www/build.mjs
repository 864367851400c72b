// Bundles the page's TypeScript. Trunk runs this as a hook, with TRUNK_STAGING_DIR set to the
// folder it is assembling; by hand, `node www/build.mjs OUT_DIR` does the same.

import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
if (!outdir) throw new Error('usage: node www/build.mjs OUT_DIR');

await build({
  entryPoints: { main: 'www/main.ts', worker: 'www/engine/worker.ts' },
  outdir,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  // Message files and pasted-in style sheets are text to the page.
  loader: { '.ftl': 'text' },
  logLevel: 'warning',
});

const sentence = /^unsupported = (.*)$/m.exec(readFileSync('www/i18n/en/page.ftl', 'utf8'))?.[1];
if (!sentence) throw new Error('www/i18n/en/page.ftl has no line for unsupported');

// A script of its own, no module: it speaks where modules do not run.
await build({
  entryPoints: { early: 'www/early.js' },
  outdir,
  target: 'es5',
  minify: true,
  define: { UNSUPPORTED: JSON.stringify(sentence) },
  logLevel: 'warning',
});
