// TensorFlow.js on its WebAssembly backend with SIMD; where that has no gradient, on its backend in
// plain JavaScript.

import '/node_modules/@tensorflow/tfjs/dist/tf.es2017.min.js';
import '/node_modules/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js';
import { batchOf, inputShape, meanPotential, operands, parametersOf } from './works.js';

const { tf } = globalThis;

export default {
  name: 'TensorFlow.js',
  version: () => tf.version.tfjs,
  async start() {
    tf.wasm.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    tf.enableProdMode();
    await tf.setBackend('wasm');
  },
  supports: () => true,
  async prepare(work) {
    await tf.setBackend('wasm');
    if (work.kind === 'product') return product(work);
    try {
      return training(work);
    } catch (error) {
      await tf.setBackend('cpu');
      return { ...training(work), note: `without WebAssembly: ${error.message.split('\n')[0]}` };
    }
  },
};

function product({ m, k, n, ...work }) {
  const { lhs, rhs } = operands({ m, k, n, ...work });
  const [a, b] = [tf.tensor2d(lhs, [m, k]), tf.tensor2d(rhs, [k, n])];
  let out = tf.matMul(a, b);
  return {
    run(count) {
      for (let run = 0; run < count; run += 1) {
        out.dispose();
        out = tf.matMul(a, b);
      }
      return out.dataSync()[0];
    },
    result: () => out.dataSync(),
    dispose: () => tf.dispose([a, b, out]),
  };
}

function training(work) {
  const { inputs, oneHot, targets } = batchOf(work);
  const x = tf.tensor(inputs, [work.batch, ...inputShape(work)]);
  const y = oneHot ? tf.tensor2d(oneHot, [work.batch, 10]) : tf.tensor2d(targets, [work.batch, 1]);
  const parameters = parametersOf(work).map(({ name, shape, values }) => [
    name,
    tf.variable(tf.tensor(values, shape)),
  ]);
  const variables = parameters.map(([, variable]) => variable);
  const dispose = () => tf.dispose([x, y, ...variables]);
  const optimiser = tf.train.sgd(work.learningRate);
  const predict = models[work.model](work, Object.fromEntries(parameters));
  const loss = () =>
    oneHot
      ? tf.losses.softmaxCrossEntropy(y, predict(x))
      : tf.mul(0.5, tf.mean(tf.squaredDifference(predict(x), y)));
  const run = (count) => {
    let last = 0;
    for (let step = 1; step <= count; step += 1) {
      const cost = optimiser.minimize(loss, true, variables);
      if (step === count) [last] = cost.dataSync();
      cost.dispose();
    }
    return last;
  };
  try {
    // A kernel that the backend lacks shows here; this step changes nothing.
    tf.dispose(tf.tidy(() => tf.variableGrads(loss, variables)));
  } catch (error) {
    dispose();
    throw error;
  }
  return { run, dispose };
}

const dense = (x, p, name, activation) =>
  tf.fused.matMul({ a: x, b: p[`${name}.weight`], bias: p[`${name}.bias`], activation });

function normalise(x, scale, shift) {
  const { mean, variance } = tf.moments(x, -1, true);
  return x.sub(mean).mul(variance.add(1e-5).rsqrt()).mul(scale).add(shift);
}

const models = {
  mlp: (work, p) => (x) => {
    const last = work.sizes.length - 2;
    let out = x;
    for (let at = 0; at <= last; at += 1) {
      if (work.activation === 'tanh') out = tf.tanh(dense(out, p, `dense${at}`, 'linear'));
      else out = dense(out, p, `dense${at}`, at < last ? 'relu' : 'linear');
    }
    return out;
  },
  lenet: (work, p) => (x) => {
    const convolved = (from, name, padding) =>
      tf.maxPool(
        tf.relu(tf.conv2d(from, p[`${name}.weight`], 1, padding).add(p[`${name}.bias`])),
        2,
        2,
        'valid',
      );
    const maps = convolved(convolved(x, 'conv0', 'same'), 'conv1', 'valid');
    const flat = maps.reshape([work.batch, 400]);
    return dense(dense(dense(flat, p, 'dense0', 'relu'), p, 'dense1', 'relu'), p, 'dense2');
  },
  lstm:
    ({ batch, steps, features, units }, p) =>
    (x) => {
      // All steps' inputs in one product, as its own layer does with `implementation: 2`.
      const driven = tf
        .matMul(x.transpose([1, 0, 2]).reshape([steps * batch, features]), p['input.weight'])
        .add(p['gates.bias']);
      const drives = tf.split(driven, steps);
      let hidden = tf.zeros([batch, units]);
      let cell = tf.zeros([batch, units]);
      for (const drive of drives) {
        const gates = drive.add(tf.matMul(hidden, p['recurrent.weight']));
        const [input, forget, candidate, output] = tf.split(gates, 4, 1);
        cell = cell.mul(tf.sigmoid(forget)).add(tf.sigmoid(input).mul(tf.tanh(candidate)));
        hidden = tf.sigmoid(output).mul(tf.tanh(cell));
      }
      return dense(hidden, p, 'read');
    },
  lif: (work, p) => (x) => {
    const { batch, steps, features, units, decay, gain, slope } = work;
    const fire = tf.customGrad((potential, save) => {
      save([potential]);
      const gradFunc = (dy, [saved]) => dy.div(tf.square(saved.sub(1).abs().mul(slope).add(1)));
      return { value: potential.greaterEqual(1).toFloat(), gradFunc };
    });
    // The reset is not differentiated.
    const kept = tf.customGrad((potential) => ({
      value: potential.less(1).toFloat(),
      gradFunc: (dy) => tf.zerosLike(dy),
    }));
    const driven = dense(x.reshape([batch * steps, features]), p, 'hidden').mul(gain * (1 - decay));
    const drives = tf.unstack(driven.reshape([batch, steps, units]), 1);
    const share = meanPotential(work);
    let potential = tf.zeros([batch, units]);
    let read = tf.zeros([batch, units]);
    drives.forEach((drive, step) => {
      potential = potential.mul(decay).add(drive);
      read = read.add(fire(potential).mul(share[step]));
      potential = potential.mul(kept(potential));
    });
    const bias = p['read.bias'].mul(share.reduce((sum, value) => sum + value, 0));
    return tf.matMul(read, p['read.weight']).add(bias).mul(gain);
  },
  transformer:
    ({ batch, tokens, width, heads, hidden: _hidden }, p) =>
    (x) => {
      const rows = (tensor) => tensor.reshape([batch * tokens, -1]);
      const flat = rows(x);
      const qkv = dense(normalise(flat, p['norm0.scale'], p['norm0.shift']), p, 'qkv')
        .reshape([batch, tokens, 3, heads, width / heads])
        .transpose([2, 0, 3, 1, 4]);
      const [query, key, value] = tf.unstack(qkv);
      const scores = tf.matMul(query, key, false, true).mul(1 / Math.sqrt(width / heads));
      const mixed = tf.matMul(tf.softmax(scores), value).transpose([0, 2, 1, 3]);
      const attended = flat.add(dense(mixed.reshape([batch * tokens, width]), p, 'out'));
      const up = dense(normalise(attended, p['norm1.scale'], p['norm1.shift']), p, 'up');
      const gelu = up.mul(0.5).mul(tf.erf(up.mul(Math.SQRT1_2)).add(1));
      const out = attended.add(dense(gelu, p, 'down'));
      return dense(out.reshape([batch, tokens, width]).mean(1), p, 'read');
    },
};
