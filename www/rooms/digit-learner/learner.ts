// The room without its looks: what is chosen, what the worker is told because of it, and the model
// that the room draws. It knows no element.

import { DigitsClient, type DigitsWorker } from '../../engine/digits-client.ts';
import type { DigitsState } from '../../engine/digits-protocol.ts';
import type {
  BiologicalCatalogue,
  EngineError,
  ModelEntry,
  PresentationEntry,
  StudentNeurons,
} from '../../engine/model.ts';
import type { Command } from '../../page/model.ts';
import { type Notice, withNotice, withoutNotice, withoutRefusals } from '../../page/notices.ts';
import { LARGEST_SEED } from '../../state/read.ts';
import { formatLearner, type LearnerState, parseLearner, START } from './address.ts';

export interface LearnerModel {
  circuit: ModelEntry | undefined;
  /** How many neurons there are. */
  count: number;
  state: LearnerState;
  /** Bytes of the digits, while they are on their way. */
  loading: { loaded: number; total: number } | undefined;
  /** What the worker said last of the network that is chosen. */
  run: DigitsState | undefined;
  neurons: StudentNeurons | undefined;
  playing: boolean;
  /** What was drawn by hand, and how it was read. */
  drawing: Float32Array | undefined;
  answer: PresentationEntry | undefined;
  notices: readonly Notice[];
  stopped: boolean;
}

export interface LearnerAround {
  makeWorker(): DigitsWorker;
  readAddress(): string;
  writeAddress(hash: string): void;
  changed(model: LearnerModel): void;
}

export class Learner {
  private model: LearnerModel = {
    circuit: undefined,
    count: 0,
    state: START,
    loading: undefined,
    run: undefined,
    neurons: undefined,
    playing: false,
    drawing: undefined,
    answer: undefined,
    notices: [],
    stopped: false,
  };
  private client: DigitsClient | undefined;
  private written = '';

  constructor(private readonly around: LearnerAround) {
    this.enter();
  }

  /** The visitor is here, again or for the first time. */
  enter(): void {
    if (this.client || this.model.stopped) return;
    this.client = new DigitsClient(this.around.makeWorker, {
      ready: (catalogue) => this.ready(catalogue),
      loading: (loaded, total) => this.show({ loading: { loaded, total } }),
      state: (run) => this.adopt(run),
      answered: (answer) => this.show({ answer }),
      refused: (error, request) => this.refused(error, request === 'restart'),
      died: (cause) => this.died(cause),
    });
  }

  /** The visitor is elsewhere: the worker ends, and what it had learned with it. */
  leave(): void {
    const learned = this.model.run?.progress.shown ?? 0;
    this.client?.dispose();
    this.client = undefined;
    this.forget();
    if (learned > 0) this.notice('note', 'note-digits-left', { count: learned });
  }

  addressChanged(): void {
    const hash = this.around.readAddress();
    if (this.model.circuit && hash !== this.written) this.openAddress(hash);
  }

  command(command: Command): void {
    switch (command.type) {
      case 'dismiss':
        this.show({ notices: withoutNotice(this.model.notices, command.id) });
        return;
      case 'restart':
        this.client?.dispose();
        this.client = undefined;
        this.forget();
        this.show({ stopped: false, notices: [] });
        this.enter();
        return;
      case 'toggle':
        this.play(!this.model.playing);
        return;
      case 'advance':
        if (this.model.run) {
          this.show({ playing: false });
          this.client?.send({ type: 'one' });
        }
        return;
      case 'reset':
        this.restart();
        return;
      case 'newSeed':
        this.setting('seed', this.model.state.seed < LARGEST_SEED ? this.model.state.seed + 1 : 0);
    }
  }

  /** A control wants a value. */
  setting(path: string, value: unknown): void {
    const { state, count, circuit } = this.model;
    if (!circuit) return;
    switch (path) {
      case 'seed':
        this.write({ ...state, seed: Number(value) });
        this.restart();
        return;
      case 'learning':
        this.write({ ...state, learning: value === true });
        this.client?.send({ type: 'learning', on: value === true });
        return;
      case 'neuron':
        this.write({ ...state, neuron: Math.min(count - 1, Math.max(0, Number(value))) });
        return;
      case 'drawing':
        this.draw(value as Float32Array | undefined);
    }
  }

  private play(playing: boolean): void {
    if (!this.model.run) return;
    this.show({ playing, notices: withoutRefusals(this.model.notices) });
    this.client?.send({ type: playing ? 'play' : 'pause' });
  }

  private draw(drawing: Float32Array | undefined): void {
    this.show({ drawing, ...(drawing ? {} : { answer: undefined }) });
    if (drawing && this.model.run) this.client?.ask(drawing);
    else this.client?.forgetDrawing();
  }

  private ready(catalogue: BiologicalCatalogue): void {
    const circuit = catalogue.circuits.find(({ id }) => id === 'diehl-cook');
    const count = circuit?.parameters.find(({ key }) => key === 'neurons')?.default ?? 0;
    const first = this.model.circuit === undefined;
    this.show({ circuit, count });
    if (first) this.openAddress(this.around.readAddress());
    else this.configure();
  }

  private openAddress(hash: string): void {
    const reading = parseLearner(hash, this.model.count);
    if ('refusal' in reading) {
      const { field, reason, gaps } = reading.refusal;
      this.notice('refusal', reason, { field, ...gaps });
    }
    const before = this.model.run ? this.model.state : undefined;
    const state = 'state' in reading ? reading.state : (before ?? START);
    this.write(state);
    if (!before || before.seed !== state.seed) this.configure();
    else this.client?.send({ type: 'learning', on: state.learning });
  }

  private write(state: LearnerState): void {
    this.written = formatLearner(state);
    this.around.writeAddress(this.written);
    this.show({ state });
  }

  private configure(): void {
    const { seed, learning } = this.model.state;
    this.client?.send({ type: 'learning', on: learning });
    this.client?.restart(seed);
  }

  /** From the beginning: a network that runs goes on running. */
  private restart(): void {
    this.show({ run: undefined, neurons: undefined, answer: undefined });
    this.client?.restart(this.model.state.seed);
  }

  private adopt(run: DigitsState): void {
    const first = this.model.run === undefined;
    this.show({ run, loading: undefined, ...(run.neurons ? { neurons: run.neurons } : {}) });
    // A drawing that was there before is read by what is there now.
    if (first && this.model.drawing) this.client?.ask(this.model.drawing);
  }

  private forget(): void {
    this.show({
      run: undefined,
      neurons: undefined,
      answer: undefined,
      playing: false,
      loading: undefined,
    });
  }

  private refused(error: EngineError, lost: boolean): void {
    if (lost) {
      this.show({ loading: undefined, stopped: true, playing: false });
      this.client?.dispose();
      this.client = undefined;
    }
    const { code, message } = error;
    const action = { message: 'action-restart', command: { type: 'restart' } } as const;
    this.notice('refusal', `error-${code}`, { message }, lost ? { action } : {});
  }

  private died(cause: string): void {
    this.client = undefined;
    this.forget();
    this.show({ stopped: true });
    const action = { message: 'action-restart', command: { type: 'restart' } } as const;
    this.notice('refusal', 'note-digits-died', { cause }, { action });
  }

  private notice(
    kind: Notice['kind'],
    message: string,
    gaps: Notice['gaps'],
    more: Partial<Notice> = {},
  ): void {
    this.show({ notices: withNotice(this.model.notices, { kind, message, gaps, ...more }) });
  }

  private show(change: Partial<LearnerModel>): void {
    this.model = { ...this.model, ...change };
    this.around.changed(this.model);
  }
}
