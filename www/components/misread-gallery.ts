// Images that a network takes for something else.

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Misread } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { colourise } from './colourise.ts';
import { emitSetting } from './events.ts';
import { onTheme, palette } from './palette.ts';
import { shared } from './shared-style.ts';

export class MisreadGallery extends LitElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(3.25rem, 1fr));
        gap: var(--gap-2);
      }

      button {
        display: grid;
        gap: 2px;
        width: 100%;
        min-height: 0;
        padding: 2px;
        border: 0;
        background: transparent;
        font-size: var(--text-small);
        line-height: 1.2;
      }

      canvas {
        width: 100%;
        image-rendering: pixelated;
        border-radius: 2px;
      }

      .label {
        overflow: hidden;
        text-overflow: ellipsis;
        max-width: 100%;
      }

      .wrong {
        color: var(--warn);
        font-weight: 600;
      }
    `,
  ];

  static override properties = {
    misread: { attribute: false, hasChanged: differs },
    width: { type: Number },
    height: { type: Number },
    names: { attribute: false },
  };

  declare misread: readonly Misread[];
  declare width: number;
  declare height: number;
  declare names: readonly string[];

  private forgetTheme: (() => void) | undefined;

  constructor() {
    super();
    this.misread = [];
    this.width = 0;
    this.height = 0;
    this.names = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetTheme?.();
  }

  protected override render(): TemplateResult {
    if (this.misread.length === 0) return html`<p class="soft">${text('misread-none')}</p>`;
    const name = (at: number) => this.names[at] ?? String(at);
    return html`<ul>
      ${this.misread.map(({ index, truth, predicted }) => {
        const gaps = { truth: name(truth), predicted: name(predicted), number: index + 1 };
        return html`<li>
          <button
            class="number"
            title=${text('misread-title', gaps)}
            @click=${() => this.view(index)}
          >
            <canvas width=${this.width} height=${this.height} aria-hidden="true"></canvas>
            <span class="visually-hidden">${text('misread-example', gaps)}</span>
            <span class="label">${name(truth)} → <span class="wrong">${name(predicted)}</span></span>
          </button>
        </li>`;
      })}
    </ul>`;
  }

  protected override updated(): void {
    const { width, height } = this;
    if (width * height === 0) return;
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, at) => {
      const pixels = this.misread[at]?.pixels;
      const context = canvas.getContext('2d');
      if (!context || pixels?.length !== width * height) return;
      const image = new ImageData(width, height);
      const scale = { colours: palette().heat, low: 0, high: 255 };
      colourise(pixels, scale, new Uint32Array(image.data.buffer));
      context.putImageData(image, 0, 0);
    });
  }

  private view(index: number): void {
    emitSetting(this, 'view.split', 'test');
    emitSetting(this, 'view.example', index);
  }
}

function differs(list: readonly Misread[], before: readonly Misread[] | undefined): boolean {
  const same = (one: Misread, other: Misread | undefined) =>
    one.index === other?.index &&
    one.predicted === other.predicted &&
    one.pixels.length === other.pixels.length;
  return list.length !== before?.length || !list.every((one, at) => same(one, before[at]));
}

customElements.define('misread-gallery', MisreadGallery);
