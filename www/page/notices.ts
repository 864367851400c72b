// What there is to tell the visitor: the newest few, each until it is put away or mended.

import type { Command } from './model.ts';

/** Something to tell: the id of a message, or of an error of the engine. */
export interface Notice {
  id: number;
  kind: 'refusal' | 'note';
  message: string;
  gaps: Record<string, string | number>;
  /** The message for when there is none of that id: it shows `message` out of the gaps. */
  fallback: string;
  /** A button: the id of its text, and the command it gives. */
  action?: { message: string; command: Command };
}

type News = Pick<Notice, 'kind' | 'message' | 'gaps'> & Partial<Notice>;

const MAX_NOTICES = 4;
let next = 1;

export function withNotice(notices: readonly Notice[], news: News): Notice[] {
  const notice = { fallback: 'error-other', ...news, id: next++ };
  return [...notices, notice].slice(-MAX_NOTICES);
}

export function withoutNotice(notices: readonly Notice[], gone: number): Notice[] {
  return notices.filter(({ id }) => id !== gone);
}

/** What was refused is mended. */
export function withoutRefusals(notices: readonly Notice[]): Notice[] {
  return notices.filter(({ kind }) => kind !== 'refusal');
}
