// How the page looks: as the system does, or light, dark or for a projector. The look in force is
// `data-theme` of the document; `early.js` sets it before anything is drawn, by the same rule.

import { keepPreference, preference } from './preferences.ts';

/** What can be chosen. */
export const THEMES = ['auto', 'light', 'dark', 'projector'] as const;

export type ThemeChoice = (typeof THEMES)[number];
export type Theme = Exclude<ThemeChoice, 'auto'>;

export function themeOf(choice: string | undefined, prefersDark: boolean): Theme {
  const fixed = choice === 'light' || choice === 'dark' || choice === 'projector';
  if (fixed) return choice;
  return prefersDark ? 'dark' : 'light';
}

let chosen: ThemeChoice | undefined;

export function chosenTheme(): ThemeChoice {
  chosen ??= THEMES.find((theme) => theme === preference('theme')) ?? 'auto';
  return chosen;
}

const systemsDark = () => matchMedia('(prefers-color-scheme: dark)');

function apply(): void {
  document.documentElement.dataset.theme = themeOf(chosenTheme(), systemsDark().matches);
}

export function chooseTheme(choice: ThemeChoice): void {
  chosen = choice;
  keepPreference('theme', choice);
  apply();
}

/** Follows the system, and puts the light look on paper. */
export function followTheme(): void {
  apply();
  systemsDark().addEventListener('change', apply);
  addEventListener('beforeprint', () => {
    document.documentElement.dataset.theme = 'light';
  });
  addEventListener('afterprint', apply);
}
