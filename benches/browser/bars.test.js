import { describe, expect, it } from 'vitest';
import { barsOf } from './bars.js';
import { batchOf, draws, operands, parametersOf, works } from './works.js';

const measured = {
  shareOf: ({ outcomes }) => outcomes.cajal.share,
  wasMeasured: (outcome) => outcome?.median !== undefined,
  nameOf: (id) => id,
};
const work = (id, outcomes) => ({ id, title: id, outcomes });
const verdicts = (...given) => barsOf(given, measured).map(({ verdict }) => verdict);

describe('a bar', () => {
  it('is met, missed by so much, or cannot be judged', () => {
    const lenet = (mine, theirs) =>
      work('lenet', { cajal: { median: mine }, convnet: { median: theirs } });
    expect(verdicts(lenet(10, 300))).toEqual(['met']);
    expect(verdicts(lenet(10, 150))).toEqual(['missed by 50 %']);
    expect(verdicts(lenet(undefined, 150))).toEqual(['not measured']);
  });

  it('takes the best peer that could train, and the slowest transposed form', () => {
    const outcomes = { cajal: { median: 1 }, jax: { median: 3 }, tfjs: { median: 1.5 } };
    expect(verdicts(work('lstm', { ...outcomes, convnet: {} }))).toEqual(['missed by 25 %']);
    const forms = {
      'cajal-lhs': { median: 1 },
      'cajal-rhs': { median: 2 },
      'cajal-both': { median: 1 },
    };
    expect(verdicts(work('product-64', { cajal: { median: 1 }, ...forms }))).toEqual([
      'missed by 44 %',
    ]);
  });
});

describe('the works', () => {
  it('count the operations of products', () => {
    const flops = Object.fromEntries(works.map(({ id, flops }) => [id, flops]));
    expect(flops['product-64x784x128']).toBe(2 * 64 * 784 * 128);
    const [first, second, last] = [784 * 1024, 1024 * 1024, 1024 * 10];
    expect(flops['mlp-784-1024-1024-10']).toBe(2 * 128 * (2 * first + 3 * second + 3 * last));
  });

  it('draw the numbers that the engine draws', () => {
    const [lhs] = operands({ m: 1, k: 1, n: 1 }).lhs;
    expect(lhs).toBe(draws(1, 1)[0]);
    // seed · 2654435761 | 1, then once through the sequence
    const state = (2_654_435_761n * 1_664_525n + 1_013_904_223n) & 0xffff_ffffn;
    expect(lhs).toBe(Math.fround(Number(state >> 8n) / 8_388_608 - 1));
  });

  it('have a batch and parameters of the size they say', () => {
    for (const trained of works.filter(({ kind }) => kind === 'train')) {
      const { inputs, labels, targets } = batchOf(trained);
      expect(inputs.length % trained.batch, trained.id).toBe(0);
      expect((labels ?? targets).length, trained.id).toBe(trained.batch);
      for (const { name, shape, values } of parametersOf(trained)) {
        const length = shape.reduce((all, side) => all * side, 1);
        expect(values.length, `${trained.id} ${name}`).toBe(length);
      }
    }
  });
});
