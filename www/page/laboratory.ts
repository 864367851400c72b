// The page without its looks: the state, the engine's client, and what follows from what.
// It gives a model to draw and takes settings and commands; it knows no element.

import { type ClientEvents, type Death, type EngineClient, SETTINGS } from '../engine/client.ts';
import type {
  EngineError,
  LayeredCatalogue,
  SettingsInForce,
  Snapshot,
  Summary,
  SweepProgress,
} from '../engine/model.ts';
import type { UnitEdit } from '../engine/network-desk.ts';
import type { Request } from '../engine/protocol.ts';
import { formatAddress, parseAddress } from '../state/address.ts';
import { catalogueKey, defaultState, fieldAt } from '../state/fields.ts';
import { type PageState, valueAt, withValue } from '../state/page-state.ts';
import { withDataSet } from '../state/presets.ts';
import { type Destination, Keeping, type KeepingSurroundings, leadingTo } from './keeping.ts';
import { type Command, EMPTY, MOVING, type PageModel } from './model.ts';
import { NetworkAnswers } from './network-answers.ts';
import { type Notice, withNotice, withoutNotice, withoutRefusals } from './notices.ts';
import { MOST_FILE_BYTES } from './sharing.ts';
import { isTable, type Table } from './table.ts';
import type { Deed } from './undo.ts';

export type { Command, Notice, PageModel };

export interface Surroundings extends KeepingSurroundings {
  makeClient(events: ClientEvents): EngineClient;
  readAddress(): string;
  /** Puts another address in place of this one, or adds one. */
  writeAddress(hash: string, push?: boolean): void;
  /** A table of the visitor survives a reload where the browser lets it. */
  keepTable(table: Table | undefined): void;
  keptTable(): Table | undefined;
  changed(model: PageModel): void;
  /** Calls `draw` at the next frame. */
  nextFrame(draw: () => void): void;
}

/** What is done to a unit; a weight that is dragged is one change. */
function deedOf(edit: UnitEdit): Deed {
  const { kind, network, layer, unit } = edit;
  const from = edit.kind === 'weight' ? edit.from : '';
  return { message: `edit-${kind}`, group: [kind, network, layer, unit, from].join(' ') };
}

export const MAX_TABLE_BYTES = 5_000_000;
export class Laboratory {
  private model = EMPTY;
  private readonly client: EngineClient;
  private readonly network: NetworkAnswers;
  /** What the engine took last; a refusal leads back to it. */
  private goodState: PageState | undefined;
  private goodTable: Table | undefined;
  private table: Table | undefined;
  /** The place for a table was open when one was given. */
  private tableAsked = false;
  /** Who asked for the configuration that is being taken. */
  private origin: 'address' | 'reopened' | 'fallback' | 'visitor' = 'visitor';
  /** Where the experiment that is being taken begins, and what is told then. */
  private destination: Omit<Destination, 'state'> = {};
  private readonly keeping: Keeping;
  private written = '';
  /** What the visitor asked for last and no snapshot has shown yet. */
  private wish: 'play' | 'pause' | undefined;
  private frameAsked = false;
  private fingerprinted = '';

  constructor(private readonly around: Surroundings) {
    this.goodTable = around.keptTable();
    this.table = this.goodTable;
    this.keeping = new Keeping(
      {
        client: () => this.client,
        model: () => this.model,
        show: (change) => this.show(change),
        tell: (news) => this.tell(news),
        table: () => this.goodTable,
        address: () => this.written,
        put: (path, value) => this.put(path, value),
        go: (destination) => this.go(destination),
        openAddress: (hash) => this.openAddress(hash),
      },
      around,
    );
    this.client = around.makeClient({
      ready: ({ catalogue, ...engine }) => this.ready(catalogue, engine),
      progress: (loaded, total) => this.show({ progress: { loaded, total } }),
      configured: (summary) => this.configured(summary),
      snapshotWaiting: () => this.askFrame(),
      thumbnail: (set, points) => this.thumbnail(set, points),
      sweep: (sweep) => this.swept(sweep),
      checkpoint: (step, bytes) => this.keeping.stands(step, bytes),
      refused: (error, request) => this.refused(error, request),
      restarting: (death) => this.restarting(death),
      stopped: (cause) => this.stopped(cause),
    });
    this.network = new NetworkAnswers(this.client, (answers) => this.show({ answers }));
  }

