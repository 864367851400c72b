// Examples as stamps, each with what it is and what a network takes it for: images, or points of a plane.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Misread } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { colourise } from './colourise.ts';
import { emitSetting } from './events.ts';
import { onTheme, palette } from './palette.ts';
import { rowOf } from './point-rows.ts';
import { shared } from './shared-style.ts';
import './point-thumbnail.ts';

/** Pictures made in one task: encoding all of them at once would hold up a frame. */
const AT_ONCE = 6;

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

      img {
        display: block;
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
    points: { attribute: false },
    names: { attribute: false },
  };

  declare misread: readonly Misread[];
  declare width: number;
  declare height: number;
  /** Of a set that lies on a plane; empty without one. */
  declare points: Float32Array;
  declare names: readonly string[];

  /** By the number of the example; of one data set and one theme. */
  private pictures = new Map<number, string>();
  private forgetTheme: (() => void) | undefined;
  /** How many of the list are shown, and how many pictures may still be made in this update. */
  private drawn = 0;
  private budget = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.misread = [];
    this.width = 0;
    this.height = 0;
    this.points = new Float32Array();
    this.names = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => {
      this.pictures.clear();
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetTheme?.();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('names') || changed.has('width')) this.pictures.clear();
    this.budget = AT_ONCE;
    this.drawn = Math.min(this.drawn + AT_ONCE, this.misread.length);
  }

  protected override updated(): void {
    const complete = this.drawn === this.misread.length && this.budget >= 0;
    if (complete || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.requestUpdate();
    });
  }

  protected override render(): TemplateResult {
    if (this.misread.length === 0) return html`<p class="soft">${text('misread-none')}</p>`;
    const name = (at: number) => this.names[at] ?? String(at);
    return html`<ul>
      ${this.misread.slice(0, this.drawn).map((digit) => {
        const { index, truth, predicted } = digit;
        const gaps = { truth: name(truth), predicted: name(predicted), number: index + 1 };
        return html`<li>
          <button
            class="number"
            title=${text('misread-title', gaps)}
            @click=${() => this.view(index)}
          >
            ${this.stamp(digit)}
            <span class="visually-hidden">${text('misread-example', gaps)}</span>
            <span class="label"
              >${name(truth)} →
              <span class=${truth === predicted ? '' : 'wrong'}>${name(predicted)}</span></span
            >
          </button>
        </li>`;
      })}
    </ul>`;
  }

  /** Nothing, where an example is more than two numbers and no image. */
  private stamp(digit: Misread): TemplateResult | typeof nothing {
    if (this.width > 0) return html`<img alt="" src=${this.picture(digit)} />`;
    if (this.points.length === 0) return nothing;
    return html`<point-thumbnail
      .points=${this.points}
      .marked=${rowOf(this.points, 'test', digit.index)}
    ></point-thumbnail>`;
  }

  /** As an image, because a canvas costs a little in every frame, and these hardly change. */
  private picture({ index, pixels }: Misread): string {
    const known = this.pictures.get(index);
    if (known !== undefined) return known;
    this.budget -= 1;
    if (this.budget < 0) return '';
    const { width, height } = this;
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context || width * height === 0 || pixels.length !== width * height) return '';
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(width, height);
    const scale = { colours: palette().heat, low: 0, high: 255 };
    colourise(pixels, scale, new Uint32Array(image.data.buffer));
    context.putImageData(image, 0, 0);
    const picture = canvas.toDataURL();
    this.pictures.set(index, picture);
    return picture;
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
