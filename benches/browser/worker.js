// One engine in a worker of its own: its heap, its compiler's decisions and its globals are its own.
// Answers calls one at a time; time is taken here, so that messages cost nothing.

const engine = (await import(`./${new URL(self.location.href).searchParams.get('engine')}.js`))
  .default;
const subjects = new Map();

const methods = {
  async start() {
    await engine.start();
    return { name: engine.name, version: engine.version() };
  },
  async prepare(key, work, form) {
    const refusal = engine.supports(work);
    if (refusal !== true) return { refusal };
    const subject = await engine.prepare(work, form);
    subjects.set(key, subject);
    return { note: subject.note, facts: subject.facts };
  },
  /** Milliseconds of `count` runs, and what the last of them gave: a loss or a sum. */
  async run(key, count) {
    const subject = subjects.get(key);
    subject.before?.();
    const began = performance.now();
    const value = await subject.run(count);
    return { ms: performance.now() - began, value };
  },
  async result(key) {
    return subjects.get(key).result();
  },
  dispose(key) {
    subjects.get(key)?.dispose();
    subjects.delete(key);
  },
};

self.onmessage = async ({ data: { id, method, args } }) => {
  try {
    self.postMessage({ id, value: await methods[method](...args) });
  } catch (error) {
    // Refusals of the engine under test are plain objects with a message.
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
self.postMessage({ id: 0 });
