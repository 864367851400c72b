// A worker that starts, and an engine that is fetched and compiled, while the page still loads its own
// code: whoever asks first gets that worker, and hears what it said in the meantime.

import type { WorkerLike } from './client.ts';
import type { Request, Response } from './protocol.ts';

/** What the first view asks for: one thread is enough for its small networks, and is there sooner. */
export const FIRST = { variant: 'single', threads: 1 } as const;

function makeWorker(): WorkerLike {
  const address = new URL('./worker.js', document.baseURI);
  return new Worker(address, { type: 'module', name: 'cajal' });
}

/** `now` is whether it is known already that one is wanted. */
export function headStart(now: boolean, make: () => WorkerLike = makeWorker): () => WorkerLike {
  let waiting = now ? new Started(make()) : undefined;
  return () => {
    const worker = waiting ?? make();
    waiting = undefined;
    return worker;
  };
}

/** A worker that was told to start before anybody listened to it. */
class Started implements WorkerLike {
  onmessageerror: WorkerLike['onmessageerror'] = null;
  private listener: WorkerLike['onmessage'] = null;
  private errorListener: WorkerLike['onerror'] = null;
  private readonly early: MessageEvent<Response>[] = [];
  private failure: ErrorEvent | undefined;

  constructor(private readonly worker: WorkerLike) {
    worker.onmessage = (event) => {
      if (this.listener) this.listener(event);
      else this.early.push(event);
    };
    worker.onerror = (event) => {
      if (this.errorListener) this.errorListener(event);
      else this.failure = event;
    };
    worker.onmessageerror = (event) => this.onmessageerror?.(event);
    worker.postMessage({ type: 'start', ...FIRST });
  }

  postMessage(message: Request, transfer: Transferable[] = []): void {
    // That it was told already.
    if (message.type !== 'start') this.worker.postMessage(message, transfer);
  }

  terminate(): void {
    this.worker.terminate();
  }

  get onmessage(): WorkerLike['onmessage'] {
    return this.listener;
  }

  set onmessage(listener: WorkerLike['onmessage']) {
    this.listener = listener;
    // Later, as messages come: whoever begins to listen is still being made.
    queueMicrotask(() => {
      for (const event of this.early.splice(0)) this.listener?.(event);
    });
  }

  get onerror(): WorkerLike['onerror'] {
    return this.errorListener;
  }

  set onerror(listener: WorkerLike['onerror']) {
    this.errorListener = listener;
    queueMicrotask(() => {
      if (this.failure && this.errorListener) {
        const { failure } = this;
        this.failure = undefined;
        this.errorListener(failure);
      }
    });
  }
}
