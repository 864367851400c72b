// A digit drawn by hand: mouse, finger or keyboard on the left, what the networks see and answer on the
// right, while it is drawn.

import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { DigitReading } from '../../engine/model.ts';
import { formatCount, formatNumber, formatPercent } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { Calm } from '../calm.ts';
import { colourise } from '../colourise.ts';
import { emitCommand } from '../events.ts';
import { onTheme, palette } from '../palette.ts';
import { PixelBuffer } from '../pixel-buffer.ts';
import type { PlotFile } from '../plot-file.ts';
import { canvasFile, pixelNumbers } from '../plot-source.ts';
import { shared } from '../shared-style.ts';
import { Pad } from './pad.ts';
import '../plot-menu.ts';

const BAR = 90;
const ARROWS: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class DigitPad extends LitElement {
  static override styles = [
    shared,
    css`
      .parts {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-4) var(--gap-8);
        align-items: start;
      }

      canvas {
        image-rendering: pixelated;
        border: 1px solid var(--ink-soft);
      }

      .pad {
        width: 224px;
        height: 224px;
        touch-action: none;
        cursor: crosshair;
      }

      .seen {
        width: 84px;
        height: 84px;
      }

      .row {
        display: flex;
        gap: var(--gap-2);
        margin-top: var(--gap-2);
        align-items: center;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
        font-size: var(--text-small);
      }

      caption {
        text-align: start;
        padding-bottom: var(--gap-1);
      }

      th {
        font-weight: 400;
        text-align: start;
        padding: 0 var(--gap-2) 0 0;
      }

      tr.best th,
      td.best {
        font-weight: 700;
      }

      td {
        padding: 0 var(--gap-2) 0 0;
        line-height: 1.3;
      }

      td.figure {
        text-align: end;
        min-width: 3.75rem;
        padding-right: var(--gap-4);
      }

      td svg {
        width: ${BAR}px;
        height: 0.75rem;
      }

      .artificial {
        color: var(--artificial);
      }

      .spiking {
        color: var(--spiking);
      }

      .hint {
        max-width: 14rem;
        margin-top: var(--gap-2);
      }
    `,
  ];

  static override properties = {
    side: { type: Number },
    names: { attribute: false },
    reading: { attribute: false },
    moment: { attribute: false },
    cursor: { state: true },
    down: { state: true },
    inked: { state: true },
  };

  /** Pixels along a side. */
  declare side: number;
  /** Of the classes. */
  declare names: readonly string[];
  declare reading: DigitReading | undefined;
  /** Another one whenever the weights are others. */
  declare moment: unknown;
  /** Where the keyboard's pencil is. */
  declare private cursor: [number, number];
  /** The keyboard's pencil is down. */
  declare private down: boolean;
  declare private inked: boolean;

  private pad: Pad | undefined;
  private last: [number, number] | undefined;
  private readonly calm = new Calm(this);
  private readonly buffer = new PixelBuffer();
  private forgetTheme: (() => void) | undefined;

  constructor() {
    super();
    this.side = 28;
    this.names = [];
    this.reading = undefined;
    this.moment = undefined;
    this.cursor = [14, 6];
    this.down = false;
    this.inked = false;
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
    if (this.pad?.side !== this.side) this.pad = new Pad(this.side);
    // The same drawing, read again by weights that have learned.
    if (changed.has('moment') && changed.get('moment') !== undefined && this.inked) this.ask();
  }

  protected override render(): TemplateResult {
    const { reading, inked } = this;
    return html`<section aria-label=${text('nv-pad-label', { side: this.side })} class="parts">
      <div>
        <canvas
          class="pad"
          width=${this.side}
          height=${this.side}
          role="application"
          tabindex="0"
          aria-label=${text('nv-pad-label', { side: this.side })}
          aria-describedby="pad-hint"
          @pointerdown=${this.started}
          @pointermove=${this.moved}
          @pointerup=${this.ended}
          @pointercancel=${this.ended}
          @keydown=${this.pressed}
          @focus=${() => this.requestUpdate()}
          @blur=${() => this.requestUpdate()}
        ></canvas>
        <div class="row">
          <button ?disabled=${!inked} @click=${this.clear}>${text('nv-pad-clear')}</button>
          <span class="soft" role="status">${this.down ? text('nv-pad-down') : ''}</span>
        </div>
        <p class="soft hint" id="pad-hint">${text('nv-pad-hint')}</p>
      </div>
      <figure>
        <canvas class="seen" width=${this.side} height=${this.side} role="img" aria-label=${text('nv-seen')}></canvas>
        <figcaption>
          ${text('nv-seen')}
          ${
            inked && reading
              ? html`<plot-menu name=${text('nv-seen')} .file=${() => this.seen(reading)}></plot-menu>`
              : nothing
          }
        </figcaption>
      </figure>
      ${inked && reading ? this.renderReading(reading) : html`<p class="soft">${text('nv-pad-empty')}</p>`}
    </section>`;
  }

  private renderReading({ networks }: DigitReading): TemplateResult {
    const shares = networks.every(({ output }) => output.every((value) => value >= 0));
    const figure = (value: number | undefined) =>
      shares ? formatPercent(value, 1) : formatNumber(value);
    const said = networks
      .map(({ kind, predicted }) =>
        text('nv-read', {
          network: text(`network-${kind}`),
          answer: predicted === undefined ? '' : (this.names[predicted] ?? ''),
        }),
      )
      .join(' ');
    const spikes = networks.find(({ kind }) => kind === 'spiking')?.spikes ?? 0;
    return html`<div>
      <p class="visually-hidden" role="status">${this.calm.text(said)}</p>
      <table>
        <caption class="visually-hidden">${text('nv-read-caption')}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${text('nv-class')}</span></th>
            ${networks.map(
              ({ kind, predicted }) =>
                html`<th scope="col" colspan="2" class=${kind} data-reading=${kind} data-answer=${predicted ?? ''}>
                  ${text('nv-read', {
                    network: text(`network-${kind}`),
                    answer: predicted === undefined ? '' : (this.names[predicted] ?? ''),
                  })}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.names.map(
            (name, at) => html`<tr>
              <th scope="row">${name}</th>
              ${networks.map(({ kind, output, predicted }) => {
                const value = output[at] ?? 0;
                const width = BAR * Math.min(1, Math.max(0, shares ? value : (value + 1) / 2));
                return html`<td class=${kind}>
                    ${svg`<svg viewBox="0 0 ${BAR} 12" aria-hidden="true"><rect width=${width} y="1" height="10" /></svg>`}
                  </td>
                  <td class="figure ${predicted === at ? 'best' : ''}">${figure(value)}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
      <p class="soft number">${text('nv-read-spikes', { spikes: formatCount(spikes) })}</p>
      ${shares ? nothing : html`<p class="soft">${text('nv-read-scores')}</p>`}
    </div>`;
  }

  private seen({ seen }: DigitReading): PlotFile {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.seen');
    if (!canvas) throw new Error('nothing is drawn yet');
    const words = { title: text('nv-seen'), description: text('nv-seen') };
    return canvasFile(canvas, words, () => pixelNumbers(seen, this.side));
  }

  protected override updated(): void {
    this.draw('.pad', this.pad?.ink ?? [], true);
    this.draw('.seen', this.inked ? (this.reading?.seen ?? []) : [], false);
  }

  private draw(at: string, ink: ArrayLike<number>, withCursor: boolean): void {
    const { side } = this;
    const context = this.renderRoot
      .querySelector<HTMLCanvasElement>(`canvas${at}`)
      ?.getContext('2d');
    if (!context || side === 0) return;
    const pixels = this.buffer.pixels(side, side);
    const { heat } = palette();
    if (ink.length === pixels.length) colourise(ink, { colours: heat, low: 0, high: 1 }, pixels);
    else pixels.fill(heat[0] ?? 0);
    if (withCursor && this.renderRoot.querySelector('.pad')?.matches(':focus-visible')) {
      const [x, y] = this.cursor;
      const packed = palette().diverging[this.down ? 255 : 0] ?? 0;
      pixels[y * side + x] = packed;
    }
    this.buffer.commit();
    context.drawImage(this.buffer.canvas, 0, 0);
  }

  private place(event: PointerEvent): [number, number] {
    const box = (event.target as HTMLElement).getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * this.side,
      ((event.clientY - box.top) / box.height) * this.side,
    ];
  }

  private started(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.line(this.last, this.last);
  }

  private moved(event: PointerEvent): void {
    if (!this.last) return;
    const here = this.place(event);
    this.line(this.last, here);
    this.last = here;
  }

  private ended(): void {
    this.last = undefined;
  }

  private line([x0, y0]: [number, number], [x1, y1]: [number, number]): void {
    this.pad?.stroke(x0, y0, x1, y1);
    this.inked = true;
    this.ask();
    this.requestUpdate();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = ARROWS[event.key];
    const before = this.cursor;
    const middle = ([x, y]: [number, number]): [number, number] => [x + 0.5, y + 0.5];
    if (step) {
      const within = (at: number) => Math.min(this.side - 1, Math.max(0, at));
      this.cursor = [within(before[0] + step[0]), within(before[1] + step[1])];
      if (this.down) this.line(middle(before), middle(this.cursor));
    } else if (event.key === ' ' || event.key === 'Enter') {
      this.down = !this.down;
      if (this.down) this.line(middle(before), middle(before));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
    // The keys of the transport are for elsewhere.
    event.stopPropagation();
  }

  private clear(): void {
    this.pad?.clear();
    this.inked = false;
    this.down = false;
    this.requestUpdate();
  }

  private ask(): void {
    if (!this.pad) return;
    const question = { about: 'drawing', pixels: this.pad.ink.slice() } as const;
    emitCommand(this, { type: 'ask', question });
  }
}

customElements.define('digit-pad', DigitPad);
