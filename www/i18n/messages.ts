// The texts of the page, by id. Everything a visitor reads stands in a message file, one for the
// page and one for each room; a folder is a language, and only the one in use is loaded. What a
// translation lacks it gets in English when the page is built (`sources.mjs`).

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { setNumberLocale } from './format.ts';
import { LOCALES, type Locale, type LocaleId } from './locale.ts';

const SOURCES = {
  en: () => import('locale:en'),
  es: () => import('locale:es'),
} satisfies Record<Locale['source'], () => Promise<{ default: string }>>;

let bundle = new FluentBundle('en');
let current: LocaleId = 'en';
let wanted: LocaleId = 'en';

/** The language in use. */
export function locale(): LocaleId {
  return current;
}

/** Loads a language and makes it the one in use; false if another was wanted in the meantime. */
export async function useLocale(id: LocaleId): Promise<boolean> {
  wanted = id;
  const { source, numbers, pseudo }: Locale = LOCALES[id];
  const [texts, transforms] = await Promise.all([
    SOURCES[source](),
    pseudo ? import('./pseudo.ts') : undefined,
  ]);
  if (wanted !== id) return false;
  const transform = pseudo && transforms?.[pseudo];
  bundle = new FluentBundle(numbers, { useIsolating: false, ...(transform ? { transform } : {}) });
  for (const error of bundle.addResource(new FluentResource(texts.default))) console.error(error);
  setNumberLocale(numbers);
  current = id;
  return true;
}

export type Gaps = Record<string, FluentVariable>;

/** The text of a message; a missing one shows its id, so that it is found. */
export function text(id: string, gaps?: Gaps): string {
  return textOr(id, id, gaps);
}

export function textOr(id: string, fallback: string, gaps?: Gaps): string {
  const message = bundle.getMessage(id);
  // A gap that nothing fills is shown as one; without a list of errors it would be thrown.
  return message?.value ? bundle.formatPattern(message.value, gaps, []) : fallback;
}

/** Message ids have no dots: `training.learningRate` → `training-learningRate`. */
export function idOf(key: string): string {
  return key.replaceAll('.', '-');
}
