// jax-js on its WebAssembly backend. Without shared memory, as in a page that is not isolated, it
// runs in the calling thread; with it, it would take as many threads as there are cores.

import { batchOf, inputShape, meanPotential, operands, parametersOf } from './works.js';

const VERSION = '0.1.25';

let jax;
let np;

export default {
  name: 'jax-js',
  version: () => VERSION,
  async start() {
    delete globalThis.SharedArrayBuffer;
    jax = await import('/node_modules/@jax-js/jax/dist/index.js');
    await jax.init('wasm');
    jax.defaultDevice('wasm');
    np = jax.numpy;
  },
  supports: () => true,
  prepare: async (work) => (work.kind === 'product' ? product(work) : training(work)),
};

const arrayOf = (values, shape) => np.array(values, { shape });

function product({ m, k, n, ...work }) {
  const { lhs, rhs } = operands({ m, k, n, ...work });
  const [a, b] = [arrayOf(lhs, [m, k]), arrayOf(rhs, [k, n])];
  const multiply = jax.jit((left, right) => np.matmul(left, right));
  let out = multiply(a.ref, b.ref);
  return {
    async run(count) {
      for (let run = 0; run < count; run += 1) {
        out.dispose();
        out = multiply(a.ref, b.ref);
        await out.blockUntilReady();
      }
      return 0;
    },
    result: () => out.ref.data(),
    dispose() {
      for (const array of [a, b, out]) array.dispose();
      multiply.dispose();
    },
  };
}

function training(work) {
  const { inputs, oneHot, targets } = batchOf(work);
  const x = arrayOf(inputs, [work.batch, ...inputShape(work)]);
  const y = oneHot ? arrayOf(oneHot, [work.batch, 10]) : arrayOf(targets, [work.batch, 1]);
  const prepared = parametersOf(work).map((parameter) => {
    const { name, shape, values } = rearranged[parameter.name]?.(work, parameter) ?? parameter;
    return [name, arrayOf(values, shape)];
  });
  let parameters = Object.fromEntries(prepared);
  const predict = models[work.model](work);
  const cost = (p, input, wanted) => {
    const out = predict(p, input);
    return oneHot
      ? jax.nn
          .logSoftmax(out)
          .mul(wanted)
          .sum()
          .mul(-1 / work.batch)
      : np.square(out.sub(wanted)).mean().mul(0.5);
  };
  const step = jax.jit((p, input, wanted) => {
    const [loss, gradient] = jax.valueAndGrad(cost)(jax.tree.ref(p), input, wanted);
    const next = jax.tree.map(
      (value, slope) => value.sub(slope.mul(work.learningRate)),
      p,
      gradient,
    );
    return [next, loss];
  });
  return {
    async run(count) {
      let loss;
      for (let index = 0; index < count; index += 1) {
        loss?.dispose();
        [parameters, loss] = step(parameters, x.ref, y.ref);
        await jax.blockUntilReady(parameters);
      }
      return (await loss.data())[0];
    },
    dispose() {
      jax.tree.dispose(parameters);
      x.dispose();
      y.dispose();
      step.dispose();
    },
  };
}

/** From height, width, in, out to out, in, height, width, which is the order it convolves in. */
function convolution(_work, { name, shape, values }) {
  const [height, width, from, to] = shape;
  const moved = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const out = at % to;
    const channel = Math.floor(at / to) % from;
    const place = Math.floor(at / (to * from));
    moved[(out * from + channel) * height * width + place] = values[at];
  }
  return { name, shape: [to, from, height, width], values: moved };
}

/** Parameters whose memory another layout of images orders otherwise. */
const rearranged = {
  'conv0.weight': convolution,
  'conv1.weight': convolution,
  'dense0.weight': (work, { name, shape, values }) => {
    if (work.model !== 'lenet') return undefined;
    const moved = new Float32Array(values.length);
    for (let place = 0; place < 25; place += 1) {
      for (let channel = 0; channel < 16; channel += 1) {
        const row = values.subarray((place * 16 + channel) * 120, (place * 16 + channel + 1) * 120);
        moved.set(row, (channel * 25 + place) * 120);
      }
    }
    return { name, shape, values: moved };
  },
};

const dense = (x, p, name) => np.matmul(x, p[`${name}.weight`]).add(p[`${name}.bias`]);

function normalise(x, scale, shift) {
  const centred = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(1e-5)))
    .mul(scale)
    .add(shift);
}

