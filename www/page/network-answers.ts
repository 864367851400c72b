// Questions about units and examples. One of a kind is on its way at a time, and the newest of those that
// wait follows it: so a pencil that moves makes no queue.

import type { EngineClient } from '../engine/client.ts';
import type { Answer, Question } from '../engine/network-desk.ts';

export type Answers = Partial<{ [A in Answer as A['about']]: A }>;

export class NetworkAnswers {
  private answers: Answers = {};
  private readonly underWay = new Set<Question['about']>();
  private readonly waiting = new Map<Question['about'], Question>();
  /** Answers about an experiment that is no more come too late. */
  private era = 0;

  constructor(
    private readonly client: Pick<EngineClient, 'ask'>,
    private readonly show: (answers: Answers) => void,
  ) {}

  ask(question: Question): void {
    const { about } = question;
    if (this.underWay.has(about)) {
      this.waiting.set(about, question);
      return;
    }
    this.underWay.add(about);
    const { era } = this;
    void this.client.ask(question).then((answer) => {
      this.underWay.delete(about);
      if (answer && era === this.era) {
        this.answers = { ...this.answers, [about]: answer };
        this.show(this.answers);
      }
      const next = this.waiting.get(about);
      this.waiting.delete(about);
      if (next) this.ask(next);
    });
  }

  /** Another experiment is on the bench. */
  forget(): void {
    this.era += 1;
    this.waiting.clear();
    this.answers = {};
    this.show(this.answers);
  }
}
