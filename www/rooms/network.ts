// The room of the twins: ties the laboratory to its view.

import type { CajalApp } from '../components/cajal-app.ts';
import { saveFile } from '../components/save-file.ts';
import { EngineClient, type WorkerLike } from '../engine/client.ts';
import type { Choice } from '../engine/variant.ts';
import { type Command, Laboratory } from '../page/laboratory.ts';
import { keepTable, keptTable } from '../page/storage.ts';
import type { OpenRoom, RoomSurroundings } from './rooms.ts';

function makeWorker(): WorkerLike {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal' });
}

export function openNetwork(app: CajalApp, choice: Choice, around: RoomSurroundings): OpenRoom {
  const laboratory = new Laboratory({
    makeClient: (events) => new EngineClient(makeWorker, choice, events),
    ...around.keeping,
    saveFile: (name, bytes) => saveFile(name, new Blob([bytes as BlobPart])),
    readAddress: around.readAddress,
    writeAddress: around.writeAddress,
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
  return {
    element: app,
    addressChanged: () => laboratory.addressChanged(),
    leave: () => laboratory.command({ type: 'pause' }),
  };
}
