import { describe, expect, it } from 'vitest';
import { chooseVariant } from '../engine/variant.ts';

const able = { simd: true, isolated: true, sharedMemory: true, cores: 8 };

describe('the variant', () => {
  it.each([
    ['all but one core', able, null, { variant: 'threads', threads: 7 }],
    ['no isolation', { ...able, isolated: false }, null, { variant: 'single', threads: 1 }],
    ['no shared memory', { ...able, sharedMemory: false }, null, { variant: 'single', threads: 1 }],
    ['two cores', { ...able, cores: 2 }, null, { variant: 'single', threads: 1 }],
    ['one core', { ...able, cores: 1 }, null, { variant: 'single', threads: 1 }],
    ['no SIMD', { ...able, simd: false }, null, undefined],
    ['no SIMD, whatever is asked', { ...able, simd: false }, 'single', undefined],
    ['a wish for one thread', able, 'single', { variant: 'single', threads: 1 }],
    ['a wish for threads', { ...able, cores: 1 }, 'threads', { variant: 'threads', threads: 1 }],
    [
      'a wish that cannot be',
      { ...able, isolated: false },
      'threads',
      { variant: 'single', threads: 1 },
    ],
    ['a wish for nonsense', able, 'fast', { variant: 'threads', threads: 7 }],
  ])('with %s', (_, found, wish, choice) => {
    expect(chooseVariant(found, wish)).toEqual(choice);
  });
});
