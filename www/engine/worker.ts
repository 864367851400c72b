// The worker: loads the engine that the page chose and runs it in slices, so that requests
// are heard between them. The only file that knows the generated bindings.

/// <reference lib="webworker" />

import { defaultState } from '../state/fields.ts';
import { download } from './download.ts';
import type {
  Catalogue,
  ExperimentConfig,
  Snapshot,
  Summary,
  SweepProgress,
  View,
} from './model.ts';
import type { Request, Response, Variant } from './protocol.ts';
import { ASLEEP, type Lab, type Outlet, Runner } from './runner.ts';

declare const self: DedicatedWorkerGlobalScope;

interface BoundLab {
  needs(config: ExperimentConfig): string;
  load_images(id: string, train: Uint8Array, test: Uint8Array): void;
  configure(config: ExperimentConfig, table?: string): Summary;
  step(): number;
  train(maxBatches: number): number;
  step_samples(count: number): void;
  evaluate_slice(): boolean;
  snapshot(view: View): Snapshot;
  set(key: string, value: number): void;
  back(batches: number): void;
  reset(): void;
  restore_last_good(): void;
  checkpoint(): Uint8Array;
  restore(bytes: Uint8Array): void;
  hash(): string;
  sweep_start(epochs: number, seeds: number): void;
  sweep_advance(): SweepProgress;
  sweep_cancel(): void;
  provoke_panic(): void;
  free(): void;
}

interface Bindings {
  default(source?: { module_or_path: URL }): Promise<unknown>;
  initThreadPool?(threads: number): Promise<void>;
  Lab: { new (config: ExperimentConfig): BoundLab; catalogue(): Catalogue };
}

// The panic hook writes the cause to the console before the trap, which itself says nothing.
let lastPanic = '';
const consoleError = console.error.bind(console);
console.error = (...parts: unknown[]) => {
  const text = parts.map(String).join(' ');
  if (text.includes('panicked at')) lastPanic = text.split('\n\nStack:')[0] ?? text;
  consoleError(...parts);
};

const post = (message: Response, transfer: Transferable[] = []) =>
  self.postMessage(message, transfer);

async function load(variant: Variant, threads: number): Promise<Bindings> {
  const folder = new URL(`./pkg/${variant}/`, self.location.href);
  const bindings: Bindings = await import(new URL('cajal.js', folder).href);
  await bindings.default({ module_or_path: new URL('cajal_bg.wasm', folder) });
  if (variant === 'threads') await bindings.initThreadPool?.(threads);
  return bindings;
}

async function loadOrFallBack(variant: Variant, threads: number) {
  if (variant === 'single') return { bindings: await load('single', 1), variant, threads: 1 };
  try {
    return { bindings: await load('threads', threads), variant, threads };
  } catch (error) {
    const fallback = error instanceof Error ? error.message : String(error);
    const bindings = await load('single', 1);
    return { bindings, variant: 'single' as const, threads: 1, fallback };
  }
}

/** The lab as the loop wants it; it begins to exist with its first configuration. */
class WasmLab implements Lab {
  private bound: BoundLab | undefined;
  private listed: Catalogue | undefined;

  constructor(private readonly bindings: Bindings) {}

  private get lab(): BoundLab {
    this.bound ??= new this.bindings.Lab(defaultState(this.catalogue()).config);
    return this.bound;
  }

  catalogue(): Catalogue {
    this.listed ??= this.bindings.Lab.catalogue();
    return this.listed;
  }

  needs(config: ExperimentConfig): string {
    return this.lab.needs(config);
  }

  loadImages(id: string, train: Uint8Array, test: Uint8Array): void {
    this.lab.load_images(id, train, test);
  }

  configure(config: ExperimentConfig, table: string | undefined): Summary {
    return this.lab.configure(config, table);
  }

  step(): number {
    return this.lab.step();
  }

  train(maxBatches: number): number {
    return this.lab.train(maxBatches);
  }

  stepSamples(count: number): void {
    this.lab.step_samples(count);
  }

  evaluateSlice(): boolean {
    return this.lab.evaluate_slice();
  }

  snapshot(view: View): Snapshot {
    return this.lab.snapshot(view);
  }

  set(key: string, value: number): void {
    this.lab.set(key, value);
  }

  back(batches: number): void {
    this.lab.back(batches);
  }

  reset(): void {
    this.lab.reset();
  }

  restoreLastGood(): void {
    this.lab.restore_last_good();
  }

  checkpoint(): Uint8Array {
    return this.lab.checkpoint();
  }

  restore(bytes: Uint8Array): void {
    this.lab.restore(bytes);
  }

  hash(): string {
    return this.lab.hash();
  }

  sweepStart(epochs: number, seeds: number): void {
    this.lab.sweep_start(epochs, seeds);
  }

  sweepAdvance(): SweepProgress {
    return this.lab.sweep_advance();
  }

  sweepCancel(): void {
    this.lab.sweep_cancel();
  }

  /** The points of a generated set, from a lab with next to no network. */
  preview(set: string): Float32Array | undefined {
    const { config } = defaultState(this.catalogue());
    const small = { ...config, data: { ...config.data, set }, layers: [] };
    const lab = new this.bindings.Lab(small);
    try {
      return lab.configure(small).points;
    } finally {
      lab.free();
    }
  }

  provokePanic(): void {
    this.lab.provoke_panic();
  }
}

function outlet(catalogue: Catalogue, wake: () => void): Outlet {
  return {
    post,
    wake,
    now: () => performance.now(),
    async loadImages(set, onProgress, signal) {
      const files = catalogue.dataSets.find(({ id }) => id === set)?.files;
      if (!files) throw new Error(`${set} has no files`);
      const total = files.train.bytes + files.test.bytes;
      let loaded = 0;
      const load = ({ path }: { path: string }) =>
        download(
          new URL(path, self.location.href),
          (count) => {
            loaded = Math.min(total, loaded + count);
            onProgress(loaded, total);
          },
          signal,
        );
      const [train, test] = await Promise.all([load(files.train), load(files.test)]);
      return { train, test };
    },
  };
}

/** Slices are tasks of their own, so that requests waiting at the port come in between. */
function pump(runner: () => Runner): () => void {
  const channel = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let scheduled = false;
  const wake = () => {
    clearTimeout(timer);
    timer = undefined;
    if (scheduled) return;
    scheduled = true;
    channel.port2.postMessage(null);
  };
  channel.port1.onmessage = () => {
    scheduled = false;
    const wait = runner().slice();
    if (wait === 0) wake();
    else if (wait !== ASLEEP) timer = setTimeout(wake, wait);
  };
  return wake;
}

async function start(variant: Variant, threads: number): Promise<void> {
  const { bindings, ...engine } = await loadOrFallBack(variant, threads);
  const lab = new WasmLab(bindings);
  const catalogue = lab.catalogue();
  const wake = pump(() => runner);
  const runner: Runner = new Runner(lab, outlet(catalogue, wake), () => lastPanic);
  self.onmessage = ({ data }: MessageEvent<Request>) => {
    runner.handle(data);
    wake();
  };
  post({ type: 'ready', catalogue, ...engine });
}

// Nothing but `start` is sent before the worker says that it is ready.
self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.type !== 'start') return;
  start(data.variant, data.threads).catch((error: unknown) => {
    post({ type: 'panic', message: lastPanic || String(error) });
  });
};
