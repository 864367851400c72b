// ConvNetJS: plain JavaScript in double precision, one example at a time.

import { batchOf, inputShape, parametersOf } from './works.js';

const VERSION = '0.3.0';

let convnetjs;

export default {
  name: 'ConvNetJS',
  version: () => VERSION,
  async start() {
    // A script of before modules.
    globalThis.window = globalThis;
    await import('/node_modules/convnetjs/build/convnet.js');
    // The published file leaves its name as `jsfeat`.
    convnetjs = globalThis.jsfeat;
  },
  supports({ kind, model }) {
    if (kind === 'product') return 'has no product of matrices';
    return model in layers ? true : 'cannot train it: no such layers';
  },
  prepare: async (work) => training(work),
};

function training(work) {
  const net = new convnetjs.Net();
  net.makeLayers(layers[work.model](work));
  if (work.loss === 'half-mean-square') {
    // Before a regression it puts a layer without activation; ours ends in tanh.
    net.layers.splice(net.layers.length - 2, 1);
  }
  start(net, work);
  const trainer = new convnetjs.SGDTrainer(net, {
    method: 'sgd',
    learning_rate: work.learningRate,
    momentum: 0,
    l2_decay: 0,
    batch_size: work.batch,
  });
  const { inputs, labels, targets } = batchOf(work);
  const [sx, sy, depth] = sides(work);
  const length = inputs.length / work.batch;
  // It follows the gradient of half a square and reports two squares.
  const scale = work.loss === 'half-mean-square' ? 0.25 : 1;
  const examples = Array.from({ length: work.batch }, (_, example) => {
    const volume = new convnetjs.Vol(sx, sy, depth, 0);
    volume.w.set(inputs.subarray(example * length, (example + 1) * length));
    return volume;
  });
  return {
    run(count) {
      let loss = 0;
      for (let step = 0; step < count; step += 1) {
        loss = 0;
        for (let example = 0; example < work.batch; example += 1) {
          const wanted = labels ? labels[example] : [targets[example]];
          loss += scale * trainer.train(examples[example], wanted).cost_loss;
        }
      }
      return loss / work.batch;
    },
    dispose() {},
  };
}

const sides = (work) => {
  const shape = inputShape(work);
  return shape.length === 3 ? shape : [1, 1, shape[0]];
};

const inputLayer = (work) => {
  const [out_sx, out_sy, out_depth] = sides(work);
  return { type: 'input', out_sx, out_sy, out_depth };
};

const layers = {
  mlp(work) {
    const { activation } = work;
    const hidden = work.sizes.slice(1, -1);
    const dense = hidden.map((num_neurons) => ({ type: 'fc', num_neurons, activation }));
    const outputs = work.sizes.at(-1);
    const last =
      work.loss === 'half-mean-square'
        ? [
            { type: 'fc', num_neurons: outputs, activation },
            { type: 'regression', num_neurons: outputs },
          ]
        : [{ type: 'softmax', num_classes: outputs }];
    return [inputLayer(work), ...dense, ...last];
  },
  lenet: (work) => [
    inputLayer(work),
    { type: 'conv', sx: 5, filters: 6, stride: 1, pad: 2, activation: 'relu' },
    { type: 'pool', sx: 2, stride: 2 },
    { type: 'conv', sx: 5, filters: 16, stride: 1, pad: 0, activation: 'relu' },
    { type: 'pool', sx: 2, stride: 2 },
    { type: 'fc', num_neurons: 120, activation: 'relu' },
    { type: 'fc', num_neurons: 84, activation: 'relu' },
    { type: 'softmax', num_classes: 10 },
  ],
};

/** The same start as the others': a filter is a column of the weights. */
function start(net, work) {
  const given = parametersOf(work);
  const trained = net.layers.filter(({ filters }) => filters !== undefined);
  trained.forEach(({ filters, biases }, at) => {
    const [weight, bias] = [given[2 * at].values, given[2 * at + 1].values];
    filters.forEach((filter, column) => {
      for (let row = 0; row < filter.w.length; row += 1) {
        filter.w[row] = weight[row * filters.length + column];
      }
    });
    biases.w.set(bias);
  });
}
