// The page's end of the bench's worker: one question of a kind is on its way at a time, and only the
// newest of those that wait follows it, so that a slider that is dragged never makes a queue. A
// worker that dies is replaced and given the last configuration that it took.

import type { BenchAnswer, BenchQuestion, BenchRequest, BenchResponse } from './bench-protocol.ts';
import type { BenchConfig, BiologicalCatalogue, EngineError } from './model.ts';
import { Undying, type WorkerPort } from './undying.ts';

export type BenchWorker = WorkerPort<BenchRequest, BenchResponse>;

export interface BenchEvents {
  ready(catalogue: BiologicalCatalogue): void;
  answered(answer: BenchAnswer, question: BenchQuestion): void;
  refused(error: EngineError, question: BenchQuestion): void;
  /** The worker died; `gone` if it is not tried again. */
  died(cause: string, gone: boolean): void;
}

type Kind = BenchQuestion['type'];

export class BenchClient {
  private readonly worker: Undying<BenchRequest, BenchResponse>;
  private isReady = false;
  private next = 1;
  private asked = new Map<Kind, { id: number; question: BenchQuestion }>();
  private waiting = new Map<Kind, BenchQuestion>();
  private good: BenchConfig | undefined;

  constructor(
    makeWorker: () => BenchWorker,
    private readonly events: BenchEvents,
  ) {
    this.worker = new Undying(makeWorker, () => ({ type: 'start', role: 'neuron-bench' }), {
      heard: (response) => this.receive(response),
      died: (cause, gone) => this.died(cause, gone),
    });
    this.worker.start();
  }

  ask(question: BenchQuestion): void {
    // A curve is long: the newest one replaces the one on its way.
    const busy = this.asked.has(question.type) && question.type !== 'curve';
    if (!this.isReady || busy) this.waiting.set(question.type, question);
    else this.send(question);
  }

  cancelCurve(): void {
    this.waiting.delete('curve');
    this.asked.delete('curve');
    if (this.isReady) this.worker.post({ type: 'cancelCurve' });
  }

  /** Whether an answer of this kind is on its way. */
  expects(kind: Kind): boolean {
    return this.asked.has(kind) || this.waiting.has(kind);
  }

  dispose(): void {
    this.isReady = false;
    this.asked.clear();
    this.worker.stop();
  }

  private send(question: BenchQuestion): void {
    const id = this.next++;
    this.asked.set(question.type, { id, question });
    this.worker.post({ type: 'ask', id, question });
  }

  private receive(response: BenchResponse): void {
    switch (response.type) {
      case 'ready':
        this.isReady = true;
        this.events.ready(response.catalogue);
        this.flush();
        break;
      case 'answer': {
        const { id, answer } = response;
        const asked = this.asked.get(answer.type);
        if (asked?.id !== id) return;
        if (answer.type !== 'curve' || answer.curve.done) this.asked.delete(answer.type);
        if (asked.question.type === 'configure') this.good = asked.question.config;
        this.worker.thrives();
        this.events.answered(answer, asked.question);
        this.flush();
        break;
      }
      case 'refused': {
        const asked = this.asked.get(response.question);
        if (asked?.id !== response.id) return;
        this.asked.delete(response.question);
        this.events.refused(response.error, asked.question);
        this.flush();
        break;
      }
      case 'panic':
        this.worker.die(response.message);
    }
  }

  /** A configuration goes first: the other questions are about the run that it makes. */
  private flush(): void {
    const first = (kind: Kind) => (kind === 'configure' ? 0 : 1);
    const ordered = [...this.waiting].sort(([one], [other]) => first(one) - first(other));
    for (const [kind, question] of ordered) {
      if (this.asked.has(kind) && kind !== 'curve') continue;
      this.waiting.delete(kind);
      this.send(question);
    }
  }

  private died(cause: string, gone: boolean): void {
    this.isReady = false;
    this.asked.clear();
    if (!gone && this.good && !this.waiting.has('configure')) {
      this.waiting.set('configure', { type: 'configure', config: this.good });
    }
    this.events.died(cause, gone);
  }
}
