// The look: which one is in force, and that the script that runs before everything else says the same.

import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { THEMES, themeOf } from '../page/theme.ts';

const early = readFileSync(new URL('../early.js', import.meta.url), 'utf8');

/** What `early.js` writes into the document. */
function written(stored: string | null | Error, prefersDark: boolean): string {
  let theme = '';
  const localStorage = {
    getItem(key: string) {
      if (stored instanceof Error) throw stored;
      return key === 'cajal-theme' ? stored : null;
    },
  };
  const matchMedia = () => ({ matches: prefersDark });
  runInNewContext(early, {
    localStorage,
    matchMedia,
    window: { matchMedia, addEventListener() {} },
    document: {
      documentElement: {
        setAttribute(name: string, value: string) {
          if (name === 'data-theme') theme = value;
        },
      },
    },
    location: { hash: '' },
    ROOM_FILES: {},
    UNSUPPORTED: {},
  });
  return theme;
}

it.each([
  ['auto', false, 'light'],
  ['auto', true, 'dark'],
  ['light', true, 'light'],
  ['dark', false, 'dark'],
  ['projector', true, 'projector'],
  ['of tomorrow', true, 'dark'],
  [undefined, false, 'light'],
] as const)('%s, where the system is dark: %s, looks %s', (choice, dark, expected) => {
  expect(themeOf(choice, dark)).toBe(expected);
});

it.each([...THEMES, null, 'of tomorrow'])('%s is the same before the page is there', (stored) => {
  for (const dark of [false, true]) {
    expect(written(stored, dark)).toBe(themeOf(stored ?? undefined, dark));
  }
});

it('a browser without storage gets what the system wants', () => {
  expect(written(new Error('SecurityError'), true)).toBe('dark');
});

it('every look has the tokens that it needs', () => {
  const styles = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
  for (const theme of ['dark', 'projector']) {
    expect(styles).toContain(`:root[data-theme="${theme}"]`);
  }
  expect(styles).not.toContain('prefers-color-scheme');
});
