// The spiking works as works.json describes them, for run.mjs and report.mjs.

import { readFileSync } from 'node:fs';

const described = JSON.parse(readFileSync(new URL('works.json', import.meta.url), 'utf8'));

/** Each with what it shares with others. Where building takes no time, each run begins anew. */
export const works = described.works.map((work) => ({
  ...described[work.like],
  ...work,
  anew: work.like !== 'sparse',
}));

/** Who takes part: ours in a browser, ours natively, and the native simulators. */
export const contenders = [
  { id: 'cajal', kind: 'browser', name: 'Cajal' },
  { id: 'cajal-one-thread', kind: 'browser', name: 'threads: 1' },
  { id: 'cajal-threads', kind: 'browser', name: 'threads: 2' },
  { id: 'native', kind: 'native', name: 'native' },
  { id: 'brian-cpp', kind: 'peer', name: 'Brian2 C++', script: ['brian_peer.py', 'cpp'] },
  { id: 'brian-cython', kind: 'peer', name: 'Brian2 cython', script: ['brian_peer.py', 'cython'] },
  { id: 'nest', kind: 'peer', name: 'NEST', script: ['nest_peer.py'] },
];
