// The page by keyboard alone, on every width, and without waiting for its frames.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { button, count, fingerprint, open } from './laboratory.ts';
import { visits } from './visit.ts';

let page: Page;

visits((visit) => {
  ({ page } = visit);
});

/** The innermost element that has the focus, through all shadow roots. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const text = at?.getAttribute('aria-label') ?? at?.textContent ?? '';
    return `${at?.tagName} ${text.replace(/\s+/g, ' ').trim() || at?.getAttribute('value')}`;
  });

async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tab = 0; tab < 80; tab += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`no ${name} within 80 tabs`);
}

test('everything that matters can be done by keyboard', async () => {
  await open(page, '#samples=100');
  await page.keyboard.press('b');
  await fingerprint(page, 1);
  await page.keyboard.press('z');
  await fingerprint(page, 0);
  await page.keyboard.press(' ');
  await expect.poll(() => count(page, 'step')).toBeGreaterThan(5);
  await page.keyboard.press(' ');
  await button(page, 'Play').waitFor();
  await page.keyboard.press('r');
  await fingerprint(page, 0);

  await tabTo(page, /^INPUT/);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toContain('data=circle&');
  await tabTo(page, /One unit more in layer 1/);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('layers=9-tanh');
  await tabTo(page, /Learning rate, exact value/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('0.05');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('lr=0.05');
});

test('focus is always visible', async () => {
  await open(page);
  for (let tab = 0; tab < 40; tab += 1) {
    await page.keyboard.press('Tab');
    const visible = await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      if (!at || at === document.body) return true;
      const outlined = (element: Element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      };
      const label = at.closest('label');
      return outlined(at) || (label !== null && outlined(label));
    });
    expect(visible, await focused(page)).toBe(true);
  }
});

test('letters that are typed into a field are no commands', async () => {
  await open(page);
  const field = page.getByLabel('Noise, exact value');
  await field.focus();
  await page.keyboard.type('b');
  await page.waitForTimeout(200);
  expect(await count(page, 'step')).toBe(0);
  await page.getByRole('checkbox', { name: 'Keys' }).uncheck();
  await page.locator('h2').first().click();
  await page.keyboard.press('b');
  await page.waitForTimeout(200);
  expect(await count(page, 'step')).toBe(0);
});

test.each([320, 390, 768, 1024, 1440, 2560])('nothing sticks out at %d pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await open(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(width);
});

test('every control has a name', async () => {
  await open(page);
  const nameless = await page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (!element.matches('button, input:not([hidden]), select, textarea')) continue;
        const labels = (element as HTMLInputElement).labels;
        const name = element.getAttribute('aria-label') || labels?.[0]?.textContent;
        if (!(name || element.textContent)?.trim()) found.push(element.outerHTML.slice(0, 120));
      }
    };
    look(document);
    return found;
  });
  expect(nameless).toEqual([]);
});
