// The rooms of the page, and how the address names them. The bare address is the front door. An address
// that begins with `#room=` and an id is that room; any other one is an experiment of the network lab, so
// links to experiments stay what they are. A room's code is loaded when it is first entered. Another
// room is another line here and a folder beside this file.

import type { KeepingSurroundings } from '../page/keeping.ts';

/** A room that is open: what stands in the page, and how it is left. */
export interface OpenRoom {
  element: HTMLElement;
  /** The address was changed by hand, by a link or by going back. */
  addressChanged(): void;
  /** The visitor goes elsewhere: what costs time or memory ends. */
  leave(): void;
  /** Another language was chosen: what was made with texts is made anew. */
  retold?(): void;
  /** A file was dropped on the page, in whatever room. */
  offer?(file: File): void;
}

export interface RoomEntry {
  id: string;
  /** Id of its name in the message file. */
  name: string;
}

/** What a room is given. */
export interface RoomSurroundings {
  readAddress(): string;
  /** Puts another address in place of this one, or adds one. */
  writeAddress(hash: string, push?: boolean): void;
  /** What outlives the page. */
  keeping?: KeepingSurroundings;
}

export const ROOMS = [
  { id: 'network', name: 'room-network' },
  { id: 'neuron-bench', name: 'room-neuron-bench' },
  { id: 'circuit-bench', name: 'room-circuit-bench' },
  { id: 'digit-learner', name: 'room-digit-learner' },
] as const satisfies readonly RoomEntry[];

/** Where everybody comes in; it is in no list of rooms to go to. */
export const FRONT_DOOR = 'front-door';

export type RoomId = (typeof ROOMS)[number]['id'] | typeof FRONT_DOOR;

const PREFIX = '#room=';

/** The room of an address; a name that there is not leads to the network lab, which refuses it. */
export function roomOf(hash: string): RoomId {
  if (hash === '' || hash === '#') return FRONT_DOOR;
  if (!hash.startsWith(PREFIX)) return 'network';
  const id = hash.slice(PREFIX.length).split('&', 1)[0];
  if (id === FRONT_DOOR) return FRONT_DOOR;
  return ROOMS.find((room) => room.id === id)?.id ?? 'network';
}

/** The address of a room as it is when it is entered for the first time. */
export function addressOf(room: RoomId): string {
  return room === FRONT_DOOR ? '#' : `${PREFIX}${room}`;
}
