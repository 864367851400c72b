// The page's entry: finds out what this browser can run, then ties the laboratory to its view.

import './components/cajal-app.ts';
import type { CajalApp } from './components/cajal-app.ts';
import { EngineClient, type WorkerLike } from './engine/client.ts';
import { type Choice, chooseVariant, surroundings } from './engine/variant.ts';
import { type Command, Laboratory } from './page/laboratory.ts';
import { keepTable, keptTable } from './page/storage.ts';

/** Browsers refuse to replace the address more often than about a hundred times in 30 s. */
const ADDRESS_MS = 350;

function makeWorker(): WorkerLike {
  const address = new URL('./worker.js', import.meta.url);
  return new Worker(address, { type: 'module', name: 'cajal' });
}

function addressWriter(): (hash: string) => void {
  let newest = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (hash) => {
    newest = hash;
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      history.replaceState(history.state, '', newest);
    }, ADDRESS_MS);
  };
}

function open(app: CajalApp, choice: Choice): void {
  const laboratory = new Laboratory({
    makeClient: (events) => new EngineClient(makeWorker, choice, events),
    readAddress: () => location.hash,
    writeAddress: addressWriter(),
    keepTable,
    keptTable,
    changed: (model) => {
      app.model = model;
    },
    nextFrame: (draw) => requestAnimationFrame(draw),
  });
  app.addEventListener('setting', (event) => {
    const { path, value } = (event as CustomEvent<{ path: string; value: unknown }>).detail;
    laboratory.setting(path, value);
  });
  app.addEventListener('command', (event) => {
    laboratory.command((event as CustomEvent<Command>).detail);
  });
  addEventListener('hashchange', () => laboratory.addressChanged());
}

const app = document.querySelector('cajal-app');
if (app) {
  const wish = new URLSearchParams(location.search).get('variant');
  const choice = chooseVariant(await surroundings(), wish);
  if (choice) open(app, choice);
  else app.unsupported = true;
}
