// A map of the states of a circuit over two of its parameters: each declared state is a place to go to, and
// the present one is dragged about, or moved by arrows, while the circuit runs.

import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import type { PlotFile } from '../../components/plot-file.ts';
import { cornerMenu } from '../../components/plot-menu.ts';
import { svgFile } from '../../components/plot-source.ts';
import { shared } from '../../components/shared-style.ts';
import { plainSymbol } from '../../components/symbol.ts';
import type { Parameter } from '../../engine/model.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import type { StateMap } from './state.ts';

const WIDTH = 260;
const HEIGHT = 190;
const LEFT = 30;
const BOTTOM = 30;
const EDGE = 8;
/** A key with shift goes so many steps. */
const FAR = 5;

export class StateMapPlot extends LitElement {
  static override styles = [
    shared,
    cornerMenu,
    css`
      svg {
        width: 100%;
        height: auto;
        touch-action: none;
        user-select: none;
        overflow: visible;
      }

      .ground {
        fill: var(--raised);
        stroke: var(--hairline);
        cursor: crosshair;
      }

      .grid {
        stroke: var(--hairline);
      }

      text {
        fill: var(--ink-soft);
        font-size: 11px;
        font-variant-numeric: tabular-nums;
      }

      .place {
        cursor: pointer;
      }

      .place rect {
        fill: var(--paper);
        stroke: var(--ink-soft);
      }

      .place text {
        fill: var(--ink);
        font-weight: 600;
        font-size: 12px;
      }

      .place:hover rect {
        fill: var(--hover);
      }

      .here {
        fill: none;
        stroke: var(--focus);
        stroke-width: 3;
        cursor: move;
      }

      .dot {
        fill: var(--focus);
        pointer-events: none;
      }

      g:focus-visible {
        outline: none;
      }

      g:focus-visible .here,
      g:focus-visible rect {
        stroke: var(--focus);
        stroke-width: 4;
      }
    `,
  ];

  static override properties = {
    map: { attribute: false },
    x: { type: Number },
    y: { type: Number },
  };

  declare map: StateMap | undefined;
  declare x: number;
  declare y: number;
  private dragging = false;

  constructor() {
    super();
    this.map = undefined;
    this.x = 0;
    this.y = 0;
  }

  private toX(value: number, { min, max }: Parameter): number {
    return LEFT + ((value - min) / (max - min)) * (WIDTH - LEFT - EDGE);
  }

  private toY(value: number, { min, max }: Parameter): number {
    return HEIGHT - BOTTOM - ((value - min) / (max - min)) * (HEIGHT - BOTTOM - EDGE);
  }

  protected override render(): TemplateResult {
    const { map } = this;
    if (!map) return html``;
    const { across, up, places } = map;
    const [x, y] = [this.toX(this.x, across), this.toY(this.y, up)];
    const [right, top] = [WIDTH - EDGE, EDGE];
    const words = text('map-here', {
      across: name(across),
      x: formatNumber(this.x),
      up: name(up),
      y: formatNumber(this.y),
    });
    return html`<svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="group"
      aria-label=${text('map-label')}
      @pointermove=${this.move}
      @pointerup=${this.end}
      @pointercancel=${this.end}
    >
      ${svg`<rect
          class="ground"
          x=${LEFT}
          y=${top}
          width=${right - LEFT}
          height=${HEIGHT - BOTTOM - top}
          @pointerdown=${this.begin}
        />
        ${ticks(across).map(
          (tick) => svg`<text
            x=${this.toX(tick, across)}
            y=${HEIGHT - BOTTOM + 13}
            text-anchor="middle"
          >${formatNumber(tick)}</text>`,
        )}
        ${ticks(up).map(
          (tick) => svg`<line
              class="grid"
              x1=${LEFT}
              x2=${right}
              y1=${this.toY(tick, up)}
              y2=${this.toY(tick, up)}
            />
            <text x=${LEFT - 5} y=${this.toY(tick, up) + 4} text-anchor="end">${formatNumber(tick)}</text>`,
        )}
        <text x=${right} y=${HEIGHT - 4} text-anchor="end">${name(across)} →</text>
        <text x=${LEFT + 4} y=${top + 13}>${name(up)} ↑</text>
        ${places.map((place) => {
          const [at, high] = [this.toX(place.x, across), this.toY(place.y, up)];
          const here = place.x === this.x && place.y === this.y;
          return svg`<g
            class="place"
            role="button"
            tabindex="0"
            data-place=${place.id}
            aria-label=${place.title}
            aria-current=${here ? 'true' : nothing}
            @click=${() => this.go(place.x, place.y)}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              this.go(place.x, place.y);
            }}
          >
            <title>${place.title}</title>
            <rect x=${at - 10} y=${high - 10} width="20" height="20" rx="3" />
            <text x=${at} y=${high + 4} text-anchor="middle">${place.title.slice(0, 1)}</text>
          </g>`;
        })}
        <g
          role="slider"
          tabindex="0"
          data-here
          aria-label=${text('map-move')}
          aria-valuemin=${across.min}
          aria-valuemax=${across.max}
          aria-valuenow=${this.x}
          aria-valuetext=${words}
          @keydown=${this.key}
        >
          <circle class="here" cx=${x} cy=${y} r="14" @pointerdown=${this.begin} />
          ${
            places.some((place) => place.x === this.x && place.y === this.y)
              ? nothing
              : svg`<circle class="dot" cx=${x} cy=${y} r="3" />`
          }
        </g>`}
    </svg>
    <plot-menu class="corner" name=${text('map-label')} .file=${() => this.file(map, words)}></plot-menu>`;
  }

