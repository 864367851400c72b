// The worker: loads the engine that the page chose and runs it in slices, so that requests
// are heard between them. The only file that loads the generated bindings.

/// <reference lib="webworker" />

import type { BenchRequest, BenchResponse } from './bench-protocol.ts';
import { BenchRunner } from './bench-runner.ts';
import type { CircuitRequest, CircuitResponse } from './circuit-protocol.ts';
import { CircuitRunner } from './circuit-runner.ts';
import type { DigitsRequest, DigitsResponse } from './digits-protocol.ts';
import { DigitsRunner, LIMIT_BYTES } from './digits-runner.ts';
import { download } from './download.ts';
import type { DataSetEntry, LayeredCatalogue } from './model.ts';
import type { Request, Response, Variant } from './protocol.ts';
import { ASLEEP, Runner, type Surroundings } from './runner.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The parts of the engine: a room needs one of them, so a worker loads one. */
interface Parts {
  layered: typeof import('../../pkg/single/layered/cajal.js');
  biological: typeof import('../../pkg/single/biological/cajal.js');
}
type Bindings<P extends keyof Parts> = Parts[P] & {
  initThreadPool?(threads: number): Promise<void>;
};

const THUMBNAIL_POINTS = 160;

// The panic hook writes the cause to the console before the trap, which itself says nothing.
let lastPanic = '';
const consoleError = console.error.bind(console);
console.error = (...parts: unknown[]) => {
  const text = parts.map(String).join(' ');
  if (text.includes('panicked at')) lastPanic = text.split(/\n\s*\n?Stack:/)[0]?.trim() ?? text;
  consoleError(...parts);
};

const post = (message: Response, transfer: Transferable[] = []) =>
  self.postMessage(message, transfer);

async function load<P extends keyof Parts>(
  part: P,
  variant: Variant,
  threads: number,
): Promise<Bindings<P>> {
  const folder = new URL(`./pkg/${variant}/${part}/`, self.location.href);
  const bindings: Bindings<P> = await import(new URL('cajal.js', folder).href);
  await bindings.default({ module_or_path: new URL('cajal_bg.wasm', folder) });
  if (variant === 'threads') await bindings.initThreadPool?.(threads);
  return bindings;
}

/** The points of a generated set, from a laboratory with next to no network. */
function preview(
  { Lab }: Parts['layered'],
  { defaults }: LayeredCatalogue,
  set: string,
): Float32Array {
  const lab = new Lab();
  try {
    const data = { ...defaults.data, set, samples: THUMBNAIL_POINTS };
    return lab.configure({ ...defaults, data, layers: [] }).points;
  } finally {
    lab.free();
  }
}

const loadImages = async (
  { dataSets }: { dataSets: DataSetEntry[] },
  set: string,
  onProgress: (loaded: number, total: number) => void,
  signal: AbortSignal,
): Promise<{ train: Uint8Array; test: Uint8Array }> => {
  const files = dataSets.find(({ id }) => id === set)?.files;
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
  onProgress(0, total);
  const [train, test] = await Promise.all([load(files.train), load(files.test)]);
  return { train, test };
};

function surroundings(
  bindings: Parts['layered'],
  catalogue: LayeredCatalogue,
  wake: () => void,
): Surroundings {
  return {
    post,
    wake,
    now: () => performance.now(),
    preview: (set) => preview(bindings, catalogue, set),
    lastPanic: () => lastPanic,
    loadImages: (set, onProgress, signal) => loadImages(catalogue, set, onProgress, signal),
  };
}

/** Slices are tasks of their own, so that requests waiting at the port come in between. */
function pump(runner: () => Pick<Runner, 'slice'>): () => void {
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
  const bindings = await load('layered', variant, threads);
  const catalogue = bindings.layeredCatalogue();
  const wake = pump(() => runner);
  const around = surroundings(bindings, catalogue, wake);
  const runner: Runner = new Runner(new bindings.Lab(), catalogue, around);
  self.onmessage = ({ data }: MessageEvent<Request>) => {
    runner.handle(data);
    wake();
  };
  post({ type: 'ready', catalogue, variant, threads });
}

