// What goes elsewhere and comes back: links, files, the history, undo, a closed tab, the shelf of runs.

import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { address, complaints, launch } from './browser.ts';
import { button, command, count, fingerprint, LAB, message, open } from './laboratory.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let said: string[];

const SMALL = '#data=moons&samples=200&layers=4-tanh&lr=0.02&seed=3';

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  });
  page = await context.newPage();
  said = complaints(page);
});
afterEach(() => context.close());

/** Types a number into a field and takes it. */
async function put(label: string, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name: `${label}, exact value` });
  await field.fill(value);
  await field.press('Enter');
}

/** Trains an epoch, changes the rate, learns from one example, trains on: 21 batches. */
async function train(): Promise<string> {
  await open(page, SMALL);
  await button(page, 'One epoch').click();
  await fingerprint(page, 10);
  await put('Learning rate', '0.05');
  await expect.poll(() => page.url()).toContain('lr=0.05');
  await button(page, 'One sample').click();
  await fingerprint(page, 11);
  await button(page, 'One epoch').click();
  return fingerprint(page, 21);
}

async function link(weights: boolean): Promise<string> {
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox').setChecked(weights);
  const text = await dialog.getByLabel('Link').inputValue();
  await page.keyboard.press('Escape');
  return text;
}

/** Opens an address in a browser that has never been here. */
async function elsewhere<T>(url: string, look: (page: Page) => Promise<T>): Promise<T> {
  const fresh = await browser.newContext();
  try {
    const there = await fresh.newPage();
    await there.goto(url);
    return await look(there);
  } finally {
    await fresh.close();
  }
}

test('a link repeats the run elsewhere, to the same bits', async () => {
  const weights = await train();
  const url = await link(false);
  expect(url).toContain('&at=21&hash=');
  expect(url).toContain('&log=10t0.05_10_0_0~10o');
  expect(url).toContain('&lr=0.02&');
  expect(url.length).toBeLessThan(1000);
  await elsewhere(url, async (there) => {
    await expect.poll(() => message(there), { timeout: 20_000 }).toMatch(/^.*The same bits/);
    expect(await fingerprint(there, 21)).toBe(weights);
    // The setting that was in force then is in force now, and the run goes on as the first would.
    expect(await there.getByLabel('Learning rate, exact value').inputValue()).toBe('0.05');
    await button(there, 'One batch').click();
    await button(page, 'One batch').click();
    expect(await fingerprint(there, 22)).toBe(await fingerprint(page, 22));
  });
  expect(said).toEqual([]);
});

test('a link with weights is there at once, and its run can be repeated', async () => {
  const weights = await train();
  const url = await link(true);
  await elsewhere(url, async (there) => {
    await expect.poll(() => message(there)).toMatch(/brought its weights/);
    expect(await fingerprint(there, 21)).toBe(weights);
    await button(there, 'Train it again from the start').click();
    await expect.poll(() => message(there)).toMatch(/The same bits/);
    expect(await fingerprint(there, 21)).toBe(weights);
  });
  // One letter of the weights changed.
  const at = url.length - 100;
  const damaged = `${url.slice(0, at)}${url[at] === 'A' ? 'B' : 'A'}${url.slice(at + 1)}`;
  await elsewhere(damaged, async (there) => {
    await expect.poll(() => message(there)).toMatch(/could not be used/);
    await fingerprint(there, 0);
  });
});

test('a link whose fingerprint is another says so', async () => {
  await train();
  const url = (await link(false)).replace(/hash=[0-9a-f]{16}/, 'hash=0123456789abcdef');
  await elsewhere(url, async (there) => {
    await expect.poll(() => message(there)).toMatch(/Not the same bits.*0123456789abcdef/);
  });
});

test('a run that is repeated can be stopped, and gone on with', async () => {
  await open(page, '#data=moons&layers=4-tanh');
  const url = (await link(false)).replace('at=0', 'at=100000').replace(/&hash=[^&]*/, '');
  await elsewhere(url, async (there) => {
    await button(there, 'Stop').click();
    await button(there, 'Go on').waitFor();
    const stopped = await count(there, 'step');
    expect(stopped).toBeLessThan(100_000);
    await button(there, 'Go on').click();
    await expect.poll(() => count(there, 'step')).toBeGreaterThan(stopped);
    await button(there, 'Pause').click();
    await button(there, 'Go on').waitFor();
  });
});

