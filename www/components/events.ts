// What components tell the page. Both events bubble out of every shadow root.

import type { Command } from '../page/laboratory.ts';

/** A control wants a value at a path of PageState. */
export function emitSetting(from: EventTarget, path: string, value: unknown): void {
  emit(from, 'setting', { path, value });
}

export function emitCommand(from: EventTarget, command: Command): void {
  emit(from, 'command', command);
}

function emit(from: EventTarget, name: string, detail: unknown): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
