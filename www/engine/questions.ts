// Questions that wait for their answers by number; a worker that dies leaves them without.

export class Questions<Answer> {
  private next = 1;
  private readonly waiting = new Map<number, (answer: Answer | undefined) => void>();

  /** Asks by `post`; undefined if whoever should have answered is gone. */
  ask(post: (id: number) => void): Promise<Answer | undefined> {
    const id = this.next++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      post(id);
    });
  }

  answer(id: number, answer: Answer | undefined): void {
    this.waiting.get(id)?.(answer);
    this.waiting.delete(id);
  }

  /** Nobody answers any more. */
  drop(): void {
    for (const id of [...this.waiting.keys()]) this.answer(id, undefined);
  }
}