/** Drops bytes on the page as a file. */
async function dropBytes(name: string, bytes: Uint8Array, where = 'cajal-app'): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, numbers]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(numbers as number[])], name as string));
      return transfer;
    },
    [name, [...bytes]] as const,
  );
  await page.dispatchEvent(where, 'drop', { dataTransfer });
}

test('a file brings everything back, and a damaged one loses nothing', async () => {
  const weights = await train();
  await button(page, 'Share').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Save a file').click(),
  ]);
  expect(download.suggestedFilename()).toBe('moons-21.cajal');
  const bytes = new Uint8Array(await readFile(await download.path()));
  await page.keyboard.press('Escape');
  await button(page, 'New seed').click();
  const other = await fingerprint(page, 0);
  expect(other).not.toBe(weights);

  const broken: [Uint8Array, RegExp][] = [
    [bytes.slice(0, bytes.length - 40), /checksum/],
    [bytes.slice(0, 20), /begins with CAJL/],
    [Uint8Array.of(1, 2, 3), /begins with CAJL/],
    [bytes.map((byte, at) => (at === 4 ? 5 : byte)), /expected version/],
    [bytes.map((byte, at) => (at === bytes.length - 9 ? byte ^ 8 : byte)), /checksum/],
  ];
  for (const [content, reason] of broken) {
    await dropBytes('broken.cajal', content);
    await expect.poll(() => message(page)).toMatch(reason);
    await page.getByRole('button', { name: 'Dismiss' }).last().click();
    expect(await fingerprint(page, 0)).toBe(other);
  }

  await dropBytes('mine.cajal', bytes);
  expect(await fingerprint(page, 21)).toBe(weights);
  expect(await message(page)).toMatch(/mine.cajal is open/);
  // The way back is in it too, and undo leads to what was there.
  await button(page, 'One batch back').click();
  await fingerprint(page, 20);
  await page.keyboard.press('Control+z');
  expect(await fingerprint(page, 0)).toBe(other);

  // In a room that has nothing to do with it, on a page that has not seen the lab yet.
  await page.close();
  await context.close();
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(`${address}#room=circuit-bench&c=cuba`);
  await page.locator('circuit-transport [data-built=cuba]').waitFor();
  await dropBytes('mine.cajal', bytes, 'spike-raster');
  expect(await fingerprint(page, 21)).toBe(weights);
  expect(await message(page)).toMatch(/mine.cajal is open/);
});

test('every edit is undone and done again by keyboard, weights and all', async () => {
  const weights = await train();
  await put('Time steps', '10');
  await fingerprint(page, 0);
  await button(page, 'Add a layer').click();
  await expect.poll(() => page.url()).toContain('layers=4-tanh,4-tanh&');
  await page.getByRole('radio', { name: 'XOR' }).check();
  await expect.poll(() => page.url()).toContain('data=xor');
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.url()).toContain('data=moons');
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.url()).toContain('layers=4-tanh&');
  expect(await page.locator('[data-edit=undo]').getAttribute('aria-label')).toBe(
    'Undo: Time steps',
  );
  await page.keyboard.press('Control+z');
  expect(await fingerprint(page, 21)).toBe(weights);
  expect(await message(page)).toMatch(/Undone: Time steps, back at batch 21/);
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.getByLabel('Learning rate, exact value').inputValue()).toBe('0.02');
  // A value that runs along is put back by a command: nothing was trained anew.
  expect(await fingerprint(page, 21)).toBe(weights);
  for (let redo = 0; redo < 4; redo += 1) {
    await page.keyboard.press('Control+Shift+z');
    await page.waitForTimeout(300);
  }
  await expect.poll(() => page.url()).toContain('data=xor');
  await expect.poll(() => page.url()).toContain('lr=0.05');
  await expect.poll(() => page.url()).toContain('steps=10');
  await expect.poll(() => page.locator('[data-edit=redo]').isDisabled()).toBe(true);
  expect(said).toEqual([]);
});

