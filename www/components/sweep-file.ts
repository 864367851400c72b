// What a comparison of seeds gives away: a row for each seed, and its strips of dots as a drawing.

import type { Interval, SweepProgress } from '../engine/model.ts';
import { formatLoss, formatPercent } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { palette } from './palette.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { drawing, escaped, round } from './svg-figure.ts';

export type Kind = 'artificial' | 'spiking';
export const KINDS: readonly Kind[] = ['artificial', 'spiking'];

/** The part of the axis that holds all values, with some air. */
export function sweepRange({ runs, measure }: SweepProgress): [low: number, high: number] {
  const values = runs.flatMap((run) => [run.artificial, run.spiking]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = Math.max((high - low) * 0.15, measure === 'accuracy' ? 0.005 : 1e-4);
  const top = measure === 'accuracy' ? Math.min(1, high + air) : high + air;
  return [Math.max(0, low - air), top];
}

export function sweepShow({ measure }: SweepProgress): (value: number) => string {
  return measure === 'accuracy' ? formatPercent : formatLoss;
}

/** One run has a mean and no interval. */
export function hasWidth({ low, high }: Interval): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}

export function intervalText(interval: Interval, show: (value: number) => string): string {
  const { low, mean, high } = interval;
  if (!hasWidth(interval)) return show(mean);
  return text('sweep-interval', { low: show(low), mean: show(mean), high: show(high) });
}

/** In words. */
export function sweepSummary(progress: SweepProgress): string {
  const show = sweepShow(progress);
  const parts = KINDS.map((kind) => {
    const interval = progress[kind];
    return `${text(`network-${kind}`)}: ${interval ? intervalText(interval, show) : ''}`;
  });
  return `${text(`curve-${progress.measure}`)}. ${parts.join('; ')}`;
}

export function sweepFile(progress: SweepProgress): PlotFile {
  const title = text('rest-seeds');
  return {
    stem: title,
    title,
    csv: () =>
      csvOf(
        ['seed', `artificial_${progress.measure}`, `spiking_${progress.measure}`],
        progress.runs.map(({ seed, artificial, spiking }) => [seed, artificial, spiking]),
      ),
    svg: () => drawn(progress, title),
  };
}

const WIDTH = 720;
const HEIGHT = 190;
const LEFT = 110;
const RIGHT = 190;
const TOP = 60;
const APART = 46;

function drawn(progress: SweepProgress, title: string): string {
  const { ink, inkSoft, hairline, paper, ...colours } = palette();
  const show = sweepShow(progress);
  const [low, high] = sweepRange(progress);
  const across = (value: number) =>
    round(LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT));
  const strips = KINDS.map((kind, at) => {
    const y = TOP + at * APART;
    const colour = colours[kind];
    const interval = progress[kind];
    const band =
      interval && hasWidth(interval)
        ? `<path d="M${across(interval.low)} ${y}H${across(interval.high)}" stroke="${colour}" stroke-width="6" stroke-opacity="0.35"/>` +
          `<path d="M${across(interval.mean)} ${y - 9}v18" stroke="${colour}" stroke-width="2"/>`
        : '';
    const dots = progress.runs.map(
      (run) => `<circle cx="${across(run[kind])}" cy="${y}" r="3.5" fill="${colour}"/>`,
    );
    const words = interval ? intervalText(interval, show) : '';
    return (
      `<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="${hairline}"/>${band}${dots.join('')}` +
      `<text x="12" y="${y + 4}" fill="${colour}">${escaped(text(`network-${kind}`))}</text>` +
      `<text x="${WIDTH - RIGHT + 14}" y="${y + 4}" fill="${ink}">${escaped(words)}</text>`
    );
  });
  const foot = TOP + KINDS.length * APART;
  const ends = [
    `<text x="${LEFT}" y="${foot}" fill="${inkSoft}">${escaped(show(low))}</text>`,
    `<text x="${WIDTH - RIGHT}" y="${foot}" text-anchor="end" fill="${inkSoft}">${escaped(show(high))}</text>`,
  ];
  const frame = { width: WIDTH, height: HEIGHT, title, description: sweepSummary(progress) };
  return drawing({ ...frame, paper, ink }, [...strips, ...ends].join(''));
}
