// The page's entry: begins at once what takes longest, finds out what this browser can run, and opens the
// room that the address names. Everything that a room is made of is loaded with the room.

import { headStart } from './engine/head-start.ts';
import { type Choice, chooseVariant, surroundings } from './engine/variant.ts';
import { chooseLocale, LOCALES, type LocaleId } from './i18n/locale.ts';
import { locale, text, useLocale } from './i18n/messages.ts';
import { type Beginning, begin } from './page/begin.ts';
import { keepPreference, preference } from './page/preferences.ts';
import { redrawTexts } from './page/redraw.ts';
import { chooseTheme, followTheme, type ThemeChoice } from './page/theme.ts';
import { addressOf, FRONT_DOOR, type OpenRoom, ROOMS, type RoomId, roomOf } from './rooms/rooms.ts';

type Addresses = Partial<Record<RoomId, string>>;

class Rooms {
  private readonly opened = new Map<RoomId, Promise<OpenRoom>>();
  /** Where each room was left. */
  private addresses: Addresses = {};
  private present: RoomId | undefined;

  constructor(
    private readonly choice: Choice,
    private readonly beginning: Beginning,
    /** Nothing is shown before there are texts. */
    private readonly speaking: Promise<void>,
  ) {
    if (beginning.network) this.addresses = { network: beginning.network };
    addEventListener('hashchange', () => void this.follow());
  }

  /** Goes to the room of the address, or tells the one that it is that its address changed. */
  async follow(): Promise<void> {
    this.beginning.bar.followed();
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
    const [open] = await Promise.all([opening, this.speaking]);
    // Somebody who clicks fast is elsewhere by now.
    if (this.present !== room) return;
    for (const id of this.opened.keys()) if (id !== room) this.remove(id);
    if (!open.element.isConnected) document.body.prepend(open.element);
    this.entitle(room);
    this.show(open.element);
    this.beginning.enter(location.hash);
    if (first) return;
    // What is still to be written is older than what the visitor went to.
    if (location.hash !== '') this.addresses = { ...this.addresses, [room]: location.hash };
    open.addressChanged();
  }

  /** A file that was dropped: a table or an experiment, hence for the network lab. */
  async take(file: File): Promise<void> {
    if (this.present !== 'network') {
      location.hash = this.addresses.network ?? addressOf('network');
      await this.follow();
    }
    (await this.opened.get('network'))?.offer?.(file);
  }

  /** The texts are in another language. */
  retell(): void {
    if (this.present) this.entitle(this.present);
    for (const opening of this.opened.values()) {
      void opening.then((open) => {
        open.retold?.();
        redrawTexts(open.element);
      });
    }
  }

  private entitle(room: RoomId): void {
    const name = ROOMS.find(({ id }) => id === room)?.name ?? '';
    const plain = room === FRONT_DOOR || room === 'network';
    document.title = plain ? 'Cajal' : text('page-title', { room: text(name) });
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
    switch (room) {
      case FRONT_DOOR:
        return (await import('./rooms/front-door/front-door.ts')).openFrontDoor(makeFirstWorker);
      case 'neuron-bench':
        return (await import('./rooms/neuron-bench/open.ts')).openNeuronBench(around);
      case 'circuit-bench':
        return (await import('./rooms/circuit-bench/open.ts')).openCircuitBench(
          this.choice,
          around,
        );
      case 'digit-learner':
        return (await import('./rooms/digit-learner/open.ts')).openDigitLearner(around);
      default:
        return (await import('./rooms/network.ts')).openNetwork(this.choice, {
          ...around,
          keeping: this.beginning.around(),
        });
    }
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

/** Loads the texts, and says in the document what language they are in. */
async function speak(id: LocaleId): Promise<void> {
  if (!(await useLocale(id))) return;
  const { documentElement } = document;
  documentElement.lang = locale();
  documentElement.dir = LOCALES[locale()].direction;
}

function unsupported(): void {
  const sentence = document.createElement('p');
  sentence.setAttribute('role', 'alert');
  sentence.textContent = text('unsupported');
  document.body.append(sentence);
}

document.documentElement.dataset.started = '';
followTheme();
const query = new URLSearchParams(location.search);
const speaking = speak(
  chooseLocale({
    asked: query.get('lang'),
    stored: preference('language'),
    preferred: navigator.languages,
  }),
);
const found = await surroundings();
// Before it is known whether an earlier visit leads elsewhere: who comes for the first time does not wait for it.
const makeFirstWorker = headStart(found.simd && roomOf(location.hash) === FRONT_DOOR);
let rooms: Rooms | undefined;
const beginning = await begin(() => rooms?.addressed());
if (roomOf(location.hash) !== FRONT_DOOR) makeFirstWorker.forget();
const choice = chooseVariant(found, query.get('variant'));
if (choice) {
  const opened = new Rooms(choice, beginning, speaking);
  rooms = opened;
  document.addEventListener('language', (event) => {
    const wanted = (event as CustomEvent<LocaleId>).detail;
    keepPreference('language', wanted);
    const address = new URL(location.href);
    if (address.searchParams.has('lang')) {
      address.searchParams.set('lang', wanted);
      history.replaceState(history.state, '', address);
    }
    void speak(wanted).then(() => opened.retell());
  });
  document.addEventListener('theme', (event) => {
    chooseTheme((event as CustomEvent<ThemeChoice>).detail);
  });
  // A file that is dropped anywhere would otherwise take the place of the page.
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void opened.take(file);
  });
  await opened.follow();
} else {
  await speaking;
  unsupported();
}
