// A stimulus drawn by hand: breakpoints that are dragged, added by a click on empty ground, removed by
// the delete key, or typed as a list. All of it by keyboard: each breakpoint has the focus and arrows.

import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { emitSetting } from '../../components/events.ts';
import { shared } from '../../components/shared-style.ts';
import { formatNumber } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';

type Point = [number, number];

const WIDTH = 260;
const HEIGHT = 110;
const EDGE = 8;

export class WaveformEditor extends LitElement {
  static override styles = [
    shared,
    css`
      svg {
        width: 100%;
        height: auto;
        touch-action: none;
        border: 1px solid var(--hairline);
        border-radius: var(--radius);
        background: var(--raised);
        cursor: crosshair;
      }

      polyline {
        fill: none;
        stroke: var(--ink);
        stroke-width: 1.5;
      }

      .zero {
        stroke: var(--hairline);
      }

      circle {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.5;
        cursor: move;
      }

      circle:focus-visible {
        outline: none;
        stroke: var(--focus);
        stroke-width: 4;
      }

      textarea {
        width: 100%;
        min-height: 3.25rem;
        padding: var(--gap-1) var(--gap-2);
        font-size: var(--text-small);
        resize: vertical;
      }

      label {
        display: block;
        margin-top: var(--gap-1);
      }
    `,
  ];

  static override properties = {
    points: { attribute: false },
    durationMs: { type: Number },
    wrong: { state: true },
  };

  declare points: readonly Point[];
  declare durationMs: number;
  declare wrong: boolean;
  private dragging: number | undefined;

  constructor() {
    super();
    this.points = [];
    this.durationMs = 500;
    this.wrong = false;
  }

  /** The range of values that the drawing has room for. */
  private get range(): [number, number] {
    const values = this.points.map(([, value]) => value);
    return [Math.min(-0.5, ...values), Math.max(1.5, ...values)];
  }

  private toX = (ms: number) => EDGE + (ms / this.durationMs) * (WIDTH - 2 * EDGE);
  private toY = (value: number) => {
    const [low, high] = this.range;
    return HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  };

  protected override render(): TemplateResult {
    const { points } = this;
    const path = [...points, [this.durationMs, points.at(-1)?.[1] ?? 0] as Point];
    const typed = points.map(([ms, value]) => `${ms} ${value}`).join('\n');
    return html`<svg
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        role="group"
        aria-label=${text('drawing-label')}
        @pointerdown=${this.begin}
        @pointermove=${this.move}
        @pointerup=${this.end}
        @pointercancel=${this.end}
      >
        ${svg`<line class="zero" x1="0" x2=${WIDTH} y1=${this.toY(0)} y2=${this.toY(0)} />
          <polyline points=${path.map(([ms, value]) => `${this.toX(ms)},${this.toY(value)}`).join(' ')} />
          ${points.map(
            ([ms, value], at) => svg`<circle
              tabindex="0"
              role="slider"
              aria-label=${text('drawing-point', { number: at + 1 })}
              aria-valuenow=${value}
              aria-valuetext=${text('drawing-value', { ms: formatNumber(ms), value: formatNumber(value) })}
              data-point=${at}
              r="5"
              cx=${this.toX(ms)}
              cy=${this.toY(value)}
              @keydown=${(event: KeyboardEvent) => this.key(event, at)}
            />`,
          )}`}
      </svg>
      <label for="typed" class="soft">${text('drawing-typed')}</label>
      <textarea
        id="typed"
        spellcheck="false"
        aria-invalid=${this.wrong ? 'true' : 'false'}
        .value=${typed}
        @change=${this.typed}
      ></textarea>
      <p class="soft" role="alert">${this.wrong ? text('drawing-refused') : ''}</p>`;
  }

  private at(event: PointerEvent): Point {
    const box = this.renderRoot.querySelector('svg')?.getBoundingClientRect();
    if (!box) return [0, 0];
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const [low, high] = this.range;
    const ms = ((x - EDGE) / (WIDTH - 2 * EDGE)) * this.durationMs;
    const value = low + ((HEIGHT - EDGE - y) / (HEIGHT - 2 * EDGE)) * (high - low);
    return [Math.min(this.durationMs, Math.max(0, Math.round(ms))), Number(value.toFixed(2))];
  }

  private begin(event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const found = (event.target as Element).getAttribute('data-point');
    if (found !== null) {
      this.dragging = Number(found);
      return;
    }
    const added = this.at(event);
    const before = this.points.filter(([ms]) => ms <= added[0]).length;
    this.dragging = before;
    this.change([...this.points.slice(0, before), added, ...this.points.slice(before)]);
  }

  private move(event: PointerEvent): void {
    if (this.dragging === undefined) return;
    this.put(this.dragging, this.at(event));
  }

  private end(): void {
    this.dragging = undefined;
  }

  /** A breakpoint stays between its neighbours. */
  private put(at: number, [ms, value]: Point): void {
    const from = this.points[at - 1]?.[0] ?? 0;
    const to = this.points[at + 1]?.[0] ?? this.durationMs;
    const held: Point = [Math.min(to, Math.max(from, ms)), Number(value.toFixed(2))];
    this.change(this.points.map((point, place) => (place === at ? held : point)));
  }

  private key(event: KeyboardEvent, at: number): void {
    const point = this.points[at];
    if (!point) return;
    const [ms, value] = point;
    const far = event.shiftKey ? 5 : 1;
    const step = Math.max(1, Math.round(this.durationMs / 100)) * far;
    const moves: Record<string, Point> = {
      ArrowLeft: [ms - step, value],
      ArrowRight: [ms + step, value],
      ArrowUp: [ms, value + 0.05 * far],
      ArrowDown: [ms, value - 0.05 * far],
    };
    const moved = moves[event.key];
    if (moved) this.put(at, moved);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && this.points.length > 1) {
      this.change(this.points.filter((_, place) => place !== at));
    } else return;
    event.preventDefault();
  }

  private typed(event: Event): void {
    const lines = (event.target as HTMLTextAreaElement).value.split(/[\n;]/);
    const points = lines
      .filter((line) => line.trim() !== '')
      .map(
        (line) =>
          line
            .trim()
            .split(/[\s,]+/)
            .map(Number) as Point,
      );
    this.wrong =
      points.length === 0 ||
      points.some((point) => point.length !== 2 || !point.every(Number.isFinite));
    if (!this.wrong) this.change(points);
  }

  private change(points: readonly Point[]): void {
    emitSetting(this, 'stimulus.points', points);
  }
}

customElements.define('waveform-editor', WaveformEditor);
