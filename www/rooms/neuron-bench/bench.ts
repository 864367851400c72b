// The room without its looks: what is chosen, what the worker is asked because of it, and the model
// that the room draws. It knows no element.

import { BenchClient, type BenchEvents, type BenchWorker } from '../../engine/bench-client.ts';
import type { BenchAnswer, BenchQuestion } from '../../engine/bench-protocol.ts';
import type {
  BenchClamp,
  BenchCurve,
  BenchMoment,
  BenchPlane,
  BenchSummary,
  BenchTraces,
  BiologicalCatalogue,
  ClampConfig,
  CurveConfig,
  EngineError,
} from '../../engine/model.ts';
import { type Notice, withNotice, withoutNotice, withoutRefusals } from '../../page/notices.ts';
import { type Deed, Undo } from '../../page/undo.ts';
import { formatBench, parseBench, withPlainSetting } from './address.ts';
import {
  type BenchState,
  defaultBench,
  inputOf,
  isExtended,
  modelOf,
  withInput,
  withModel,
  withNumber,
  withOneFewer,
  withOneMore,
  withOwnDrive,
  withSubject,
} from './state.ts';

export interface BenchModel {
  catalogue: BiologicalCatalogue | undefined;
  state: BenchState | undefined;
  summary: BenchSummary | undefined;
  /** The state that the summary is of. */
  shown: BenchState | undefined;
  traces: BenchTraces | undefined;
  plane: BenchPlane | undefined;
  /** What the neuron that is looked at is in at the moment that is. */
  moment: BenchMoment | undefined;
  clamp: BenchClamp | undefined;
  /** As the engine declares it until the visitor chooses. */
  clampSpec: ClampConfig | undefined;
  curve: BenchCurve | undefined;
  curveSpec: CurveConfig | undefined;
  notices: readonly Notice[];
  stopped: boolean;
  /** What would be undone, and done again. */
  undo: Deed | undefined;
  redo: Deed | undefined;
}

const CURVE_POINTS = 41;
const CURVE_SETTLE_MS = 200;
const CURVE_MEASURE_MS = 1000;
/** A curve begins when nothing has changed for so long. */
const CURVE_REST_MS = 350;
const COLUMNS = 900;
const CLAMP_COLUMNS = 400;

export interface BenchAround {
  makeWorker(): BenchWorker;
  readAddress(): string;
  writeAddress(hash: string): void;
  changed(model: BenchModel): void;
}

export class Bench {
  private model: BenchModel = {
    catalogue: undefined,
    state: undefined,
    summary: undefined,
    shown: undefined,
    traces: undefined,
    plane: undefined,
    moment: undefined,
    clamp: undefined,
    clampSpec: undefined,
    curve: undefined,
    curveSpec: undefined,
    notices: [],
    stopped: false,
    undo: undefined,
    redo: undefined,
  };
  private client: BenchClient | undefined;
  /** What the engine took last; a refusal leads back to it. */
  private good: BenchState | undefined;
  private wanted: BenchState | undefined;
  private written = '';
  /** The visitor changed something since: what was refused before may be mended. */
  private touched = false;
  private curveOf = '';
  private clampOf = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly edits: Undo<BenchState>;

  constructor(private readonly around: BenchAround) {
    this.edits = new Undo({
      now: () => performance.now(),
      place: () => Promise.resolve(this.model.state as BenchState),
      go: (state) => this.go(state),
      changed: (undo, redo) => this.show({ undo, redo }),
    });
    this.enter();
  }

  /** The visitor is here, again or for the first time. */
  enter(): void {
    if (this.client) return;
    const events: BenchEvents = {
      ready: (catalogue) => this.ready(catalogue),
      answered: (answer, question) => this.answered(answer, question),
      refused: (error, question) => this.refused(error, question),
      died: (cause, gone) => this.died(cause, gone),
    };
    this.client = new BenchClient(this.around.makeWorker, events);
  }

  /** The visitor is elsewhere: the worker ends, what is chosen stays. */
  leave(): void {
    clearTimeout(this.timer);
    this.client?.dispose();
    this.client = undefined;
    this.curveOf = '';
    this.clampOf = '';
  }

  addressChanged(): void {
    const hash = this.around.readAddress();
    if (this.model.catalogue && hash !== this.written) this.openAddress(hash);
  }

  dismiss(id: number): void {
    this.show({ notices: withoutNotice(this.model.notices, id) });
  }

  restart(): void {
    this.leave();
    this.show({ stopped: false, notices: [] });
    this.enter();
  }

  /** A control wants a value at a path. */
  setting(path: string, value: unknown): void {
    const { state, catalogue } = this.model;
    if (!state || !catalogue) return;
    const next = changed(state, path.split('.'), value, catalogue);
    if (!next || next === state) return;
    this.touched = true;
    if (next.config !== state.config) {
      this.edits.place(deedOf(path));
      this.go(next);
      return;
    }
    this.adopt(next);
    if (next.window !== state.window) this.askTraces();
    if (next.focus !== state.focus) this.askFocus();
    else if (next.variable !== state.variable || next.momentMs !== state.momentMs) {
      this.askMoment();
    }
  }

