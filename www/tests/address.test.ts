import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../state/address.ts';
import {
  catalogueKey,
  defaultState,
  FIELDS,
  type Field,
  fieldValue,
  isInUse,
} from '../state/fields.ts';
import { type PageState, parameterOf, withValue } from '../state/page-state.ts';
import { fakeCatalogue as catalogue } from './fake-catalogue.ts';

const first = defaultState(catalogue);

function read(hash: string): PageState {
  const reading = parseAddress(hash, catalogue);
  if ('refusal' in reading) throw new Error(JSON.stringify(reading.refusal));
  return reading.state;
}

/** Values that every field of its kind must carry, other than the default. */
function samples(field: Field): unknown[] {
  switch (field.kind) {
    case 'number': {
      const { min, max } = parameterOf(catalogue, catalogueKey(field));
      return [min, max];
    }
    case 'choice': {
      const list = catalogue.choices.find(({ key }) => key === catalogueKey(field));
      return list?.options.map(({ id }) => id) ?? [];
    }
    case 'dataSet':
      return catalogue.dataSets.map(({ id }) => id);
    case 'layers':
      return [
        [],
        [{ units: 1, activation: 'leaky-relu', others: [] }],
        [
          { units: 512, activation: 'relu', others: [] },
          { units: 10, activation: 'softplus', others: [] },
        ],
      ];
    case 'example':
      return [0, 59_999];
    case 'option':
      return [...(field.options ?? [])];
  }
}

describe('the address', () => {
  it('reads an empty hash as the defaults', () => {
    expect(read('')).toEqual(first);
    expect(read('#')).toEqual(first);
  });

  it('is readable', () => {
    expect(formatAddress(first)).toMatch(/^#v=1&data=spiral&samples=500&.*layers=8-tanh,8-tanh&/);
  });

  it.each(FIELDS.map((field) => [field.name, field] as const))('carries %s', (name, field) => {
    for (const value of samples(field)) {
      const state = withValue(first, field.path, value);
      const restored = read(formatAddress(state));
      expect(fieldValue(restored, field)).toEqual(value);
      expect(restored).toEqual(state);
      expect(formatAddress(restored)).toBe(formatAddress(state));
    }
    // Every field is really written, by its own name.
    expect(formatAddress(first)).toContain(`&${name}=`);
  });

  it('says which fields mean nothing with the choices that were made', () => {
    const shown = (hash: string) =>
      FIELDS.filter((field) => isInUse(read(hash), field)).map(({ name }) => name);
    expect(shown('')).not.toContain('span');
    expect(shown('')).not.toContain('limit');
    expect(shown('#schedule=cosine')).toContain('span');
    expect(shown('#clip=norm')).toContain('limit');
  });

  it('has a default for what it leaves out', () => {
    expect(read('#data=circle&lr=0.1')).toEqual(
      withValue(withValue(first, 'config.data.set', 'circle'), 'config.training.learningRate', 0.1),
    );
  });

  it.each([
    ['#lr=fast', 'lr', 'refusal-number'],
    ['#lr=', 'lr', 'refusal-number'],
    ['#lr', 'lr', 'refusal-number'],
    ['#lr=0x10', 'lr', 'refusal-number'],
    ['#lr=1e999', 'lr', 'refusal-range'],
    ['#lr=NaN', 'lr', 'refusal-number'],
    ['#lr=-0.1', 'lr', 'refusal-range'],
    ['#batch=1.5', 'batch', 'refusal-integer'],
    ['#batch=0', 'batch', 'refusal-range'],
    ['#seed=4294967296', 'seed', 'refusal-range'],
    ['#seed=-1', 'seed', 'refusal-range'],
    ['#data=nowhere', 'data', 'refusal-option'],
    ['#data=__proto__', 'data', 'refusal-option'],
    ['#optimiser=Adam', 'optimiser', 'refusal-option'],
    ['#layers=', 'layers', 'refusal-layer'],
    ['#layers=8', 'layers', 'refusal-layer'],
    ['#layers=8-', 'layers', 'refusal-layer'],
    ['#layers=-tanh', 'layers', 'refusal-layer'],
    ['#layers=8-tanh,', 'layers', 'refusal-layer'],
    ['#layers=8.5-tanh', 'layers', 'refusal-integer'],
    ['#layers=9999-tanh', 'layers', 'refusal-range'],
    [`#layers=${Array(7).fill('8-tanh').join(',')}`, 'layers', 'refusal-layer-count'],
    ['#split=validation', 'split', 'refusal-option'],
    ['#example=-1', 'example', 'refusal-range'],
    ['#nothing=1', 'nothing', 'refusal-unknown'],
    ['#&', '', 'refusal-unknown'],
    ['#lr=0.1&lr=0.1', 'lr', 'refusal-twice'],
    ['#v=2', 'v', 'refusal-version'],
    ['#lr=%E0%A4%A', 'lr', 'refusal-encoding'],
    [`#${'x'.repeat(5000)}`, '#', 'refusal-length'],
  ])('refuses %s', (hash, field, reason) => {
    const reading = parseAddress(hash, catalogue);
    expect(reading).toMatchObject({ refusal: { field, reason } });
  });

  it('never shows more than a little of what it refuses', () => {
    const reading = parseAddress(`#data=${'<script>'.repeat(100)}`, catalogue);
    if (!('refusal' in reading)) throw new Error('not refused');
    expect(String(reading.refusal.gaps.text).length).toBeLessThan(50);
  });

  it('reads or refuses anything, without throwing, and what it reads it writes alike', () => {
    const random = generator(20261122);
    const valid = formatAddress(first);
    for (let round = 0; round < 3000; round += 1) {
      const reading = parseAddress(mangle(valid, random), catalogue);
      if ('refusal' in reading) {
        expect(reading.refusal.reason).toMatch(/^refusal-/);
      } else {
        expect(read(formatAddress(reading.state))).toEqual(reading.state);
      }
    }
  });
});

/** Marsaglia's xorshift32, so that a failure can be had again. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mangle(text: string, random: (below: number) => number): string {
  const letters = '#&=,-.0129eEv%+ \u0000\ud800aé';
  let mangled = text;
  for (let change = random(4); change >= 0; change -= 1) {
    const at = random(mangled.length + 1);
    const letter = letters[random(letters.length)] ?? '';
    const length = random(3);
    mangled = mangled.slice(0, at) + letter + mangled.slice(at + length);
  }
  return mangled;
}
