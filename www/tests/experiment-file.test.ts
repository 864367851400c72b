import { expect, it } from 'vitest';
import { packed, unpacked } from '../page/experiment-file.ts';

const experiment = Uint8Array.of(1, 2, 3, 250);
const table = { name: 'häuser.csv', text: 'x,y,klasse\n1,2,"ä"\n' };

it('comes back with its table, and is the engine’s alone without one', () => {
  expect(packed(experiment, undefined)).toEqual(experiment);
  expect(unpacked(experiment)).toEqual({ experiment });
  expect(unpacked(packed(experiment, table))).toEqual({ experiment, table });
  const empty = { name: '', text: '' };
  expect(unpacked(packed(new Uint8Array(), empty))).toEqual({
    experiment: new Uint8Array(),
    table: empty,
  });
});

it('gives no table that was cut or changed', () => {
  const whole = packed(experiment, table);
  for (let at = experiment.length; at < whole.length; at += 1) {
    const changed = Uint8Array.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unpacked(changed).table, `byte ${at}`).toBeUndefined();
  }
  for (let length = 0; length < whole.length; length += 1) {
    expect(unpacked(whole.subarray(0, length)).table, `${length} bytes`).toBeUndefined();
  }
});
