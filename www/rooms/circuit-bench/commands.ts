// What the elements of the room ask for besides settings.

import type { CircuitCommand } from './bench.ts';

export function emitCircuit(from: EventTarget, detail: CircuitCommand): void {
  from.dispatchEvent(new CustomEvent('command', { detail, bubbles: true, composed: true }));
}
