import { describe, expect, it } from 'vitest';
import { defaultState } from '../state/fields.ts';
import { addLayer, removeLayer, withActivation, withUnits } from '../state/layers.ts';
import { parameterOf } from '../state/page-state.ts';
import { withDataSet } from '../state/presets.ts';
import { fakeCatalogue as catalogue } from './fake-catalogue.ts';

const range = parameterOf(catalogue, 'layers.units');
const two = [
  { units: 4, activation: 'relu', others: [] },
  { units: 2, activation: 'tanh', others: [] },
];

describe('the layers', () => {
  it('grow by a copy of the last', () => {
    expect(addLayer(two, catalogue)).toEqual([...two, two[1]]);
    expect(addLayer([], catalogue)).toEqual([{ units: 8, activation: 'tanh', others: [] }]);
  });

  it('grow no further than the catalogue allows', () => {
    let layers = addLayer([], catalogue);
    for (let more = 0; more < 20; more += 1) layers = addLayer(layers, catalogue);
    expect(layers).toHaveLength(catalogue.maxLayers);
  });

  it('lose the one that is removed', () => {
    expect(removeLayer(two, 0)).toEqual([two[1]]);
    expect(removeLayer(removeLayer(two, 0), 0)).toEqual([]);
  });

  it.each([
    [7, 7],
    [0, 1],
    [-3, 1],
    [100_000, 512],
    [3.6, 4],
    [Number.NaN, 4],
    [Number.POSITIVE_INFINITY, 4],
  ])('take %d units as %d', (asked, got) => {
    expect(withUnits(two, 0, asked, range)[0]?.units).toBe(got);
  });

  it('forget units of another kind that they no longer have', () => {
    const others = [
      { unit: 1, kind: 'lif' },
      { unit: 3, kind: 'relu' },
    ];
    const layers = [{ units: 4, activation: 'tanh', others, spikingOthers: others }];
    const [layer] = withUnits(layers, 0, 2, range);
    expect(layer?.others).toEqual([{ unit: 1, kind: 'lif' }]);
    expect(layer?.spikingOthers).toEqual([{ unit: 1, kind: 'lif' }]);
  });

  it('are never changed in place', () => {
    const before = structuredClone(two);
    withUnits(two, 0, 9, range);
    withActivation(two, 1, 'gelu');
    expect(withActivation(two, 1, 'gelu')[1]?.activation).toBe('gelu');
    expect(two).toEqual(before);
  });
});

describe('another data set', () => {
  const { config } = defaultState(catalogue);

  it('brings a network that suits images, while nothing was chosen', () => {
    const images = withDataSet(config, 'mnist', catalogue);
    expect(images.layers).toEqual([{ units: 128, activation: 'relu', others: [] }]);
    expect(images.training).toMatchObject({ loss: 'cross-entropy', batchSize: 32 });
    expect(withDataSet(images, 'spiral', catalogue)).toEqual(config);
  });

  it('leaves a network that was chosen', () => {
    const own = { ...config, layers: two };
    expect(withDataSet(own, 'mnist', catalogue).layers).toEqual(two);
    expect(withDataSet(own, 'circle', catalogue)).toEqual({
      ...own,
      data: { ...own.data, set: 'circle' },
    });
  });

  it('takes a loss that fits', () => {
    const crossed = { ...config, training: { ...config.training, loss: 'cross-entropy' } };
    expect(withDataSet(crossed, 'plane', catalogue).training.loss).toBe('half-mse');
    expect(withDataSet(crossed, 'circle', catalogue).training.loss).toBe('cross-entropy');
  });
});
