// What of an experiment goes elsewhere and comes back: links, files, the entries of the history, undo, the
// shelf, the visit that is kept. It stands beside the laboratory and moves it by few hands.

import type { EngineClient } from '../engine/client.ts';
import type { ExperimentConfig, Snapshot } from '../engine/model.ts';
import type { Start } from '../engine/protocol.ts';
import { formatAddress } from '../state/address.ts';
import { defaultState } from '../state/fields.ts';
import type { PageState } from '../state/page-state.ts';
import type { RunRecord } from '../state/record.ts';
import { packed, unpacked } from './experiment-file.ts';
import type { Command, PageModel } from './model.ts';
import type { Notice } from './notices.ts';
import { type Place, Places } from './place.ts';
import { type Expected, linkOf, verdict } from './sharing.ts';
import { MOST_RUNS, withRun } from './shelf.ts';
import { isTable, type Table } from './table.ts';
import { type Deed, Undo } from './undo.ts';
import type { Keepsake, Reopened } from './visit.ts';

/** What surrounds the page; a page without storage and history does with nothing of it. */
export interface KeepingSurroundings {
  /** The address of the page, without a hash. */
  base?(): string;
  /** The name of the present entry of the history. */
  entry?(): string;
  keep?(keepsake: Keepsake): void;
  /** What was kept of the last visit. */
  reopened?: Reopened | undefined;
  saveFile?(name: string, bytes: Uint8Array): void;
}

/** An experiment that is to be configured, and where it begins. */
export interface Destination {
  state: PageState;
  config?: ExperimentConfig;
  table?: Table | undefined;
  start?: Start;
  /** A new entry of the history. */
  push?: boolean;
  /** Told once it is there. */
  arrival?: Omit<Notice, 'id' | 'fallback'>;
}

/** What it may do to the laboratory. */
export interface Hands {
  client(): EngineClient;
  model(): PageModel;
  show(change: Partial<PageModel>): void;
  tell(news: Omit<Notice, 'id' | 'fallback'>): void;
  table(): Table | undefined;
  address(): string;
  put(path: string, value: unknown): void;
  go(destination: Destination): void;
  openAddress(hash: string): void;
}

const MOST_ENTRIES = 12;

export class Keeping {
  readonly undo: Undo<Place>;
  private readonly entries = new Places(MOST_ENTRIES);
  private entry = '';
  private expected: Expected | undefined;
  private bytes: Uint8Array | undefined;
  private step = 0;

  constructor(
    private readonly hands: Hands,
    private readonly around: KeepingSurroundings,
  ) {
    this.undo = new Undo({
      now: () => performance.now(),
      place: () => this.place(),
      bytes: ({ bytes }) => bytes?.length ?? 0,
      put: hands.put,
      go: (place) => hands.go(leadingTo(place)),
      changed: (undo, redo) => hands.show({ undo, redo }),
      done: (direction, deed, place) => this.moved(direction, deed, place),
    });
  }

  /** Where the experiment stands now, asked for before anything else is. */
  place(): Promise<Place> {
    const { state, snapshot } = this.hands.model();
    const client = this.hands.client();
    const config = client.configInForce;
    if (!state || !config) throw new Error('there is no experiment to leave');
    const table = this.hands.table();
    const step = snapshot?.step ?? 0;
    return client.keep().then((bytes) => ({ state, config, table, step, bytes }));
  }

  /** Something is about to take the place of what is there. */
  leave(deed: Deed, push = false): void {
    this.expect(undefined);
    if (!this.hands.client().configInForce) return;
    this.undo.place(deed);
    if (push) this.leaveEntry();
  }

  /** Keeps what stands at the present entry of the history, for when the visitor comes back to it. */
  private leaveEntry(): void {
    const { entry } = this;
    if (entry !== '' && this.hands.client().configInForce) this.entries.set(entry, this.place());
  }

