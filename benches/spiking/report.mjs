// Makes the section of spiking networks in benches/RESULTS.md: node report.mjs MEASURED [OUT]

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { replaceSection } from '../sections.js';
import { barsOf } from './bars.js';
import { contenders, works } from './works.mjs';

const [measuredFile, out] = process.argv.slice(2);
const measured = JSON.parse(readFileSync(measuredFile, 'utf8'));
const outcomesOf = new Map(measured.works.map(({ id, outcomes }) => [id, outcomes]));
const runOf = (id) => measured.works.find((work) => work.id === id).run;
const workOf = new Map(works.map((work) => [work.id, work]));
const measuredWorks = works.filter(({ id }) => outcomesOf.has(id));

const quantile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

/** Milliseconds of wall time for a second of biological time, run by run. */
const timesOf = (id, who) =>
  outcomesOf.get(id)?.[who]?.samples?.map(({ ms, biological_ms }) => (1000 * ms) / biological_ms);
const median = (id, who) => {
  const times = timesOf(id, who);
  return times === undefined || times.length === 0 ? undefined : quantile(times, 0.5);
};

/** Spikes a neuron and second of all runs together. */
function rate(id, who) {
  const { samples, neurons } = outcomesOf.get(id)?.[who] ?? {};
  if (samples === undefined || samples.length === 0) return undefined;
  const sum = (key) => samples.reduce((all, sample) => all + sample[key], 0);
  return sum('spikes') / neurons / (sum('biological_ms') / 1000);
}

/** Updates of neurons in a nanosecond: billions a second. */
function updates(id, who) {
  const ms = median(id, who);
  const { dt_ms, neurons } = workOf.get(id);
  return ms === undefined ? undefined : ((1000 / dt_ms) * neurons) / (ms * 1e6);
}

const nameOf = (id) => contenders.find((contender) => contender.id === id).name;
const bytesOf = (kind) => measured.bytes.find((row) => row.kind === kind)?.bytes;
const bars = barsOf({
  titleOf: (id) => workOf.get(id).title,
  nameOf,
  median,
  rate,
  updates,
  bytes: bytesOf,
});

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
const digits = (value) =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

function timeCell(id, who) {
  const ms = median(id, who);
  if (ms === undefined)
    return outcomesOf.get(id)[who]?.refusal === 'not available' ? 'not available' : '–';
  const mine = median(id, 'cajal');
  const isPeer = contenders.find((contender) => contender.id === who).kind === 'peer';
  const lead = isPeer && mine !== undefined ? ` (${digits(ms / mine)} ×)` : '';
  return who === 'cajal' ? `**${digits(ms)}**` : `${digits(ms)}${lead}`;
}

function spread(id) {
  const times = timesOf(id, 'cajal');
  if (!times?.length) return '–';
  return `${digits(quantile(times, 0.25))}–${digits(quantile(times, 0.75))}`;
}

const timesTable = () =>
  table(
    [
      'ms a second',
      'Cajal',
      'quartiles',
      ...contenders
        .slice(1)
        .map(({ kind, name }) => (kind === 'peer' ? `${name} (Cajal's lead)` : name)),
    ],
    measuredWorks.map(({ id, title }) => [
      title,
      timeCell(id, 'cajal'),
      spread(id),
      ...contenders.slice(1).map((contender) => timeCell(id, contender.id)),
    ]),
  );

const cell = (value, show) => (value === undefined ? '–' : show(value));

const ratesTable = () =>
  table(
    ['spikes a neuron and second', ...contenders.map(({ name }) => name)],
    measuredWorks.map(({ id, title }) => [
      title,
      ...contenders.map((contender) => cell(rate(id, contender.id), (hz) => hz.toFixed(2))),
    ]),
  );

const buildsTable = () =>
  table(
    ['seconds to build', 'synapses', ...contenders.map(({ name }) => name)],
    measuredWorks.map(({ id, title }) => [
      title,
      cell(outcomesOf.get(id).cajal?.synapses, (count) => count.toLocaleString('en-US')),
      ...contenders.map((contender) =>
        cell(outcomesOf.get(id)[contender.id]?.build_s, (seconds) => seconds.toPrecision(2)),
      ),
    ]),
  );

const bytesTable = () =>
  table(
    ['synapses', 'bytes each', 'counted over'],
    measured.bytes.map(({ kind, bytes, synapses }) => [
      kind,
      bytes.toFixed(2),
      synapses.toLocaleString('en-US'),
    ]),
  );

/** What a second of biological time asks for, and what one of it all takes. */
const worksTable = () =>
  table(
    [
      'millions a second',
      'updates of neurons',
      'arrivals at synapses',
      'outer draws',
      'ns for each',
    ],
    measuredWorks.map(({ id, title }) => {
      const { neurons, synapses = 0 } = outcomesOf.get(id).cajal ?? {};
      const { dt_ms, drive } = workOf.get(id);
      if (neurons === undefined || rate(id, 'cajal') === undefined)
        return [title, '–', '–', '–', '–'];
      const steps = (1000 / dt_ms) * neurons;
      const counts = [steps, rate(id, 'cajal') * synapses, drive === undefined ? 0 : steps];
      const all = counts.reduce((sum, count) => sum + count, 0);
      const each = ((1e6 * median(id, 'cajal')) / all).toFixed(2);
      return [title, ...counts.map((count) => digits(count / 1e6)), each];
    }),
  );

