// Who is taken for whom: rows are the truth, columns the answer, counted over the last
// evaluation. A table, so that it can be read cell by cell.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { formatCount } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { shared } from './shared-style.ts';

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
        background: color-mix(in srgb, var(--wrong, var(--warn)) calc(var(--share) * 40%), var(--hover));
      }

      td.right {
        --wrong: var(--network);
      }

      td.none {
        color: transparent;
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
    `,
  ];

  static override properties = {
    counts: { attribute: false, hasChanged: differs },
    names: { attribute: false },
    kind: { type: String, reflect: true },
  };

  /** classes², row-major. */
  declare counts: Uint32Array;
  declare names: readonly string[];
  declare kind: string;

  constructor() {
    super();
    this.counts = new Uint32Array();
    this.names = [];
    this.kind = 'artificial';
  }

  private shares: string[] = [];

  private get classes(): number {
    return Math.round(Math.sqrt(this.counts.length));
  }

  protected override render(): TemplateResult {
    const { classes } = this;
    const of = Array.from({ length: classes }, (_, at) => at);
    const name = (at: number) => this.names[at] ?? String(at);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${text('confusion-of', {
      network: text(`network-${this.kind}`),
    })}>
      <table>
        <caption class="visually-hidden">${text('confusion-caption')}</caption>
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
                  html`<td class=${row === column ? 'right' : 'wrong'}>
                    ${formatCount(this.counts[row * classes + column])}
                  </td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
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
