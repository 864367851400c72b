// A worker that is replaced when it dies: a room's client says what to start it with and what it had.
// It gives up after a few deaths in a row.

export interface WorkerPort<Request, Response> {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Response>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface Mourners<Response> {
  heard(response: Response): void;
  /** It died; `gone` if it is not tried again. Called before the next one starts. */
  died(cause: string, gone: boolean): void;
}

/** Deaths in a row after which it is given up. */
const MAX_DEATHS = 3;

export class Undying<Request, Response> {
  private worker: WorkerPort<Request, Response> | undefined;
  private deaths = 0;

  constructor(
    private readonly makeWorker: () => WorkerPort<Request, Response>,
    private readonly first: () => Request,
    private readonly mourners: Mourners<Response>,
  ) {}

  start(): void {
    this.stop();
    const worker = this.makeWorker();
    this.worker = worker;
    worker.onmessage = ({ data }) => {
      if (worker === this.worker) this.mourners.heard(data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker === this.worker) this.die(event.message || 'the worker could not be started');
    };
    worker.postMessage(this.first());
  }

  stop(): void {
    const { worker } = this;
    this.worker = undefined;
    if (!worker) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }

  post(request: Request): void {
    this.worker?.postMessage(request);
  }

  /** It did what it was asked: earlier deaths count no more. */
  thrives(): void {
    this.deaths = 0;
  }

  die(cause: string): void {
    this.stop();
    this.deaths += 1;
    const gone = this.deaths >= MAX_DEATHS;
    this.mourners.died(cause, gone);
    if (!gone) this.start();
  }
}
