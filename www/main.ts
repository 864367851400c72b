// The page: starts the engine in a worker and says which variant runs.

import { simd } from 'wasm-feature-detect';

const status = document.querySelector<HTMLElement>('#status');

function show(text: string, state: 'ready' | 'failed') {
  if (!status) return;
  status.textContent = text;
  status.dataset.state = state;
}

async function start() {
  if (!(await simd())) {
    show('This browser has no WebAssembly SIMD, which Cajal needs.', 'failed');
    return;
  }
  const isolated = crossOriginIsolated && typeof SharedArrayBuffer === 'function';
  const variant = isolated ? 'threads' : 'single';
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => {
    show(`Cajal ${data.version}, ${data.variant}`, 'ready');
    if (status) status.dataset.variant = data.variant;
  };
  worker.onerror = (event) => show(event.message, 'failed');
  worker.postMessage({ variant, threads: Math.max(1, navigator.hardwareConcurrency - 1) });
}

start();
