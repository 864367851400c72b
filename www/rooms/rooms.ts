// The rooms of the page, and how the address names them. The first one has the bare address, so that
// links to experiments stay what they are; the others begin with `#room=` and their id, and are
// loaded when they are first entered. Another room is another line here and a folder beside this file.

/** A room that is open: what stands in the page, and how it is left. */
export interface OpenRoom {
  element: HTMLElement;
  /** The address was changed by hand, by a link or by going back. */
  addressChanged(): void;
  /** The visitor goes elsewhere: what costs time or memory ends. */
  leave(): void;
}

export interface RoomEntry {
  id: string;
  /** Id of its name in the message file. */
  name: string;
}

/** What a room is given. */
export interface RoomSurroundings {
  readAddress(): string;
  writeAddress(hash: string): void;
}

export const ROOMS = [
  { id: 'network', name: 'room-network' },
  { id: 'neuron-bench', name: 'room-neuron-bench' },
  { id: 'digit-learner', name: 'room-digit-learner' },
] as const satisfies readonly RoomEntry[];

export type RoomId = (typeof ROOMS)[number]['id'];

const PREFIX = '#room=';

/** The room of an address; a name that there is not leads to the first room, which refuses it. */
export function roomOf(hash: string): RoomId {
  if (!hash.startsWith(PREFIX)) return 'network';
  const id = hash.slice(PREFIX.length).split('&', 1)[0];
  return ROOMS.find((room) => room.id === id)?.id ?? 'network';
}

/** The address of a room as it is when it is entered for the first time. */
export function addressOf(room: RoomId): string {
  return room === 'network' ? '#' : `${PREFIX}${room}`;
}
