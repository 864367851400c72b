// The page's entry: finds out what this browser can run, and opens the room that the address names.

import './components/cajal-app.ts';
import type { CajalApp } from './components/cajal-app.ts';
import { type Choice, chooseVariant, surroundings } from './engine/variant.ts';
import { text } from './i18n/messages.ts';
import { openNetwork } from './rooms/network.ts';
import { type OpenRoom, ROOMS, type RoomId, type RoomSurroundings, roomOf } from './rooms/rooms.ts';

/** Browsers refuse to replace the address more often than about a hundred times in 30 s. */
const ADDRESS_MS = 350;

type Addresses = Partial<Record<RoomId, string>>;

/** The rooms whose code comes over the network when they are first entered. */
const OPENERS: Record<
  Exclude<RoomId, 'network'>,
  (around: RoomSurroundings) => Promise<OpenRoom>
> = {
  'neuron-bench': async (around) =>
    (await import('./rooms/neuron-bench/open.ts')).openNeuronBench(around),
  'digit-learner': async (around) =>
    (await import('./rooms/digit-learner/open.ts')).openDigitLearner(around),
};

class Rooms {
  private readonly opened = new Map<RoomId, Promise<OpenRoom>>();
  /** Where each room was left. */
  private addresses: Addresses = {};
  private present: RoomId | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly app: CajalApp,
    private readonly choice: Choice,
  ) {
    addEventListener('hashchange', () => void this.follow());
  }

  /** Goes to the room of the address, or tells the one that it is that its address changed. */
  async follow(): Promise<void> {
    const room = roomOf(location.hash);
    const entering = room !== this.present;
    const before = this.present;
    this.present = room;
    if (entering && before) void this.opened.get(before)?.then((open) => open.leave());
    const first = !this.opened.has(room);
    const opening = this.opened.get(room) ?? this.open(room);
    this.opened.set(room, opening);
    const open = await opening;
    // Somebody who clicks fast is elsewhere by now.
    if (this.present !== room) return;
    for (const { id } of ROOMS) if (id !== room) this.remove(id);
    if (room !== 'network') this.app.remove();
    if (!open.element.isConnected) document.body.prepend(open.element);
    const name = ROOMS.find(({ id }) => id === room)?.name ?? '';
    document.title = room === 'network' ? 'Cajal' : text('page-title', { room: text(name) });
    this.show(open.element);
    if (first) return;
    // What is still to be written is older than what the visitor went to.
    if (location.hash !== '') this.addresses = { ...this.addresses, [room]: location.hash };
    open.addressChanged();
  }

  private remove(room: RoomId): void {
    void this.opened.get(room)?.then(({ element }) => {
      if (this.present !== room) element.remove();
    });
  }

  private async open(room: RoomId): Promise<OpenRoom> {
    const around = {
      readAddress: () => location.hash,
      writeAddress: (hash: string) => this.write(room, hash),
    };
    if (room === 'network') return openNetwork(this.app, this.choice, around);
    this.app.hidden = true;
    try {
      return await OPENERS[room](around);
    } finally {
      this.app.hidden = false;
    }
  }

  private write(room: RoomId, hash: string): void {
    this.addresses = { ...this.addresses, [room]: hash };
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // A room that was left does not write over the address of the present one.
      const newest = this.present && this.addresses[this.present];
      if (newest !== undefined) history.replaceState(history.state, '', newest);
      void this.opened.get(this.present ?? 'network')?.then(({ element }) => this.show(element));
    }, ADDRESS_MS);
  }

  /** The links to the other rooms lead to where these were left. */
  private show(element: HTMLElement): void {
    (element as HTMLElement & { addresses: Addresses }).addresses = this.addresses;
  }
}

const app = document.querySelector('cajal-app');
if (app) {
  const wish = new URLSearchParams(location.search).get('variant');
  const choice = chooseVariant(await surroundings(), wish);
  if (choice) await new Rooms(app, choice).follow();
  else app.unsupported = true;
}
