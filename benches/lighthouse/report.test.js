import { expect, test } from 'vitest';
import { median, missed, report } from './report.js';

const perfect = { performance: [98, 96, 97], accessibility: [100], 'best-practices': [100] };

test('a median is a score that was reached', () => {
  expect(median([90, 100, 95])).toBe(95);
  expect(median([90, 100])).toBe(90);
});

test('bars depend on the preset, and every miss is told', () => {
  const slow = { ...perfect, performance: [92, 93, 91] };
  const audits = [
    { room: 'network', preset: 'desktop', scores: slow, wrong: new Map() },
    { room: 'network', preset: 'mobile', scores: slow, wrong: new Map() },
    {
      room: 'front-door',
      preset: 'mobile',
      scores: { ...perfect, accessibility: [100, 98, 99] },
      wrong: new Map(),
    },
  ];
  expect(missed(audits)).toEqual([
    'network, desktop: performance 92 < 95',
    'front-door, mobile: accessibility 99 < 100',
  ]);
});

test('the report has a row for each room and preset', () => {
  const audits = [
    {
      room: 'network',
      preset: 'desktop',
      scores: perfect,
      wrong: new Map([['unused-javascript', '0.5']]),
    },
    {
      room: 'network',
      preset: 'mobile',
      scores: { ...perfect, performance: [80] },
      wrong: new Map([['dom-size', '0']]),
    },
  ];
  const text = report({
    date: '2026-11-27',
    commit: '0123456789',
    machine: 'a machine',
    chromium: '156.0',
    lighthouse: '12.8.2',
    rounds: 3,
    audits,
  });
  expect(text).toContain('- 2026-11-27, commit 0123456789\n');
  expect(text).toContain('Chromium 156.0, headless; Lighthouse 12.8.2');
  expect(text).toContain('| network | desktop | **97** (96–98) | **100** | **100** | met |');
  expect(text).toContain('| network | mobile | **80** | **100** | **100** | **missed** |');
  // Where every bar is met nobody asks what cost points.
  expect(text).not.toContain('unused-javascript');
  expect(text).toContain('- network, mobile: dom-size 0');
});
