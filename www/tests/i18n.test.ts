// Every language says everything, with the same gaps; and who gets which.

import { readdirSync, readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { afterEach, describe, expect, it } from 'vitest';
import { referenceId } from '../i18n/catalogue.ts';
import {
  formatCount,
  formatEnergy,
  formatExact,
  formatLoss,
  formatNumber,
  formatPercent,
  formatToTolerance,
  setNumberLocale,
} from '../i18n/format.ts';
import { chooseLocale, LANGUAGES, LOCALES } from '../i18n/locale.ts';
import { locale, text, textOr, useLocale } from '../i18n/messages.ts';
import { long, mirrored } from '../i18n/pseudo.ts';
import { localeText, messagesOf } from '../i18n/sources.mjs';

/** Names of the variables of a message, wherever in it they stand. */
function gaps(pattern: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(pattern)) for (const part of pattern) gaps(part, found);
  else if (typeof pattern === 'object' && pattern !== null) {
    const { type, name } = pattern as { type?: string; name?: string };
    if (type === 'var' && name) found.add(name);
    for (const part of Object.values(pattern)) gaps(part, found);
  }
  return found;
}

function parsed(language: string): Map<string, string> {
  const source = [...messagesOf(language).values()].join('\n');
  const { body } = new FluentResource(source);
  return new Map(body.map(({ id, value }) => [id, [...gaps(value)].sort().join(' ')]));
}

/** The words of every reference, as the engine has them. */
const measured = readFileSync('src/catalogue/measured.txt', 'utf8')
  .split('\n')
  .flatMap((row) => row.split('\t')[2] ?? []);

const english = parsed('en');
const translations = LANGUAGES.filter((id) => id !== 'en');

describe.each(translations)('the texts in %s', (language) => {
  const translated = parsed(language);

  it('are all there', () => {
    const missing = [...english.keys()].filter((id) => !translated.has(id));
    expect(missing, `to be translated into ${language}`).toEqual([]);
  });

  it('have the same gaps', () => {
    const other = [...english].filter(([id, names]) => (translated.get(id) ?? names) !== names);
    expect(other.map(([id]) => id)).toEqual([]);
  });

  it('are of the page, or of what the engine declares', () => {
    const declared = /^(meaning|choice|class|set|model|parameter|reference)-/;
    const strange = [...translated.keys()].filter((id) => !english.has(id) && !declared.test(id));
    expect(strange).toEqual([]);
  });

  it('say of every model what it is held to, once', () => {
    const ids = [...new Set(measured)].map(referenceId);
    expect(ids.length).toBeGreaterThan(100);
    expect([...translated.keys()].filter((id) => id.startsWith('reference-')).sort()).toEqual(
      ids.sort(),
    );
  });

  it('name the classes of every data set', () => {
    const names = readdirSync('src/data').flatMap((file) => {
      const source = readFileSync(`src/data/${file}`, 'utf8');
      const lists = [...source.matchAll(/class_names: &\[([^\]]*)\]/g)];
      return lists.flatMap(([, list]) =>
        [...(list ?? '').matchAll(/"([^"]+)"/g)].map(([, it]) => it),
      );
    });
    const words = names.filter((name) => name && !/^\d$/.test(name));
    expect(words).toContain('Ankle boot');
    const ids = words.map((name) => `class-${name?.replace(/\W+/g, '-')}`);
    expect(ids.filter((id) => !translated.has(id))).toEqual([]);
  });

  it('are all readable', () => {
    const bundle = new FluentBundle(language, { useIsolating: false });
    expect(bundle.addResource(new FluentResource(localeText(language)))).toEqual([]);
    const read = new Set(new FluentResource(localeText(language)).body.map(({ id }) => id));
    expect([...messagesOf(language).keys()].filter((id) => !read.has(id))).toEqual([]);
  });
});

it('what a translation lacks is there in English', () => {
  for (const language of translations) {
    const whole = new Set(new FluentResource(localeText(language)).body.map(({ id }) => id));
    expect([...english.keys()].filter((id) => !whole.has(id))).toEqual([]);
  }
});

describe('a visitor gets the language', () => {
  it.each([
    ['that the address asks for', { asked: 'es', stored: 'en', preferred: ['en'] }, 'es'],
    ['that was chosen before', { asked: null, stored: 'es', preferred: ['en'] }, 'es'],
    ['that the browser prefers', { preferred: ['de-DE', 'es-MX', 'en'] }, 'es'],
    ['that there is, for want of another', { preferred: ['de', 'fr'] }, 'en'],
    ['that there is, where the address is wrong', { asked: 'xx', preferred: ['es'] }, 'es'],
    ['that tests ask for', { asked: 'ar-xb', preferred: ['es'] }, 'ar-XB'],
  ] as const)('%s', (_, wishes, expected) => {
    expect(chooseLocale(wishes)).toBe(expected);
  });

  it('and no pseudo-locale by preference', () => {
    expect(chooseLocale({ preferred: ['ar-XB', 'ar', 'en-XA'] })).toBe('en');
    expect(LANGUAGES).toEqual(['en', 'es']);
    expect(LOCALES['ar-XB'].direction).toBe('rtl');
  });
});

describe('a language in use', () => {
  afterEach(() => useLocale('en'));

  it('fills gaps and writes numbers its own way', async () => {
    await useLocale('es');
    expect(locale()).toBe('es');
    expect(text('transport-play')).toBe('Entrenar');
    expect(text('traces-spikes', { count: 1 })).toBe('1 impulso');
    expect(text('sweep-run', { seeds: 20 })).toBe('Probar 20 semillas');
    expect(textOr('no-such-message', 'nothing')).toBe('nothing');
    await useLocale('en');
    expect(text('transport-play')).toBe('Play');
  });

  it('that was overtaken by another is not used', async () => {
    const both = await Promise.all([useLocale('es'), useLocale('en')]);
    expect(both).toEqual([false, true]);
    expect(locale()).toBe('en');
  });

  it('may be a pseudo-locale: longer, or from the right, with its gaps', async () => {
    await useLocale('en-XA');
    expect(text('transport-play')).toBe(long('Play'));
    expect(text('data-loading', { loaded: '3 MB', total: '9 MB' })).toBe(`3 MB ${long('of')} 9 MB`);
    await useLocale('ar-XB');
    expect(text('transport-play')).toBe(mirrored('Play'));
    const share = long('Settings and hidden layers').length / 'Settings and hidden layers'.length;
    expect(share).toBeGreaterThan(1.25);
  });
});

describe('numbers in Spanish', () => {
  afterEach(() => setNumberLocale('en'));
  const thin = '\u202f';

  it('have their decimals after a comma', () => {
    setNumberLocale('es');
    expect(formatPercent(0.97842)).toBe(`97,8${thin}%`);
    expect(formatNumber(0.012345)).toBe('0,0123');
    expect(formatNumber(1e-5)).toBe('1,0e-5');
    expect(formatCount(101_770)).toBe(`101${thin}770`);
    expect(formatCount(1234)).toBe('1234');
    expect(formatLoss(0.02)).toBe('0,0200');
    expect(formatLoss(12_345)).toBe('1,2e4');
    expect(formatEnergy(36_400)).toBe(`36,4${thin}nJ`);
    expect(formatToTolerance(-18.25, 0.25)).toBe('−18,25');
    expect(formatExact(0.05)).toBe('0,05');
  });
});
