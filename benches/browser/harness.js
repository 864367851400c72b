// Measures engines against one another: each work is prepared in every engine, warmed up, and then
// run round by round, every engine once a round and in another order each time, so that whatever
// disturbs the machine disturbs all of them.

import { Engine } from './engine.js';
import { operands, works } from './works.js';

/** One sample takes at least this long, so that clock and messages do not show. */
const SAMPLE_MS = 100;
/** V8 compiles hot code anew while it runs: this long nothing is measured. */
const WARM_UP_MS = 400;
/** Single steps whose losses show whether engines that start alike train alike. */
const COMPARED_STEPS = 3;
/** f32 against f32 in another order of summation, and against double precision. */
const LOSS_TOLERANCE = 1e-3;

/** What takes part in a work: an engine, and of a product also its form. */
const contendersOf = (work) => {
  const form = (id, lhsTransposed, rhsTransposed) => ({
    id,
    engine: 'cajal',
    form: { lhsTransposed, rhsTransposed },
  });
  const engines = ['ceiling', 'cajal', 'cajal-threads', 'tfjs', 'jax', 'ort', 'convnet'];
  const contenders = engines.map((id) => ({ id, engine: id }));
  if (work.kind !== 'product') return contenders;
  const forms = [
    form('cajal-lhs', true, false),
    form('cajal-rhs', false, true),
    form('cajal-both', true, true),
  ];
  return [...contenders.slice(0, 2), ...forms, ...contenders.slice(2)];
};

