// A worker without a thread: it keeps what it is told and says what a test makes it say.

import type { WorkerLike } from '../engine/client.ts';
import type { ExperimentConfig, SettingsInForce, Snapshot, Summary } from '../engine/model.ts';
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

  snapshot(
    step: number,
    generation = this.generation,
    playing = false,
    change: Partial<SettingsInForce> = {},
  ): void {
    const snapshot = { ...snapshotAt(step), settings: { ...this.settings, ...change } };
    const lastSet = this.of('set').at(-1)?.id ?? 0;
    this.says({ type: 'snapshot', generation, playing, rate: 0, lastSet, snapshot });
  }

  /** What it was told last. */
  private get settings(): SettingsInForce {
    const { learningRate, batchSize, l1, l2 } = (this.of('configure').at(-1)?.config ?? config)
      .training;
    const told = this.of('set').map(({ key, value }) => [key.replace('training.', ''), value]);
    return { learningRate, batchSize, l1, l2, ...Object.fromEntries(told) };
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
  const { learningRate, batchSize, l1, l2 } = config.training;
  const settings = { learningRate, batchSize, l1, l2 };
  return { step, epoch: 0, examples: 0, settings, networks: [] };
}
