// A retina to draw on, by pointer or by keys: arrows move a pen, the space bar puts it down and lifts
// it. Each change is an event with 784 brightnesses, under the number of its stroke: what a pen drew from
// where it was put down is one edit.

import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { colourise } from '../../components/colourise.ts';
import { emitSetting } from '../../components/events.ts';
import { onTheme, palette } from '../../components/palette.ts';
import { shared } from '../../components/shared-style.ts';
import { text } from '../../i18n/messages.ts';
import { FIELD_SIDE } from './fields.ts';
import { type Point, withStroke } from './pen.ts';

const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const SCALE = 8;
const MIDDLE = FIELD_SIDE / 2;

export class DrawingPad extends LitElement {
  static override styles = [
    shared,
    css`
      canvas {
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--hairline);
        image-rendering: pixelated;
        touch-action: none;
        cursor: crosshair;
      }
    `,
  ];

  static override properties = {
    pixels: { attribute: false },
    pen: { state: true },
    down: { state: true },
    keyed: { state: true },
  };

  declare pixels: Float32Array | undefined;
  declare pen: Point;
  /** The pen of the keyboard is on the paper. */
  declare down: boolean;
  /** Keys were used: the pen is shown. */
  declare keyed: boolean;

  private drawing: Float32Array | undefined;
  private last: Point | undefined;
  private strokes = 0;
  private forgetTheme: (() => void) | undefined;

  constructor() {
    super();
    this.pixels = undefined;
    this.pen = [MIDDLE, MIDDLE];
    this.down = false;
    this.keyed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetTheme?.();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('pixels') && !this.last) this.drawing = this.pixels;
  }

  protected override render(): TemplateResult {
    return html`<canvas
      width=${FIELD_SIDE * SCALE}
      height=${FIELD_SIDE * SCALE}
      tabindex="0"
      role="application"
      aria-label=${text(this.down ? 'drawing-pad-down' : 'drawing-pad')}
      @pointerdown=${this.begin}
      @pointermove=${this.move}
      @pointerup=${this.end}
      @pointercancel=${this.end}
      @keydown=${this.pressed}
      @blur=${this.lift}
    ></canvas>`;
  }

  protected override updated(): void {
    this.paint();
  }

  private paint(): void {
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d');
    if (!context) return;
    const { heat, spiking } = palette();
    const pixels = new Uint32Array(FIELD_SIDE * FIELD_SIDE);
    colourise(
      this.drawing ?? new Float32Array(pixels.length),
      { colours: heat, low: 0, high: 1 },
      pixels,
    );
    for (const [at, colour] of pixels.entries()) {
      const [blue, green, red] = [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
      context.fillStyle = `rgb(${red} ${green} ${blue})`;
      context.fillRect(
        (at % FIELD_SIDE) * SCALE,
        Math.floor(at / FIELD_SIDE) * SCALE,
        SCALE,
        SCALE,
      );
    }
    if (!this.keyed) return;
    context.strokeStyle = spiking;
    context.lineWidth = this.down ? 4 : 2;
    context.strokeRect((this.pen[0] - 0.5) * SCALE, (this.pen[1] - 0.5) * SCALE, SCALE, SCALE);
  }

  private place(event: PointerEvent): Point {
    const { left, top, width, height } = (event.target as HTMLElement).getBoundingClientRect();
    return [
      ((event.clientX - left) / width) * FIELD_SIDE,
      ((event.clientY - top) / height) * FIELD_SIDE,
    ];
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.keyed = false;
    this.strokes += 1;
    this.last = this.place(event);
    this.stroke(this.last, this.last);
  }

  private move(event: PointerEvent): void {
    if (!this.last) return;
    const next = this.place(event);
    this.stroke(this.last, next);
    this.last = next;
  }

  private end(): void {
    if (!this.last) return;
    this.last = undefined;
    this.tell();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      this.keyed = true;
      this.down = !this.down;
      if (!this.down) return;
      this.strokes += 1;
      this.stroke(this.pen, this.pen);
      this.tell();
    } else if (move) {
      event.preventDefault();
      this.keyed = true;
      const inside = (at: number) => Math.min(FIELD_SIDE - 2, Math.max(2, at));
      const next: Point = [inside(this.pen[0] + move[0]), inside(this.pen[1] + move[1])];
      if (this.down) {
        this.stroke(this.pen, next);
        this.tell();
      }
      this.pen = next;
    }
  }

  private lift(): void {
    this.down = false;
    this.keyed = false;
  }

  private stroke(from: Point, to: Point): void {
    this.drawing = withStroke(this.drawing, from, to);
    this.paint();
  }

  private tell(): void {
    if (this.drawing) emitSetting(this, `drawing.${this.strokes}`, this.drawing);
  }
}

customElements.define('drawing-pad', DrawingPad);
