// Makes benches/RESULTS.md of what was measured: node report.mjs BROWSER NATIVE [OUT]

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { replaceSection } from '../sections.js';
import { barsOf } from './bars.js';

const [browserFile, nativeFile, out] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const browser = read(browserFile);
const native = new Map(read(nativeFile).map((work) => [work.id, work]));

const PEERS = ['tfjs', 'jax', 'ort', 'convnet'];
const nameOf = (id) => browser.engines[id]?.name ?? id;

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};

const digits = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const count = (value) => Math.round(value).toLocaleString('en-US');
const percent = (share) => `${(100 * share).toFixed(0)} %`;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

/** What a work's outcome says in its own unit: GFLOP/s, or examples per second. */
const rateOf = (work, { median: ms }) =>
  work.kind === 'product' ? work.flops / ms / 1e6 : (1000 * work.batch) / ms;
const shown = (work, rate) => (work.kind === 'product' ? digits(rate) : count(rate));

const wasMeasured = (outcome) => outcome?.median !== undefined;

/** Slower quartile and faster quartile, as rates. */
function spread(work, outcome) {
  const [fast, slow] = outcome.quartiles.map((ms) => rateOf(work, { median: ms }));
  return `${shown(work, slow)}–${shown(work, fast)}`;
}

function shareOf({ flops, outcomes }, id = 'cajal') {
  const [outcome, ceiling] = [outcomes[id], outcomes.ceiling];
  if (flops === undefined || !wasMeasured(outcome) || !wasMeasured(ceiling)) return undefined;
  return flops / outcome.median / (ceiling.flops / ceiling.median);
}

function peerCell(work, id) {
  const outcome = work.outcomes[id];
  if (!wasMeasured(outcome)) return '–';
  const mine = work.outcomes.cajal;
  const ratio = wasMeasured(mine) ? ` (${digits(outcome.median / mine.median)} ×)` : '';
  return `${shown(work, rateOf(work, outcome))}${ratio}${outcome.note ? ' *' : ''}${outcome.fault ? ' †' : ''}`;
}

function nativeCell(work) {
  const found = native.get(work.id);
  return found === undefined ? '–' : shown(work, rateOf(work, { median: median(found.samples) }));
}

function rowOf(work, peers) {
  const { outcomes } = work;
  const [mine, threads] = [outcomes.cajal, outcomes['cajal-threads']];
  const share = shareOf(work);
  return [
    work.title,
    wasMeasured(mine)
      ? `**${shown(work, rateOf(work, mine))}**${mine.fault ? ' †' : ''}`
      : (mine?.refusal ?? '–'),
    wasMeasured(mine) ? spread(work, mine) : '–',
    share === undefined ? '–' : percent(share),
    ...peers.map((id) => peerCell(work, id)),
    wasMeasured(threads) && wasMeasured(mine)
      ? `${(mine.median / threads.median).toFixed(2)} ×`
      : '–',
    nativeCell(work),
  ];
}

function tableOf(works, unit, peers) {
  const heads = [
    unit,
    'Cajal',
    'quartiles',
    'share of ceiling',
    ...peers.map((id) => `${nameOf(id)} (Cajal's lead)`),
    'two threads',
    'native',
  ];
  return table(
    heads,
    works.map((work) => rowOf(work, peers)),
  );
}

function formsTable(works) {
  const forms = ['cajal-lhs', 'cajal-rhs', 'cajal-both'];
  const rows = works.map((work) => [
    work.title,
    ...['cajal', ...forms].map((id) =>
      wasMeasured(work.outcomes[id]) ? digits(rateOf(work, work.outcomes[id])) : '–',
    ),
  ]);
  return table(['GFLOP/s', 'plain', 'left transposed', 'right transposed', 'both'], rows);
}

/** Why an engine has no number, and what else a reader must know of a number. */
function remarks(works) {
  const lines = works.flatMap((work) =>
    Object.entries(work.outcomes).flatMap(([id, { refusal, note, fault }]) => {
      const text = refusal ?? (fault ? `† ${fault}` : note && `* ${note}`);
      return text ? [[`${nameOf(id)}: ${text}`, work.title]] : [];
    }),
  );
  const titlesOf = new Map();
  for (const [text, title] of lines) titlesOf.set(text, [...(titlesOf.get(text) ?? []), title]);
  return [...titlesOf].map(([text, titles]) => `- ${text} (${titles.join('; ')})`).join('\n');
}

function git(...command) {
  return execFileSync('git', command, { encoding: 'utf8' }).trim();
}

