// Keys that run the experiment from anywhere on the page, unless something else wants them.

import type { Command } from '../page/laboratory.ts';

const KEYS: Readonly<Record<string, Command>> = {
  ' ': { type: 'toggle' },
  s: { type: 'advance', unit: 'sample' },
  b: { type: 'advance', unit: 'batch' },
  e: { type: 'advance', unit: 'epoch' },
  z: { type: 'back', batches: 1 },
  r: { type: 'reset' },
  n: { type: 'newSeed' },
};

/** Controls that take letters themselves, by tag or by type of input. */
const TYPING = ['SELECT', 'TEXTAREA', 'text', 'number', 'search'];
/** Controls on which the space bar already means something. */
const PRESSABLE = ['BUTTON', 'SUMMARY', 'A', 'checkbox', 'radio', 'file'];

export function shortcut(event: KeyboardEvent): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
  const target = event.composedPath()[0] as Partial<HTMLInputElement> | undefined;
  const kind = target?.tagName === 'INPUT' ? (target.type ?? 'text') : (target?.tagName ?? '');
  if (TYPING.includes(kind) || target?.isContentEditable) return undefined;
  if (event.key === ' ' && PRESSABLE.includes(kind)) return undefined;
  return KEYS[event.key.toLowerCase()];
}
