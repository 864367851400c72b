// The page's engine, one thread. `cajal-threads.js` is the same with a pool.

/** The engine of a variant; its part for circuits is loaded where a work asks for it, as in the page. */
export function engineOf(name, variant, threads) {
  const load = async (part) => {
    const cajal = await import(`/pkg/${variant}/${part}/cajal.js`);
    await cajal.default();
    await cajal.initThreadPool?.(threads);
    return cajal;
  };
  let layered;
  let biological;
  return {
    name,
    version: () => layered.version(),
    async start() {
      layered = await load('layered');
    },
    supports(work) {
      if (work.kind === 'train' && !layered.Workload.names().includes(work.id)) return 'not yet';
      return true;
    },
    async prepare(work, form) {
      if (work.kind === 'circuit') {
        biological ??= await load('biological');
        return circuit(biological, work);
      }
      return work.kind === 'train' ? training(layered, work) : product(layered, work, form);
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

export default engineOf('Cajal', 'single', 1);
