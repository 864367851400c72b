// What a visitor does and reads on the page, in the words of the stories.

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { address } from './browser.ts';

/** The network lab with its defaults. */
export const LAB = '#room=network';

export type Network = 'artificial' | 'spiking';

/** Opens the lab and waits until the first snapshot is drawn. */
export async function open(page: Page, hash = LAB, query = ''): Promise<void> {
  await page.goto(`${address}${query}${hash}`);
  await page.getByRole('button', { name: 'Play' }).and(page.locator(':enabled')).waitFor();
  await page.locator('[data-fingerprint]').waitFor();
}

export const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** A counter of the transport: 'step', 'epoch' or 'rate'. */
export async function count(page: Page, name: string): Promise<number> {
  return Number(
    await page.locator(`transport-bar [data-figure=${name}]`).getAttribute('data-value'),
  );
}

/** The large figures above a network; a percentage as a share. */
export async function figure(page: Page, network: Network, name: string): Promise<number> {
  const at = page.locator(`[data-network=${network}] [data-figure=${name}]`);
  const text = (await at.textContent()) ?? '';
  const value = Number.parseFloat(text.replace(',', ''));
  return text.includes('%') ? value / 100 : value;
}

/** The fingerprint of all weights at a step, once nothing runs. */
export async function fingerprint(page: Page, step: number): Promise<string> {
  await expect.poll(() => count(page, 'step')).toBe(step);
  const at = page.locator('[data-fingerprint]');
  let last = '';
  // It follows the snapshot by a moment: wait until it stands still.
  await expect
    .poll(async () => {
      const before = last;
      last = (await at.getAttribute('data-fingerprint', { timeout: 5000 })) ?? '';
      return last !== '' && last === before;
    })
    .toBe(true);
  return last;
}

export async function message(page: Page): Promise<string> {
  return (await page.locator('message-bar li').last().textContent())?.replace(/\s+/g, ' ') ?? '';
}

/** Drops a file on the page as from a folder. */
export async function drop(page: Page, name: string, content: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content as string], name as string, { type: 'text/csv' }));
      return transfer;
    },
    [name, content],
  );
  await page.dispatchEvent('cajal-app', 'drop', { dataTransfer });
}

/** A command that no control gives. */
export async function command(page: Page, detail: object): Promise<void> {
  await page.evaluate((detail) => {
    document.querySelector('cajal-app')?.dispatchEvent(new CustomEvent('command', { detail }));
  }, detail);
}
