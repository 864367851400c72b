// A worker that starts before anybody listens: nothing that it says is lost, and it is told once.

import { beforeEach, expect, it, vi } from 'vitest';
import { EngineClient } from '../engine/client.ts';
import { FIRST, headStart } from '../engine/head-start.ts';
import { FakeWorker } from './fake-worker.ts';

let made: FakeWorker[];
beforeEach(() => {
  made = [];
});
const make = () => {
  const worker = new FakeWorker();
  made.push(worker);
  return worker;
};

const soon = () => new Promise<void>((resolve) => queueMicrotask(() => resolve()));

it('is told to start at once, and not again by whoever takes it', async () => {
  const take = headStart(true, make);
  expect(made).toHaveLength(1);
  expect(made[0]?.heard).toEqual([{ type: 'start', ...FIRST }]);
  const ready = vi.fn();
  const client = new EngineClient(take, FIRST, { ready } as never);
  expect(made).toHaveLength(1);
  expect(made[0]?.heard).toHaveLength(1);
  made[0]?.ready();
  await soon();
  expect(ready).toHaveBeenCalledOnce();
  client.dispose();
  expect(made[0]?.terminated).toBe(true);
});

it('hands on what it said before anybody listened, once the listener is made', async () => {
  const take = headStart(true, make);
  made[0]?.ready();
  let client: EngineClient | undefined;
  const ready = vi.fn(() => expect(client).toBeDefined());
  client = new EngineClient(take, FIRST, { ready } as never);
  expect(ready).not.toHaveBeenCalled();
  await soon();
  expect(ready).toHaveBeenCalledOnce();
  client.dispose();
});

it('tells of a failure that came too early to be heard, and the next worker starts anew', async () => {
  const take = headStart(true, make);
  made[0]?.onerror?.({ message: 'it could not be loaded' } as ErrorEvent);
  const restarting = vi.fn();
  const client = new EngineClient(take, FIRST, { restarting } as never);
  await soon();
  expect(restarting).toHaveBeenCalledWith(
    expect.objectContaining({ cause: 'it could not be loaded' }),
  );
  expect(made).toHaveLength(2);
  expect(made[1]?.heard[0]).toEqual({ type: 'start', ...FIRST });
  client.dispose();
});

it('is not made where nobody will want it', () => {
  const take = headStart(false, make);
  expect(made).toHaveLength(0);
  expect(take()).toBe(made[0]);
});