const quantile = (sorted, share) => {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

const say = (text) => console.log(text);

/** Runs the works named in `only` (all if empty) and gives everything that was measured. */
export async function measure({ only = [], rounds = 12, engines = [] }) {
  const ids = ['ceiling', 'cajal', 'cajal-threads', 'tfjs', 'jax', 'ort', 'convnet'];
  const started = {};
  const versions = {};
  const failed = {};
  for (const id of ids) {
    if (engines.length > 0 && !engines.includes(id)) continue;
    const engine = new Engine(id);
    try {
      versions[id] = await engine.start();
      started[id] = engine;
      say(`${id}: ${versions[id].name} ${versions[id].version}`);
    } catch (error) {
      failed[id] = error.message;
      say(`${id}: ${error.message}`);
    }
  }
  const results = [];
  for (const work of works) {
    if (only.length > 0 && !only.some((name) => work.id.includes(name))) continue;
    results.push(await measureWork(work, started, failed, rounds));
  }
  return { rounds, engines: versions, works: results };
}

async function measureWork(work, engines, failed, rounds) {
  const taking = [];
  const outcomes = {};
  for (const contender of contendersOf(work)) {
    const engine = engines[contender.engine];
    if (engine === undefined) {
      const why = failed[contender.engine];
      if (why !== undefined) outcomes[contender.id] = { refusal: `did not start: ${why}` };
      continue;
    }
    const entry = {
      ...contender,
      call: (method, ...rest) => engine.call(method, contender.id, ...rest),
    };
    try {
      const { refusal, note } = await entry.call('prepare', work, contender.form);
      if (refusal !== undefined) {
        outcomes[contender.id] = { refusal };
        continue;
      }
      const checked = await check(work, entry);
      entry.count = await warmUp(entry);
      outcomes[contender.id] = { note, ...checked, count: entry.count, samples: [] };
      taking.push(entry);
    } catch (error) {
      outcomes[contender.id] = { refusal: `failed: ${error.message}` };
      await entry.call('dispose').catch(() => {});
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < taking.length; turn += 1) {
      const { id, call, count } = taking[(turn + round) % taking.length];
      const { ms, value } = await call('run', count);
      outcomes[id].samples.push(ms / count);
      outcomes[id].last = value;
    }
  }
  for (const { id, call } of taking) {
    await call('dispose');
    summarise(id, outcomes[id], work);
  }
  judge(work, outcomes);
  for (const [id, outcome] of Object.entries(outcomes))
    say(`  ${work.id} ${id}: ${line(work, outcome)}`);
  return { ...work, outcomes };
}

/** How many runs make a sample. */
async function warmUp({ call }) {
  let count = 1;
  let spent = 0;
  for (;;) {
    const { ms } = await call('run', count);
    spent += ms;
    if (spent >= WARM_UP_MS && ms >= SAMPLE_MS / 4)
      return Math.max(1, Math.ceil((count * SAMPLE_MS) / ms));
    if (ms < SAMPLE_MS / 2) count *= 2;
  }
}

function summarise(id, outcome, work) {
  const sorted = outcome.samples.toSorted((a, b) => a - b);
  outcome.median = quantile(sorted, 0.5);
  outcome.quartiles = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  outcome.flops = id === 'ceiling' ? outcome.last : work.flops;
}

/** Before anything is timed: a product is right; single steps give losses to compare. */
async function check(work, { id, call }) {
  if (id === 'ceiling') return {};
  if (work.kind === 'product') {
    await call('run', 1);
    const wrong = wrongElement(work, await call('result'), id);
    if (wrong !== undefined) throw new Error(wrong);
    return {};
  }
  const losses = [];
  for (let step = 0; step < COMPARED_STEPS; step += 1) losses.push((await call('run', 1)).value);
  return { losses };
}

/** Compares elements with sums in double precision; what is wrong with the first that differs. */
function wrongElement({ m, k, n }, out, id) {
  if (out.length !== m * n) return `${out.length} results, not ${m * n}`;
  const { lhs, rhs } = operands({ m, k, n });
  const [lhsDown, lhsRight] = ['cajal-lhs', 'cajal-both'].includes(id) ? [1, m] : [k, 1];
  const [rhsDown, rhsRight] = ['cajal-rhs', 'cajal-both'].includes(id) ? [1, k] : [n, 1];
  for (let probe = 0; probe < 64; probe += 1) {
    const [row, col] = [(probe * 37) % m, (probe * 101) % n];
    let sum = 0;
    for (let at = 0; at < k; at += 1) {
      sum += lhs[row * lhsDown + at * lhsRight] * rhs[at * rhsDown + col * rhsRight];
    }
    const found = out[row * n + col];
    if (!(Math.abs(found - sum) <= 1e-6 * k + 1e-5))
      return `(${row}, ${col}) is ${found}, not ${sum}`;
  }
  return undefined;
}

/** A trained work counts only where the loss fell, and where engines that start alike train alike. */
function judge(work, outcomes) {
  if (work.kind !== 'train') return;
  const alike = ['tfjs', 'jax', 'convnet'].map((id) => [id, outcomes[id]]);
  const measured = alike.filter(([, outcome]) => outcome?.losses !== undefined);
  for (const [id, outcome] of Object.entries(outcomes)) {
    if (outcome.losses === undefined) continue;
    const [first] = outcome.losses;
    if (!(outcome.last < first)) outcome.fault = `the loss went from ${first} to ${outcome.last}`;
    const other = measured.find(([name]) => name !== id);
    if (!measured.some(([name]) => name === id) || other === undefined) continue;
    const [name, { losses }] = other;
    const apart = outcome.losses.findIndex(
      (loss, step) => !(Math.abs(loss - losses[step]) <= LOSS_TOLERANCE * Math.abs(losses[step])),
    );
    if (apart >= 0) {
      outcome.fault = `loss ${outcome.losses[apart]} at step ${apart}, ${losses[apart]} in ${name}`;
    }
  }
}

function line(work, { refusal, fault, median, quartiles, flops, losses, last, note }) {
  if (refusal !== undefined) return refusal;
  const rate = flops === undefined ? '' : `${(flops / median / 1e6).toFixed(1)} GFLOP/s `;
  const examples =
    work.batch === undefined ? '' : `${((1000 * work.batch) / median).toFixed(0)} examples/s `;
  const spread = `[${quartiles.map((value) => value.toPrecision(3)).join(', ')}] ms`;
  const loss =
    losses === undefined ? '' : ` loss ${losses[0].toPrecision(6)} → ${last.toPrecision(4)}`;
  return `${rate}${examples}${spread}${loss}${note ? ` (${note})` : ''}${fault ? ` FAULT: ${fault}` : ''}`;
}

globalThis.measure = measure;