test('lesions and edited weights are undone, and a link carries them', async () => {
  const weights = await train();
  const unit = { network: 'artificial', layer: 0, unit: 1 };
  await command(page, { type: 'edit', edit: { ...unit, kind: 'hold', level: 0 } });
  await command(page, { type: 'edit', edit: { ...unit, kind: 'weight', from: 0, value: 0.75 } });
  const edited = await changed(weights);
  expect(await page.locator('[data-edit=undo]').getAttribute('aria-label')).toBe('Undo: weight');
  await button(page, 'One batch').click();
  const trained = await fingerprint(page, 22);
  const url = await link(false);
  expect(url).toContain('21h0_1_0~21w0_');
  await elsewhere(url, async (there) => {
    await expect.poll(() => message(there), { timeout: 20_000 }).toMatch(/The same bits/);
    expect(await fingerprint(there, 22)).toBe(trained);
  });
  await page.keyboard.press('Control+z');
  expect(await fingerprint(page, 21)).toBe(weights);
  await page.keyboard.press('Control+z');
  await expect
    .poll(() => page.locator('[data-edit=redo]').getAttribute('aria-label'))
    .toBe('Redo: unit held or let go');
  expect(await link(false)).not.toContain('21h0_1_0');
  await page.keyboard.press('Control+Shift+z');
  await page.waitForTimeout(400);
  await page.keyboard.press('Control+Shift+z');
  expect(await fingerprint(page, 22)).toBe(trained);
  expect(edited).not.toBe(trained);
});

/** The fingerprint once it is another. */
async function changed(before: string): Promise<string> {
  const at = page.locator('[data-fingerprint]');
  await expect.poll(() => at.getAttribute('data-fingerprint')).not.toBe(before);
  return (await at.getAttribute('data-fingerprint')) ?? '';
}

test('a reset is undone', async () => {
  const weights = await train();
  await button(page, 'Reset to the same initial weights').click();
  await fingerprint(page, 0);
  await page.locator('[data-edit=undo]').click();
  expect(await fingerprint(page, 21)).toBe(weights);
});

test('back and forward lead to the weights that were there, and settings make no history', async () => {
  const weights = await train();
  const entries = await page.evaluate(() => history.length);
  for (const steps of ['10', '11', '12']) await put('Time steps', steps);
  await put('Time steps', '25');
  await fingerprint(page, 0);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  for (let undo = 0; undo < 4; undo += 1) {
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(400);
    if ((await count(page, 'step')) === 21) break;
  }
  expect(await fingerprint(page, 21)).toBe(weights);

  await page.getByRole('radio', { name: 'XOR' }).check();
  await expect.poll(() => page.url()).toContain('data=xor');
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await fingerprint(page, 0);
  await button(page, 'One batch').click();
  const xor = await fingerprint(page, 1);
  await page.waitForTimeout(500);
  await page.goBack();
  expect(await fingerprint(page, 21)).toBe(weights);
  expect(await page.getByRole('radio', { name: 'Moons' }).isChecked()).toBe(true);
  await page.goForward();
  expect(await fingerprint(page, 1)).toBe(xor);
});

test('a tab that is closed reopens where it was, a link wins, and a new start is at hand', async () => {
  const weights = await train();
  await button(page, 'Pin this run').click();
  await page.waitForTimeout(500);
  await page.close();
  page = await context.newPage();
  await page.goto(address);
  expect(await fingerprint(page, 21)).toBe(weights);
  expect(await message(page)).toMatch(/Back where you left it, at batch 21/);
  await expect.poll(() => page.url()).toContain('#v=2&data=moons');
  expect(await page.locator('run-shelf li').count()).toBe(1);
  await button(page, 'Dismiss').click();
  // So does a tab that is loaded again, without a word.
  await button(page, 'One batch').click();
  const more = await fingerprint(page, 22);
  await page.reload();
  expect(await fingerprint(page, 22)).toBe(more);
  expect(await page.locator('message-bar li').count()).toBe(0);
  await page.waitForTimeout(500);
  await page.close();
  page = await context.newPage();
  await page.goto(address);
  await button(page, 'Start afresh').click();
  await expect.poll(() => page.url()).toContain('data=circle');
  await fingerprint(page, 0);
  await page.keyboard.press('Control+z');
  expect(await fingerprint(page, 22)).toBe(more);

  const linked = await context.newPage();
  await open(linked, '#data=xor');
  await fingerprint(linked, 0);
  expect(await linked.getByRole('radio', { name: 'XOR' }).isChecked()).toBe(true);
});

