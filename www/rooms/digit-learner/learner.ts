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
import { type Deed, Undo } from '../../page/undo.ts';
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
  /** What would be undone, and done again. */
  undo: Deed | undefined;
  redo: Deed | undefined;
}

export interface LearnerAround {
  makeWorker(): DigitsWorker;
  readAddress(): string;
  writeAddress(hash: string): void;
  changed(model: LearnerModel): void;
  now(): number;
}

/** Where the room stood when its network was about to give way. The network itself is kept nowhere: the
 * same seed learns the same again, so how far it was is all that it takes to have it back. */
interface LearnerPlace {
  state: LearnerState;
  life: number;
  /** Digits that it had learned from. */
  learned: number;
}

const OFFER = 'note-digits-undone';

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
    undo: undefined,
    redo: undefined,
  };
  private client: DigitsClient | undefined;
  private written = '';
  /** Each network that was begun has a number, and how many there were. */
  private life = 0;
  private lives = 0;
  /** Learned digits at which it pauses by itself. */
  private until: number | undefined;
  private readonly edits: Undo<LearnerPlace>;

  constructor(private readonly around: LearnerAround) {
    this.edits = new Undo({
      now: () => around.now(),
      place: () => Promise.resolve(this.place()),
      put: (path, value) => this.put(path, value),
      go: (place) => this.go(place),
      changed: (undo, redo) => this.show({ undo, redo }),
    });
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
          this.until = undefined;
          this.show({ playing: false });
          this.client?.send({ type: 'one' });
        }
        return;
      case 'reset':
        // One that has learned nothing has nothing to forget.
        if (this.learned > 0) this.edits.place({ message: 'edit-digits-reset' });
        this.begin();
        return;
      case 'undo':
        void this.edits.undo();
        return;
      case 'redo':
        void this.edits.redo();
        return;
      case 'relearn':
        this.relearn(command.digits);
        return;
      case 'newSeed':
        this.setting('seed', this.model.state.seed < LARGEST_SEED ? this.model.state.seed + 1 : 0);
    }
  }

  /** A control wants a value: a stroke of the pen at a path of its own, `drawing.3`. */
  setting(path: string, value: unknown): void {
    const { state, count, circuit } = this.model;
    if (!circuit) return;
    switch (path.split('.')[0]) {
      case 'seed':
        if (value === state.seed) return;
        this.edits.place({ message: 'edit-digits-seed', group: 'seed' });
        this.write({ ...state, seed: Number(value) });
        this.begin();
        return;
      case 'learning':
        this.change({ path, message: 'edit-digits-learning' }, state.learning, value === true);
        return;
      case 'neuron': {
        const next = Math.min(count - 1, Math.max(0, Number(value)));
        this.change({ path, message: 'edit-digits-neuron' }, state.neuron, next);
        return;
      }
      case 'drawing': {
        const message = value ? 'edit-digits-stroke' : 'edit-digits-clear';
        this.change({ path: 'drawing', message, group: path }, this.model.drawing, value);
      }
    }
  }

  /** What changes while the network goes on. */
  private change(deed: Deed & { path: string }, before: unknown, after: unknown): void {
    if (before === after) return;
    this.edits.value(deed, before, after);
    this.put(deed.path, after);
  }

  private put(path: string, value: unknown): void {
    const { state } = this.model;
    if (path === 'learning') {
      const learning = value === true;
      this.endRelearning();
      this.write({ ...state, learning });
      this.client?.send({ type: 'learning', on: learning });
    } else if (path === 'neuron') this.write({ ...state, neuron: Number(value) });
    else this.draw(value as Float32Array | undefined);
  }

  private get learned(): number {
    return this.model.run?.progress.shown ?? 0;
  }

  private place(): LearnerPlace {
    return { state: this.model.state, life: this.life, learned: this.learned };
  }

  /** Back to where another network was, or on to it. What is here stays if it is that network at an earlier
   * time; else a new one begins. What that one had learned beyond it is offered, not pretended. */
  private go({ state, life, learned }: LearnerPlace): void {
    const earlier = state.seed === this.model.state.seed && this.learned <= learned;
    this.endRelearning();
    this.write(state);
    this.client?.send({ type: 'learning', on: state.learning });
    if (life === this.life) return;
    this.life = life;
    if (!earlier) this.restart();
    this.withoutOffer();
    if (learned <= this.learned) return;
    const action = {
      message: 'action-relearn',
      command: { type: 'relearn', digits: learned },
    } as const;
    this.notice('note', OFFER, { seed: String(state.seed), count: learned }, { action });
  }

  private relearn(digits: number): void {
    this.withoutOffer();
    this.setting('learning', true);
    this.until = digits;
    this.show({ playing: true });
    this.client?.send({ type: 'until', digits });
  }

  private endRelearning(): void {
    if (this.until === undefined) return;
    this.until = undefined;
    this.show({ playing: false });
    this.client?.send({ type: 'pause' });
  }

  private withoutOffer(): void {
    this.show({ notices: this.model.notices.filter(({ message }) => message !== OFFER) });
  }

  private play(playing: boolean): void {
    if (!this.model.run) return;
    this.until = undefined;
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
    if (before && formatLearner(before) !== formatLearner(state))
      this.edits.place({ message: 'edit-link' });
    this.endRelearning();
    this.write(state);
    if (!before) this.configure();
    else {
      this.client?.send({ type: 'learning', on: state.learning });
      if (before.seed !== state.seed) this.begin();
    }
  }

  private write(state: LearnerState): void {
    this.written = formatLearner(state);
    this.around.writeAddress(this.written);
    this.show({ state });
  }

  private configure(): void {
    const { seed, learning } = this.model.state;
    this.newLife();
    this.client?.send({ type: 'learning', on: learning });
    this.client?.restart(seed);
  }

  private newLife(): void {
    this.lives += 1;
    this.life = this.lives;
  }

  /** A network that there never was. */
  private begin(): void {
    this.newLife();
    this.withoutOffer();
    this.restart();
  }

  /** From the beginning: a network that runs goes on running. */
  private restart(): void {
    this.endRelearning();
    this.show({ run: undefined, neurons: undefined, answer: undefined });
    this.client?.restart(this.model.state.seed);
  }

  private adopt(run: DigitsState): void {
    const first = this.model.run === undefined;
    const there = this.until !== undefined && run.progress.shown >= this.until;
    if (there) this.until = undefined;
    this.show({
      run,
      ...(there ? { playing: false } : {}),
      loading: undefined,
      ...(run.neurons ? { neurons: run.neurons } : {}),
    });
    // A drawing that was there before is read by what is there now.
    if (first && this.model.drawing) this.client?.ask(this.model.drawing);
  }

  private forget(): void {
    this.until = undefined;
    this.newLife();
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
