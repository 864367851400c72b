// Opens the room: ties the bench to its view.

import type { CircuitWorker } from '../../engine/circuit-client.ts';
import type { Choice } from '../../engine/variant.ts';
import { toldWithin } from '../../i18n/catalogue.ts';
import type { OpenRoom, RoomSurroundings } from '../rooms.ts';
import { CircuitBench, type CircuitCommand, type CircuitModel } from './bench.ts';
import './circuit-bench-room.ts';

function makeWorker(): CircuitWorker {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal-circuit' });
}

export function openCircuitBench(choice: Choice, around: RoomSurroundings): OpenRoom {
  const room = document.createElement('circuit-bench-room');
  let newest: CircuitModel | undefined;
  const show = (model: CircuitModel) => {
    newest = model;
    room.model = { ...model, circuits: model.circuits && toldWithin(model.circuits) };
  };
  const bench = new CircuitBench({
    makeWorker,
    choice,
    ...around,
    base: () => `${location.origin}${location.pathname}${location.search}`,
    changed: show,
    drawn: (act) => requestAnimationFrame(act),
    now: () => performance.now(),
    newSeed: () => crypto.getRandomValues(new Uint16Array(1))[0] ?? 1,
    still: matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  room.addEventListener('setting', (event) => {
    const { path, value } = (event as CustomEvent<{ path: string; value: unknown }>).detail;
    bench.setting(path, value);
  });
  room.addEventListener('command', (event) => {
    bench.command((event as CustomEvent<CircuitCommand>).detail);
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