test('a tab that is closed in a bench reopens there, and the laboratory is still as it was', async () => {
  const weights = await train();
  await page.goto(`${address}#room=neuron-bench&n=izhikevich~tonic-bursting&seed=5`);
  await page.locator('trace-stack [data-neuron]').first().waitFor();
  await page.waitForTimeout(500);
  const there = page.url();
  await page.close();
  page = await context.newPage();
  await page.goto(address);
  await page.locator('trace-stack [data-neuron]').first().waitFor();
  await expect.poll(() => page.url()).toBe(there);
  expect(await page.getByLabel('Model').inputValue()).toBe('izhikevich');
  await page.getByRole('link', { name: 'Network lab', exact: true }).click();
  expect(await fingerprint(page, 21)).toBe(weights);
});

test('what was kept and cannot be read is put away and told', async () => {
  await train();
  await page.waitForTimeout(500);
  await page.reload();
  await fingerprint(page, 21);
  const spoil = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('cajal');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const visits = opening.result.transaction('visits', 'readwrite').objectStore('visits');
            const all = visits.getAll();
            all.onsuccess = () => {
              for (const { name } of all.result) visits.put({ name, version: 0 });
              visits.transaction.oncomplete = () => resolve();
            };
          };
        }),
    );
  const quiet = await context.newPage();
  await quiet.goto(`${address}styles/tokens.css`);
  await page.close();
  await spoil(quiet);
  page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('front-door-room'));
  await page.evaluate((hash) => {
    location.hash = hash;
  }, LAB);
  await page.locator('[data-fingerprint]').waitFor();
  expect(await message(page)).toMatch(/could not be read and was put away/);
  await fingerprint(page, 0);
});

test('two tabs keep what is theirs', async () => {
  const weights = await train();
  await page.waitForTimeout(500);
  const other = await context.newPage();
  await open(other, '#data=xor&layers=3-relu');
  await button(other, 'One batch').click();
  const xor = await fingerprint(other, 1);
  await other.waitForTimeout(500);
  await other.reload();
  expect(await fingerprint(other, 1)).toBe(xor);
  await page.reload();
  expect(await fingerprint(page, 21)).toBe(weights);
});

test('two runs are compared on the shelf', async () => {
  await train();
  await button(page, 'Pin this run').click();
  const name = page.getByLabel('Name of the run');
  await name.fill('slow');
  await name.press('Enter');
  await put('Learning rate', '0.2');
  await button(page, 'Reset to the same initial weights').click();
  await button(page, 'One epoch').click();
  await fingerprint(page, 10);
  await button(page, 'Pin this run').click();
  const runs = page.locator('run-shelf li');
  expect(await runs.count()).toBe(2);
  await expect.poll(() => runs.first().textContent()).toMatch(/Learning rate 0.05/);
  await expect
    .poll(() => page.locator('curve-plot figure').first().getAttribute('aria-label'), {
      timeout: 5000,
    })
    .toMatch(/slow, Run 2/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Curves as CSV').click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv).toMatch(/^run,seed,network,step,/);
  expect(csv).toMatch(/^slow,3,artificial,0,0\.\d+/m);
  expect(csv).toMatch(/^Run 2,3,spiking,10,0\.\d+/m);
  await button(page, 'Settings of slow').click();
  await expect.poll(() => page.url()).toContain('lr=0.05');
  await button(page, 'Remove slow').click();
  expect(await runs.count()).toBe(1);
});

test('a fair match shows the numbers that it comes to', async () => {
  await open(page, '#data=moons&samples=200&layers=32-tanh,32-tanh');
  const choice = page.getByLabel('Equal in', { exact: true });
  const numbers = page.locator('[data-fair]');
  expect(await numbers.textContent()).toMatch(/32, 32 units over 25 time steps/);
  await choice.selectOption('operations');
  await expect.poll(() => numbers.textContent()).toMatch(/32, 32 units over 16 time steps/);
  await choice.selectOption('time');
  await expect.poll(() => numbers.textContent()).toMatch(/\b[4-8], [4-8] units over 25 time steps/);
  await button(page, 'One batch').click();
  await fingerprint(page, 1);
  await expect.poll(() => page.url()).toContain('fair=time');
});

test('a page without storage shares and undoes as well', async () => {
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'sessionStorage', 'localStorage']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('no storage here', 'SecurityError');
        },
      });
    }
  });
  const weights = await train();
  expect(await link(false)).toContain('&at=21&hash=');
  await button(page, 'New seed').click();
  await fingerprint(page, 0);
  await page.keyboard.press('Control+z');
  expect(await fingerprint(page, 21)).toBe(weights);
  expect(said).toEqual([]);
});
