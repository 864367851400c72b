// A worker that starts, and an engine that is compiled, while the page still loads its own code: whoever
// asks first gets that worker.

import type { WorkerLike } from './client.ts';

function makeWorker(): WorkerLike {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal' });
}

/** `now` is whether it is known already that one is wanted. */
export function headStart(now: boolean): () => WorkerLike {
  let waiting = now ? makeWorker() : undefined;
  return () => {
    const worker = waiting ?? makeWorker();
    waiting = undefined;
    return worker;
  };
}
