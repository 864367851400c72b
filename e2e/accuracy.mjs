// The long accuracy runs in Chromium: the same configurations as natively must lead to the same
// weights, and the spiral must be learned in 20 s. `cargo xtask accuracy` serves the page and runs it.

import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const address = process.env.CAJAL_URL ?? 'http://localhost:8080/';
const asked = process.argv.slice(2);
const wanted = (id) => asked.length === 0 || asked.includes(id);
const runs = JSON.parse(
  readFileSync(new URL('../tests/golden/digits.json', import.meta.url), 'utf8'),
);
const spiralConfig = {
  ...runs[0].config,
  data: { ...runs[0].config.data, set: 'spiral' },
  layers: [
    { units: 8, activation: 'tanh', others: [] },
    { units: 8, activation: 'tanh', others: [] },
  ],
  training: {
    ...runs[0].config.training,
    loss: 'half-mse',
    learningRate: 0.01,
    batchSize: 10,
  },
  spiking: { ...runs[0].config.spiking, encoding: 'current' },
};

const browser = await chromium.launch({
  executablePath: process.env.CAJAL_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage();
await page.goto(address);

/** Runs `body` in a module worker with `Lab` of the variant with one thread; gives what it posts. */
const inWorker = (body, argument) =>
  page.evaluate(
    ([body, argument]) => {
      const source = `
        import init, { Lab } from '${location.origin}/pkg/single/layered/cajal.js';
        await init();
        const argument = ${JSON.stringify(argument)};
        const unpack = async (name) => {
          const answer = await fetch('${location.origin}/data/' + name + '.bin.gz');
          const stream = answer.body.pipeThrough(new DecompressionStream('gzip'));
          return new Uint8Array(await new Response(stream).arrayBuffer());
        };
        const view = { surface: false, example: 0, split: 'test' };
        ${body}`;
      const worker = new Worker(
        URL.createObjectURL(new Blob([source], { type: 'text/javascript' })),
        {
          type: 'module',
        },
      );
      return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
      }).finally(() => worker.terminate());
    },
    [body, argument],
  );

const digits = `
  const lab = new Lab();
  lab.loadImages('mnist', await unpack('mnist-train'), await unpack('mnist-test'));
  const { batchesPerEpoch } = lab.configure(argument.config, undefined);
  while (lab.step() < argument.epochs * batchesPerEpoch) {
    while (!lab.evaluate(false));
    if (lab.train(1000) < 0) throw new Error('diverged');
  }
  while (!lab.evaluate(true));
  const { complete } = lab.snapshot(view).networks[argument.side];
  postMessage({ weights: lab.hash().split(' ')[argument.side], accuracy: complete.accuracy });`;

const spiral = `
  const lab = new Lab();
  lab.configure(argument, undefined);
  const started = performance.now();
  let best = Infinity;
  while (best > 0.02 && performance.now() - started < 20000) {
    const until = performance.now() + 200;
    while (performance.now() < until) {
      while (!lab.evaluate(false));
      lab.train(1000);
    }
    const { curve } = lab.snapshot(view).networks[0];
    for (let row = 0; row < curve.length; row += 5) best = Math.min(best, curve[row + 2]);
  }
  postMessage({ best, step: lab.step(), seconds: (performance.now() - started) / 1000 });`;

const missed = [];
for (const run of runs.filter(({ id }) => wanted(id))) {
  const started = Date.now();
  const { weights, accuracy } = await inWorker(digits, run);
  const same = weights === run.weights;
  console.log(
    `Chromium, ${run.name}, ${run.epochs} epochs, seed 1: ${(100 * accuracy).toFixed(2)} %, ` +
      `${same ? 'the same weights as natively' : `other weights: ${weights}`}, ` +
      `${((Date.now() - started) / 1000).toFixed(0)} s for both networks`,
  );
  if (!same || accuracy < run.bar) missed.push(run.id);
}
if (wanted('spiral')) {
  let reached = 0;
  for (let seed = 1; seed <= 10; seed += 1) {
    const { best, step, seconds } = await inWorker(spiral, { ...spiralConfig, seed });
    console.log(
      `Chromium, spiral, seed ${seed}: ${best.toFixed(4)} at step ${step} after ${seconds.toFixed(1)} s`,
    );
    if (best <= 0.02) reached += 1;
  }
  console.log(`Chromium, spiral: ${reached} of 10`);
  if (reached < 5) missed.push('spiral');
}
await browser.close();
if (missed.length > 0) {
  console.log(`missed: ${missed.join(', ')}`);
  process.exit(1);
}
console.log('all bars met in Chromium');
