// Which build of the engine this browser can run. Threads need shared memory, which browsers
// hand out only to isolated pages; SIMD is the one thing that cannot be done without.

import { simd } from 'wasm-feature-detect';
import type { Variant } from './protocol.ts';

export interface Surroundings {
  simd: boolean;
  isolated: boolean;
  sharedMemory: boolean;
  cores: number;
}

export interface Choice {
  variant: Variant;
  threads: number;
}

/** `wish` is what `?variant=` asks for; undefined where no build can run. */
export function chooseVariant(found: Surroundings, wish?: string | null): Choice | undefined {
  if (!found.simd) return undefined;
  // One core is left to the page, so that frames never wait for training.
  const threads = Math.max(1, found.cores - 1);
  const able = found.isolated && found.sharedMemory;
  const wanted = wish === 'threads' || (wish !== 'single' && threads > 1);
  return able && wanted ? { variant: 'threads', threads } : { variant: 'single', threads: 1 };
}

export async function surroundings(): Promise<Surroundings> {
  return {
    simd: typeof WebAssembly === 'object' && (await simd()),
    isolated: globalThis.crossOriginIsolated === true,
    sharedMemory: typeof SharedArrayBuffer === 'function',
    cores: navigator.hardwareConcurrency ?? 1,
  };
}
