// One browser for a file of tests, and a fresh page for each of them.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { complaints, launch } from './browser.ts';

export interface Visit {
  browser: Browser;
  page: Page;
  /** What the console and the network say that they should not. */
  said: string[];
}

/** To be called once in a file; `begin` gets each visit. With `quiet` nothing may have been said at its end. */
export function visits(begin: (visit: Visit) => void, { quiet = false, height = 900 } = {}): void {
  let browser: Browser;
  let visit: Visit;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height } });
    visit = { browser, page, said: complaints(page) };
    begin(visit);
  });
  afterEach(async () => {
    await visit.page.close();
    if (quiet) expect(visit.said).toEqual([]);
  });
}
