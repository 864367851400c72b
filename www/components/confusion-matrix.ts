// Who is taken for whom: rows are the truth, columns the answer, counted over the last
// evaluation. A grid: a cell that is chosen shows its examples, by mouse or by the arrow keys and Enter.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { formatCount } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { Calm } from './calm.ts';
import { cellAfter } from './confusion-cells.ts';
import { palette } from './palette.ts';
import { csvOf, type PlotFile } from './plot-file.ts';
import { shared } from './shared-style.ts';
import { drawing, escaped } from './svg-figure.ts';
import './plot-menu.ts';

export class ConfusionMatrix extends LitElement {
  static override styles = [
    shared,
    css`
      .scroll {
        overflow-x: auto;
      }

      table {
        border-collapse: separate;
        border-spacing: 1px;
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
        table-layout: fixed;
        width: 100%;
        max-width: 30rem;
      }

      th {
        font-weight: 400;
        color: var(--ink-soft);
        padding: 0 2px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      tbody th {
        text-align: end;
      }

      /* Never so dark that the number on it could not be read. */
      td {
        --share: 0;
        text-align: center;
        padding: 2px 0;
        cursor: pointer;
        background: color-mix(in srgb, var(--wrong, var(--warn)) calc(var(--share) * 40%), var(--hover));
      }

      td.right {
        --wrong: var(--network);
      }

      td.none {
        color: transparent;
        cursor: default;
      }

      td:focus-visible {
        outline-offset: 0;
      }

      td[aria-selected='true'] {
        box-shadow: inset 0 0 0 2px var(--ink);
      }

      :host([kind='artificial']) {
        --network: var(--artificial);
      }

      :host([kind='spiking']) {
        --network: var(--spiking);
      }

      caption {
        text-align: start;
      }

      .foot {
        display: flex;
        justify-content: flex-end;
        max-width: 30rem;
      }
    `,
  ];

  static override properties = {
    counts: { attribute: false, hasChanged: differs },
    names: { attribute: false },
    kind: { type: String, reflect: true },
    chosen: { type: Number },
    entry: { state: true },
  };

  /** classes², row-major. */
  declare counts: Uint32Array;
  declare names: readonly string[];
  declare kind: string;
  /** The cell whose examples are shown, row-major; -1: none. */
  declare chosen: number;
  /** The cell that Tab leads to. */
  declare entry: number;

  constructor() {
    super();
    this.counts = new Uint32Array();
    this.names = [];
    this.kind = 'artificial';
    this.chosen = -1;
    this.entry = 0;
  }

  private readonly calm = new Calm(this);
  private shares: string[] = [];

  private get classes(): number {
    return Math.round(Math.sqrt(this.counts.length));
  }

