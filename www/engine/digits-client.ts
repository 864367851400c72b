// The page's end of the worker in which a network learns digits. A state of a network that was
// replaced is dropped. A worker that dies is not replaced by itself: what it had learned is gone with
// it, and the room says so.

import type { DigitsRequest, DigitsResponse, DigitsState } from './digits-protocol.ts';
import type { BiologicalCatalogue, EngineError, PresentationEntry } from './model.ts';

export interface DigitsWorker {
  postMessage(message: DigitsRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<DigitsResponse>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface DigitsEvents {
  ready(catalogue: BiologicalCatalogue): void;
  loading(loaded: number, total: number): void;
  state(state: DigitsState): void;
  answered(presentation: PresentationEntry): void;
  refused(error: EngineError, request: DigitsRequest['type']): void;
  died(cause: string): void;
}

export class DigitsClient {
  private worker: DigitsWorker | undefined;
  private generation = 0;
  private drawing = 0;

  constructor(
    makeWorker: () => DigitsWorker,
    private readonly events: DigitsEvents,
  ) {
    const worker = makeWorker();
    this.worker = worker;
    worker.onmessage = ({ data }) => this.receive(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.died(event.message || 'the worker could not be started');
    };
    worker.postMessage({ type: 'start', role: 'digit-learner' });
  }

  restart(seed: number): void {
    this.generation += 1;
    this.send({ type: 'restart', generation: this.generation, seed });
  }

  ask(pixels: Float32Array): void {
    this.drawing += 1;
    this.send({ type: 'drawing', id: this.drawing, pixels });
  }

  /** An answer that is on its way is not wanted any more. */
  forgetDrawing(): void {
    this.drawing += 1;
  }

  send(request: DigitsRequest): void {
    this.worker?.postMessage(request);
  }

  dispose(): void {
    const { worker } = this;
    this.worker = undefined;
    if (!worker) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }

  private receive(response: DigitsResponse): void {
    switch (response.type) {
      case 'ready':
        this.events.ready(response.catalogue);
        break;
      case 'loading':
        this.events.loading(response.loaded, response.total);
        break;
      case 'state':
        if (response.generation === this.generation) this.events.state(response.state);
        this.send({ type: 'acknowledge' });
        break;
      case 'answer':
        if (response.id === this.drawing) this.events.answered(response.presentation);
        break;
      case 'refused':
        this.events.refused(response.error, response.request);
        break;
      case 'panic':
        this.died(response.message);
    }
  }

  private died(cause: string): void {
    this.dispose();
    this.events.died(cause);
  }
}
