// Opens the room: ties the learner to its view.

import type { DigitsWorker } from '../../engine/digits-client.ts';
import { toldModel } from '../../i18n/catalogue.ts';
import type { Command } from '../../page/model.ts';
import type { OpenRoom, RoomSurroundings } from '../rooms.ts';
import './digit-learner-room.ts';
import { Learner, type LearnerModel } from './learner.ts';

function makeWorker(): DigitsWorker {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal-digits' });
}

export function openDigitLearner(around: RoomSurroundings): OpenRoom {
  const room = document.createElement('digit-learner-room');
  let newest: LearnerModel | undefined;
  const show = (model: LearnerModel) => {
    newest = model;
    room.model = { ...model, circuit: model.circuit && toldModel(model.circuit) };
  };
  const learner = new Learner({
    makeWorker,
    ...around,
    changed: show,
    now: () => performance.now(),
  });
  room.addEventListener('setting', (event) => {
    const { path, value } = (event as CustomEvent<{ path: string; value: unknown }>).detail;
    learner.setting(path, value);
  });
  room.addEventListener('command', (event) => {
    learner.command((event as CustomEvent<Command>).detail);
  });
  return {
    element: room,
    addressChanged() {
      learner.enter();
      learner.addressChanged();
    },
    leave: () => learner.leave(),
    retold() {
      if (newest) show(newest);
    },
  };
}
