// A visitor who has a keyboard and nothing else: where the focus is, how it gets to a control, and how a list
// is set. Nothing here clicks, and nothing moves the focus but keys.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** What has the focus, through all shadow roots: its tag, and its name as it is read aloud. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const label = (at as HTMLInputElement | null)?.labels?.[0]?.textContent;
    const name = at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '';
    return `${at?.tagName} ${name.replace(/\s+/g, ' ').trim()}`;
  });
}

/** Presses Tab until something of that name has the focus; backwards if that is nearer. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const seen: string[] = [];
  for (let tab = 0; tab < 160; tab += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (name.test(at)) return;
    seen.push(at);
  }
  throw new Error(`no ${name} among ${[...new Set(seen)].join('; ')}`);
}

/** Goes to a control and presses Enter. */
export async function press(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await tabTo(page, name, key);
  await page.keyboard.press('Enter');
}

/** Writes into the field that has the focus in place of what stands there, and takes it. */
export async function type(page: Page, value: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(value);
  await page.keyboard.press('Enter');
}

/** Sets the list that has the focus by arrow keys. */
export async function choose(page: Page, id: string): Promise<void> {
  const places = await page.evaluate((id) => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const { options, selectedIndex } = at as HTMLSelectElement;
    return [selectedIndex, [...options].findIndex(({ value }) => value === id)] as const;
  }, id);
  const [from, to] = places;
  if (to < 0) throw new Error(`no ${id} in the list`);
  for (let place = from; place !== to; place += Math.sign(to - from)) {
    await page.keyboard.press(to > from ? 'ArrowDown' : 'ArrowUp');
  }
}

/** Pastes what was copied elsewhere into the field that has the focus. */
export async function paste(page: Page, copied: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), copied);
  await page.keyboard.press('ControlOrMeta+V');
}

/** Presses the button that has the focus and opens a file where the system asks for one. */
export async function chosenFile(
  page: Page,
  name: string,
  content: string | Buffer,
): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  // Until Chromium knows that somebody answers for the system.
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  const chooser = await asked;
  await chooser.setFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  });
}

/** Presses the button that has the focus; what the page saves. */
export async function saved(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter'),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: await readFile(path) };
}
