// The worker: loads the variant of the engine that the page chose.

/// <reference lib="webworker" />

export {};

declare const self: DedicatedWorkerGlobalScope;

interface Bindings {
  default(source: { module_or_path: URL }): Promise<unknown>;
  initThreadPool?(threads: number): Promise<void>;
  version(): string;
}

self.onmessage = async ({ data: { variant, threads } }) => {
  const folder = new URL(`./pkg/${variant}/`, self.location.href);
  const engine: Bindings = await import(new URL('cajal.js', folder).href);
  await engine.default({ module_or_path: new URL('cajal_bg.wasm', folder) });
  await engine.initThreadPool?.(threads);
  self.postMessage({ variant, version: engine.version() });
};