/** A worker for the neuron bench: it has no network, and its loop answers questions. */
async function startBench(): Promise<void> {
  const bindings = await load('biological', 'single', 1);
  const catalogue = bindings.biologicalCatalogue();
  const postBench = (message: BenchResponse) => self.postMessage(message);
  const wake = pump(() => ({ slice: () => (runner.slice() ? 0 : ASLEEP) }));
  const runner: BenchRunner = new BenchRunner(new bindings.NeuronBench(), {
    post: postBench,
    wake,
    lastPanic: () => lastPanic,
    loadRecording() {
      const { path } = catalogue.neuronBench.recording;
      const never = new AbortController().signal;
      return download(new URL(path, self.location.href), () => {}, never);
    },
  });
  self.onmessage = ({ data }: MessageEvent<BenchRequest>) => {
    runner.handle(data);
    wake();
  };
  postBench({ type: 'ready', catalogue });
}

/** A worker for the circuit bench. */
async function startCircuits(variant: Variant, threads: number): Promise<void> {
  const bindings = await load('biological', variant, threads);
  const { Circuit } = bindings;
  const say = (message: CircuitResponse, transfer: Transferable[] = []) =>
    self.postMessage(message, transfer);
  const wake = pump(() => runner);
  const runner: CircuitRunner = new CircuitRunner({
    estimate: ({ circuit, values }, limitBytes) => Circuit.estimate(circuit, values, limitBytes),
    make: ({ circuit, values, seed }, places, limitBytes) =>
      new Circuit(circuit, values, seed, places, limitBytes),
    post: say,
    now: () => performance.now(),
    lastPanic: () => lastPanic,
  });
  self.onmessage = ({ data }: MessageEvent<CircuitRequest>) => {
    runner.handle(data);
    wake();
  };
  const catalogue = bindings.biologicalCatalogue();
  say({ type: 'ready', catalogue, overview: Circuit.overview(), variant });
}

/** A worker in which a network learns digits. */
async function startDigits(): Promise<void> {
  const bindings = await load('biological', 'single', 1);
  const catalogue = bindings.biologicalCatalogue();
  const postDigits = (message: DigitsResponse) => self.postMessage(message);
  const wake = pump(() => ({ slice: () => (runner.slice() ? 0 : ASLEEP) }));
  const circuit = catalogue.circuits.find(({ id }) => id === 'diehl-cook');
  const declared = circuit?.parameters.find(({ key }) => key === 'neurons');
  if (!declared) throw new Error('the catalogue has no network that learns digits');
  const neurons = declared.default;
  const runner: DigitsRunner = new DigitsRunner(neurons, {
    post: postDigits,
    now: () => performance.now(),
    wake,
    lastPanic: () => lastPanic,
    async make(seed) {
      const progress = (loaded: number, total: number) =>
        postDigits({ type: 'loading', loaded, total });
      const never = new AbortController().signal;
      const files = await loadImages(catalogue, 'mnist', progress, never).catch(
        (cause: unknown) => {
          const message = cause instanceof Error ? cause.message : String(cause);
          throw { code: 'data-unreachable', message };
        },
      );
      const { train, test } = files;
      return new bindings.DigitStudent('mnist', train, test, neurons, seed, LIMIT_BYTES);
    },
  });
  self.onmessage = ({ data }: MessageEvent<DigitsRequest>) => {
    runner.handle(data);
    wake();
  };
  postDigits({ type: 'ready', catalogue });
}

type First = Request | BenchRequest | CircuitRequest | DigitsRequest;
type Start = Extract<First, { type: 'start' }>;

function startAs(first: Start): Promise<void> {
  if (!('role' in first)) return start(first.variant, first.threads);
  if (first.role === 'neuron-bench') return startBench();
  if (first.role === 'digit-learner') return startDigits();
  return startCircuits(first.variant, first.threads);
}

// Nothing but `start` is sent before the worker says that it is ready.
self.onmessage = ({ data }: MessageEvent<First>) => {
  if (data.type !== 'start') return;
  startAs(data).catch((error: unknown) => {
    const message = lastPanic || (error instanceof Error ? error.message : String(error));
    const threads = 'variant' in data && data.variant === 'threads';
    post({ type: threads ? 'unstarted' : 'panic', message });
  });
};
