// An engine in a worker of its own, and calls to it from the page.

export class Engine {
  #worker;
  #waiting = new Map();
  #last = 0;

  constructor(id) {
    this.id = id;
  }

  /** The engine's name and version, once it has loaded. */
  async start() {
    this.#worker = new Worker(`worker.js?engine=${this.id}`, { type: 'module', name: this.id });
    const loaded = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }));
    this.#worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    };
    this.#worker.onerror = (event) => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`${this.id}: ${event.message ?? 'it does not load'}`));
      }
    };
    await loaded;
    return this.call('start');
  }

  call(method, ...args) {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, method, args });
    return answered;
  }

  /** Gives its memory back. */
  stop() {
    this.#worker.terminate();
  }
}
