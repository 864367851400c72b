// The run over time: the stimulus, then each neuron with its potential, its other variables and its
// spikes, all over one axis. Dragging zooms, a click sets the moment, and all of it goes by keyboard.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import type { Line, Mark } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import { plainSymbol } from '../../components/symbol.ts';
import type { BenchSummary, BenchTraces, BiologicalCatalogue } from '../../engine/model.ts';
import { formatFixed, formatNumber, formatQuantity, formatRate } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { type BenchState, modelOf } from './state.ts';
import '../../components/line-plot.ts';

type Neuron = BenchSummary['neurons'][number];
type Variable = Neuron['variables'][number];

/** Lines of one plot differ in colour and in dash. */
const STYLES: readonly Pick<Line, 'colour' | 'dash'>[] = [
  { colour: 'class-1' },
  { colour: 'class-0', dash: [7, 3] },
  { colour: 'class-2', dash: [2, 2] },
  { colour: 'class-3', dash: [10, 3, 2, 3] },
];
const SOLE: Pick<Line, 'colour' | 'dash'> = { colour: 'ink' };

/** Of the potential and of the rest, in pixels: fewer neurons have more room. */
const HEIGHTS: readonly [[number, number], ...[number, number][]] = [
  [230, 140],
  [170, 110],
  [136, 84],
  [116, 76],
];

/** A count of steps is either nothing or something. */
const COUNT_HEIGHT = 52;

const ZOOM = 0.5;
const PAN = 0.2;
const SHORTEST_MS = 0.2;

/** Variables that share a plot: those of one unit, the potential by itself. */
function groups(variables: readonly Variable[]): number[][] {
  const extended = variables.every(({ distanceUm }) => distanceUm !== undefined);
  if (extended) return [variables.map((_, at) => at)];
  const rest = new Map<string, number[]>();
  variables.forEach((variable, at) => {
    if (at === 0) return;
    const kind = variable.plane ? variable.unit : 'count';
    rest.set(kind, [...(rest.get(kind) ?? []), at]);
  });
  return [[0], ...rest.values()];
}