  clampSetting(change: Partial<ClampConfig>): void {
    const { clampSpec } = this.model;
    if (!clampSpec) return;
    this.show({ clampSpec: { ...clampSpec, ...change } });
    this.askClamp();
  }

  private ready(catalogue: BiologicalCatalogue): void {
    const first = this.model.catalogue === undefined;
    const clampSpec = this.model.clampSpec ?? catalogue.neuronBench.clampDefaults;
    this.show({ catalogue, clampSpec, stopped: false });
    if (first) this.openAddress(this.around.readAddress());
    else if (this.model.state) this.configure(this.model.state);
  }

  private openAddress(hash: string): void {
    const { catalogue } = this.model;
    if (!catalogue) return;
    const reading = parseBench(hash, catalogue);
    if ('refusal' in reading) {
      const { field, reason, gaps } = reading.refusal;
      this.refuse(reason, { field, ...gaps });
    }
    const state = 'state' in reading ? reading.state : defaultBench(catalogue);
    if (this.model.state) this.edits.place({ message: 'edit-link' });
    this.touched = false;
    this.go(state);
  }

  private go(state: BenchState): void {
    this.adopt(state);
    this.configure(state);
  }

  private adopt(state: BenchState): void {
    this.written = formatBench(state);
    this.around.writeAddress(this.written);
    this.show({ state });
  }

  private configure(state: BenchState): void {
    this.wanted = state;
    this.client?.ask({ type: 'configure', config: state.config });
  }

  private answered(answer: BenchAnswer, question: BenchQuestion): void {
    switch (answer.type) {
      case 'configure':
        this.configured(answer.summary, question);
        break;
      case 'traces':
        this.show({ traces: answer.traces });
        break;
      case 'plane':
        this.show({ plane: answer.plane });
        break;
      case 'moment':
        this.show({ moment: answer.moment });
        break;
      case 'clamp':
        this.show({ clamp: answer.clamp });
        break;
      case 'curve':
        this.show({ curve: answer.curve });
    }
  }

  private configured(summary: BenchSummary, question: BenchQuestion): void {
    const { state } = this.model;
    if (!state || question.type !== 'configure') return;
    const taken = { ...state, config: question.config };
    this.good = taken;
    const mended = this.touched && this.wanted?.config === question.config;
    this.show({
      summary,
      shown: taken,
      ...(mended ? { notices: withoutRefusals(this.model.notices) } : {}),
    });
    this.askTraces();
    this.askFocus();
  }

  private askTraces(): void {
    const { state, summary } = this.model;
    if (!state || !summary) return;
    const [fromMs, untilMs] = state.window ?? [0, summary.durationMs];
    this.client?.ask({ type: 'traces', fromMs, untilMs, columns: COLUMNS });
  }

  /** What is shown of the neuron that is looked at. */
  private askFocus(): void {
    this.askMoment();
    this.askClamp();
    this.askCurve();
  }

  /** What is shown of it at the moment that is looked at. */
  private askMoment(): void {
    const { state } = this.model;
    if (!state) return;
    this.client?.ask({ type: 'moment', neuron: state.focus, timeMs: state.momentMs });
    this.askPlane();
  }

  private askPlane(): void {
    const { state, summary } = this.model;
    const neuron = state ? summary?.neurons[state.focus] : undefined;
    if (!state || !neuron) return;
    const able = neuron.variables.flatMap(({ plane }, at) => (plane ? [at] : []));
    const variable = able.includes(state.variable) ? state.variable : able.at(-1);
    if (variable === undefined) {
      this.show({ plane: undefined });
      return;
    }
    const timeMs = state.momentMs;
    this.client?.ask({ type: 'plane', neuron: state.focus, variable, timeMs });
  }

  private askClamp(): void {
    const { state, catalogue, clampSpec } = this.model;
    const neuron = state?.config.neurons[state.focus];
    const model = catalogue && neuron ? modelOf(catalogue, neuron.model) : undefined;
    if (!state || !clampSpec || !model?.bench?.clamps) {
      this.clampOf = '';
      this.show({ clamp: undefined });
      return;
    }
    const key = JSON.stringify([state.focus, neuron, clampSpec]);
    if (key === this.clampOf) return;
    this.clampOf = key;
    const spec = clampSpec;
    this.client?.ask({ type: 'clamp', neuron: state.focus, spec, columns: CLAMP_COLUMNS });
  }

