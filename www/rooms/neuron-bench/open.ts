// Opens the room: ties the bench to its view.

import type { BenchWorker } from '../../engine/bench-client.ts';
import { told, toldRun } from '../../i18n/catalogue.ts';
import type { Command } from '../../page/model.ts';
import type { OpenRoom, RoomSurroundings } from '../rooms.ts';
import { Bench, type BenchModel } from './bench.ts';
import './neuron-bench-room.ts';

function makeWorker(): BenchWorker {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal-bench' });
}

export function openNeuronBench(around: RoomSurroundings): OpenRoom {
  const room = document.createElement('neuron-bench-room');
  let newest: BenchModel | undefined;
  const show = (model: BenchModel) => {
    newest = model;
    const { catalogue, summary, shown } = model;
    const models = shown?.config.neurons.map((neuron) => neuron.model) ?? [];
    room.model = {
      ...model,
      catalogue: told(catalogue),
      summary: summary && toldRun(summary, models),
    };
  };
  const bench = new Bench({ makeWorker, ...around, changed: show });
  room.addEventListener('setting', (event) => {
    const { path, value } = (event as CustomEvent<{ path: string; value: unknown }>).detail;
    if (path.startsWith('clamp.')) bench.clampSetting({ [path.slice(6)]: value });
    else bench.setting(path, value);
  });
  room.addEventListener('command', (event) => {
    const command = (event as CustomEvent<Command>).detail;
    if (command.type === 'dismiss') bench.dismiss(command.id);
    if (command.type === 'restart') bench.restart();
    if (command.type === 'undo') void bench.edits.undo();
    if (command.type === 'redo') void bench.edits.redo();
  });
  return {
    element: room,
    addressChanged() {
      bench.enter();
      bench.addressChanged();
    },
    leave: () => bench.leave(),
    retold() {
      if (newest) show(newest);
    },
  };
}
