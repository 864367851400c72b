// Opens the room: ties the visit to its view.

import { EngineClient, type WorkerLike } from '../../engine/client.ts';
import { FIRST } from '../../engine/head-start.ts';
import type { OpenRoom } from '../rooms.ts';
import './front-door-room.ts';
import type { Guess } from './visit.ts';
import { Visit } from './visit.ts';

export function openFrontDoor(makeWorker: () => WorkerLike): OpenRoom {
  const room = document.createElement('front-door-room');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const visit = new Visit({
    makeClient: (events) => new EngineClient(makeWorker, FIRST, events),
    changed: (model) => {
      room.model = model;
    },
    nextFrame: (draw) => requestAnimationFrame(draw),
    later: (act, ms) => setTimeout(act, ms),
    now: () => performance.now(),
    calm: () => calm.matches,
  });
  room.addEventListener('guess', (event) => visit.guess((event as CustomEvent<Guess>).detail));
  room.addEventListener('run', () => visit.run());
  room.addEventListener('again', () => visit.again());
  room.addEventListener('restart', () => visit.restart());
  return {
    element: room,
    addressChanged: () => visit.enter(),
    leave: () => visit.leave(),
  };
}