const models = {
  mlp: (work) => (p, x) => {
    const last = work.sizes.length - 2;
    let out = x;
    for (let at = 0; at <= last; at += 1) {
      out = dense(out, p, `dense${at}`);
      if (work.activation === 'tanh') out = np.tanh(out);
      else if (at < last) out = jax.nn.relu(out);
    }
    return out;
  },
  lenet: (work) => (p, x) => {
    const convolved = (from, name, padding, [channels, size]) => {
      const maps = jax.lax.convGeneralDilated(from, p[`${name}.weight`], [1, 1], padding);
      const biased = maps.add(p[`${name}.bias`].reshape([1, channels, 1, 1]));
      const half = size / 2;
      const tiles = jax.nn.relu(biased).reshape([work.batch, channels, half, 2, half, 2]);
      return np.max(tiles, [3, 5]);
    };
    const image = x.reshape([work.batch, 1, 28, 28]);
    const first = convolved(image, 'conv0', 'SAME', [6, 28]);
    const maps = convolved(first, 'conv1', 'VALID', [16, 10]);
    const flat = maps.reshape([work.batch, 400]);
    const hidden = jax.nn.relu(dense(jax.nn.relu(dense(flat, p, 'dense0')), p, 'dense1'));
    return dense(hidden, p, 'dense2');
  },
  lstm:
    ({ batch, steps, features, units }) =>
    (p, x) => {
      const inputs = np.transpose(x, [1, 0, 2]).reshape([steps * batch, features]);
      const driven = np.matmul(inputs, p['input.weight']).add(p['gates.bias']);
      const drives = np.split(driven, steps);
      let hidden = np.zeros([batch, units]);
      let cell = np.zeros([batch, units]);
      for (const drive of drives) {
        const gates = drive.add(np.matmul(hidden, p['recurrent.weight'].ref));
        const [input, forget, candidate, output] = np.split(gates, 4, 1);
        const kept = cell.mul(jax.nn.sigmoid(forget));
        cell = kept.add(jax.nn.sigmoid(input).mul(np.tanh(candidate)));
        hidden = jax.nn.sigmoid(output).mul(np.tanh(cell.ref));
      }
      cell.dispose();
      p['recurrent.weight'].dispose();
      return dense(hidden, p, 'read');
    },
  lif: (work) => (p, x) => {
    const { batch, steps, features, units, decay, gain, slope } = work;
    const driven = dense(x.reshape([batch * steps, features]), p, 'hidden')
      .mul(gain * (1 - decay))
      .reshape([batch, steps, units]);
    const drives = np.unstack(driven, 1);
    const share = meanPotential(work);
    let potential = np.zeros([batch, units]);
    let read = np.zeros([batch, units]);
    drives.forEach((drive, step) => {
      potential = potential.mul(decay).add(drive);
      const above = potential.ref.sub(1);
      const fires = np.greaterEqual(jax.lax.stopGradient(potential.ref), 1).astype(np.float32);
      // A fast sigmoid backward, a step forward; the reset is not differentiated.
      const soft = above.ref.div(np.absolute(above).mul(slope).add(1));
      const spikes = soft.ref.add(jax.lax.stopGradient(fires.ref.sub(soft)));
      read = read.add(spikes.mul(share[step]));
      potential = potential.mul(fires.mul(-1).add(1));
    });
    potential.dispose();
    const whole = share.reduce((sum, value) => sum + value, 0);
    const bias = p['read.bias'].mul(whole);
    return np.matmul(read, p['read.weight']).add(bias).mul(gain);
  },
  transformer:
    ({ batch, tokens, width, heads }) =>
    (p, x) => {
      const flat = x.reshape([batch * tokens, width]);
      const normal = normalise(flat.ref, p['norm0.scale'], p['norm0.shift']);
      const qkv = np
        .transpose(
          dense(normal, p, 'qkv').reshape([batch, tokens, 3, heads, width / heads]),
          [2, 0, 3, 1, 4],
        )
        .reshape([3, batch * heads, tokens, width / heads]);
      const [query, key, value] = np.unstack(qkv);
      const scores = np
        .matmul(query, np.transpose(key, [0, 2, 1]))
        .mul(1 / Math.sqrt(width / heads));
      const mixed = np
        .matmul(jax.nn.softmax(scores), value)
        .reshape([batch, heads, tokens, width / heads]);
      const joined = np.transpose(mixed, [0, 2, 1, 3]).reshape([batch * tokens, width]);
      const attended = flat.add(dense(joined, p, 'out'));
      const up = dense(normalise(attended.ref, p['norm1.scale'], p['norm1.shift']), p, 'up');
      const gelu = jax.nn.gelu(up, { approximate: false });
      const out = attended.add(dense(gelu, p, 'down'));
      return dense(np.mean(out.reshape([batch, tokens, width]), 1), p, 'read');
    },
};
