import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../state/address.ts';
import { fromBase64url, toBase64url } from '../state/base64url.ts';
import {
  catalogueKey,
  defaultState,
  FIELDS,
  type Field,
  fieldValue,
  isInUse,
} from '../state/fields.ts';
import { type PageState, parameterOf, withValue } from '../state/page-state.ts';
import { MOST_WEIGHTS, type RunRecord, shortHash } from '../state/record.ts';
import { packZeros, unpackZeros } from '../state/zeros.ts';
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
        [
          {
            units: 5,
            activation: 'tanh',
            others: [
              { unit: 0, kind: 'lif' },
              { unit: 4, kind: 'relu' },
            ],
            spikingOthers: [{ unit: 2, kind: 'lif' }],
          },
        ],
      ];
    case 'neurons':
      return [
        [],
        [
          { id: 'izhikevich', values: [{ key: 'a', value: 0.02 }], frozen: true },
          {
            id: 'hodgkin-huxley',
            values: [
              { key: 'g_na', value: -1.5e-7 },
              { key: 'temperature_c', value: 6.3 },
            ],
            frozen: false,
          },
        ],
      ];
    case 'example':
      return [0, 59_999];
    case 'option':
      return [...(field.options ?? [])];
  }
}

describe('a record of a run', () => {
  const record: RunRecord = {
    step: 1234,
    hash: '0123456789abcdef.fedcba9876543210',
    journal: '0t0.02_10_0.0_0.0~7h0_3_-0.25!7o~9k0_1_leaky-relu',
    weights: Uint8Array.from({ length: 301 }, (_, at) => (at * 7) & 255),
  };

  it('goes through the address with the state', () => {
    const hash = formatAddress(first, record);
    expect(parseAddress(hash, catalogue)).toEqual({ state: first, record });
    const short = { step: 0, hash: '', journal: '' };
    expect(parseAddress(formatAddress(first, short), catalogue)).toEqual({
      state: first,
      record: short,
    });
    // Nothing of it is escaped, so that it stays as short as it is.
    expect(hash).not.toContain('%');
  });

  it('carries weights of every length up to 32 KB', () => {
    for (const length of [0, 1, 2, 3, 4, 255, MOST_WEIGHTS]) {
      const weights = Uint8Array.from({ length }, (_, at) => (at * 31) & 255);
      expect(fromBase64url(toBase64url(weights))).toEqual(weights);
    }
    expect(toBase64url(Uint8Array.of(251, 255))).toBe('-_8');
    expect(fromBase64url('-_9')).toBeUndefined();
  });

  it('carries weights without their zeros', () => {
    const random = generator(7);
    for (let round = 0; round < 300; round += 1) {
      const bytes = Uint8Array.from({ length: random(400) }, (_, at) =>
        (at >> 4) % 3 === 0 || random(4) === 0 ? 0 : random(256),
      );
      const packed = packZeros(bytes);
      expect(unpackZeros(packed, 400)).toEqual(bytes);
      expect(packed.length).toBeLessThanOrEqual(bytes.length + 4);
      if (bytes.length > 0) expect(unpackZeros(packed, bytes.length - 1)).toBeUndefined();
    }
    expect(packZeros(new Uint8Array(10_000)).length).toBeLessThan(5);
    // Cut short, or a count without end: nothing, and no memory for it.
    for (const broken of [
      [5, 1],
      [1, 7],
      [255, 255, 255, 255, 255],
      [0, 255, 255, 255, 127],
    ]) {
      expect(unpackZeros(Uint8Array.from(broken), 1000)).toBeUndefined();
    }
  });

  it('has the beginning of both hashes', () => {
    const full = `${'0123456789abcdef'.repeat(4)} ${'fedcba9876543210'.repeat(4)}`;
    expect(shortHash(full)).toBe(record.hash);
    expect(shortHash('')).toBe('');
  });
});

describe('the address', () => {
  it('reads an empty hash as the defaults', () => {
    expect(read('')).toEqual(first);
    expect(read('#')).toEqual(first);
  });

  it('is readable', () => {
    expect(formatAddress(first)).toMatch(/^#v=2&data=spiral&samples=500&.*layers=8-tanh,8-tanh&/);
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
    ['#lr=0.1&lr=0.1', 'lr', 'refusal-twice'],
    ['#v=3', 'v', 'refusal-version'],
    ['#v=', 'v', 'refusal-version'],
    ['#layers=8-tanh*8-lif', 'layers', 'refusal-range'],
    ['#layers=8-tanh*0-cell', 'layers', 'refusal-layer'],
    ['#neurons=cell', 'neurons', 'refusal-option'],
    ['#neurons=izhikevich*a', 'neurons', 'refusal-neuron'],
    ['#neurons=izhikevich*a(fast)', 'neurons', 'refusal-number'],
    ['#neurons=izhikevich*a(1', 'neurons', 'refusal-neuron'],
    ['#at=-1', 'at', 'refusal-range'],
    ['#at=1.5', 'at', 'refusal-integer'],
    ['#at=1&at=2', 'at', 'refusal-twice'],
    ['#log=3o', 'at', 'refusal-record'],
    ['#at=3&hash=cafe', 'hash', 'refusal-hash'],
    ['#at=3&log=<3>', 'log', 'refusal-log'],
    ['#at=3&weights=%20', 'weights', 'refusal-weights'],
    ['#at=3&weights=AAAAA', 'weights', 'refusal-weights'],
    [`#at=3&weights=${'A'.repeat(43_694)}`, 'weights', 'refusal-weights'],
    ['#lr=%E0%A4%A', 'lr', 'refusal-encoding'],
    [`#${'x'.repeat(120_001)}`, '#', 'refusal-length'],
  ])('refuses %s', (hash, field, reason) => {
    const reading = parseAddress(hash, catalogue);
    expect(reading).toMatchObject({ refusal: { field, reason } });
  });

  it.each([
    '#data=xor&seed=7&layers=3-relu',
    '#v=1&data=xor&seed=7&layers=3-relu',
    '#v=2&data=xor&seed=7&layers=3-relu',
  ])('reads %s, whatever its version', (hash) => {
    expect(read(hash)).toEqual(read('#data=xor&seed=7&layers=3-relu'));
    expect(read(hash).config).toMatchObject({ seed: 7, data: { set: 'xor' } });
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