  /** A wish of the visitor, which can be undone. */
  setting(path: string, value: unknown): void {
    const { state, catalogue } = this.model;
    if (!state || !catalogue) return;
    if (path === 'config.data.set') {
      this.chooseData(String(value), state, catalogue);
      return;
    }
    if (!path.startsWith('view.')) {
      this.keeping.expect(undefined);
      if (this.runsAlong(path)) this.keeping.undo.value({ path }, valueAt(state, path), value);
      else this.keeping.leave({ path });
    }
    this.put(path, value);
  }

  private runsAlong(path: string): boolean {
    return Boolean(fieldAt(path).live && this.model.summary && !this.client.configuring);
  }

  private put(path: string, value: unknown): void {
    const { state } = this.model;
    if (!state) return;
    const next = withValue(state, path, value);
    const field = fieldAt(path);
    if (path.startsWith('view.')) {
      this.adopt(next);
      this.look();
    } else if (this.runsAlong(path)) {
      this.adopt(next);
      if (this.goodState) this.goodState = withValue(this.goodState, path, value);
      this.client.set(catalogueKey(field), Number(value));
    } else {
      this.adopt(next);
      this.configure();
    }
  }

  command(command: Command): void {
    const { client } = this;
    if (MOVING.includes(command.type)) {
      this.forgetFingerprint();
      const stops = command.type === 'toggle' && this.model.playing;
      if (!stops) this.keeping.expect(undefined);
    }
    if (this.keeping.command(command)) return;
    switch (command.type) {
      case 'play':
        this.play();
        break;
      case 'pause':
        this.pause();
        break;
      case 'toggle':
        if (this.model.playing) this.pause();
        else this.play();
        break;
      case 'advance':
        this.halt(undefined);
        client.advance(command.unit);
        break;
      case 'back':
        this.halt('pause');
        client.back(command.batches);
        break;
      case 'reset':
        this.keeping.leave({ message: 'edit-reset' });
        this.halt('pause');
        client.reset();
        break;
      case 'newSeed':
        this.newSeed();
        break;
      case 'restore':
        this.halt('pause');
        client.restoreLastGood();
        break;
      case 'sweep':
        this.show({ sweeping: true, sweep: undefined });
        client.sweep(command.epochs, command.seeds);
        break;
      case 'cancelSweep':
        this.show({ sweeping: false });
        client.cancelSweep();
        break;
      case 'draw':
        client.draw(command.query);
        break;
      case 'edit':
        this.keeping.leave(deedOf(command.edit));
        client.edit(command.edit);
        break;
      case 'ask':
        this.network.ask(command.question);
        break;
      case 'provokePanic':
        client.provokePanic();
        break;
      default:
        this.pageCommand(command);
    }
  }

  /** What concerns the page more than the engine. */
  private pageCommand(command: Command): void {
    switch (command.type) {
      case 'dismiss':
        this.show({ notices: withoutNotice(this.model.notices, command.id) });
        break;
      case 'restart':
        this.show({ phase: 'loading' });
        this.client.restart();
        break;
      case 'table':
        this.takeTable(command);
        break;
      case 'refuseFile':
        this.refuse('refusal-file-too-large', {
          name: command.name,
          most: MOST_FILE_BYTES / 2 ** 20,
        });
        break;
      case 'refuseTable': {
        const { name, bytes } = command;
        this.refuse('refusal-table-too-large', { name, bytes, most: MAX_TABLE_BYTES });
        break;
      }
    }
  }

  /** The address was changed by hand, by a link or by going back. */
  addressChanged(): void {
    const hash = this.around.readAddress();
    if (!this.model.catalogue || hash === this.written) return;
    const place = this.keeping.returned();
    if (!place) {
      if (this.client.configInForce) this.keeping.undo.place({ message: 'edit-link' });
      this.openAddress(hash);
      return;
    }
    void place.then((there) => {
      if (this.around.readAddress() === hash) this.go(leadingTo(there));
    });
  }

  private play(): void {
    this.wish = 'play';
    this.show({ playing: true });
    this.client.play();
  }

  private pause(): void {
    this.wish = 'pause';
    this.show({ playing: false });
    this.client.pause();
  }

  /** These end playing; the wish to play, if no snapshot has shown it yet, goes with it. */
  private halt(wish: 'pause' | undefined): void {
    this.wish = wish;
    this.show({ playing: false });
  }

  private newSeed(): void {
    const { state, catalogue } = this.model;
    const range = catalogue?.parameters.find(({ key }) => key === 'seed');
    if (!state || !range) return;
    const next = state.config.seed + 1;
    this.setting('config.seed', next > range.max ? range.min : next);
  }