  /** An entry was added, or gone to. */
  entered(): void {
    this.entry = this.around.entry?.() ?? '';
  }

  /** The visitor went to another address; undefined if nothing is known of it. */
  returned(): Promise<Place> | undefined {
    this.leaveEntry();
    this.entered();
    return this.entry === '' ? undefined : this.entries.get(this.entry);
  }

  /** Only what the page can do; false if it is another command. */
  command(command: Command): boolean {
    const { hands } = this;
    switch (command.type) {
      case 'undo':
        void this.undo.undo();
        return true;
      case 'redo':
        void this.undo.redo();
        return true;
      case 'share':
        void this.share();
        return true;
      case 'closeShare':
        hands.show({ share: undefined });
        return true;
      case 'saveFile':
        void this.saveFile();
        return true;
      case 'file':
        void this.openFile(command.name, command.bytes);
        return true;
      case 'follow':
        this.goOn();
        return true;
      case 'replayLink':
        this.leave({ message: 'edit-link' });
        hands.openAddress(command.hash);
        return true;
      case 'fresh':
        this.fresh();
        return true;
      default:
        return this.shelfCommand(command);
    }
  }

  private shelfCommand(command: Command): boolean {
    const { hands } = this;
    const { shelf, state } = hands.model();
    switch (command.type) {
      case 'pin': {
        const next = withRun(shelf, hands.model());
        if (next) this.put(next);
        return true;
      }
      case 'unpin':
        this.put(shelf.filter(({ id }) => id !== command.id));
        return true;
      case 'rename':
        this.put(
          shelf.map((run) =>
            run.id === command.id ? { ...run, name: command.name.slice(0, 60) } : run,
          ),
        );
        return true;
      case 'restoreRun': {
        const run = shelf.find(({ id }) => id === command.id);
        if (!run || !state) return true;
        this.leave({ message: 'edit-run' }, true);
        hands.go({ state: { ...state, config: run.config }, table: hands.table(), push: true });
        return true;
      }
      default:
        return false;
    }
  }

  private put(shelf: PageModel['shelf']): void {
    this.hands.show({ shelf: shelf.slice(0, MOST_RUNS) });
    this.keep();
  }

  private fresh(): void {
    const { catalogue } = this.hands.model();
    if (!catalogue) return;
    this.leave({ message: 'edit-fresh' }, true);
    this.hands.go({ state: defaultState(catalogue), push: true });
  }

  // ---- the last visit

  /** Where the page begins if this is where the last visit ended. */
  beginning(hash: string, state: PageState): Destination | undefined {
    const { visit, damaged, again } = this.around.reopened ?? {};
    if (damaged) this.hands.tell({ kind: 'note', message: 'note-kept-damaged', gaps: {} });
    if (!visit) return undefined;
    this.hands.show({ shelf: visit.shelf });
    const { config, bytes, table, step, tooLarge } = visit;
    if (visit.address !== hash || !config) return undefined;
    const gaps = { step };
    const action = { message: 'action-fresh', command: { type: 'fresh' } as const };
    const message = tooLarge ? 'note-not-kept' : 'note-reopened';
    // Who loads the page again expects nothing else.
    const worth =
      step > 0 && (tooLarge || !again)
        ? { arrival: { kind: 'note' as const, message, gaps, action } }
        : {};
    const there = { state, table, ...worth };
    return bytes ? { ...there, config, start: { bytes } } : there;
  }

  /** The engine says where it stands. */
  stands(step: number, bytes: Uint8Array | undefined): void {
    this.bytes = bytes;
    this.step = step;
    this.keep();
  }

  keep(): void {
    const { shelf } = this.hands.model();
    const config = this.hands.client().configInForce;
    const { bytes, step } = this;
    const table = this.hands.table();
    this.around.keep?.({ address: this.hands.address(), config, bytes, step, table, shelf });
  }

  // ---- links

