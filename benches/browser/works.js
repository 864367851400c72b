// What every engine is asked to do: the same sizes, the same numbers, the same models.
// README.md beside this folder says the same in words.

/** The linear congruential sequence that kernels/product.rs draws: numbers in [-1, 1). */
export function draws(seed, length) {
  let state = Math.imul(seed, 2_654_435_761) | 1;
  const numbers = new Float32Array(length);
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    numbers[index] = (state >>> 8) / 8_388_608 - 1;
  }
  return numbers;
}

/** Weights of variance 1 / fanIn, in the order of memory that README.md gives for the layer. */
export const weights = (seed, length, fanIn) =>
  draws(seed, length).map((value) => value * Math.sqrt(3 / fanIn));

const product = (m, k, n) => ({
  id: m === k && k === n ? `product-${m}` : `product-${m}x${k}x${n}`,
  kind: 'product',
  title: `${m}×${k} · ${k}×${n}`,
  m,
  k,
  n,
  flops: 2 * m * k * n,
});

/** Operations of a product forward and backward; the first layer needs no gradient of its input. */
const trained = (m, k, n, isFirst = false) => 2 * m * k * n * (isFirst ? 2 : 3);

const mlp = (sizes, batch, options) => ({
  id: `mlp-${sizes.join('-')}`,
  kind: 'train',
  model: 'mlp',
  title: `${sizes.join('-')}, batch ${batch}`,
  sizes,
  batch,
  learningRate: 0.01,
  activation: 'relu',
  loss: 'cross-entropy',
  flops: sizes.slice(1).reduce((sum, n, at) => sum + trained(batch, sizes[at], n, at === 0), 0),
  ...options,
});

const classifier = { kind: 'train', learningRate: 0.01, loss: 'cross-entropy', classes: 10 };

const lenet = (batch) => ({
  ...classifier,
  id: 'lenet',
  model: 'lenet',
  title: `LeNet-5-like CNN, batch ${batch}`,
  batch,
  flops:
    trained(batch * 28 * 28, 25, 6, true) +
    trained(batch * 10 * 10, 150, 16) +
    trained(batch, 400, 120) +
    trained(batch, 120, 84) +
    trained(batch, 84, 10),
});

const lstm = ({ batch, steps, features, units }) => ({
  ...classifier,
  id: 'lstm',
  model: 'lstm',
  title: `LSTM of ${units} units, ${steps} steps, batch ${batch}`,
  batch,
  steps,
  features,
  units,
  flops:
    trained(batch * steps, features, 4 * units, true) +
    steps * trained(batch, units, 4 * units) +
    trained(batch, units, 10),
});

const transformer = ({ batch, tokens, width, heads, hidden }) => ({
  ...classifier,
  id: 'transformer',
  model: 'transformer',
  title: `transformer block, d=${width}, ${heads} heads, ${tokens} tokens, batch ${batch}`,
  batch,
  tokens,
  width,
  heads,
  hidden,
  flops:
    trained(batch * tokens, width, 3 * width) +
    2 * trained(batch * heads * tokens, tokens, width / heads) +
    trained(batch * tokens, width, width) +
    2 * trained(batch * tokens, width, hidden) +
    trained(batch, width, 10),
});

/** What is left of a membrane potential after a step of 1 ms, with a time constant of 20 ms. */
const decay = Math.exp(-1 / 20);

const lif = (batch) => ({
  ...classifier,
  id: 'lif-784-256-10',
  model: 'lif',
  title: `LIF 784-256-10, 25 steps, batch ${batch}`,
  batch,
  steps: 25,
  features: 784,
  units: 256,
  decay,
  /** Drive for an input of 1, in distances from rest to threshold: a step of it leads there. */
  gain: 1 / (1 - decay),
  /** Steepness of the fast sigmoid that stands for the spike backward. */
  slope: 10,
  // Products with spikes add rows instead of multiplying: a share of the ceiling would say nothing.
  flops: undefined,
});