  private askCurve(): void {
    const { state, catalogue } = this.model;
    const neuron = state?.config.neurons[state.focus];
    const model = catalogue && neuron ? modelOf(catalogue, neuron.model) : undefined;
    if (!state || !catalogue || !neuron || !model) return;
    // What drives it in the run does not matter to the curve.
    const { strength: _, ...rest } = neuron;
    const key = JSON.stringify([state.focus, rest, state.config.seed]);
    clearTimeout(this.timer);
    if (key === this.curveOf && this.client?.expects('curve') === false && this.model.curve?.done) {
      return;
    }
    this.curveOf = key;
    this.client?.cancelCurve();
    const preset = model.presets.find(({ id }) => id === neuron.preset);
    const to = (preset?.bench ?? model.bench)?.curveTo ?? 0;
    if (isExtended(catalogue, neuron.model) || to === 0) {
      this.show({ curve: undefined, curveSpec: undefined });
      return;
    }
    const spec: CurveConfig = {
      from: 0,
      to,
      points: CURVE_POINTS,
      settleMs: CURVE_SETTLE_MS,
      measureMs: CURVE_MEASURE_MS,
    };
    this.show({ curve: undefined, curveSpec: spec });
    this.timer = setTimeout(() => {
      this.client?.ask({ type: 'curve', neuron: state.focus, spec });
    }, CURVE_REST_MS);
  }

  private refused(error: EngineError, question: BenchQuestion): void {
    const { code, message } = error;
    this.refuse(`error-${code}`, { message });
    this.touched = false;
    if (question.type === 'clamp') this.clampOf = '';
    if (question.type !== 'configure' || question.config !== this.wanted?.config) return;
    const { catalogue } = this.model;
    if (!catalogue) return;
    // What was there stays; an address that was refused from the start gives the default.
    if (this.good) {
      this.edits.refused();
      this.adopt(this.good);
    } else this.go(defaultBench(catalogue));
  }

  private died(cause: string, gone: boolean): void {
    this.curveOf = '';
    this.clampOf = '';
    if (!gone) {
      this.tell({ kind: 'note', message: 'note-bench-restarted', gaps: { cause } });
      return;
    }
    this.show({ stopped: true });
    this.tell({
      kind: 'refusal',
      message: 'error-stopped',
      gaps: { cause },
      action: { message: 'action-restart', command: { type: 'restart' } },
    });
  }

  private refuse(message: string, gaps: Notice['gaps']): void {
    this.tell({ kind: 'refusal', message, gaps });
  }

  private tell(news: Parameters<typeof withNotice>[1]): void {
    this.show({ notices: withNotice(this.model.notices, news) });
  }

  private show(change: Partial<BenchModel>): void {
    this.model = { ...this.model, ...change };
    this.around.changed(this.model);
  }
}

/** What a setting does, in words; a control that is moved on is one deed. */
function deedOf(path: string): Deed {
  const [head = '', , third = ''] = path.split('.');
  const what = head === 'neurons' ? third : head === 'stimulus' ? 'stimulus' : head;
  const message = `edit-bench-${what}`;
  return head === 'add' || head === 'remove' ? { message } : { message, group: path };
}

/** The state after a setting; undefined if there is no such setting. */
function changed(
  state: BenchState,
  [head = '', second = '', third = '', fourth = '']: string[],
  value: unknown,
  catalogue: BiologicalCatalogue,
): BenchState | undefined {
  const { config } = state;
  const number = Number(value);
  switch (head) {
    case 'neurons': {
      const at = Number(second);
      const neuron = config.neurons[at];
      if (!neuron) return undefined;
      if (third === 'model')
        return withModel({ ...state, focus: at }, at, String(value), catalogue);
      if (third === 'preset') {
        return withModel({ ...state, focus: at }, at, neuron.model, catalogue, String(value));
      }
      if (third === 'values') {
        const parameters = modelOf(catalogue, neuron.model)?.parameters ?? [];
        return withSubject(state, at, (one) => ({
          ...one,
          values: withNumber(one.values, parameters, fourth, number),
        }));
      }
      if (third === 'strength')
        return withSubject(state, at, (one) => ({ ...one, strength: number }));
      if (third === 'dt_ms') return withSubject(state, at, (one) => ({ ...one, dtMs: number }));
      return undefined;
    }
    case 'stimulus': {
      const stimulus = (change: Partial<typeof config.stimulus>) => ({
        ...state,
        config: { ...config, stimulus: { ...config.stimulus, ...change } },
      });
      if (second === 'input') return withInput(state, String(value), catalogue);
      if (second === 'values') {
        const parameters = inputOf(catalogue, config.stimulus.input)?.parameters ?? [];
        return stimulus({ values: withNumber(config.stimulus.values, parameters, third, number) });
      }
      if (second === 'points') return stimulus({ points: value as [number, number][] });
      if (second === 'spikes') return stimulus({ spikesMs: value as number[] });
      if (second === 'trial') return stimulus({ trial: number });
      return undefined;
    }
    case 'durationMs':
      return { ...state, window: undefined, config: { ...config, durationMs: number } };
    case 'add':
      return grown(withOneMore(state, catalogue), state, catalogue);
    case 'remove':
      return withOneFewer(state, Number(value));
    case 'focus':
      return { ...state, focus: number, variable: 0 };
    default:
      return withPlainSetting(state, head, value, catalogue);
  }
}

/** Beside one that gets its own drive, a new neuron gets its own too. */
function grown(next: BenchState, before: BenchState, catalogue: BiologicalCatalogue): BenchState {
  const own = next !== before && before.config.stimulus.input === 'own';
  return own ? withOwnDrive(next, catalogue) : next;
}
