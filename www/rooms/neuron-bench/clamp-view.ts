// The currents of a neuron whose potential is held, and the controls of what holds it, which are made from
// what the engine declares.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Line } from '../../components/line-plot.ts';
import { shared } from '../../components/shared-style.ts';
import type { ClampConfig, ModelEntry, Parameter } from '../../engine/model.ts';
import { formatQuantity } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { BenchModel } from './bench.ts';
import '../../components/choice-select.ts';
import '../../components/line-plot.ts';
import '../../components/parameter-slider.ts';

type Channel = 'current' | 'sodium' | 'potassium';
const CHANNELS: readonly Channel[] = ['current', 'sodium', 'potassium'];
/** Levels of the clamp, told apart by dashes too. */
const CLAMP_STYLES: readonly Pick<Line, 'colour' | 'dash'>[] = [
  { colour: 'class-0' },
  { colour: 'class-5', dash: [7, 3] },
  { colour: 'class-2', dash: [2, 3] },
  { colour: 'class-4', dash: [8, 3, 2, 3] },
  { colour: 'class-1', dash: [4, 4] },
  { colour: 'class-8', dash: [12, 4] },
];
const clampStyle = (at: number) => CLAMP_STYLES[at % CLAMP_STYLES.length] ?? { colour: 'ink' };
const millivolts = (value: number | undefined) => formatQuantity(value, 'mV').replace('-', '−');

export class ClampView extends LitElement {
  static override styles = [
    shared,
    css`
      section {
        padding-top: var(--gap-3);
        border-top: 1px solid var(--hairline);
      }

      h2 {
        margin-bottom: var(--gap-1);
      }

      .axis {
        text-align: end;
      }

      .list {
        display: grid;
        gap: var(--gap-2);
        margin-top: var(--gap-2);
      }

      .levels {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
      }

      .levels svg {
        display: inline-block;
        width: 1.5rem;
        height: 0.5rem;
        margin-inline-end: var(--gap-1);
        vertical-align: middle;
      }

      summary {
        cursor: pointer;
        color: var(--ink-soft);
        font-size: var(--text-small);
        /* Large enough to be hit. */
        line-height: 1.75rem;
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    entry: { attribute: false },
    channel: { state: true },
  };

  declare model: BenchModel | undefined;
  declare entry: ModelEntry | undefined;
  declare channel: Channel;

  constructor() {
    super();
    this.model = undefined;
    this.entry = undefined;
    this.channel = 'current';
  }

  protected override render(): TemplateResult {
    const { catalogue, clamp, clampSpec } = this.model ?? {};
    const { entry } = this;
    if (!catalogue || !clampSpec || !entry) return html``;
    const levels = clamp?.levels ?? [];
    const able = CHANNELS.filter((name) => (levels[0]?.[name].length ?? 0) > 0);
    const channel = able.includes(this.channel) ? this.channel : 'current';
    const lines: Line[] = levels.map((level, at) => ({
      values: level[channel],
      ...clampStyle(at),
      name: millivolts(level.levelMv),
      width: 1.5,
    }));
    const strongest = levels.reduce((least, { inward }) => Math.min(least, inward), 0);
    const { clamp: parameters } = catalogue.neuronBench;
    const potentials = parameters.filter(({ unit }) => unit === 'mV');
    const rest = parameters.filter(({ unit }) => unit !== 'mV');
    return html`<section>
      <h2>${text('clamp')}</h2>
      <choice-select
        label=${text('clamp-channel')}
        path="channel"
        .options=${able.map((id) => ({ id, title: text(`clamp-${id}`) }))}
        .value=${channel}
        @setting=${(event: CustomEvent<{ value: Channel }>) => {
          event.stopPropagation();
          this.channel = event.detail.value;
        }}
      ></choice-select>
      <line-plot
        height="190"
        .x=${clamp?.timesMs ?? []}
        .lines=${lines}
        takes=${`${text('clamp')}: ${entry.title}`}
        summary=${text('clamp-summary', {
          count: levels.length,
          from: millivolts(levels[0]?.levelMv),
          to: millivolts(levels.at(-1)?.levelMv),
          inward: formatQuantity(strongest, entry.drive),
        })}
        @place=${(event: Event) => event.stopPropagation()}
        @stretch=${(event: Event) => event.stopPropagation()}
      ></line-plot>
      <p class="axis soft">${text('clamp-axis', { unit: entry.drive })}</p>
      <p class="levels soft number">
        ${levels.map(
          ({ levelMv }, at) =>
            html`<span
              ><svg viewBox="0 0 24 8" aria-hidden="true">
                <line
                  x1="0"
                  y1="4"
                  x2="24"
                  y2="4"
                  stroke="var(--${clampStyle(at).colour})"
                  stroke-width="2"
                  stroke-dasharray=${clampStyle(at).dash?.join(' ') ?? nothing}
                /></svg
              >${millivolts(levelMv)}</span
            >`,
        )}
      </p>
      <div class="list">${potentials.map((one) => slider(one, clampSpec))}</div>
      <details>
        <summary>${text('clamp-protocol')}</summary>
        <div class="list">${rest.map((one) => slider(one, clampSpec))}</div>
      </details>
      <p class="soft">${text('clamp-hint')}</p>
    </section>`;
  }
}

function slider(parameter: Parameter, spec: ClampConfig): TemplateResult {
  return html`<parameter-slider
    path=${`clamp.${parameter.key}`}
    label=${text(`clamp-${parameter.key}`)}
    .parameter=${parameter}
    .value=${spec[parameter.key as keyof ClampConfig]}
  ></parameter-slider>`;
}

customElements.define('clamp-view', ClampView);
