// The page's engine, one thread. `cajal-threads.js` is the same with a pool.

export function engineOf(name, load) {
  let cajal;
  return {
    name,
    version: () => cajal.version(),
    async start() {
      cajal = await load();
    },
    supports(work) {
      if (work.kind === 'train' && !cajal.Workload.names().includes(work.id)) return 'not yet';
      return true;
    },
    async prepare(work, form) {
      if (work.kind === 'circuit') return circuit(cajal, work);
      return work.kind === 'train' ? training(cajal, work) : product(cajal, work, form);
    },
  };
}

function product({ Product }, { m, k, n }, form = {}) {
  const subject = new Product(m, k, n, form.lhsTransposed ?? false, form.rhsTransposed ?? false);
  return {
    run: (count) => subject.run(count),
    result: () => subject.out(),
    dispose: () => subject.free(),
  };
}

function training({ Workload }, { id, batch }) {
  const subject = new Workload(id);
  if (subject.batch !== batch) throw new Error(`batch ${subject.batch}, wanted ${batch}`);
  return {
    run: (count) => subject.train(count),
    dispose: () => subject.free(),
  };
}

/** A spiking network; a run is so many milliseconds, of which it says how many they were. */
function circuit({ CircuitWork }, { id, biological_ms, anew }) {
  let subject = new CircuitWork(id);
  let beginning = 0;
  return {
    facts: { neurons: subject.neurons, synapses: subject.synapses },
    before() {
      if (anew) {
        subject.free();
        subject = new CircuitWork(id);
      }
      beginning = subject.timeMs;
    },
    run() {
      const spikes = subject.advance(biological_ms);
      return { spikes, biological_ms: subject.timeMs - beginning };
    },
    dispose: () => subject.free(),
  };
}

export default engineOf('Cajal', async () => {
  const cajal = await import('/pkg/single/cajal.js');
  await cajal.default();
  return cajal;
});
