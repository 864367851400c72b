// Which languages there are, and which of them a visitor gets: the one that the address asks for,
// else the one that was chosen before, else the first that the browser prefers and we have.

export interface Locale {
  /** What it calls itself; empty for those that only tests ask for. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** The language of the files that its texts are made from. */
  source: 'en' | 'es';
  /** How numbers are written. */
  numbers: string;
  /** Made from its source when it is loaded: to see what long texts, or texts from the right, do to the page. */
  pseudo?: 'long' | 'mirrored';
}

export const LOCALES = {
  en: { name: 'English', direction: 'ltr', source: 'en', numbers: 'en' },
  es: { name: 'Español', direction: 'ltr', source: 'es', numbers: 'es' },
  'en-XA': { name: '', direction: 'ltr', source: 'en', numbers: 'en', pseudo: 'long' },
  'ar-XB': { name: '', direction: 'rtl', source: 'en', numbers: 'en', pseudo: 'mirrored' },
} as const satisfies Record<string, Locale>;

export type LocaleId = keyof typeof LOCALES;

export const LOCALE_IDS = Object.keys(LOCALES) as LocaleId[];

/** Those that are offered. */
export const LANGUAGES = LOCALE_IDS.filter((id) => LOCALES[id].name !== '');

export interface Wishes {
  /** What `?lang=` says. */
  asked?: string | null | undefined;
  /** What was chosen on an earlier visit. */
  stored?: string | undefined;
  /** What the browser prefers, best first. */
  preferred?: readonly string[];
}

export function chooseLocale({ asked, stored, preferred = [] }: Wishes): LocaleId {
  const named = [asked, stored].map((wish) => exactly(wish)).find((id) => id !== undefined);
  return named ?? preferred.map(closest).find((id) => id !== undefined) ?? 'en';
}

function exactly(wish: string | null | undefined): LocaleId | undefined {
  return LOCALE_IDS.find((id) => id.toLowerCase() === wish?.toLowerCase());
}

/** `es-MX` gets `es`; nobody's browser gets a pseudo-locale. */
function closest(tag: string): LocaleId | undefined {
  const language = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((id) => id === language);
}
