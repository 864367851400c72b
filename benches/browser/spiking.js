// What benches/spiking/run.mjs asks of this page: a spiking work in one of our engines, run by run.

import { Engine } from './engine.js';

let engine;

/** Starts the engine anew with a work; what it says of it, and the seconds until it was built. */
async function open(id, work) {
  engine = new Engine(id);
  const { name, version } = await engine.start();
  const began = performance.now();
  const { refusal, facts } = await engine.call('prepare', id, { ...work, kind: 'circuit' });
  return { refusal, name, version, ...facts, build_s: (performance.now() - began) / 1000 };
}

async function run(id) {
  const { ms, value } = await engine.call('run', id, 1);
  return { ms, ...value };
}

globalThis.spiking = { open, run, close: () => engine?.stop() };