function machine() {
  const cores = cpus();
  // What is written here does not count as a change of what was measured.
  const changed =
    git('status', '--porcelain', '--', ':!benches/RESULTS.md') === '' ? '' : ', with changes';
  const versions = Object.entries(browser.engines)
    .filter(([, { version }]) => version !== '')
    .map(([, { name, version }]) => `${name} ${version}`);
  const ceilings = browser.works.map(({ outcomes }) => outcomes.ceiling).filter(wasMeasured);
  const speeds = ceilings.map(({ flops, median: ms }) => flops / ms / 1e6);
  const [load] = loadavg();
  // On an idle machine the ceiling is the same in every work.
  const isDisturbed = Math.max(...speeds) > 1.2 * Math.min(...speeds);
  return [
    `- ${new Date().toISOString().slice(0, 10)}, commit ${git('rev-parse', '--short=10', 'HEAD')}${changed}`,
    `- ${cores[0].model.trim()}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; load at the end ${load.toFixed(1)}`,
    `- Chromium ${browser.browser}, headless`,
    `- ${versions.join(', ')}`,
    `- ${browser.rounds} rounds; multiplications and additions between registers: ${digits(median(speeds))} GFLOP/s (${digits(Math.min(...speeds))}–${digits(Math.max(...speeds))} from work to work)`,
    ...(isDisturbed
      ? [
          '- **The machine was busy with other things: the ceiling should not vary so much. Measure again.**',
        ]
      : []),
  ].join('\n');
}

function barsTable(bars) {
  const rows = bars.map(({ title, wanted, reached, verdict }) => [title, wanted, reached, verdict]);
  return table(['bar', 'wanted', 'reached', ''], rows);
}

/** For each missed bar what the numbers of this run say, and a profile where there is one. */
function whereTheTimeGoes(bars) {
  const missed = bars.filter(({ isMissed }) => isMissed);
  if (missed.length === 0) return 'No bar is missed.';
  const works = [...new Set(missed.map(({ work }) => work))];
  return works.map((work) => `- **${work.title}**: ${explanation(work)}`).join('\n');
}

function explanation(work) {
  const { outcomes, flops } = work;
  const ms = outcomes.cajal.median;
  const parts = [];
  if (flops !== undefined) {
    const least = flops / (outcomes.ceiling.flops / outcomes.ceiling.median);
    const what = work.kind === 'product' ? 'a product' : 'a step';
    parts.push(
      `${what} takes ${digits(ms)} ms, of which multiplying and adding needs ${digits(least)} ms at the ceiling`,
    );
  }
  const profile = native.get(work.id)?.profile;
  if (profile) {
    const shares = profile
      .toSorted((a, b) => b.share - a.share)
      .slice(0, 6)
      .map(({ operation, share }) => `${operation} ${percent(share)}`);
    parts.push(`natively the time goes to ${shares.join(', ')}`);
  }
  const fastest = PEERS.filter((id) => wasMeasured(outcomes[id])).sort(
    (a, b) => outcomes[a].median - outcomes[b].median,
  )[0];
  if (fastest !== undefined) {
    parts.push(
      `the fastest peer, ${nameOf(fastest)}, takes ${digits(outcomes[fastest].median)} ms`,
    );
    const least = flops === undefined ? undefined : shareOf(work, fastest);
    if (least !== undefined) parts.push(`which is ${percent(least)} of the ceiling`);
  }
  return `${parts.join('; ')}.`;
}

function report() {
  const products = browser.works.filter(({ kind }) => kind === 'product');
  const trainings = browser.works.filter(({ kind }) => kind === 'train');
  const bars = barsOf(browser.works, { shareOf, wasMeasured, nameOf });
  return `# What was measured

Made by \`cargo xtask bench\`; what the works are and how they are measured: [README.md](README.md).

${machine()}

One thread, unless it says otherwise. "Lead" is how many times as fast as the peer Cajal is in the same
run; "share of ceiling" is of multiplications and additions between registers in the same rounds.

## Products, GFLOP/s

${tableOf(products, 'GFLOP/s', ['tfjs', 'jax', 'ort'])}

jax-js multiplies and adds in one fused instruction where the browser offers it (relaxed SIMD). Cajal
does not, because the result would depend on the machine; the ceiling is that of separate instructions.

### Either operand transposed

${formsTable(products)}

## Training, examples per second

${tableOf(trainings, 'examples/s', ['tfjs', 'jax', 'convnet'])}

Every engine's loss fell over what was timed (one that did not is marked †), and those that can start from
given weights (TensorFlow.js, jax-js, ConvNetJS) agreed on the losses of the first steps.

## Bars

${barsTable(bars)}

## Where the time goes

${whereTheTimeGoes(bars)}

## Remarks

${remarks(browser.works)}
`;
}

const text = report();
if (out === undefined) console.log(text);
else {
  const before = existsSync(out) ? readFileSync(out, 'utf8') : '';
  writeFileSync(out, replaceSection(before, 'compute', text));
}