export class TraceStack extends LitElement {
  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-1) var(--gap-2);
        align-items: center;
        margin-bottom: var(--gap-2);
      }

      .bar button {
        min-height: 2rem;
        min-width: 2rem;
        padding: 0 var(--gap-2);
      }

      .bar .soft {
        margin-inline-start: auto;
      }

      .stack {
        display: grid;
        gap: var(--gap-4);
        padding: 2px;
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
        align-items: baseline;
        justify-content: space-between;
      }

      h3 button {
        min-height: 1.75rem;
        padding: 0 var(--gap-2);
        margin-inline-start: calc(-1 * var(--gap-2));
        font-weight: 600;
        text-align: start;
        white-space: normal;
      }

      .focus h3 button {
        text-decoration: underline;
        text-underline-offset: 0.3em;
        text-decoration-thickness: 2px;
      }

      /* What tells neurons of one model apart. */
      .preset {
        flex: 1;
        min-width: 12rem;
      }

      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
        padding-left: 46px;
      }

      .key span {
        white-space: nowrap;
      }

      .key svg {
        display: inline-block;
        width: 1.5rem;
        height: 0.5rem;
        vertical-align: middle;
      }

      .symbol {
        font-family: var(--font-title);
        font-style: italic;
        color: var(--ink);
      }
    `,
  ];

  static override properties = {
    catalogue: { attribute: false },
    state: { attribute: false },
    summary: { attribute: false },
    traces: { attribute: false },
  };

  declare catalogue: BiologicalCatalogue | undefined;
  declare state: BenchState | undefined;
  declare summary: BenchSummary | undefined;
  declare traces: BenchTraces | undefined;

  constructor() {
    super();
    this.catalogue = undefined;
    this.state = undefined;
    this.summary = undefined;
    this.traces = undefined;
    this.addEventListener('stretch', (event) => {
      const { from, to } = (event as CustomEvent<{ from: number; to: number }>).detail;
      this.look(from, to);
    });
    this.addEventListener('place', (event) => {
      const ms = (event as CustomEvent<number>).detail;
      emitSetting(this, 'momentMs', Number(Math.max(0, ms).toPrecision(6)));
    });
  }

  private get window(): [number, number] {
    return this.state?.window ?? [0, this.summary?.durationMs ?? 1];
  }

  protected override render(): TemplateResult {
    const { state, summary, traces } = this;
    if (!state || !summary || !traces) {
      return html`<p class="soft" role="status">${text('bench-waiting')}</p>`;
    }
    const [from, to] = this.window;
    const button = (label: string, sign: string, act: () => void) =>
      html`<button aria-label=${text(label)} title=${text(label)} @click=${act}>${sign}</button>`;
    return html`<div class="bar" role="group" aria-label=${text('window')}>
        ${button('window-in', '+', () => this.zoom(ZOOM))}
        ${button('window-out', '−', () => this.zoom(1 / ZOOM))}
        ${button('window-back', '←', () => this.pan(-PAN))}
        ${button('window-forth', '→', () => this.pan(PAN))}
        <button ?disabled=${state.window === undefined} @click=${() => this.all()}>
          ${text('window-all')}
        </button>
        <span class="soft number"
          >${text('window-shown', { from: formatNumber(from), to: formatQuantity(to, 'ms') })}</span
        >
      </div>
      <div
        class="stack"
        tabindex="0"
        role="group"
        aria-label=${text('traces-label')}
        @keydown=${this.key}
        @dblclick=${this.all}
        @wheel=${this.wheel}
      >
        ${this.renderDrive(summary, traces, state)}
        ${summary.neurons.map((neuron, at) => this.renderNeuron(neuron, at, traces, state))}
      </div>`;
  }

  private get marks(): Mark[] {
    const ms = this.state?.momentMs ?? 0;
    return ms > 0 ? [{ x: ms, colour: 'value', dash: [4, 3] }] : [];
  }

  private renderDrive(
    { neurons }: BenchSummary,
    traces: BenchTraces,
    state: BenchState,
  ): TemplateResult {
    const at = Math.min(state.focus, neurons.length - 1);
    const neuron = neurons[at];
    const unit = neuron?.driveUnit ?? '';
    const values = traces.neurons[at]?.drive ?? [];
    const title = text('traces-drive', { number: at + 1 });
    return html`<div>
      <div class="line">
        <h3>${title}${unit === '' ? '' : `, ${unit}`}</h3>
      </div>
      <line-plot
        height="72"
        bare
        sync="bench"
        .x=${traces.timesMs}
        .lines=${[{ values, ...SOLE }]}
        .marks=${this.marks}
        .range=${this.window}
        summary=${`${title}: ${spread(values, unit)}`}
        takes=${title}
      ></line-plot>
    </div>`;
  }

  /** The title of a neuron's preset; empty without one. */
  private presetOf(at: number): string {
    const { catalogue } = this;
    const chosen = this.state?.config.neurons[at];
    const model = catalogue && chosen ? modelOf(catalogue, chosen.model) : undefined;
    return model?.presets.find(({ id }) => id === chosen?.preset)?.title ?? '';
  }

  /** Neurons of one model are compared: one scale for all of them. */
  private rangeOf(
    at: number,
    group: readonly number[],
    { neurons }: BenchTraces,
  ): [number, number] | undefined {
    const chosen = this.state?.config.neurons ?? [];
    const alike = neurons.filter((_, place) => chosen[place]?.model === chosen[at]?.model);
    if (alike.length < 2) return undefined;
    const lines = alike.flatMap(({ variables }) =>
      group.flatMap((index) => variables[index] ?? []),
    );
    const [low, high] = endsOf(lines);
    const margin = 0.08 * (high - low);
    return high > low ? [low - margin, high + margin] : undefined;
  }

  private renderNeuron(
    neuron: Neuron,
    at: number,
    traces: BenchTraces,
    state: BenchState,
  ): TemplateResult {
    const own = traces.neurons[at];
    // The traces of a neuron that was just added are still on their way.
    if (!own || own.variables.length !== neuron.variables.length) return html``;
    const { title, spikesMs, rateHz, cv } = neuron;
    const focus = at === state.focus;
    const [tall, low] = HEIGHTS[state.config.neurons.length - 1] ?? HEIGHTS[0];
    const shown = groups(neuron.variables);
    const lastNeuron = at === state.config.neurons.length - 1;
    const figures = [
      text('traces-spikes', { count: spikesMs.length }),
      ...(rateHz === undefined ? [] : [formatRate(rateHz)]),
      ...(cv === undefined ? [] : [text('traces-cv', { cv: formatFixed(cv, 2) })]),
    ];
    return html`<div class=${focus ? 'focus' : ''} data-neuron=${at}>
      <div class="line">
        <h3>
          <button
            class="plain"
            aria-pressed=${focus ? 'true' : 'false'}
            title=${text('subject-look-title')}
            @click=${() => emitSetting(this, 'focus', at)}
          >
            ${text('traces-neuron', { number: at + 1, title })}
          </button>
        </h3>
        <span class="preset">${this.presetOf(at)}</span>
        <span class="soft number">${figures.join(' · ')}</span>
      </div>
      ${shown.map((group, place) => {
        const many = group.length > 1;
        const styles = group.map((_, index) => (many ? (STYLES[index] ?? SOLE) : SOLE));
        const variables = group.flatMap((index) => neuron.variables[index] ?? []);
        const gates = many && variables.every(({ unit, distanceUm }) => unit === '' && !distanceUm);
        const lines: Line[] = group.map((index, order) => ({
          values: own.variables[index] ?? [],
          name: columnOf(neuron.variables[index]),
          ...(styles[order] ?? SOLE),
        }));
        const main = place === 0;
        const counts = !main && variables.every(({ plane, distanceUm }) => !plane && !distanceUm);
        const labelled = lastNeuron && place === shown.length - 1;
        return html`${this.renderKey(variables, styles)}
          <line-plot
            height=${(main ? tall : counts ? COUNT_HEIGHT : low) + (labelled ? 22 : 0)}
            ?bare=${!labelled}
            sync="bench"
            .x=${traces.timesMs}
            .lines=${lines}
            .ticks=${main ? spikesMs : []}
            .marks=${this.marks}
            .range=${this.window}
            .yRange=${gates ? [-0.03, 1.03] : main ? this.rangeOf(at, group, traces) : undefined}
            takes=${`${[text('traces-neuron', { number: at + 1, title }), this.presetOf(at)].filter(Boolean).join(', ')}: ${variables.map(nameOf).join(', ')}`}
            summary=${text('traces-summary', {
              title: [title, this.presetOf(at)].filter(Boolean).join(', '),
              spikes: figures.join(', '),
              lines: variables
                .map(
                  (variable, order) =>
                    `${nameOf(variable)}: ${spread(lines[order]?.values ?? [], variable.unit)}`,
                )
                .join('; '),
            })}
          ></line-plot>`;
      })}
    </div>`;
  }

  private renderKey(
    variables: readonly Variable[],
    styles: readonly Pick<Line, 'colour' | 'dash'>[],
  ): TemplateResult {
    return html`<p class="key soft">
      ${variables.map((variable, order) => {
        const { letter, index } = plainSymbol(variable.symbol);
        const { colour, dash } = styles[order] ?? SOLE;
        const { unit, distanceUm, meaning } = variable;
        return html`<span title=${meaning}>
          ${
            variables.length > 1
              ? html`<svg viewBox="0 0 24 8" aria-hidden="true">
                  <line
                    x1="0"
                    y1="4"
                    x2="24"
                    y2="4"
                    stroke="var(--${colour})"
                    stroke-width="2"
                    stroke-dasharray=${dash?.join(' ') ?? nothing}
                  />
                </svg>`
              : nothing
          }
          <span class="symbol">${letter}<sub>${index}</sub></span>${
            distanceUm === undefined
              ? ''
              : ` ${text('traces-at', { place: formatQuantity(distanceUm, 'µm') })}`
          }${unit === '' || (variables.length > 1 && order > 0) ? '' : `, ${unit}`}
        </span>`;
      })}
    </p>`;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      '+': () => this.zoom(ZOOM),
      '=': () => this.zoom(ZOOM),
      '-': () => this.zoom(1 / ZOOM),
      ArrowLeft: () => this.pan(-PAN),
      ArrowRight: () => this.pan(PAN),
      Home: () => this.all(),
      '0': () => this.all(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** With control it zooms, with shift it moves; alone it scrolls the page as everywhere. */
  private wheel(event: WheelEvent): void {
    const by = event.deltaY || event.deltaX;
    if (!(event.ctrlKey || event.metaKey || event.shiftKey) || by === 0) return;
    event.preventDefault();
    if (event.shiftKey) this.pan(Math.sign(by) * PAN);
    else this.zoom(by > 0 ? 1.25 : 0.8);
  }

  private zoom(factor: number): void {
    const [from, to] = this.window;
    const moment = this.state?.momentMs ?? 0;
    const middle = moment > from && moment < to ? moment : (from + to) / 2;
    this.look(middle - (middle - from) * factor, middle + (to - middle) * factor);
  }

  private pan(share: number): void {
    const [from, to] = this.window;
    const end = this.summary?.durationMs ?? 1;
    const by = Math.min(end - to, Math.max(-from, (to - from) * share));
    this.look(from + by, to + by);
  }

  private all(): void {
    emitSetting(this, 'window', undefined);
  }

  private look(from: number, to: number): void {
    const end = this.summary?.durationMs ?? 1;
    const first = Math.max(0, from);
    const last = Math.min(end, to);
    if (last - first < SHORTEST_MS) return;
    const whole = first <= 0 && last >= end;
    emitSetting(this, 'window', whole ? undefined : [first, last]);
  }
}

function nameOf({ symbol, distanceUm }: Variable): string {
  const { letter, index } = plainSymbol(symbol);
  const place = distanceUm === undefined ? '' : ` (${formatQuantity(distanceUm, 'µm')})`;
  return `${letter}${index}${place}`;
}

/** Its name and unit over a column of numbers. */
function columnOf(variable: Variable | undefined): string {
  if (!variable) return '';
  return variable.unit === '' ? nameOf(variable) : `${nameOf(variable)} (${variable.unit})`;
}

function endsOf(lines: readonly ArrayLike<number | null>[]): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of lines) {
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] ?? Number.NaN;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function spread(values: ArrayLike<number | null>, unit: string): string {
  const [low, high] = endsOf([values]);
  return text('traces-spread', { low: formatNumber(low), high: formatQuantity(high, unit) });
}

customElements.define('trace-stack', TraceStack);
