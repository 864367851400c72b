// How populations are told apart: a colour, and for those that inhibit a sign and dashes besides.

import type { PopulationEntry } from '../../engine/model.ts';
import { text, textOr } from '../../i18n/messages.ts';

export interface Look {
  /** A token of the style sheet, without its dashes. */
  colour: string;
  /** What inhibits is hatched, and dashed beside what does not. */
  inhibits: boolean;
  dash: number[] | undefined;
  /** + or −; empty where it does both or nothing. */
  sign: string;
  name: string;
}

const CLASSES = 10;
/** Where all are of one kind, dashes tell apart what colour alone would. */
const DASHES = [undefined, [6, 4], [2, 3], [10, 3, 2, 3]];

export function looksOf(populations: readonly PopulationEntry[]): Look[] {
  const inhibits = ({ effect }: PopulationEntry) => effect === 'inhibitory';
  const effects = populations.map(({ effect }) => effect);
  // One of each: the colours of excitation and inhibition themselves.
  const plain = new Set(effects).size === effects.length && !effects.includes(undefined);
  // As many of either kind: pairs, one colour each.
  const lowering = populations.filter(inhibits).length;
  const pairs = lowering > 0 && 2 * lowering === populations.length;
  const mixed = lowering < populations.length;
  let [up, low] = [0, 0];
  return populations.map((population, at) => {
    const down = inhibits(population);
    const rank = down ? low++ : up++;
    const place = pairs ? rank : at;
    const colour = down ? 'inhibition' : 'excitation';
    return {
      colour: plain ? colour : populations.length === 1 ? 'ink' : `class-${place % CLASSES}`,
      inhibits: down,
      dash: lowering > 0 && mixed ? (down ? [6, 4] : undefined) : DASHES[at % DASHES.length],
      sign: population.effect === undefined ? '' : down ? '−' : '+',
      name: nameOf(population.name),
    };
  });
}

/** Names are the engine's; those of the field are translated. */
function nameOf(name: string): string {
  const numbered = /^group (\d+)$/.exec(name);
  if (numbered) return text('population-group', { number: numbered[1] ?? '' });
  return textOr(`population-${name.replaceAll(' ', '-')}`, name);
}
