// A lab that learns nothing but behaves like one: deterministic, with every number in place.
// Only tests use it; the page never sees it.

import type {
  BackwardPicture,
  DigitReading,
  ExperimentConfig,
  LabFace,
  NetworkPicture,
  NetworkSnapshot,
  PictureQuery,
  SettingsInForce,
  Snapshot,
  Summary,
  SweepProgress,
  UnitCurve,
  View,
} from '../engine/model.ts';
import { withValue } from '../state/page-state.ts';
import { fakeCatalogue } from './fake-catalogue.ts';
import { FakeNetwork } from './fake-network.ts';

const RESOLUTION = 50;
const UNIT_RESOLUTION = 25;

export class FakeLab implements LabFace {
  config: ExperimentConfig | undefined;
  calls: string[] = [];
  private at = 0;
  private commands = '';
  private target: number | undefined;
  private curve: number[] = [];
  private loaded = new Set<string>();
  private sweepAt = 0;
  private summary: Summary | undefined;
  private drawn: FakeNetwork | undefined;

  constructor(
    private readonly batchMs = 0,
    private readonly spend: (ms: number) => void = () => {},
  ) {}

  needs(config: ExperimentConfig): string {
    const set = this.entry(config.data.set);
    return set?.kind === 'images' && !this.loaded.has(set.id) ? set.id : '';
  }

  loadImages(id: string): void {
    this.loaded.add(id);
  }

  configure(
    config: ExperimentConfig,
    table?: string | null,
    bytes?: Uint8Array | null,
    journal?: string | null,
  ): Summary {
    this.calls.push('configure');
    if (bytes && bytes[3] !== undefined) throw { code: 'checkpoint', message: 'too long' };
    const set = this.entry(config.data.set);
    if (!set) throw { code: 'data-set', message: `no set ${config.data.set}` };
    if (set.kind === 'table' && !table?.includes(',')) {
      throw { code: 'table-cell', message: 'no comma', detail: { line: 1, column: 1 } };
    }
    this.config = structuredClone(config);
    this.commands = journal ?? '';
    this.at = 0;
    if (bytes) this.restore(bytes);
    this.curve = [];
    this.record();
    const images = set.kind === 'images';
    const trainExamples = images
      ? 60_000
      : Math.round(config.data.samples * config.data.trainShare);
    this.summary = {
      task: set.task,
      kind: set.kind,
      features: images ? 784 : 2,
      classes: set.task === 'regression' ? 0 : Math.max(2, set.classes),
      classNames: Array.from({ length: images ? 10 : 2 }, (_, at) => String(at)),
      trainExamples,
      testExamples: images ? 10_000 : config.data.samples - trainExamples,
      batchesPerEpoch: Math.max(1, Math.ceil(trainExamples / config.training.batchSize)),
      points: images ? new Float32Array() : fakePoints(config),
      extent: [-1, 1, -1, 1],
      outputRange: [-1, 1],
      imageWidth: images ? 28 : 0,
      imageHeight: images ? 28 : 0,
      outputs: images ? 10 : 1,
      spikingUnits: config.layers.map(({ units }) => units),
      spikingSteps: config.spiking.steps,
    };
    this.drawn = new FakeNetwork(this.config, this.summary);
    return this.summary;
  }

  get network(): FakeNetwork {
    if (!this.drawn) throw new Error('nothing is on the bench');
    return this.drawn;
  }

  picture(query: PictureQuery): NetworkPicture[] {
    this.calls.push('picture');
    return this.network.picture(query);
  }

  holdUnit(network: string, layer: number, unit: number, level?: number | null): void {
    this.calls.push(`hold ${network} ${layer} ${unit} ${level}`);
    const key = `${network} ${layer} ${unit}`;
    if (level === null || level === undefined) this.network.held.delete(key);
    else this.network.held.set(key, level);
  }

  swapUnit(layer: number, unit: number, kind: string, network?: string | null): void {
    this.calls.push(`swap ${network} ${layer} ${unit} ${kind}`);
    const key = `${network} ${layer} ${unit}`;
    if (kind === '') this.network.kinds.delete(key);
    else this.network.kinds.set(key, kind);
  }

  editWeight(
    network: string,
    layer: number,
    from: number | null | undefined,
    unit: number,
    value: number,
  ): void {
    this.calls.push(`weight ${network} ${layer} ${from} ${unit} ${value}`);
    if (!Number.isFinite(value)) throw { code: 'command', message: 'expected a finite number' };
    this.network.weights.set(`${network} ${layer} ${from ?? 'bias'} ${unit}`, value);
  }

  unitCurve(network: string, layer: number, unit: number): UnitCurve {
    return this.network.curve(network, layer, unit);
  }

  backward(query: PictureQuery): BackwardPicture[] {
    return this.network.backward(query);
  }