  private ready(catalogue: LayeredCatalogue, engine: NonNullable<PageModel['engine']>): void {
    const first = this.model.catalogue === undefined;
    this.show({ phase: 'ready', catalogue, engine });
    if (!first) return;
    this.keeping.entered();
    this.openAddress(this.around.readAddress());
    this.client.thumbnails();
  }

  private openAddress(hash: string): void {
    const { catalogue } = this.model;
    if (!catalogue) return;
    const reading = parseAddress(hash, catalogue);
    const state = 'refusal' in reading ? undefined : reading.state;
    const first = this.goodState === undefined && state;
    const reopened = first && this.keeping.beginning(hash, state);
    if (reopened && (this.table || reopened.table || !isTable(state, catalogue))) {
      this.table = reopened.table ?? this.table;
      this.destination = reopened;
      this.adopt(state);
      this.configure('reopened');
      return;
    }
    if ('refusal' in reading) {
      const { field, reason, gaps } = reading.refusal;
      this.refuse(reason, { field, ...gaps });
    } else if (isTable(reading.state, catalogue) && !this.table) {
      this.refuse('refusal-table-absent', { field: 'data' });
    } else {
      const { record } = reading;
      if (record) this.destination = { start: this.keeping.begins(record, reading.state) };
      this.adopt(reading.state);
      this.configure('address');
      return;
    }
    // What was there stays.
    if (this.goodState) {
      this.adopt(this.goodState);
      return;
    }
    this.adopt(defaultState(catalogue));
    this.configure('address');
  }

  /** To another experiment, and to where it stood. */
  private go({ state, push, ...destination }: Destination): void {
    if ('table' in destination) this.table = destination.table;
    this.halt('pause');
    this.destination = destination;
    this.adopt(state, push);
    this.configure();
  }

  private chooseData(set: string, state: PageState, catalogue: LayeredCatalogue): void {
    const config = withDataSet(state.config, set, catalogue);
    const next: PageState = { config, view: { ...state.view, example: 0 } };
    if (isTable(next, catalogue) && !this.table) {
      this.show({ awaitingTable: true });
      return;
    }
    this.keeping.leave({ path: 'config.data.set' }, true);
    this.adopt(next, true);
    this.configure();
  }

  private takeTable(table: Table): void {
    const { state, catalogue } = this.model;
    const set = catalogue?.dataSets.find(({ kind }) => kind === 'table');
    if (!state || !catalogue || !set) return;
    this.table = { name: table.name, text: table.text };
    this.tableAsked = this.model.awaitingTable;
    this.chooseData(set.id, state, catalogue);
  }

  private adopt(state: PageState, push = false): void {
    this.show({ state, awaitingTable: false });
    this.write(state, push);
  }

  private write(state: PageState, push = false): void {
    this.written = formatAddress(state);
    this.around.writeAddress(this.written, push);
    if (push) this.keeping.entered();
  }

  private configure(origin: typeof this.origin = 'visitor'): void {
    this.origin = origin;
    const { state, catalogue } = this.model;
    if (!state || !catalogue) return;
    const { config = state.config, start } = this.destination;
    const table = isTable(state, catalogue) ? this.table?.text : undefined;
    this.client.configure(config, table, start);
  }

  private look(): void {
    const { state, summary } = this.model;
    if (!state) return;
    const { example, split, speed } = state.view;
    this.client.look({ surface: (summary?.kind ?? 'points') === 'points', example, split });
    this.client.pace(speed === 'most' ? 0 : Number(speed));
  }

  private configured(summary: Summary): void {
    const { state, catalogue } = this.model;
    if (!state || !catalogue) return;
    if (isTable(state, catalogue)) {
      this.goodTable = this.table;
      this.around.keepTable(this.table);
    }
    this.table = this.goodTable;
    this.wish = undefined;
    this.tableAsked = false;
    this.goodState = state;
    this.show({
      summary,
      // The old picture stays until the first new one, unless it shows something else entirely.
      snapshot: this.model.summary?.features === summary.features ? this.model.snapshot : undefined,
      picture: this.model.summary?.features === summary.features ? this.model.picture : undefined,
      progress: undefined,
      sweep: undefined,
      sweeping: false,
      tableName: this.table?.name,
    });
    this.network.forget();
    this.forgetFingerprint();
    this.forgetRefusals();
    const { arrival } = this.destination;
    this.destination = {};
    if (arrival) this.tell(arrival);
    this.keeping.stands(0, undefined);
    const examples = state.view.split === 'test' ? summary.testExamples : summary.trainExamples;
    if (state.view.example >= examples) this.setting('view.example', 0);
    else this.look();
  }

