// What a fake lab says of units and weights: every number in place, edits remembered.

import type {
  BackwardPicture,
  DigitReading,
  ExperimentConfig,
  LayerPicture,
  NetworkPicture,
  PictureQuery,
  Summary,
  UnitCurve,
} from '../engine/model.ts';

export class FakeNetwork {
  readonly weights = new Map<string, number>();
  readonly kinds = new Map<string, string>();
  readonly held = new Map<string, number>();

  constructor(
    private readonly config: ExperimentConfig,
    private readonly summary: Summary,
  ) {}

  picture(query: PictureQuery): NetworkPicture[] {
    return ['artificial', 'spiking'].map((kind, side) => this.network(kind, side, query));
  }

  private get widths(): number[] {
    return [...this.config.layers.map(({ units }) => units), this.summary.outputs];
  }

  weight(network: string, layer: number, from: number | undefined, unit: number): number {
    const key = `${network} ${layer} ${from ?? 'bias'} ${unit}`;
    return (
      this.weights.get(key) ?? (from === undefined ? 0 : Math.sin(layer + from * 7 + unit * 3))
    );
  }

  private network(kind: string, side: number, query: PictureQuery): NetworkPicture {
    const { features } = this.summary;
    let before = features <= 24 ? Array.from({ length: features }, (_, at) => at) : [];
    const layers = this.widths.map((units, layer): LayerPicture => {
      const asked = query.shown[side]?.[layer] ?? [];
      const all = Array.from({ length: units }, (_, at) => at);
      const shown = asked.length > 0 ? [...asked] : all.slice(0, query.most);
      const weights = before.flatMap((from) =>
        shown.map((unit) => this.weight(kind, layer, from, unit)),
      );
      before = shown;
      const own = <T>(map: Map<string, T>) =>
        all.flatMap((unit) => {
          const value = map.get(`${kind} ${layer} ${unit}`);
          return value === undefined ? [] : [{ unit, value }];
        });
      return {
        shown,
        weights: Float32Array.from(weights),
        biases: Float32Array.from(shown, (unit) => this.weight(kind, layer, undefined, unit)),
        norms: Float32Array.from(all, (unit) => units - unit),
        fields: new Float32Array(layer === 0 && features === 784 ? shown.length * 784 : 0),
        others: own(this.kinds).map(({ unit, value }) => ({ unit, kind: value })),
        held: own(this.held).map(({ unit, value }) => ({ unit, level: value })),
      };
    });
    const { chosen } = query;
    const unit = chosen?.network === kind ? this.unit(kind, chosen.layer, chosen.unit) : undefined;
    const input = new Float32Array(features).fill(0.5);
    return { kind, channels: features, input, layers, ...(unit ? { unit } : {}) };
  }

  private unit(network: string, layer: number, unit: number): NonNullable<NetworkPicture['unit']> {
    const { widths } = this;
    const fanIn = layer === 0 ? this.summary.features : (widths[layer - 1] ?? 0);
    const weights = Float32Array.from({ length: fanIn }, (_, from) =>
      this.weight(network, layer, from, unit),
    );
    const bias = this.weight(network, layer, undefined, unit);
    const drive = weights.reduce((sum, weight) => sum + 0.5 * weight, bias);
    const key = `${network} ${layer} ${unit}`;
    const usual = network === 'spiking' ? 'lif' : (this.config.layers[layer]?.activation ?? '');
    const held = this.held.get(key);
    return {
      layer,
      unit,
      kind: this.kinds.get(key) ?? usual,
      ...(held === undefined ? {} : { held }),
      inputs: new Float32Array(fanIn).fill(0.5),
      weights,
      bias,
      drive,
      response: Math.tanh(drive),
      outgoing: Float32Array.from({ length: widths[layer + 1] ?? 0 }, (_, to) =>
        this.weight(network, layer + 1, unit, to),
      ),
    };
  }

  curve(network: string, layer: number, unit: number): UnitCurve {
    if (unit >= (this.config.layers[layer]?.units ?? 0)) {
      throw { code: 'unit-absent', message: 'there is no such unit' };
    }
    const inputs = Float32Array.from({ length: 13 }, (_, at) => at / 2 - 3);
    const activation = inputs.map(Math.tanh);
    const spiking = network === 'spiking';
    const rateHz = spiking ? inputs.map((x) => Math.max(0, 100 * x)) : new Float32Array();
    return { inputs, response: activation, activation, rateHz, ...(spiking ? { gain: 10 } : {}) };
  }

  backward(query: PictureQuery): BackwardPicture[] {
    const steps = this.config.spiking.steps;
    const time = (of: (step: number) => number) =>
      Float32Array.from({ length: steps }, (_, step) => of(step));
    return this.picture(query).map(({ kind, layers }) => ({
      kind,
      loss: 0.25,
      output: new Float32Array(this.summary.outputs).fill(0.5),
      target: new Float32Array(this.summary.outputs).fill(-1),
      layers: layers.map(({ weights, biases, shown }) => ({
        weights: weights.map((weight) => weight / 10),
        largest: Math.max(0, ...weights.map((weight) => Math.abs(weight / 10))),
        biases,
        responses: new Float32Array(shown.length).fill(0.3),
      })),
      ...(kind === 'spiking' && query.chosen
        ? {
            inTime: {
              potential: time((step) => (step % 5) / 4),
              spikes: time((step) => (step % 5 === 4 ? 1 : 0)),
              surrogate: time((step) => (step % 5) / 5),
              error: time((step) => Math.sin(step)),
              flow: time((step) => Math.cos(step)),
            },
          }
        : {}),
    }));
  }

  read(pixels: Float32Array): DigitReading {
    const output = new Float32Array(10);
    output[7] = 1;
    const networks = ['artificial', 'spiking'].map((kind) => ({
      kind,
      output,
      predicted: 7,
      spikes: kind === 'spiking' ? 321 : 0,
    }));
    return { seen: pixels, networks };
  }
}
