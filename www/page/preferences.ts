// What a visitor chose for the page as a whole, kept for the next visit where the browser keeps
// anything. A sandboxed frame has no storage: then the choice lasts as long as the page.

export type Preference = 'language' | 'theme';

const KEY = (name: Preference) => `cajal-${name}`;

export function preference(name: Preference): string | undefined {
  try {
    return localStorage.getItem(KEY(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepPreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(KEY(name), value);
  } catch {
    // No storage here.
  }
}
