// What can be chosen on the bench, and how a choice changes it. Everything that a model or an input
// has comes from the catalogue.

import type {
  BenchConfig,
  BiologicalCatalogue,
  ModelEntry,
  Parameter,
  SubjectConfig,
} from '../../engine/model.ts';

export interface BenchState {
  config: BenchConfig;
  /** The neuron that is looked at closely. */
  focus: number;
  /** What of the run is shown, ms; all of it if absent. */
  window: [number, number] | undefined;
  /** The variable along y of the phase plane; 0 for the one that suits. */
  variable: number;
  /** The moment whose phase plane is shown, ms. */
  momentMs: number;
}

/** The stimulus by which each neuron gets the drive of its own preset. */
export const OWN = 'own';

/** Inputs that have more to them than parameters. */
export const DRAWN = 'waveform';
export const LISTED = 'spike-list';
export const RECORDED = 'recorded';

export function defaultBench({ neuronBench }: BiologicalCatalogue): BenchState {
  return {
    config: neuronBench.defaults,
    focus: 0,
    window: undefined,
    variable: 0,
    momentMs: 0,
  };
}

/** The models that go onto the bench. */
export function benchModels({ neurons, compartments }: BiologicalCatalogue): ModelEntry[] {
  return [...neurons, ...compartments].filter(({ bench }) => bench);
}

export function modelOf(catalogue: BiologicalCatalogue, id: string): ModelEntry | undefined {
  return benchModels(catalogue).find((model) => model.id === id);
}

export function inputOf({ inputs }: BiologicalCatalogue, id: string): ModelEntry | undefined {
  return inputs.find((input) => input.id === id);
}

/** Whether a model has an extent: then its run is short and costs much. */
export function isExtended({ compartments }: BiologicalCatalogue, id: string): boolean {
  return compartments.some((model) => model.id === id);
}

/** A neuron as a preset has it; the model's first preset if none is named. */
export function subject(model: ModelEntry, preset?: string): SubjectConfig {
  const found = model.presets.find(({ id }) => id === preset) ?? model.presets[0];
  const suits = found?.bench ?? model.bench;
  return {
    model: model.id,
    preset: found?.id ?? '',
    values: found?.values.map(({ key, value }) => ({ key, value })) ?? [],
    strength: suits?.strength ?? 1,
    dtMs: suits?.dtMs ?? 0.1,
  };
}

export function numberOf(
  values: readonly { key: string; value: number }[],
  parameter: Parameter,
): number {
  return values.find(({ key }) => key === parameter.key)?.value ?? parameter.default;
}

/** `values` with one of them set; what has its default is left out. */
export function withNumber(
  values: readonly { key: string; value: number }[],
  parameters: readonly Parameter[],
  key: string,
  value: number,
): { key: string; value: number }[] {
  const rest = values.filter((one) => one.key !== key);
  const standard = parameters.find((parameter) => parameter.key === key)?.default;
  return value === standard ? rest : [...rest, { key, value }];
}

export function withSubject(
  state: BenchState,
  at: number,
  change: (neuron: SubjectConfig) => SubjectConfig,
): BenchState {
  const neurons = state.config.neurons.map((neuron, place) =>
    place === at ? change(neuron) : neuron,
  );
  return { ...state, config: { ...state.config, neurons } };
}

/** Each neuron gets its preset's own drive, for as long as the longest of them wants. */
export function withOwnDrive(state: BenchState, catalogue: BiologicalCatalogue): BenchState {
  const durations = state.config.neurons.map((neuron) => {
    const model = modelOf(catalogue, neuron.model);
    const preset = model?.presets.find(({ id }) => id === neuron.preset);
    return (preset?.bench ?? model?.bench)?.durationMs ?? 0;
  });
  const stimulus = { ...state.config.stimulus, input: OWN, values: [] };
  const durationMs = Math.max(...durations, 1);
  return { ...state, config: { ...state.config, stimulus, durationMs }, window: undefined };
}

