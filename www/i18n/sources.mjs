// The message files as the page gets them: a language is a folder beside this file, and
// `import('locale:es')` gives all of its files as one text. What a translation lacks stands in it in
// English, so that a message that nobody has translated yet is read in another language, and not missed.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ORIGINAL = 'en';
const PREFIX = 'locale:';

/** The messages of a language, by id, each as it stands in its file. */
export function messagesOf(language) {
  const folder = `${HERE}${language}`;
  const messages = new Map();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.ftl')) continue;
    const source = readFileSync(`${folder}/${file}`, 'utf8');
    for (const block of source.split(/^(?=[a-zA-Z][\w-]*\s*=)/m)) {
      const id = /^([a-zA-Z][\w-]*)\s*=/.exec(block)?.[1];
      if (!id) continue;
      if (messages.has(id)) throw new Error(`${language}/${file}: ${id} is there twice`);
      // Comments are for those who write the files.
      messages.set(id, block.replace(/^#.*\n?/gm, '').trimEnd());
    }
  }
  return messages;
}

export function localeText(language) {
  const all = new Map([...messagesOf(ORIGINAL), ...messagesOf(language)]);
  return `${[...all.values()].join('\n')}\n`;
}

/** For esbuild. */
export const localeFiles = {
  name: 'locale-files',
  setup(build) {
    build.onResolve({ filter: /^locale:/ }, ({ path }) => ({ path, namespace: 'locale' }));
    build.onLoad({ filter: /.*/, namespace: 'locale' }, ({ path }) => ({
      contents: localeText(path.slice(PREFIX.length)),
      loader: 'text',
    }));
  },
};

/** For Vite, which runs the unit tests. */
export const localeModules = {
  name: 'locale-modules',
  resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
  load: (id) =>
    id.startsWith(`\0${PREFIX}`)
      ? `export default ${JSON.stringify(localeText(id.slice(PREFIX.length + 1)))};`
      : undefined,
};
