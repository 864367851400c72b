// The loop of the bench's worker without the worker: answers questions in their order, and makes a
// point of a curve whenever nothing else is asked. It knows the bench only by its face.

import type { BenchAnswer, BenchQuestion, BenchRequest, BenchResponse } from './bench-protocol.ts';
import { type BenchFace, isEngineError } from './model.ts';

/** What surrounds the loop. */
export interface BenchSurroundings {
  post(message: BenchResponse): void;
  loadRecording(): Promise<Uint8Array>;
  lastPanic(): string;
  /** Asks for another slice. */
  wake(): void;
}

export class BenchRunner {
  private waiting: { id: number; question: BenchQuestion }[] = [];
  private curve: number | undefined;
  private loading = false;
  private dead = false;

  constructor(
    private readonly bench: BenchFace,
    private readonly around: BenchSurroundings,
  ) {}

  handle(request: BenchRequest): void {
    if (request.type === 'ask') {
      const { id, question } = request;
      this.waiting = this.waiting.filter((older) => older.question.type !== question.type);
      this.waiting.push({ id, question });
    } else if (request.type === 'cancelCurve') {
      this.curve = undefined;
      this.waiting = this.waiting.filter((older) => older.question.type !== 'curve');
    }
  }

  /** One answer, or one point of a curve; true if there is more to do. */
  slice(): boolean {
    if (this.dead || this.loading) return false;
    const next = this.waiting.shift();
    if (next) this.guard(next.id, next.question.type, () => this.answer(next.id, next.question));
    else if (this.curve !== undefined) {
      const id = this.curve;
      this.guard(id, 'curve', () => this.point(id));
    }
    return !this.loading && (this.waiting.length > 0 || this.curve !== undefined);
  }

  private answer(id: number, question: BenchQuestion): void {
    const { bench } = this;
    switch (question.type) {
      case 'configure':
        if (bench.needsRecording(question.config)) {
          this.load(id, question);
          return;
        }
        // The curve was that of the run of before.
        this.curve = undefined;
        this.post(id, { type: 'configure', summary: bench.configure(question.config) });
        return;
      case 'traces': {
        const { fromMs, untilMs, columns } = question;
        this.post(id, { type: 'traces', traces: bench.traces(fromMs, untilMs, columns) });
        return;
      }
      case 'plane': {
        const { neuron, variable, timeMs } = question;
        this.post(id, { type: 'plane', plane: bench.plane(neuron, variable, timeMs) });
        return;
      }
      case 'moment':
        this.post(id, { type: 'moment', moment: bench.moment(question.neuron, question.timeMs) });
        return;
      case 'clamp': {
        const { neuron, spec, columns } = question;
        this.post(id, { type: 'clamp', clamp: bench.clamp(neuron, spec, columns) });
        return;
      }
      case 'curve':
        bench.curveStart(question.neuron, question.spec);
        this.curve = id;
    }
  }

  private point(id: number): void {
    const curve = this.bench.curveAdvance();
    if (!curve || curve.done) this.curve = undefined;
    if (curve) this.post(id, { type: 'curve', curve });
  }

  private load(id: number, question: Extract<BenchQuestion, { type: 'configure' }>): void {
    this.loading = true;
    this.around
      .loadRecording()
      .then((bytes) => {
        this.guard(id, 'configure', () => {
          this.bench.loadRecording(bytes);
          // A newer wish may have come in the meantime.
          if (!this.waiting.some((other) => other.question.type === 'configure')) {
            this.waiting.unshift({ id, question });
          }
        });
      })
      .catch((error: unknown) => {
        this.around.post({
          type: 'refused',
          id,
          question: 'configure',
          error: { code: 'data-unreachable', message: errorText(error) },
        });
      })
      .finally(() => {
        this.loading = false;
        this.around.wake();
      });
  }

  private post(id: number, answer: BenchAnswer): void {
    this.around.post({ type: 'answer', id, answer });
  }

  private guard(id: number, question: BenchQuestion['type'], act: () => void): void {
    try {
      act();
    } catch (error) {
      if (question === 'curve') this.curve = undefined;
      if (isEngineError(error)) {
        this.around.post({ type: 'refused', id, question, error });
        return;
      }
      this.dead = true;
      this.around.post({ type: 'panic', message: this.around.lastPanic() || errorText(error) });
    }
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