  private file({ across, up, places }: StateMap, description: string): PlotFile {
    const svg = this.renderRoot.querySelector('svg');
    if (!svg) throw new Error('nothing is drawn yet');
    return svgFile(svg, { title: text('map-label'), description }, () => ({
      header: ['state', name(across), name(up)],
      rows: [...places.map(({ title, x, y }) => [title, x, y]), ['', this.x, this.y]],
    }));
  }

  private begin(event: PointerEvent): void {
    const box = this.renderRoot.querySelector('svg');
    box?.setPointerCapture(event.pointerId);
    this.dragging = true;
    this.move(event);
  }

  private move(event: PointerEvent): void {
    const { map } = this;
    const box = this.renderRoot.querySelector('svg')?.getBoundingClientRect();
    if (!this.dragging || !map || !box) return;
    const share = (value: number) => Math.min(1, Math.max(0, value));
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const { across, up } = map;
    this.go(
      across.min + share((x - LEFT) / (WIDTH - LEFT - EDGE)) * (across.max - across.min),
      up.min + share((HEIGHT - BOTTOM - y) / (HEIGHT - BOTTOM - EDGE)) * (up.max - up.min),
    );
  }

  private end(): void {
    this.dragging = false;
  }

  private key(event: KeyboardEvent): void {
    const { map } = this;
    if (!map || event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? FAR : 1;
    const [wide, high] = [map.across.step * far, map.up.step * far];
    const moves: Record<string, [number, number]> = {
      ArrowRight: [wide, 0],
      ArrowLeft: [-wide, 0],
      ArrowUp: [0, high],
      ArrowDown: [0, -high],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.go(this.x + move[0], this.y + move[1]);
  }

  private go(x: number, y: number): void {
    const { map } = this;
    if (!map) return;
    const values = { [map.across.key]: held(x, map.across), [map.up.key]: held(y, map.up) };
    emitSetting(this, 'place', values);
  }
}

/** On a step of the parameter, within its range. */
function held(value: number, { min, max, step }: Parameter): number {
  const stepped = step > 0 ? min + Math.round((value - min) / step) * step : value;
  return Math.min(max, Math.max(min, Number(stepped.toPrecision(6))));
}

function ticks({ min, max }: Parameter): number[] {
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  const count = Math.floor((max - min) / (step * power) + 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => min + at * step * power);
}

function name({ symbol }: Parameter): string {
  return symbol
    .split('/')
    .map((part) => {
      const { letter, index } = plainSymbol(part);
      return index === '' ? letter : `${letter} ${index}`;
    })
    .join(' / ');
}

customElements.define('state-map-plot', StateMapPlot);
