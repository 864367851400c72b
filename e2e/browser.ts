// Headless Chromium on the built page, which `cargo xtask test` serves.

import { type Browser, chromium, type Page } from 'playwright-core';

export const address = process.env.CAJAL_URL ?? 'http://localhost:8080/';

/** Keeps Chromium quiet where there is no internet. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

export function launch(extra: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [...quiet, ...extra],
  });
}

/** What the console and the network say that they should not. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(String(error)));
  page.on('requestfailed', (request) => {
    // What the page itself calls off is no failure: another data set was chosen meanwhile.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    found.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    const own = origin === new URL(address).origin || protocol === 'data:' || protocol === 'blob:';
    if (!own) found.push(`another origin: ${request.url()}`);
  });
  return found;
}
