// What a setting of a control makes of the state of the bench.

import type { CircuitValues } from '../../engine/circuit-protocol.ts';
import type { ModelEntry } from '../../engine/model.ts';
import { withPlainSetting } from './address.ts';
import {
  type CircuitState,
  type Circuits,
  defaultState,
  presetIds,
  withPreset,
  withValues,
} from './state.ts';

/** The state after a setting; undefined if there is no such setting. */
export function withSetting(
  state: CircuitState,
  path: string,
  value: unknown,
  circuits: Circuits,
  entry: ModelEntry,
): CircuitState | undefined {
  const [head = '', key = ''] = path.split('.');
  const { config } = state;
  const values = (next: CircuitValues) => ({ ...state, config: { ...config, values: next } });
  switch (head) {
    case 'circuit':
      return { ...defaultState(circuits, String(value)), brushMs: state.brushMs };
    case 'values':
      return values(withValues(config.values, entry, { [key]: Number(value) }));
    case 'place':
      return values(withValues(config.values, entry, value as CircuitValues));
    case 'preset': {
      const preset = entry.presets.find(({ id }) => id === value);
      const known = presetIds(entry).includes(String(value));
      return known ? values(withPreset(config.values, entry, preset)) : undefined;
    }
    default:
      return withPlainSetting(state, path, value, circuits);
  }
}
