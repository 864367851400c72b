// What a page holds on to: the heaps of its own scripts and of each worker's once garbage was collected, and
// the memories of the engines, which are WebAssembly's. Playwright sees no heap of a worker, so this asks the
// developer tools of each, through whoever started it: the page, or the worker whose thread it is.

import type { CDPSession, Page } from 'playwright-core';

/** Bytes by what holds them; `ENGINES` is the sum of all memories of WebAssembly. Threads are only counted. */
export type Held = Record<string, number>;

export const ENGINES = 'memory of the engines';

const EVENTS = [
  'Target.attachedToTarget',
  'Target.detachedFromTarget',
  'Target.receivedMessageFromTarget',
] as const;

type Answer = Record<string, unknown>;
type Ask = (method: string, params?: object) => Promise<Answer>;

/** Asks for all that the page and its workers hold, each time it is called. */
export async function heldBy(page: Page): Promise<() => Promise<Held>> {
  const session = await page.context().newCDPSession(page);
  const ask: Ask = async (method, params) =>
    (await session.send(method as 'Runtime.enable', params as undefined)) as unknown as Answer;
  const workers = new Workers(ask);
  for (const event of EVENTS) listen(session, event, (params) => workers.hear(event, params));
  await workers.attach();
  return async () => {
    const held: Held = { 'scripts of the page': await heapOf(ask), [ENGINES]: 0 };
    const add = (what: string, bytes: number) => {
      held[what] = (held[what] ?? 0) + bytes;
    };
    for (const worker of workers.all()) {
      const [heap, memories] = await Promise.all([
        heapOf(worker.ask),
        memoriesOf(worker.ask),
      ]).catch((error: unknown) => {
        if (workers.all().includes(worker)) throw error;
        // It was ended meanwhile, and holds nothing.
        return [0, 0] as const;
      });
      add(`scripts of the worker ${worker.name}`, heap);
      add(ENGINES, memories);
      // They wait for work in a lock and answer nothing. Their memory is the worker's, counted already.
      const threads = worker.workers.all().length;
      if (threads > 0) add(`threads of the worker ${worker.name}`, threads);
    }
    return held;
  };
}

async function heapOf(ask: Ask): Promise<number> {
  await ask('HeapProfiler.collectGarbage');
  const { usedSize } = await ask('Runtime.getHeapUsage');
  return usedSize as number;
}

async function memoriesOf(ask: Ask): Promise<number> {
  const group = { objectGroup: 'memories' };
  const expression = 'WebAssembly.Memory.prototype';
  const prototype = await ask('Runtime.evaluate', { expression, ...group });
  const prototypeObjectId = (prototype.result as Remote).objectId;
  const found = await ask('Runtime.queryObjects', { prototypeObjectId, ...group });
  const sum = await ask('Runtime.callFunctionOn', {
    objectId: (found.objects as Remote).objectId,
    functionDeclaration:
      'function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }',
    returnByValue: true,
  });
  await ask('Runtime.releaseObjectGroup', group);
  return (sum.result as Remote).value;
}

interface Remote {
  objectId: string;
  value: number;
}

function listen(session: CDPSession, event: string, heard: (params: Answer) => void): void {
  session.on(event as 'Target.attachedToTarget', (params) => heard(params as unknown as Answer));
}

/** The workers that a page or a worker started and that are still there. */
class Workers {
  private readonly bySession = new Map<string, WorkerLine>();

  constructor(private readonly ask: Ask) {}

  all(): WorkerLine[] {
    return [...this.bySession.values()];
  }

  /** Those that are there, and those to come. Flat sessions would be hidden from us by Playwright. */
  async attach(): Promise<void> {
    const params = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
    await this.ask('Target.setAutoAttach', params);
  }

  hear(event: string, params: Answer): void {
    const sessionId = params.sessionId as string;
    switch (event) {
      case 'Target.attachedToTarget': {
        const { title } = params.targetInfo as { title: string };
        const line = new WorkerLine(title, (message) =>
          this.ask('Target.sendMessageToTarget', { sessionId, message }),
        );
        this.bySession.set(sessionId, line);
        line.workers.attach().catch(() => undefined);
        return;
      }
      case 'Target.detachedFromTarget':
        this.bySession.get(sessionId)?.end();
        this.bySession.delete(sessionId);
        return;
      case 'Target.receivedMessageFromTarget':
        this.bySession.get(sessionId)?.hear(params.message as string);
    }
  }
}

/** Questions to one worker, and its answers. */
class WorkerLine {
  readonly workers = new Workers((method, params) => this.ask(method, params));
  private asked = 0;
  private readonly waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void }
  >();

  constructor(
    readonly name: string,
    private readonly post: (message: string) => Promise<unknown>,
  ) {}

  readonly ask: Ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      this.asked += 1;
      const id = this.asked;
      this.waiting.set(id, { resolve, reject });
      this.post(JSON.stringify({ id, method, params })).catch(reject);
    });

  hear(text: string): void {
    const message = JSON.parse(text);
    if (message.id === undefined) {
      this.workers.hear(message.method, message.params);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }

  end(): void {
    for (const { reject } of this.waiting.values()) reject(new Error(`${this.name} was ended`));
    this.waiting.clear();
    for (const thread of this.workers.all()) thread.end();
  }
}
