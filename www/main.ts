// The page's entry: finds out what this browser can run, and opens the room that the address names.

import './components/cajal-app.ts';
import type { CajalApp } from './components/cajal-app.ts';
import { type Choice, chooseVariant, surroundings } from './engine/variant.ts';
import { text } from './i18n/messages.ts';
import { type Beginning, begin } from './page/begin.ts';
import { openNetwork } from './rooms/network.ts';
import { type OpenRoom, ROOMS, type RoomId, roomOf } from './rooms/rooms.ts';

type Addresses = Partial<Record<RoomId, string>>;

class Rooms {
  private readonly opened = new Map<RoomId, Promise<OpenRoom>>();
  /** Where each room was left. */
  private addresses: Addresses = {};
  private present: RoomId | undefined;

  constructor(
    private readonly app: CajalApp,
    private readonly choice: Choice,
    private readonly beginning: Beginning,
  ) {
    if (beginning.network) this.addresses = { network: beginning.network };
    addEventListener('hashchange', () => void this.follow());
  }

  /** Goes to the room of the address, or tells the one that it is that its address changed. */
  async follow(): Promise<void> {
    const room = roomOf(location.hash);
    const entering = room !== this.present;
    const before = this.present;
    this.present = room;
    if (entering && before) {
      // What is still to be written is the address of the room that was left.
      this.beginning.bar.forget();
      void this.opened.get(before)?.then((open) => open.leave());
    }
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
    this.beginning.enter(location.hash);
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
      writeAddress: (hash: string, push?: boolean) => this.write(room, hash, push),
    };
    if (room === 'network') {
      return openNetwork(this.app, this.choice, { ...around, keeping: this.beginning.around() });
    }
    this.app.hidden = true;
    const { openNeuronBench } = await import('./rooms/neuron-bench/open.ts');
    this.app.hidden = false;
    return openNeuronBench(around);
  }

  private write(room: RoomId, hash: string, push = false): void {
    this.addresses = { ...this.addresses, [room]: hash };
    // A room that was left does not write over the address of the present one.
    if (room !== this.present) return;
    if (push) this.beginning.bar.push(hash);
    else this.beginning.bar.replace(hash);
    this.beginning.enter(hash);
  }

  /** The address was written. */
  addressed(): void {
    void this.opened.get(this.present ?? 'network')?.then(({ element }) => this.show(element));
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
  if (choice) {
    const beginning = await begin(() => rooms.addressed());
    const rooms: Rooms = new Rooms(app, choice, beginning);
    await rooms.follow();
  } else {
    app.unsupported = true;
  }
}
