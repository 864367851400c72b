// The room of the twins: ties the laboratory to its view.

import '../components/cajal-app.ts';
import { nextFrame } from '../components/pace.ts';
import { saveFile } from '../components/save-file.ts';
import { offerFile } from '../components/table-drop.ts';
import { EngineClient, type WorkerLike } from '../engine/client.ts';
import type { Choice } from '../engine/variant.ts';
import { told, toldSummary } from '../i18n/catalogue.ts';
import { type Command, Laboratory, type PageModel } from '../page/laboratory.ts';
import { keepTable, keptTable } from '../page/storage.ts';
import { addressOf, type OpenRoom, type RoomSurroundings } from './rooms.ts';

function makeWorker(): WorkerLike {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal' });
}

export function openNetwork(choice: Choice, around: RoomSurroundings): OpenRoom {
  const app = document.createElement('cajal-app');
  let newest: PageModel | undefined;
  let waiting: File | undefined;
  const show = (model: PageModel) => {
    newest = model;
    if (model.catalogue && waiting) offer(waiting);
    const { summary, state } = model;
    // The classes of a table have the names that the visitor gave them.
    const own = state?.config.data.set === 'table';
    app.model = {
      ...model,
      catalogue: told(model.catalogue),
      summary: summary && !own ? toldSummary(summary) : summary,
    };
  };
  const laboratory = new Laboratory({
    makeClient: (events) => new EngineClient(makeWorker, choice, events),
    ...around.keeping,
    saveFile: (name, bytes) => saveFile(name, new Blob([bytes as BlobPart])),
    readAddress() {
      const hash = around.readAddress();
      return hash === addressOf('network') ? '' : hash;
    },
    writeAddress: around.writeAddress,
    keepTable,
    keptTable,
    changed: show,
    nextFrame,
  });
  /** What comes before there is a catalogue waits for it. */
  function offer(file: File): void {
    waiting = newest?.catalogue ? undefined : file;
    if (!waiting) void offerFile(app, file);
  }
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
    offer,
    leave: () => laboratory.command({ type: 'pause' }),
    retold() {
      if (newest) show(newest);
    },
  };
}