  /** Where the run of a link begins; what is expected of it is compared when it is there. */
  begins(record: RunRecord, state: PageState): Start {
    const { weights, ...rest } = record;
    this.expected = { record, replay: formatAddress(state, rest) };
    if (weights) return { bytes: weights };
    this.hands.show({ following: { until: record.step, stopped: false } });
    return { journal: record.journal, until: record.step };
  }

  /** Another wish makes what a link says void. */
  expect(expected: undefined): void {
    this.expected = expected;
    if (this.hands.model().following) this.hands.show({ following: undefined });
  }

  /** Nothing runs any more. */
  halted({ step, divergence }: Snapshot): void {
    const { following } = this.hands.model();
    if (!following || following.stopped || step >= following.until) return;
    if (divergence) this.expect(undefined);
    else this.hands.show({ following: { ...following, stopped: true } });
  }

  fingerprinted(step: number, fingerprint: string): void {
    const { expected } = this;
    if (!expected || fingerprint === '' || step !== expected.record.step) return;
    this.expect(undefined);
    this.hands.tell(verdict(expected, fingerprint) as Omit<Notice, 'id' | 'fallback'>);
  }

  private goOn(): void {
    const { following } = this.hands.model();
    if (!following) return;
    this.hands.show({ following: { ...following, stopped: false }, playing: true });
    this.hands.client().until(following.until);
  }

  private async share(): Promise<void> {
    const { hands } = this;
    hands.show({ share: 'wait' });
    const kept = await hands.client().share();
    const { state, catalogue } = hands.model();
    const config = hands.client().configInForce;
    if (hands.model().share === undefined) return;
    const table = state && catalogue ? isTable(state, catalogue) : false;
    const base = this.around.base?.() ?? '';
    const link =
      kept && config && state ? linkOf({ base, config, view: state.view, kept, table }) : undefined;
    hands.show({ share: link });
    if (!link) hands.tell({ kind: 'refusal', message: 'refusal-no-link', gaps: {} });
  }

  // ---- files

  private async saveFile(): Promise<void> {
    const kept = await this.hands.client().share();
    const config = this.hands.client().configInForce;
    const set = config?.data.set ?? 'experiment';
    const { catalogue } = this.hands.model();
    const table =
      config && catalogue && isTable({ config }, catalogue) ? this.hands.table() : undefined;
    if (kept?.bytes) this.around.saveFile?.(`${set}-${kept.step}.cajal`, packed(kept.bytes, table));
    else this.hands.tell({ kind: 'refusal', message: 'refusal-no-link', gaps: {} });
  }

  private async openFile(name: string, file: Uint8Array): Promise<void> {
    const { hands } = this;
    const { experiment: bytes, table: carried } = unpacked(file);
    const config = await hands.client().inspect(bytes);
    const { state, catalogue } = hands.model();
    if (!config || !catalogue) return;
    const view = state?.view ?? defaultState(catalogue).view;
    const next: PageState = { config, view: { ...view, example: 0 } };
    const table = carried ?? hands.table();
    if (isTable(next, catalogue) && !table) {
      hands.tell({ kind: 'refusal', message: 'refusal-file-table', gaps: { name } });
      return;
    }
    this.leave({ message: 'edit-file' }, true);
    hands.go({
      state: next,
      table,
      start: { bytes },
      push: true,
      arrival: { kind: 'note', message: 'note-opened', gaps: { name } },
    });
  }

  private moved(direction: 'undone' | 'redone', deed: Deed, place: Place | undefined): void {
    if (!place) return;
    const { step, bytes } = place;
    const lost = step > 0 && !bytes;
    const message = lost ? 'note-undone-weights' : `note-${direction}`;
    const gaps = { what: deed.message ?? deed.path ?? '', step };
    this.hands.tell({ kind: 'note', message, gaps });
  }
}

export function leadingTo(place: Place): Destination {
  const { state, config, table, bytes } = place;
  const there = { state, config, table };
  return bytes ? { ...there, start: { bytes } } : there;
}
