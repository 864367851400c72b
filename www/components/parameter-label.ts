// What a parameter is called on the page.

import type { Parameter } from '../engine/model.ts';
import { textOr } from '../i18n/messages.ts';

/**
 * A short name for a parameter: that of the message file, for its model if there is one, or its key in
 * words.
 */
export function labelOf({ key }: Parameter, model = ''): string {
  const general = textOr(`parameter-${key}`, words(key));
  return model === '' ? general : textOr(`parameter-${model}-${key}`, general);
}

/** `g_na_ms_cm2` → `g na`: the units stand beside the number. */
function words(key: string): string {
  const bare = key.replace(/_(ms_cm2|uf_cm2|per_ms|mv|ms|hz|pa|na|ns|um|mm|deg|c)$/, '');
  const spaced = bare.replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
