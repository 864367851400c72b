// The speeds the project has set itself, each judged by ratios within one run.

/** A bar: a title, the works it is about, what it wants, and what a work reached. */
const bars = [
  ...[128, 256, 512, 1024].map((size) => ceilingBar(`product-${size}`, 0.9)),
  ceilingBar('product-64x784x128', 0.75),
  ceilingBar('product-128x1024x1024', 0.75),
  ...['64', '128', '256', '512', '1024', '64x784x128', '128x1024x1024', '1x784x128'].map((sizes) =>
    transposedBar(`product-${sizes}`),
  ),
  peerBar('mlp-784-128-10', 'jax', 4),
  peerBar('mlp-784-128-10', 'tfjs', 8),
  peerBar('mlp-784-1024-1024-10', 'jax', 2),
  peerBar('mlp-784-1024-1024-10', 'tfjs', 20),
  ceilingBar('mlp-784-1024-1024-10', 0.75),
  threadsBar('mlp-784-1024-1024-10', 1.7),
  peerBar('mlp-2-8-8-1', 'convnet', 6),
  peerBar('lenet', 'convnet', 30),
  bestPeerBar('lstm', 2),
  bestPeerBar('transformer', 2),
];

const percent = (share) => `${(100 * share).toFixed(0)} %`;
const times = (ratio) => `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)} ×`;

/** The verdict on every bar whose work was measured. */
export function barsOf(works, measured) {
  return bars.flatMap(({ id, judge }) => {
    const work = works.find((work) => work.id === id);
    return work === undefined ? [] : [{ work, ...judge(work, measured) }];
  });
}

/** `reached` is at least `wanted`, or by how much it is not; `undefined` where nothing was measured. */
function verdict(title, wanted, reached, show) {
  if (reached === undefined) {
    return {
      title,
      wanted: `≥ ${show(wanted)}`,
      reached: '–',
      verdict: 'not measured',
      isMissed: false,
    };
  }
  const isMissed = !(reached >= wanted);
  const short = (100 * (1 - reached / wanted)).toFixed(reached / wanted > 0.99 ? 1 : 0);
  return {
    title,
    wanted: `≥ ${show(wanted)}`,
    reached: show(reached),
    verdict: isMissed ? `missed by ${short} %` : 'met',
    isMissed,
  };
}

function ceilingBar(id, wanted) {
  const judge = (work, { shareOf }) =>
    verdict(`${work.title}: of the ceiling`, wanted, shareOf(work), percent);
  return { id, judge };
}

/** The slowest of the transposed forms against the plain one. */
function transposedBar(id) {
  const judge = (work, { wasMeasured }) => {
    const { cajal, ...others } = work.outcomes;
    const forms = ['cajal-lhs', 'cajal-rhs', 'cajal-both'].map((form) => others[form]);
    const all = wasMeasured(cajal) && forms.every(wasMeasured);
    const slowest = all ? Math.max(...forms.map(({ median }) => median)) : undefined;
    const reached = all ? cajal.median / slowest : undefined;
    return verdict(
      `${work.title}: slowest transposed form, of the plain one`,
      0.9,
      reached,
      percent,
    );
  };
  return { id, judge };
}

function leadOver(work, peer, wasMeasured) {
  const [mine, theirs] = [work.outcomes.cajal, work.outcomes[peer]];
  return wasMeasured(mine) && wasMeasured(theirs) ? theirs.median / mine.median : undefined;
}

function peerBar(id, peer, wanted) {
  const judge = (work, { wasMeasured, nameOf }) =>
    verdict(`${work.title}: ${nameOf(peer)}`, wanted, leadOver(work, peer, wasMeasured), times);
  return { id, judge };
}

function bestPeerBar(id, wanted) {
  const judge = (work, { wasMeasured, nameOf }) => {
    const able = ['tfjs', 'jax', 'convnet'].filter((peer) => wasMeasured(work.outcomes[peer]));
    const lead = (peer) => leadOver(work, peer, wasMeasured);
    const [best] = able.sort((a, b) => work.outcomes[a].median - work.outcomes[b].median);
    const reached = best === undefined ? undefined : lead(best);
    const name = best === undefined ? '' : `, ${nameOf(best)}`;
    return verdict(`${work.title}: best peer${name}`, wanted, reached, times);
  };
  return { id, judge };
}

function threadsBar(id, wanted) {
  const judge = (work, { wasMeasured }) => {
    const { cajal, 'cajal-threads': threads } = work.outcomes;
    const both = wasMeasured(cajal) && wasMeasured(threads);
    const reached = both ? cajal.median / threads.median : undefined;
    return verdict(`${work.title}: two threads`, wanted, reached, times);
  };
  return { id, judge };
}
