// Pictures of every room while it runs, on three sizes of screen, light and dark, and those of docs/.
// `cargo xtask pictures [FOLDER [NAME ...]]` builds and serves the page; NAME is a part of a picture's name.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { roomsOf } from './rooms.mjs';

const address = process.env.CAJAL_URL ?? 'http://localhost:8080/';
const [folder = 'target/pictures', ...asked] = process.argv.slice(2);
const wanted = (name) => asked.length === 0 || asked.some((part) => name.includes(part));

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];
const LOOKS = ['light', 'dark'];

const named = (page, role, name) => page.getByRole(role, { name, exact: true });

/** Until the number that an element says is so large. */
async function reaches(page, selector, least, attribute = 'data-value') {
  const late = Date.now() + 180_000;
  while (!(Number(await page.locator(selector).getAttribute(attribute)) >= least)) {
    if (Date.now() > late) throw new Error(`${selector} does not come to ${least}`);
    await page.waitForTimeout(50);
  }
}

async function play(page) {
  await named(page, 'button', 'Play').and(page.locator(':enabled')).click({ timeout: 60_000 });
}

async function guess(page) {
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByLabel('Ten times or more').check();
  await page.getByRole('button', { name: 'Let them learn' }).click();
}

async function trained(page, steps) {
  await play(page);
  await reaches(page, 'transport-bar [data-figure=step]', steps);
}

/** Until all currents of the f-I curve were tried. */
async function curveDone(page) {
  await page.locator('close-view [data-figure=rate]:not([data-value=""])').waitFor();
  const part = page.locator('close-view').getByText(/\d+ of \d+ currents/);
  await part.waitFor({ state: 'detached', timeout: 60_000 });
}

/** What is done in a room before its picture is taken; it goes on meanwhile. */
const RUNNING = {
  'front-door': async (page) => {
    await guess(page);
    await reaches(page, 'front-door-room progress', 15, 'value');
  },
  network: (page) => trained(page, 1500),
  'neuron-bench': async (page) => {
    await page.locator('trace-stack [data-neuron]').first().waitFor();
    await curveDone(page);
  },
  'circuit-bench': (page) => reaches(page, 'circuit-transport [data-figure=time]', 1500),
  'digit-learner': async (page) => {
    await play(page);
    await reaches(page, 'accuracy-view [data-figure=shown]', 400);
  },
};

/** An eight, as a hand draws it: two loops, in shares of the pad. */
async function drawEight(page) {
  await named(page, 'button', 'Draw a digit').click();
  const pad = page.locator('canvas.pad');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  for (const [middle, across] of [
    [0.36, 0.12],
    [0.64, 0.15],
  ]) {
    for (let turn = 0; turn <= 24; turn += 1) {
      const angle = (2 * Math.PI * turn) / 24;
      await page.mouse.move(
        x + width * (0.5 + across * Math.sin(angle)),
        y + height * (middle - 0.14 * Math.cos(angle)),
      );
      if (turn === 0) await page.mouse.down();
    }
    await page.mouse.up();
  }
  await page.locator('[data-reading=spiking][data-answer]').first().waitFor();
}

/** What docs/ and the README show: an address, a height, what is done there. */
const DOCS = {
  'front-door': [
    '',
    880,
    async (page) => {
      await guess(page);
      await page.locator('answer-view h2').waitFor();
    },
  ],
  spiral: ['#data=spiral', 1060, (page) => trained(page, 6500)],
  digits: [
    '#data=mnist&layers=128-relu&loss=cross-entropy&batch=32&lr=0.001',
    1200,
    async (page) => {
      await trained(page, 3800);
      await drawEight(page);
    },
  ],
  'digit-learner': [
    '#room=digit-learner',
    1060,
    async (page) => {
      await play(page);
      await reaches(page, 'accuracy-view [data-figure=shown]', 4000);
    },
  ],
  'neuron-bench': [
    '#room=neuron-bench&n=hodgkin-huxley~squid~10,izhikevich~~14&s=step~start_ms:50~stop_ms:450',
    940,
    async (page) => {
      await page.locator('trace-stack [data-neuron="1"]').waitFor();
      await named(page, 'button', 'Neuron 2').click();
      await curveDone(page);
    },
  ],
  'circuit-bench': [
    '#room=circuit-bench&c=brunel~scale:0.5&rows=0-2500',
    940,
    async (page) => {
      await reaches(page, 'circuit-transport [data-figure=time]', 2000);
      await page.locator('brush-panel').getByLabel('for').selectOption('200');
      await named(page, 'button', 'Silence').click();
      await page.waitForTimeout(400);
    },
  ],
};

const browser = await chromium.launch({
  executablePath: process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
});

/** Takes a picture; a page that complains gives none. */
async function take(name, [width, height], look, hash, act) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: look,
    locale: 'en-GB',
    hasTouch: width < 600,
    isMobile: width < 600,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${address}${hash}`);
  await page.locator('main').waitFor();
  await act(page);
  // The top of the page, and nothing pointed at.
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`);
  console.log(`${join(folder, name)}.png`);
}

const rooms = await roomsOf(browser, address);
const pictures = rooms.flatMap(([room, hash]) => {
  const act = RUNNING[room];
  if (!act) throw new Error(`how the room ${room} is set running stands in no line of RUNNING`);
  return SIZES.flatMap((size) =>
    LOOKS.map((look) => [`${room}-${size[0]}-${look}`, size, look, hash, act]),
  );
});
for (const [name, [hash, height, act]] of Object.entries(DOCS)) {
  pictures.push([`docs/${name}`, [1440, height], 'light', hash, act]);
}
const chosen = pictures.filter(([name]) => wanted(name));
if (chosen.length === 0) throw new Error(`no picture is called ${asked.join(' or ')}`);
mkdirSync(join(folder, 'docs'), { recursive: true });
for (const picture of chosen) await take(...picture);
await browser.close();
