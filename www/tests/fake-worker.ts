// A worker without a thread: it keeps what it is told and says what a test makes it say.

import type { WorkerLike } from '../engine/client.ts';
import type { ExperimentConfig, Snapshot, Summary } from '../engine/model.ts';
import type { Request, Response } from '../engine/protocol.ts';
import { defaultState } from '../state/fields.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeLab } from './fake-lab.ts';

export const config: ExperimentConfig = defaultState(fakeCatalogue).config;

export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  terminated = false;
  readonly heard: Request[] = [];

  postMessage(message: Request): void {
    this.heard.push(structuredClone(message));
  }

  terminate(): void {
    this.terminated = true;
  }

  says(data: Response): void {
    this.onmessage?.({ data } as MessageEvent<Response>);
  }

  ready(): void {
    this.says({ type: 'ready', variant: 'single', threads: 1, catalogue: fakeCatalogue });
  }

  /** Answers the newest `configure`. */
  configured(): void {
    const summary: Summary = new FakeLab().configure(config);
    this.says({ type: 'configured', generation: this.generation, summary });
  }

  snapshot(step: number, generation = this.generation, playing = false): void {
    this.says({ type: 'snapshot', generation, playing, rate: 0, snapshot: snapshotAt(step) });
  }

  checkpoint(step: number, generation = this.generation): void {
    this.says({ type: 'checkpoint', generation, step, bytes: Uint8Array.of(step) });
  }

  refuse(request: Request['type'], code: string, generation = this.generation): void {
    this.says({ type: 'error', generation, request, code, message: code, detail: { line: 3 } });
  }

  of<T extends Request['type']>(type: T): Extract<Request, { type: T }>[] {
    return this.heard.filter((request) => request.type === type) as never;
  }

  get generation(): number {
    return this.of('configure').at(-1)?.generation ?? 0;
  }
}

export function snapshotAt(step: number): Snapshot {
  return { step, epoch: 0, examples: 0, networks: [] };
}
