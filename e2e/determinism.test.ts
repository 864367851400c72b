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

type Part = 'layered' | 'biological';

/** Runs `body` in a worker with a part of the engine in a variant; gives what it posts. */
function inWorker(
  part: Part,
  variant: 'single' | 'threads',
  threads: number,
  body: string,
): Promise<string> {
  return page.evaluate(
    ([part, variant, threads, body]) => {
      const source = `
        import init, * as engine from '${location.origin}/pkg/${variant}/${part}/cajal.js';
        await init();
        await engine.initThreadPool?.(${threads});
        ${body}`;
      const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      const worker = new Worker(blob, { type: 'module' });
      return new Promise<string>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
      }).finally(() => worker.terminate());
    },
    [part, variant, threads, body] as const,
  );
}

/** Trains 200 batches and gives the hashes of both networks. */
function weights(variant: 'single' | 'threads', threads: number, config: unknown): Promise<string> {
  return inWorker(
    'layered',
    variant,
    threads,
    `const lab = new engine.Lab();
    lab.configure(${JSON.stringify(config)}, undefined);
    while (lab.step() < 200) {
      while (!lab.evaluate(false));
      lab.train(1);
    }
    postMessage(lab.hash());`,
  );
}

for (const { name, config, weights: expected } of golden) {
  test(`weights are the golden ones: ${name}`, async () => {
    expect(await weights('single', 1, config)).toBe(expected.join(' '));
    expect(await weights('threads', 1, config)).toBe(expected.join(' '));
    expect(await weights('threads', 2, config)).toBe(expected.join(' '));
  });
}

const works: Record<string, string> = JSON.parse(
  readFileSync(new URL('../tests/golden/works.json', import.meta.url), 'utf8'),
);

for (const [work, expected] of Object.entries(works)) {
  test(`spiking networks come to the golden state: ${work}`, async () => {
    const [name, ms] = work.split(' ');
    const body = `
      const work = new engine.CircuitWork('${name}');
      work.advance(${ms});
      postMessage(work.hash());`;
    expect(await inWorker('biological', 'single', 1, body)).toBe(expected);
    expect(await inWorker('biological', 'threads', 1, body)).toBe(expected);
    expect(await inWorker('biological', 'threads', 2, body)).toBe(expected);
  });
}

test('a circuit goes on, is tuned and stimulated, and refuses nonsense in words', async () => {
  const told = await inWorker(
    'biological',
    'single',
    1,
    `const refusal = (call) => { try { call(); return 'none'; } catch (error) { return error.code; } };
    const circuit = new engine.Circuit('cuba', { scale: 0.25 }, 1, 500, 2 ** 28);
    circuit.advance(60);
    const before = circuit.takeSpikes().times().length;
    const tuned = circuit.retune({ scale: 0.25, inhibition_mv: 30 });
    const rebuilt = circuit.retune({ scale: 0.5 });
    circuit.brush(0, 50, true, 100);
    circuit.advance(60);
    const places = Array.from(circuit.takeSpikes().places());
    postMessage(JSON.stringify({
      populations: circuit.populations().map(({ name, places }) => name + ' ' + places),
      before: before > 0, tuned, rebuilt,
      excited: 9 * places.filter((place) => place < 50).length > places.filter((place) => place >= 50).length,
      unknown: refusal(() => new engine.Circuit('nothing', {}, 1, 500, 2 ** 28)),
      range: refusal(() => circuit.retune({ scale: 7 })),
      memory: refusal(() => new engine.Circuit('microcircuit', { scale: 1 }, 1, 500, 2 ** 20)),
    }));`,
  );
  expect(JSON.parse(told)).toEqual({
    populations: ['excitatory 400', 'inhibitory 100'],
    before: true,
    tuned: true,
    rebuilt: false,
    excited: true,
    unknown: 'network-parameter',
    range: 'network-parameter',
    memory: 'network-memory',
  });
});

test('digits are learned by spike timing in the tab', async () => {
  const told = await inWorker(
    'biological',
    'single',
    1,
    `const unpack = async (name) => {
      const answer = await fetch('${new URL('.', address).href}data/' + name + '.bin.gz');
      const stream = answer.body.pipeThrough(new DecompressionStream('gzip'));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    };
    const [train, test] = [await unpack('mnist-train'), await unpack('mnist-test')];
    const student = new engine.DigitStudent('mnist', train, test, 40, 1, 2 ** 28);
    const before = student.weights();
    for (let digit = 0; digit < 120; digit += 1) student.digit();
    const { shown, last } = student.progress();
    const { labels, fields } = student.neurons();
    const changed = student.weights().some((weight, at) => weight !== before[at]);
    const hash = student.hash();
    student.restart(40, 1, 2 ** 28);
    for (let digit = 0; digit < 120; digit += 1) student.digit();
    postMessage(JSON.stringify({
      shown, index: last.index, labels: labels.length, fields: fields.length, changed,
      labelled: labels.some((label) => label >= 0), again: student.hash() === hash,
    }));`,
  );
  expect(JSON.parse(told)).toEqual({
    shown: 120,
    index: 119,
    labels: 40,
    fields: 40 * 784,
    changed: true,
    labelled: true,
    again: true,
  });
});
