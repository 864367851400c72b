// Every room in every look, by axe-core: names, roles, contrast, order. No violation is accepted.

import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, FRONT_DOOR, ROOMS, type RoomId } from '../www/rooms/rooms.ts';
import { address, launch } from './browser.ts';

const PLACES: RoomId[] = [FRONT_DOOR, ...ROOMS.map(({ id }) => id)];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const LOOKS = ['light', 'dark', 'projector'] as const;
const WIDTHS = [1440, 390] as const;

const cases = PLACES.flatMap((room) =>
  LOOKS.flatMap((look) => WIDTHS.map((width) => ({ room, look, width }))),
);

test.each(cases)('$room, $look, $width px wide', async ({ room, look, width }) => {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    // Where nothing hovers, more is there.
    hasTouch: width < 600,
    isMobile: width < 600,
    colorScheme: look === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  if (look === 'projector') {
    await page.addInitScript(() => localStorage.setItem('cajal-theme', 'projector'));
  }
  await page.goto(`${address}${addressOf(room)}`);
  await page.locator('main').waitFor();
  // What is computed first is there: empty views have nothing to be wrong.
  await page.waitForTimeout(1500);
  // Scripts of the test come through the debugger, which the page's policy does not bind.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // Sizes of targets are asked for by name: axe leaves them out, Lighthouse does not.
    const rules = { 'target-size': { enabled: true } };
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({ rules });
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({
        id,
        impact,
        target: target.join(' '),
        why: failureSummary,
      })),
    );
  });
  expect(violations).toEqual([]);
  await context.close();
});
