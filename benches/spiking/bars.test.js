import { describe, expect, it } from 'vitest';
import { replaceSection, sectionOf } from '../sections.js';
import { barsOf } from './bars.js';
import { contenders, works } from './works.mjs';

const measuredWith = (medians, rates = {}) => ({
  titleOf: (id) => id,
  nameOf: (id) => id,
  median: (id, who) => medians[id]?.[who],
  rate: (id, who) => rates[id]?.[who],
  updates: (id) => (id === 'lif' ? 1.25 : undefined),
  bytes: (kind) => ({ static: 2.1, stdp: 15 })[kind],
});
const verdicts = (medians, rates) =>
  Object.fromEntries(
    barsOf(measuredWith(medians, rates)).map(({ title, verdict }) => [title, verdict]),
  );

describe('a bar of spiking networks', () => {
  it('is met, missed by so much, or cannot be judged, and tells how near the stretch is', () => {
    const found = verdicts({ cuba: { cajal: 30, 'brian-cpp': 45, nest: 300 } });
    expect(found['cuba: brian-cpp']).toBe('met, 75 % of the stretch');
    expect(found['cuba: nest']).toBe('missed by 9 %, 67 % of the stretch');
    expect(found['brunel-b: nest']).toBe('not measured');
  });

  it('wants rates from neither side further than they may be, and few bytes', () => {
    const found = verdicts(
      {},
      { 'brunel-b': { cajal: 58, nest: 57 }, 'brunel-c': { cajal: 36, nest: 38 } },
    );
    expect(found["brunel-b: rate from nest's"]).toBe('met');
    expect(found["brunel-c: rate from nest's"]).toMatch('missed');
    expect(found['lif: updates of neurons']).toBe('met');
    expect(found['a synapse with the weight and delay of all']).toBe('met');
    expect(found['a synapse that learns']).toBe('missed by 20 %');
  });
});

describe('the spiking works', () => {
  it('have what everyone needs to know', () => {
    for (const work of works) {
      expect(work.biological_ms, work.id).toBeGreaterThan(0);
      expect(work.dt_ms, work.id).toBeGreaterThan(0);
    }
    expect(new Set(contenders.map(({ id }) => id)).size).toBe(contenders.length);
  });
});

describe('the sections of the report', () => {
  it('are replaced one at a time', () => {
    const both = replaceSection(replaceSection('', 'compute', 'one\n'), 'spiking', 'two\n');
    expect(sectionOf(both, 'compute')).toBe('one\n');
    const renewed = replaceSection(both, 'compute', 'three\n');
    expect(sectionOf(renewed, 'compute')).toBe('three\n');
    expect(sectionOf(renewed, 'spiking')).toBe('two\n');
  });

  it('begin with a report from before there were sections', () => {
    const old = '# What was measured\n';
    expect(sectionOf(replaceSection(old, 'spiking', 'two\n'), 'compute')).toBe(old);
  });
});