  readDrawing(pixels: Float32Array): DigitReading {
    return this.network.read(pixels);
  }

  testImages(indices: Uint32Array): Uint8Array {
    const bytes =
      indices.length * (this.summary?.imageWidth ?? 0) * (this.summary?.imageHeight ?? 0);
    return new Uint8Array(bytes).fill(indices[0] ?? 0);
  }

  step(): number {
    return this.at;
  }

  train(maxBatches: number): number {
    if ((this.config?.training.learningRate ?? 0) > 5) return -1;
    this.spend(this.batchMs * maxBatches);
    this.at += maxBatches;
    this.record();
    return maxBatches;
  }

  trainSample(): boolean {
    this.at += 1;
    this.record();
    return true;
  }

  evaluate(): boolean {
    return true;
  }

  snapshot(view: View): Snapshot {
    const diverged = (this.config?.training.learningRate ?? 0) > 5 && this.at === 0;
    return {
      step: this.at,
      epoch: this.at / (this.summary?.batchesPerEpoch ?? 1),
      examples: this.at * (this.config?.training.batchSize ?? 1),
      ...(diverged
        ? {
            divergence: {
              network: 'artificial',
              layer: 1,
              reason: 'responses',
              setting: 'training.learningRate',
              message:
                'Layer 2 of the artificial network gave no number; try a smaller learning rate.',
            },
          }
        : {}),
      settings: settingsOf(this.config),
      networks: [this.half('artificial', view), this.half('spiking', view)],
    };
  }

  set(key: string, value: number): void {
    this.calls.push(`set ${key} ${value}`);
    if (value === 512) throw { code: 'config-memory', message: 'too much' };
    if (this.config) this.config = withValue(this.config, key, value);
  }

  /** As the engine: to a state stored earlier, from where `replay` leads on. */
  back(batches: number): void {
    this.calls.push('back');
    this.target = Math.max(0, (this.target ?? this.at) - batches);
    this.at = this.target - (this.target % 100);
  }

  replay(): boolean {
    this.calls.push('replay');
    if (this.target !== undefined && this.at < this.target) {
      this.at += 1;
      this.spend(this.batchMs);
    }
    if (this.target !== undefined && this.at < this.target) return false;
    this.target = undefined;
    return true;
  }

  reset(): void {
    this.target = undefined;
    this.at = 0;
  }

  restoreLastGood(): void {
    this.at = 0;
    this.target = 1;
  }

  checkpoint(): Uint8Array {
    return Uint8Array.of(this.at & 255, (this.at >> 8) & 255, (this.at >> 16) & 255);
  }

  restore(bytes: Uint8Array): void {
    const [low = 0, middle = 0, high = 0] = bytes;
    this.at = low + (middle << 8) + (high << 16);
  }

  lightCheckpoint(): Uint8Array {
    return this.checkpoint();
  }

  journal(): string {
    return this.commands;
  }

  configOf(bytes: Uint8Array): ExperimentConfig {
    if (bytes.length !== 3) throw { code: 'checkpoint', message: 'expected three bytes' };
    return { ...fakeCatalogue.defaults, seed: 42 };
  }

  hash(): string {
    return `hash-${this.config?.seed}-${this.at}`;
  }

  sweepStart(): void {
    this.sweepAt = 0;
  }

  sweepAdvance(): SweepProgress {
    this.spend(3);
    this.sweepAt += 1;
    const seeds = Math.min(5, Math.floor(this.sweepAt / 20));
    const runs = Array.from({ length: seeds }, (_, at) => ({
      seed: at + 1,
      artificial: 0.97 + 0.004 * Math.sin(at * 5),
      spiking: 0.955 + 0.008 * Math.sin(at * 3),
    }));
    return {
      done: seeds === 5,
      fraction: Math.min(1, this.sweepAt / 100),
      diverged: 0,
      measure: 'accuracy',
      runs,
      ...(seeds > 1
        ? {
            artificial: { low: 0.9651, mean: 0.9702, high: 0.9739 },
            spiking: { low: 0.9476, mean: 0.9561, high: 0.9622 },
          }
        : {}),
    };
  }

  sweepCancel(): void {
    this.sweepAt = 0;
  }

  provokePanic(): void {
    throw new Error('unreachable');
  }

  private entry(id: string) {
    return fakeCatalogue.dataSets.find((set) => set.id === id);
  }

  private record(): void {
    const loss = 0.5 * Math.exp(-this.at / 800) + 0.01;
    this.curve.push(this.at, loss, loss * 1.1, 1 - loss * 0.9, 1 - loss);
  }