  protected override render(): TemplateResult {
    const { classes } = this;
    const of = Array.from({ length: classes }, (_, at) => at);
    const { name } = this;
    const entry = this.entry < classes * classes ? this.entry : 0;
    return html`<div class="scroll">
      <table
        role="grid"
        aria-label=${this.title}
        aria-describedby="hint"
        @click=${this.clicked}
        @keydown=${this.pressed}
        @focusin=${this.entered}
      >
        <caption id="hint" class="visually-hidden">${this.calm.text(this.summary())} ${text('confusion-caption')}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${text('confusion-corner')}</span></th>
            ${of.map((at) => html`<th scope="col" title=${name(at)}>${name(at)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${of.map(
            (row) => html`<tr>
              <th scope="row" title=${name(row)}>${name(row)}</th>
              ${of.map(
                (column) =>
                  html`<td
                    class=${row === column ? 'right' : 'wrong'}
                    tabindex=${row * classes + column === entry ? 0 : -1}
                    aria-selected=${row * classes + column === this.chosen}
                  >
                    ${formatCount(this.counts[row * classes + column])}
                  </td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="foot">
      <plot-menu name=${this.title} .file=${() => this.file()}></plot-menu>
    </div>`;
  }

  private place({ target }: Event): number {
    const cell = target instanceof Element ? target.closest('td') : null;
    return cell ? [...this.renderRoot.querySelectorAll('td')].indexOf(cell) : -1;
  }

  private entered(event: Event): void {
    const cell = this.place(event);
    if (cell >= 0) this.entry = cell;
  }

  private clicked(event: Event): void {
    this.choose(this.place(event));
  }

  private pressed(event: KeyboardEvent): void {
    const cell = this.place(event);
    if (cell < 0 || event.metaKey || event.altKey) return;
    const next = cellAfter(cell, event, this.classes);
    if (next !== undefined) this.renderRoot.querySelectorAll('td')[next]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') this.choose(cell);
    else if (event.key === 'Escape' && this.chosen >= 0) this.choose(this.chosen);
    else return;
    event.preventDefault();
    // The space bar would play, too.
    event.stopPropagation();
  }

  /** What is chosen twice is chosen no more. */
  private choose(cell: number): void {
    if (cell < 0 || (this.counts[cell] === 0 && cell !== this.chosen)) return;
    const detail = cell === this.chosen ? -1 : cell;
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }

  private readonly name = (at: number): string => this.names[at] ?? String(at);

  override get title(): string {
    return text('confusion-of', { network: text(`network-${this.kind}`) });
  }

  /** How many are right, and the mistake that is made most. */
  private summary(): string {
    const { classes, counts, name } = this;
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all === 0) return text('confusion-summary-none', { name: this.title });
    let right = 0;
    let worst = -1;
    counts.forEach((count, at) => {
      if (at % (classes + 1) === 0) right += count;
      else if (worst < 0 || count > (counts[worst] ?? 0)) worst = at;
    });
    return text('confusion-summary', {
      ...{ name: this.title, right: formatCount(right), all: formatCount(all) },
      truth: name(Math.floor(worst / classes)),
      answer: name(worst % classes),
      count: counts[worst] ?? 0,
    });
  }

  private file(): PlotFile {
    const { classes, counts, name, title } = this;
    const of = Array.from({ length: classes }, (_, at) => at);
    const row = (truth: number) => of.map((answer) => counts[truth * classes + answer] ?? 0);
    return {
      stem: title,
      title,
      csv: () =>
        csvOf(
          ['truth', ...of.map(name)],
          of.map((truth) => [name(truth), ...row(truth)]),
        ),
      svg: () => this.drawn(),
    };
  }

  private drawn(): string {
    const { classes, counts, name } = this;
    const { ink, inkSoft, paper, artificial, spiking } = palette();
    const cell = 44;
    const edge = 70;
    const network = this.kind === 'spiking' ? spiking : artificial;
    const wrong = getComputedStyle(this).getPropertyValue('--warn').trim();
    const label = (x: number, y: number, anchor: string, words: string, fill: string) =>
      `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}">${escaped(words)}</text>`;
    const parts: string[] = [];
    for (let at = 0; at < classes; at += 1) {
      parts.push(label(edge + (at + 0.5) * cell, 52, 'middle', name(at), inkSoft));
      parts.push(label(edge - 8, 58 + (at + 0.6) * cell, 'end', name(at), inkSoft));
    }
    counts.forEach((count, at) => {
      const [row, column] = [Math.floor(at / classes), at % classes];
      const [x, y] = [edge + column * cell, 58 + row * cell];
      const opacity = (0.06 + 0.4 * this.share(row, column)).toFixed(3);
      const fill = row === column ? network : wrong;
      const side = cell - 1;
      parts.push(
        `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="${fill}" fill-opacity="${opacity}"/>`,
      );
      if (count > 0) parts.push(label(x + cell / 2, y + cell * 0.6, 'middle', String(count), ink));
    });
    const [width, height] = [edge + classes * cell + 14, 72 + classes * cell];
    const frame = { width, height, title: this.title, description: this.summary(), paper, ink };
    return drawing(frame, parts.join(''));
  }

  /** A cell is as dark as its share of its row. */
  protected override updated(): void {
    const { classes, counts } = this;
    this.renderRoot.querySelectorAll('td').forEach((cell, at) => {
      const share = this.share(Math.floor(at / classes), at % classes).toFixed(3);
      // Most cells stay as they are, and a style that is set anew costs a new style.
      if (this.shares[at] !== share) cell.style.setProperty('--share', share);
      this.shares[at] = share;
      cell.classList.toggle('none', counts[at] === 0);
    });
  }

  private share(row: number, column: number): number {
    const { classes, counts } = this;
    let sum = 0;
    for (let at = 0; at < classes; at += 1) sum += counts[row * classes + at] as number;
    const share = sum === 0 ? 0 : (counts[row * classes + column] as number) / sum;
    // Mistakes are few and matter more: they show before they are half of a row.
    return row === column ? share : Math.sqrt(share);
  }
}

/** A new evaluation may have found the same. */
function differs(counts: Uint32Array, before: Uint32Array | undefined): boolean {
  return counts.length !== before?.length || counts.some((count, at) => count !== before[at]);
}

customElements.define('confusion-matrix', ConfusionMatrix);
