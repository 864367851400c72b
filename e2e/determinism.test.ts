// The same configuration and seed give the same bytes in every variant, with any number of
// threads: the weights of tests/golden, which the native tests are held to as well.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, launch } from './browser.ts';

interface Golden {
  name: string;
  config: unknown;
  weights: [string, string];
}

const golden: Golden[] = JSON.parse(
  readFileSync(new URL('../tests/golden/weights.json', import.meta.url), 'utf8'),
);

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await browser.newPage();
  await page.goto(address);
});
afterAll(() => browser.close());

/** Trains 200 batches in a worker of its own and gives the hashes of both networks. */
function weights(variant: 'single' | 'threads', threads: number, config: unknown): Promise<string> {
  return page.evaluate(
    ([variant, threads, config]) => {
      const source = `
        import init, * as engine from '${location.origin}/pkg/${variant}/cajal.js';
        await init();
        await engine.initThreadPool?.(${threads});
        const lab = new engine.Lab();
        lab.configure(${JSON.stringify(config)}, undefined);
        while (lab.step() < 200) {
          while (!lab.evaluate(false));
          lab.train(1);
        }
        postMessage(lab.hash());`;
      const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      const worker = new Worker(blob, { type: 'module' });
      return new Promise<string>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
      }).finally(() => worker.terminate());
    },
    [variant, threads, config] as const,
  );
}

for (const { name, config, weights: expected } of golden) {
  test(`weights are the golden ones: ${name}`, async () => {
    expect(await weights('single', 1, config)).toBe(expected.join(' '));
    expect(await weights('threads', 1, config)).toBe(expected.join(' '));
    expect(await weights('threads', 2, config)).toBe(expected.join(' '));
  });
}
