// The name of something that was done: the message of its own, or the label of the setting.

import { idOf, text, textOr } from '../i18n/messages.ts';
import type { Deed } from '../page/undo.ts';

export function deedText(deed: Deed): string {
  return nameOf(deed.message ?? deed.path ?? '');
}

/** Of the id of a message, or of the path of a setting. */
export function nameOf(what: string): string {
  const key = what.replace(/^config\./, '');
  const own: Readonly<Record<string, string>> = { 'data.set': 'data-legend' };
  const id = own[key] ?? (what.startsWith('config.') ? `label-${idOf(key)}` : key);
  return textOr(id, text('label-unknown', { key }));
}
