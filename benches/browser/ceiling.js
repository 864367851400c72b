// Multiplications and additions between registers: what no product can exceed without fused ones.

/** Some 5 million operations: a tenth of a millisecond. */
const ITERATIONS = 50_000;

let multiplyAddCeiling;

export default {
  name: 'ceiling',
  version: () => '',
  async start() {
    const cajal = await import('/pkg/single/layered/cajal.js');
    await cajal.default();
    multiplyAddCeiling = cajal.multiplyAddCeiling;
  },
  supports: () => true,
  async prepare() {
    return {
      run(count) {
        let operations = 0;
        for (let run = 0; run < count; run += 1) operations += multiplyAddCeiling(ITERATIONS);
        return operations / count;
      },
      dispose() {},
    };
  },
};