const quantisedTable = () =>
  table(
    ['CUBA with distributed weights', 'weights of 32 bits', 'of 256 levels', 'difference'],
    measured.quantised.map(({ sd, exact_hz, levels_hz, spread_hz }) => [
      `deviation ${(100 * sd).toFixed(0)} %`,
      `${exact_hz.toFixed(3)} Hz`,
      `${levels_hz.toFixed(3)} Hz`,
      `${((100 * (levels_hz - exact_hz)) / exact_hz).toFixed(2)} % (standard error ${((100 * spread_hz) / exact_hz).toFixed(2)} %)`,
    ]),
  );

/** How far the rates of Brunel's states are from the peer's. */
const statesTable = () =>
  table(
    ['state', 'Cajal', 'NEST', 'difference'],
    measuredWorks
      .filter(({ id }) => id.startsWith('brunel'))
      .map(({ id, title }) => {
        const [mine, theirs] = ['cajal', 'nest'].map((who) => rate(id, who));
        const hz = (value) => cell(value, (value) => `${value.toFixed(2)} Hz`);
        const differs = mine === undefined || theirs === undefined ? undefined : mine / theirs - 1;
        return [
          title,
          hz(mine),
          hz(theirs),
          cell(differs, (share) => `${(100 * share).toFixed(1)} %`),
        ];
      }),
  );

/** Why someone has no number, and who ran less often. */
function remarks() {
  const lines = measuredWorks.flatMap(({ id, title }) =>
    Object.entries(outcomesOf.get(id)).flatMap(([who, { refusal, samples, seed }]) => {
      if (refusal !== undefined) return [`${nameOf(who)}, ${title}: ${refusal}`];
      const few = samples.length < runOf(id).rounds ? `${samples.length} runs` : undefined;
      const other = seed > 1 ? `seed ${seed}` : undefined;
      const said = [few, other].filter((text) => text !== undefined);
      return said.length > 0 ? [`${nameOf(who)}, ${title}: ${said.join(', ')}`] : [];
    }),
  );
  return lines.length === 0 ? 'None.' : lines.map((line) => `- ${line}`).join('\n');
}

const several = (values) => [...new Set(values)].join('; ');

/** The runs that works were measured in, with their works where there is more than one. */
function runs() {
  const groups = new Map();
  for (const { id } of measuredWorks) {
    const key = `${runOf(id).date}, commit ${runOf(id).commit}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const titles = (ids) => (groups.size === 1 ? '' : `: ${ids.join(', ')}`);
  return [...groups].map(([run, ids]) => `- ${run}${titles(ids)}`);
}

function machine() {
  const cores = cpus();
  const loads = measuredWorks.map(({ id }) => runOf(id).load);
  // One contender at a time: more than one process at work belongs to somebody else.
  const isShared = Math.max(...loads) > 1.5;
  const versions = contenders.flatMap(({ id, kind, name }) => {
    const of = measuredWorks.map((work) => outcomesOf.get(work.id)[id]?.version);
    const version = of.find((found) => found !== undefined);
    return kind === 'peer' && version !== undefined ? [`${name} ${version}`] : [];
  });
  const range = `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`;
  return [
    ...runs(),
    `- ${cores[0].model.trim()}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; load from work to work ${range}${isShared ? ': a machine shared with other work' : ''}`,
    `- Chromium ${several(measuredWorks.map(({ id }) => runOf(id).browser))}, headless`,
    `- ${versions.length > 0 ? versions.join(', ') : 'no peers'}`,
    `- ${several(measuredWorks.map(({ id }) => runOf(id).rounds))} rounds`,
  ].join('\n');
}

const text = `# Spiking networks

Made by \`cargo xtask bench --spiking\`; what the works are and how they are measured:
[README.md](README.md).

${machine()}

Milliseconds of wall time for a second of biological time, medians. Cajal in the browser has one thread
(\`pkg/single\`) unless it says otherwise; native simulators have one. "Lead" is how many times as fast as
the peer Cajal is in the browser in the same run.

${timesTable()}

${median('lif', 'cajal') === undefined ? '' : `LIF without spikes: ${updates('lif', 'cajal').toFixed(2)} billion updates of neurons a second in the browser${updates('lif', 'native') === undefined ? '' : `, ${updates('lif', 'native').toFixed(2)} natively`}.`}

## What they do

${ratesTable()}

The rates of Brunel's states beside NEST's, which may differ by 3 %:

${statesTable()}

## Where the time goes

What has to be done in a second of biological time, in millions, and what each of it takes in the browser on
average, all together. [README.md](README.md) says how the time is parted.

${worksTable()}

## Building

${buildsTable()}

## Synapses

${bytesTable()}

What the levels of distributed weights change in the mean rate, the same draws with and without them (delays
are whole steps in any case):

${quantisedTable()}

## Bars of spiking networks

${table(
  ['bar', 'wanted', 'reached', ''],
  bars.map(({ title, wanted, reached, verdict }) => [title, wanted, reached, verdict]),
)}

## Remarks on spiking networks

${remarks()}
`;

if (out === undefined) console.log(text);
else {
  const before = existsSync(out) ? readFileSync(out, 'utf8') : '';
  writeFileSync(out, replaceSection(before, 'spiking', text));
}
