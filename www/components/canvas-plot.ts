// The base of plots drawn on a canvas: follows its size, the screen's density and the theme,
// paints once per change, and describes itself in words.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { Calm } from './calm.ts';
import { onTheme } from './palette.ts';
import type { PlotFile } from './plot-file.ts';
import { canvasFile, type PlotNumbers } from './plot-source.ts';
import { shared } from './shared-style.ts';
import './plot-menu.ts';

export abstract class CanvasPlot extends LitElement {
  static override styles = [
    shared,
    css`
      canvas {
        width: 100%;
      }

      figcaption {
        margin-top: var(--gap-1);
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: var(--gap-2);
      }

      figcaption plot-menu {
        margin-left: auto;
      }
    `,
  ];

  protected readonly calm = new Calm(this);
  private width = 0;
  private sizes: ResizeObserver | undefined;
  private forgetTheme: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => {
      this.themed();
      this.requestUpdate();
    });
    this.sizes = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width === this.width) return;
      this.width = width;
      this.paintNow();
    });
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes?.disconnect();
    this.forgetTheme?.();
  }

  protected override updated(): void {
    this.paintNow();
  }

  protected override render(): TemplateResult {
    const caption = this.caption();
    const menu =
      this.takes && html`<plot-menu .file=${() => this.file()} name=${this.takes}></plot-menu>`;
    return html`<figure>
      <canvas role="img" aria-label=${this.calm.text(this.summary())}></canvas>
      ${caption === '' && menu === '' ? nothing : html`<figcaption class="number">${caption} ${menu}</figcaption>`}
    </figure>`;
  }

  /** What the picture shows, in words. */
  protected abstract summary(): string;

  /** A short line under the picture; none if empty. */
  protected caption(): string {
    return '';
  }

  /** Its name, if it can be taken along as a file. */
  protected get takes(): string {
    return '';
  }

  /** What it gives away; only asked if it has a name for it. Its pixels and numbers, where nothing better is said. */
  protected file(): PlotFile {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) throw new Error('nothing is drawn yet');
    const words = { title: this.takes, description: this.summary() };
    return canvasFile(canvas, words, () => this.numbers());
  }

  /** The numbers behind the pixels. */
  protected numbers(): PlotNumbers {
    throw new Error('this plot gives nothing away');
  }

  /** Height in CSS pixels for a width. */
  protected abstract heightFor(width: number): number;

  /** Paints in CSS pixels. */
  protected abstract paint(context: CanvasRenderingContext2D, width: number, height: number): void;

  /** Colours changed: forget what was made with the old ones. */
  protected themed(): void {}

  private paintNow(): void {
    const canvas = this.renderRoot?.querySelector('canvas');
    // Measured before the first frame: a canvas of the usual size would make all below it jump.
    if (this.width === 0) this.width = Math.floor(this.clientWidth);
    if (!canvas || this.width === 0) return;
    const height = Math.ceil(this.heightFor(this.width));
    const density = Math.min(globalThis.devicePixelRatio || 1, 2);
    const wide = Math.round(this.width * density);
    const high = Math.round(height * density);
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d');
    if (!context || high === 0) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, this.width, height);
    this.paint(context, this.width, height);
  }
}
