// Reads single values from the address and refuses what is not one.

import type { Parameter } from '../engine/model.ts';

/** Seeds are whole numbers of 32 bits. */
export const LARGEST_SEED = 2 ** 32 - 1;

/** Why a text is not a value: the id of a message and what fills its gaps. */
export class FieldRefusal extends Error {
  constructor(
    readonly reason: string,
    readonly gaps: Record<string, string | number> = {},
  ) {
    super(reason);
  }
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

export function parseNumber(
  text: string,
  min: number,
  max: number,
  scale: Parameter['scale'],
): number {
  if (!NUMBER.test(text)) throw new FieldRefusal('refusal-number', { text });
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new FieldRefusal('refusal-range', { text, min, max });
  }
  if (scale === 'integer' && !Number.isInteger(value)) {
    throw new FieldRefusal('refusal-integer', { text });
  }
  // Minus zero would be written as 0 and no longer be the same.
  return value === 0 ? 0 : value;
}

export function oneOf(text: string, options: readonly string[]): string {
  if (!options.includes(text)) {
    throw new FieldRefusal('refusal-option', { text, options: options.join(', ') });
  }
  return text;
}
