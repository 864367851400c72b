// ONNX Runtime's WebAssembly backend, one thread. Its package for browsers runs models and cannot
// train any, so it multiplies matrices only.

import * as ort from '/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs';
import { operands } from './works.js';

export default {
  name: 'ONNX Runtime',
  version: () => ort.env.versions.web,
  async start() {
    ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
    ort.env.wasm.numThreads = 1;
  },
  supports: ({ kind }) => (kind === 'product' ? true : 'cannot train: it only runs models'),
  async prepare({ m, k, n, ...work }) {
    const { lhs, rhs } = operands({ m, k, n, ...work });
    const session = await ort.InferenceSession.create(matMulModel(m, k, n), {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
    });
    const feeds = {
      lhs: new ort.Tensor('float32', lhs, [m, k]),
      rhs: new ort.Tensor('float32', rhs, [k, n]),
    };
    let out;
    return {
      async run(count) {
        for (let run = 0; run < count; run += 1) ({ out } = await session.run(feeds));
        return out.data[0];
      },
      result: () => out.data,
      dispose: () => session.release(),
    };
  },
};

/** An ONNX model of one node `out = MatMul(lhs, rhs)`, written as Protocol Buffers. */
function matMulModel(m, k, n) {
  const varint = (value) => {
    const bytes = [];
    for (let rest = value; ; rest >>>= 7) {
      if (rest < 128) return [...bytes, rest];
      bytes.push((rest & 127) | 128);
    }
  };
  const number = (field, value) => [...varint(field << 3), ...varint(value)];
  const bytes = (field, content) => [
    ...varint((field << 3) | 2),
    ...varint(content.length),
    ...content,
  ];
  const text = (field, value) => bytes(field, [...new TextEncoder().encode(value)]);
  // ValueInfoProto: name, then TypeProto.tensor_type with float elements and its dimensions.
  const value = (field, name, sides) => {
    const shape = sides.flatMap((side) => bytes(1, number(1, side)));
    return bytes(field, [
      ...text(1, name),
      ...bytes(2, bytes(1, [...number(1, 1), ...bytes(2, shape)])),
    ]);
  };
  const node = bytes(1, [
    ...text(1, 'lhs'),
    ...text(1, 'rhs'),
    ...text(2, 'out'),
    ...text(4, 'MatMul'),
  ]);
  const graph = [
    ...node,
    ...text(2, 'product'),
    ...value(11, 'lhs', [m, k]),
    ...value(11, 'rhs', [k, n]),
    ...value(12, 'out', [m, n]),
  ];
  const operators = bytes(8, [...text(1, ''), ...number(2, 13)]);
  return new Uint8Array([...number(1, 8), ...bytes(7, graph), ...operators]);
}
