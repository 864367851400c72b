// The whole adjustable state of the page, and how a dotted path reads and writes it.

import type { ChoiceList, ExperimentConfig, LayeredCatalogue, Parameter } from '../engine/model.ts';

export const SPEEDS = ['most', '100', '10', '1'] as const;

export interface PageState {
  config: ExperimentConfig;
  view: {
    example: number;
    split: 'train' | 'test';
    /** Which points lie over the decision surface. */
    points: 'all' | 'train' | 'test' | 'none';
    /** How fast it plays: as fast as it can, or steps a second. */
    speed: (typeof SPEEDS)[number];
  };
}

export function parameterOf(catalogue: LayeredCatalogue, key: string): Parameter {
  const parameter = catalogue.parameters.find((entry) => entry.key === key);
  if (!parameter) throw new Error(`the catalogue has no parameter ${key}`);
  return parameter;
}

export function choicesOf(catalogue: LayeredCatalogue, key: string): ChoiceList {
  const list = catalogue.choices.find((entry) => entry.key === key);
  if (!list) throw new Error(`the catalogue has no choices for ${key}`);
  return list;
}

export function valueAt(root: object, path: string): unknown {
  let value: unknown = root;
  for (const name of path.split('.')) value = (value as Record<string, unknown>)[name];
  return value;
}

/** A copy of `root` with one value replaced; what does not change is shared. */
export function withValue<T extends object>(root: T, path: string, value: unknown): T {
  const [name = '', ...rest] = path.split('.');
  const inner = (root as Record<string, unknown>)[name];
  const replaced = rest.length === 0 ? value : withValue(inner as object, rest.join('.'), value);
  return { ...root, [name]: replaced };
}