/** Another model, or another preset of one, in place of a neuron. */
export function withModel(
  state: BenchState,
  at: number,
  id: string,
  catalogue: BiologicalCatalogue,
  preset?: string,
): BenchState {
  const model = modelOf(catalogue, id);
  if (!model) return state;
  const next = withSubject({ ...state, variable: 0 }, at, () => subject(model, preset));
  // A preset is shown by its drive; a cell would take seconds for what a point does in a blink.
  const own = preset !== undefined || state.config.stimulus.input === OWN;
  return own || isExtended(catalogue, id) ? withOwnDrive(next, catalogue) : next;
}

export function withOneMore(state: BenchState, catalogue: BiologicalCatalogue): BenchState {
  const { neurons } = state.config;
  if (neurons.length >= catalogue.neuronBench.mostNeurons) return state;
  // One that is not there yet, of those that fire.
  const order = ['izhikevich', 'adaptive-exponential', 'lif', 'wang-buzsaki', 'hodgkin-huxley'];
  const known = order.flatMap((id) => modelOf(catalogue, id) ?? []);
  const model = known.find(({ id }) => !neurons.some((neuron) => neuron.model === id)) ?? known[0];
  if (!model) return state;
  const config = { ...state.config, neurons: [...neurons, subject(model)] };
  return { ...state, config, focus: neurons.length, variable: 0 };
}

export function withOneFewer(state: BenchState, at: number): BenchState {
  const neurons = state.config.neurons.filter((_, place) => place !== at);
  if (neurons.length === 0) return state;
  const focus = Math.min(state.focus > at ? state.focus - 1 : state.focus, neurons.length - 1);
  return { ...state, config: { ...state.config, neurons }, focus, variable: 0 };
}

export function withInput(
  state: BenchState,
  input: string,
  catalogue: BiologicalCatalogue,
): BenchState {
  if (input === OWN) return withOwnDrive(state, catalogue);
  const { durationMs, stimulus } = state.config;
  // Times that the run has room for, in place of those of a run of seconds.
  const within = (key: string, share: number) => {
    const declared = inputOf(catalogue, input)?.parameters.find((one) => one.key === key);
    return declared ? [{ key, value: Math.round(durationMs * share) }] : [];
  };
  const values = [
    ...within('start_ms', 0.1),
    ...within('stop_ms', 0.9),
    ...within('duration_ms', 0.8),
  ];
  const noisy = input === 'white-noise' || input === 'ornstein-uhlenbeck';
  const changed = {
    ...stimulus,
    input,
    values: noisy ? [{ key: 'mean', value: 1 }] : values,
    points: input === DRAWN && stimulus.points.length === 0 ? drawing(durationMs) : stimulus.points,
    spikesMs:
      input === LISTED && stimulus.spikesMs.length === 0
        ? [0.2, 0.25, 0.3, 0.6].map((share) => Math.round(share * durationMs))
        : stimulus.spikesMs,
  };
  return { ...state, config: { ...state.config, stimulus: changed } };
}

/** A first drawing: up, down, and up again. */
function drawing(durationMs: number): [number, number][] {
  const shares: [number, number][] = [
    [0, 0],
    [0.15, 0],
    [0.3, 1.2],
    [0.5, 0.4],
    [0.7, 1],
    [0.85, 0],
    [1, 0],
  ];
  return shares.map(([share, value]) => [Math.round(share * durationMs), value]);
}

/** The strength of a stimulus as a control: the model says what is much. */
export function strengthParameter(model: ModelEntry, preset: string, meaning: string): Parameter {
  const suits = model.presets.find(({ id }) => id === preset)?.bench ?? model.bench;
  const much = 2 * (suits?.curveTo ?? 1);
  return {
    key: 'strength',
    symbol: '',
    unit: model.drive,
    min: -much,
    max: much,
    step: Number((much / 400).toPrecision(1)),
    scale: 'linear',
    default: suits?.strength ?? 1,
    meaning,
  };
}

export function stepParameter(model: ModelEntry, preset: string, meaning: string): Parameter {
  const suits = model.presets.find(({ id }) => id === preset)?.bench ?? model.bench;
  return {
    key: 'dt_ms',
    symbol: '\\Delta t',
    unit: 'ms',
    min: model.largestDtMs / 1000,
    max: model.largestDtMs,
    step: 0,
    scale: 'log',
    default: suits?.dtMs ?? model.largestDtMs,
    meaning,
  };
}