export const works = [
  ...[64, 128, 256, 512, 1024].map((size) => product(size, size, size)),
  product(64, 784, 128),
  product(128, 1024, 1024),
  product(1, 784, 128),
  mlp([2, 8, 8, 1], 10, { learningRate: 0.03, activation: 'tanh', loss: 'half-mean-square' }),
  mlp([784, 128, 10], 64),
  mlp([784, 1024, 1024, 10], 128),
  lenet(64),
  lstm({ batch: 32, steps: 32, features: 64, units: 128 }),
  transformer({ batch: 16, tokens: 64, width: 128, heads: 4, hidden: 512 }),
  lif(64),
];

/** Operands of a product: `lhs (m, k)`, `rhs (k, n)`. */
export const operands = ({ m, k, n }) => ({ lhs: draws(1, m * k), rhs: draws(2, k * n) });

/** Shape of the inputs of a trained work without the batch. */
export const inputShape = (work) =>
  ({
    mlp: () => [work.sizes[0]],
    lenet: () => [28, 28, 1],
    lstm: () => [work.steps, work.features],
    transformer: () => [work.tokens, work.width],
    lif: () => [work.steps, work.features],
  })[work.model]();

/** The one batch of a trained work: inputs, and labels or targets. */
export function batchOf(work) {
  const length = inputShape(work).reduce((all, side) => all * side, work.batch);
  const drawn = draws(3, length);
  // Every tenth place of the spiking network's input holds a spike.
  const inputs = work.model === 'lif' ? drawn.map((value) => (value < -0.8 ? 1 : 0)) : drawn;
  if (work.loss === 'half-mean-square') {
    const targets = Float32Array.from({ length: work.batch }, (_, example) =>
      Math.sign(inputs[2 * example] * inputs[2 * example + 1]),
    );
    return { inputs, targets };
  }
  const labels = Int32Array.from(draws(4, work.batch), (value) => Math.floor(5 * value + 5));
  const oneHot = new Float32Array(work.batch * 10);
  labels.forEach((label, example) => {
    oneHot[10 * example + label] = 1;
  });
  return { inputs, labels, oneHot };
}

/** Name, shape and starting values of every parameter, as README.md lists them. */
export function parametersOf(work) {
  const list = [];
  const add = (name, shape, fanIn, fill) => {
    const length = shape.reduce((all, side) => all * side, 1);
    const values =
      fill === undefined
        ? weights(100 + list.length, length, fanIn)
        : new Float32Array(length).fill(fill);
    list.push({ name, shape, values });
  };
  const dense = (name, inputs, outputs) => {
    add(`${name}.weight`, [inputs, outputs], inputs);
    add(`${name}.bias`, [outputs], 1, 0);
  };
  if (work.model === 'mlp') {
    work.sizes.slice(1).forEach((outputs, at) => {
      dense(`dense${at}`, work.sizes[at], outputs);
    });
  } else if (work.model === 'lenet') {
    // height, width, channels in, channels out
    add('conv0.weight', [5, 5, 1, 6], 25);
    add('conv0.bias', [6], 1, 0);
    add('conv1.weight', [5, 5, 6, 16], 150);
    add('conv1.bias', [16], 1, 0);
    dense('dense0', 400, 120);
    dense('dense1', 120, 84);
    dense('dense2', 84, 10);
  } else if (work.model === 'lstm') {
    // Gates side by side: input, forget, candidate, output.
    add('input.weight', [work.features, 4 * work.units], work.features);
    add('recurrent.weight', [work.units, 4 * work.units], work.units);
    add('gates.bias', [4 * work.units], 1, 0);
    dense('read', work.units, 10);
  } else if (work.model === 'lif') {
    dense('hidden', work.features, work.units);
    dense('read', work.units, 10);
  } else if (work.model === 'transformer') {
    const { width, hidden } = work;
    for (const norm of ['norm0', 'norm1']) {
      add(`${norm}.scale`, [width], 1, 1);
      add(`${norm}.shift`, [width], 1, 0);
    }
    // Queries, keys, values side by side, each heads × (width / heads).
    dense('qkv', width, 3 * width);
    dense('out', width, width);
    dense('up', width, hidden);
    dense('down', hidden, width);
    dense('read', width, 10);
  }
  return list;
}

/** What a step's drive adds to a leaky integrator's mean potential over all steps. */
export const meanPotential = ({ steps, decay }) =>
  Array.from({ length: steps }, (_, step) => (1 - decay ** (steps - step)) / steps);