  /** What was refused has been mended once something else is taken. */
  private forgetRefusals(): void {
    if (this.origin !== 'visitor') return;
    this.show({ notices: withoutRefusals(this.model.notices) });
  }

  private refused(error: EngineError, request: Request['type']): void {
    const { code, message, detail } = error;
    const group = ['table', 'images'].find((name) => code.startsWith(`${name}-`));
    const fallback = group ? `error-${group}` : 'error-other';
    this.refuse(`error-${code}`, { message, ...detail }, fallback);
    if (request === 'sweep') this.show({ sweeping: false });
    if (request !== 'configure') return;
    this.show({ progress: undefined });
    this.table = this.goodTable;
    this.destination = {};
    this.keeping.expect(undefined);
    const { catalogue, state } = this.model;
    if (!catalogue) return;
    if (this.origin === 'reopened' && state) {
      // The settings may still do without the weights.
      this.configure('address');
    } else if (!this.goodState && this.origin !== 'fallback') {
      this.adopt(defaultState(catalogue));
      this.configure('fallback');
    } else if (this.goodState) {
      this.adopt(this.goodState);
      // The rows that were typed stay there to be mended.
      this.show({ awaitingTable: this.tableAsked });
    }
  }

  private restarting({ cause, resumedAt, reverted }: Death): void {
    if (reverted && this.goodState) this.adopt(this.goodState);
    this.table = this.goodTable;
    const message = resumedAt === undefined ? 'note-restarted' : 'note-resumed';
    this.tell({ kind: 'note', message, gaps: { cause, step: resumedAt ?? 0 } });
    this.show({ playing: false, sweeping: false, progress: undefined });
  }

  private stopped(cause: string): void {
    this.show({ phase: 'stopped', playing: false, sweeping: false, progress: undefined });
    this.tell({
      kind: 'refusal',
      message: 'error-stopped',
      gaps: { cause },
      action: { message: 'action-restart', command: { type: 'restart' } },
    });
  }

  private swept(sweep: SweepProgress): void {
    // What was on its way when the visitor cancelled comes too late.
    if (this.model.sweeping) this.show({ sweep, sweeping: !sweep.done });
  }

  private thumbnail(set: string, points: Float32Array): void {
    this.show({ thumbnails: new Map(this.model.thumbnails).set(set, points) });
  }

  private askFrame(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    this.around.nextFrame(() => {
      this.frameAsked = false;
      const taken = this.client.takeSnapshot();
      if (!taken) return;
      const { snapshot, rate, settings } = taken;
      const picture = taken.picture ?? this.model.picture;
      this.show({ snapshot, picture, rate, playing: this.settle(taken.playing, snapshot) });
      if (settings) this.follow(settings);
      if (taken.playing) return;
      this.keeping.halted(snapshot);
      this.fingerprint(snapshot);
    });
  }

  /** A step back brings back the settings of then, and a refused one is not in force. */
  private follow(settings: SettingsInForce): void {
    const { state } = this.model;
    if (!state || SETTINGS.every((name) => state.config.training[name] === settings[name])) return;
    const followed = SETTINGS.reduce(
      (next, name) => withValue(next, `config.training.${name}`, settings[name]),
      state,
    );
    this.goodState = followed;
    this.show({ state: followed });
    this.write(followed);
  }

  /** A snapshot that was on its way before the visitor's last wish does not undo it. */
  private settle(playing: boolean, snapshot: Snapshot): boolean {
    const heard = this.wish === undefined || (this.wish === 'play') === playing;
    if (heard || snapshot.divergence) this.wish = undefined;
    return this.wish === undefined ? playing : this.wish === 'play';
  }

  private forgetFingerprint(): void {
    this.fingerprinted = '';
    if (this.model.fingerprint !== undefined) this.show({ fingerprint: undefined });
  }

  private fingerprint(snapshot: Snapshot): void {
    const key = String(snapshot.step);
    if (snapshot.divergence || key === this.fingerprinted) return;
    this.fingerprinted = key;
    this.client.hash().then((fingerprint) => {
      if (this.model.playing || this.fingerprinted !== key) return;
      this.show({ fingerprint });
      this.keeping.fingerprinted(snapshot.step, fingerprint);
    });
  }

  private refuse(message: string, gaps: Notice['gaps'], fallback = 'error-other'): void {
    this.tell({ kind: 'refusal', message, gaps, fallback });
  }

  private tell(news: Parameters<typeof withNotice>[1]): void {
    this.show({ notices: withNotice(this.model.notices, news) });
  }

  private show(change: Partial<PageModel>): void {
    this.model = { ...this.model, ...change };
    this.around.changed(this.model);
  }
}