  private half(kind: string, view: View): NetworkSnapshot {
    const layers = this.config?.layers ?? [];
    const spiking = kind === 'spiking';
    const images = this.summary?.kind === 'images';
    const lag = spiking ? 0.8 : 1;
    const progress = Math.min(1, this.at / 1500) * lag;
    const macs = images ? 784 * 128 + 1280 : 96;
    const operations = Math.round(macs * 3.2);
    return {
      kind,
      curve: Float32Array.from(this.curve.slice(-4000)),
      testExamples: 250,
      surface: images ? new Float32Array() : surface(RESOLUTION, progress, 0),
      surfaceResolution: images ? 0 : RESOLUTION,
      unitSurfaces: images ? [] : layers.map(({ units }) => unitSurfaces(units, spiking)),
      unitResolution: images ? 0 : UNIT_RESOLUTION,
      unitResponses: layers.map(({ units }) =>
        Float32Array.from({ length: units }, (_, at) => Math.sin(at * 7 + view.example)),
      ),
      answer: new Float32Array(images ? 10 : 1).fill(images ? 0.1 : 0.5),
      rasters: spiking
        ? [new Uint32Array(), ...layers.map(({ units }) => raster(units, this.config, view))]
        : [],
      confusion: confusion(images ? 10 : 2, progress),
      cells: Uint32Array.from({ length: (images ? 100 : 4) * 6 }, (_, at) => at),
      misread: images ? misread(spiking) : [],
      parameters: images ? 101_770 : 113,
      macs,
      synapticOps: operations,
      membraneUpdates: spiking ? 225 : 0,
      operations: spiking ? operations + 225 : macs,
      spikeRateHz: spiking ? 84.2 : 0,
      spikesPerStep: spiking ? 0.0842 : 0,
      energy: spiking
        ? { opsOnlyPj: operations * 0.9, withMemoryPj: operations * 22 }
        : { opsOnlyPj: macs * 4.6, withMemoryPj: macs * 14 },
    };
  }
}

function settingsOf(config: ExperimentConfig | undefined): SettingsInForce {
  const { learningRate, batchSize, l1, l2 } = (config ?? fakeCatalogue.defaults).training;
  return { learningRate, batchSize, l1, l2 };
}

export function fakePoints(config: ExperimentConfig): Float32Array {
  const { samples, trainShare, set, noise } = config.data;
  const points: number[] = [];
  for (let at = 0; at < samples; at += 1) {
    const label = at % 2;
    const t = at / samples;
    const angle = t * 9 + label * Math.PI + noise * Math.sin(at * 77);
    const [x, y] =
      set === 'spiral'
        ? [t * 0.9 * Math.sin(angle), t * 0.9 * Math.cos(angle)]
        : [0.9 * Math.sin(at * 12.9898), 0.9 * Math.sin(at * 78.233)];
    points.push(x, y, label, t < trainShare ? 0 : 1);
  }
  return Float32Array.from(points);
}

function surface(side: number, progress: number, phase: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, at) => {
    const x = ((at % side) / side) * 2 - 1;
    const y = 1 - (Math.floor(at / side) / side) * 2;
    const radius = Math.hypot(x, y);
    return Math.tanh(2 * progress * Math.cos(Math.atan2(x, y) - radius * 10 + phase) + x * 0.4);
  });
}

function unitSurfaces(units: number, spiking: boolean): Float32Array {
  const area = UNIT_RESOLUTION * UNIT_RESOLUTION;
  const all = new Float32Array(units * area);
  for (let unit = 0; unit < units; unit += 1) {
    const own = surface(UNIT_RESOLUTION, 0.2 + unit / units, unit);
    all.set(spiking ? own.map((value) => Math.max(0, value)) : own, unit * area);
  }
  return all;
}

function raster(units: number, config: ExperimentConfig | undefined, view: View): Uint32Array {
  const spikes: number[] = [];
  for (let step = 0; step < (config?.spiking.steps ?? 0); step += 1) {
    for (let unit = 0; unit < units; unit += 1) {
      if ((step + view.example) % ((unit % 7) + 3) === 0) spikes.push(step, unit);
    }
  }
  return Uint32Array.from(spikes);
}

function confusion(classes: number, progress: number): Uint32Array {
  return Uint32Array.from({ length: classes * classes }, (_, at) => {
    const right = Math.floor(at / classes) === at % classes;
    const wrong = Math.round((1 - progress * 0.95) * (20 + ((at * 37) % 30)));
    return right ? 900 : wrong;
  });
}

function misread(spiking: boolean) {
  return Array.from({ length: 12 }, (_, at) => ({
    index: at * 31 + (spiking ? 7 : 0),
    truth: at % 10,
    predicted: (at * 3 + 1) % 10,
    pixels: Uint8Array.from({ length: 784 }, (_, pixel) => {
      const x = (pixel % 28) - 14;
      const y = Math.floor(pixel / 28) - 14;
      const ring = Math.hypot(x * (1 + (at % 3) * 0.3), y) - 8;
      return Math.max(0, 255 - 90 * Math.abs(ring));
    }),
  }));
}
