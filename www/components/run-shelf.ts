// The shelf: runs that were pinned, by what they differ from the present settings and how they did.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Snapshot } from '../engine/model.ts';
import { formatCount, formatLoss, formatNumber, formatPercent, MISSING } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import {
  CURVE_HEADER,
  curveRows,
  differing,
  MOST_RUNS,
  type NamedCurve,
  type PinnedRun,
} from '../page/shelf.ts';
import { type Field, formatField } from '../state/fields.ts';
import { type PageState, valueAt } from '../state/page-state.ts';
import { lastRow } from './curve-data.ts';
import { nameOf } from './deed.ts';
import { emitCommand } from './events.ts';
import { crossIcon, pinIcon } from './icons.ts';
import { csvOf } from './plot-file.ts';
import { runDash, runName } from './run-style.ts';
import { saveFile } from './save-file.ts';
import { shared } from './shared-style.ts';

const MOST_TOLD = 4;
const LONGEST = 24;

export class RunShelf extends LitElement {
  static override styles = [
    shared,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: center;
      }

      li {
        display: grid;
        grid-template-columns: 2rem minmax(0, 1fr) auto auto;
        gap: 0 var(--gap-2);
        align-items: center;
        padding: var(--gap-2) 0;
        border-bottom: 1px solid var(--hairline);
      }

      .told {
        grid-column: 2 / -1;
        overflow-wrap: anywhere;
      }

      .artificial {
        color: var(--artificial);
      }

      .spiking {
        color: var(--spiking);
      }

      input[type='text'] {
        min-height: 1.875rem;
        width: 100%;
        border-color: transparent;
        background: transparent;
        font-weight: 600;
        padding: 0;
      }

      input[type='text']:hover,
      input[type='text']:focus {
        border-color: var(--hairline);
      }

      .line {
        stroke: currentColor;
        stroke-width: 2;
      }

      svg.sample {
        width: 2rem;
        height: 0.5rem;
      }

      li button {
        min-height: 1.875rem;
        padding: 0 var(--gap-2);
        font-size: var(--text-small);
      }

      p {
        margin: var(--gap-2) 0 0;
      }
    `,
  ];

  static override properties = {
    shelf: { attribute: false },
    state: { attribute: false },
    snapshot: { attribute: false },
    regression: { type: Boolean },
  };

  declare shelf: readonly PinnedRun[];
  declare state: PageState | undefined;
  declare snapshot: Snapshot | undefined;
  declare regression: boolean;

  constructor() {
    super();
    this.shelf = [];
    this.state = undefined;
    this.snapshot = undefined;
    this.regression = false;
  }

  protected override render(): TemplateResult {
    const { shelf } = this;
    const full = shelf.length >= MOST_RUNS;
    const ready = (this.snapshot?.networks[0]?.curve.length ?? 0) > 0;
    return html`<div class="row">
        <button
          ?disabled=${full || !ready}
          title=${full ? text('shelf-full', { most: MOST_RUNS }) : ''}
          @click=${() => emitCommand(this, { type: 'pin' })}
        >
          ${pinIcon} ${text('shelf-pin')}
        </button>
        ${shelf.length > 0 ? html`<button @click=${this.save}>${text('shelf-csv')}</button>` : nothing}
      </div>
      ${
        shelf.length === 0
          ? html`<p class="soft">${text('shelf-empty')}</p>`
          : html`<ul>
              ${shelf.map((run) => this.renderRun(run))}
            </ul>`
      }`;
  }

  private renderRun(run: PinnedRun): TemplateResult {
    const name = runName(run);
    return html`<li data-run=${run.id}>
      <svg class="sample" viewBox="0 0 32 8" aria-hidden="true">
        <line class="line" x1="0" x2="32" y1="4" y2="4" stroke-dasharray=${runDash(run.id).join(' ')} />
      </svg>
      <input
        type="text"
        aria-label=${text('shelf-name')}
        autocomplete="off"
        maxlength="60"
        .value=${name}
        @change=${(event: Event) =>
          emitCommand(this, {
            type: 'rename',
            id: run.id,
            name: (event.target as HTMLInputElement).value.trim(),
          })}
      />
      <button
        aria-label=${text('shelf-restore', { name })}
        title=${text('shelf-restore', { name })}
        @click=${() => emitCommand(this, { type: 'restoreRun', id: run.id })}
      >
        ${text('shelf-restore-short')}
      </button>
      <button
        class="plain square"
        aria-label=${text('shelf-remove', { name })}
        @click=${() => emitCommand(this, { type: 'unpin', id: run.id })}
      >
        ${crossIcon}
      </button>
      <div class="told number" title=${text('shelf-result-title')}>
        <span class="artificial">${this.result(run, 0)}</span> ·
        <span class="spiking">${this.result(run, 1)}</span>
        <span class="soft">
          ${text('shelf-at', { step: formatCount(run.step), seed: String(run.config.seed) })}
        </span>
      </div>
      <div class="told soft">${this.differences(run)}</div>
    </li>`;
  }

  private result({ curves }: PinnedRun, network: 0 | 1): string {
    const row = lastRow(curves[network]);
    if (!row) return MISSING;
    const classified = Number.isFinite(row.testAccuracy);
    return classified ? formatPercent(row.testAccuracy) : formatLoss(row.testLoss);
  }

  private differences(run: PinnedRun): string {
    const { state } = this;
    const fields = state ? differing(run, state.config) : [];
    if (fields.length === 0) return text('shelf-same');
    const told = fields
      .slice(0, MOST_TOLD)
      .map((field) => `${nameOf(field.path)} ${shown(run, field)}`);
    const rest = fields.length > MOST_TOLD ? ['…'] : [];
    return text('shelf-differs', { settings: [...told, ...rest].join(', ') });
  }

  private save(): void {
    const curves: NamedCurve[] = this.shelf.flatMap((run) =>
      run.curves.map((curve, at) => ({
        name: runName(run),
        seed: String(run.config.seed),
        kind: at === 0 ? 'artificial' : 'spiking',
        curve,
      })),
    );
    const csv = csvOf(CURVE_HEADER, curveRows(curves));
    saveFile('runs.csv', new Blob([csv], { type: 'text/csv' }));
  }
}

/** A value as the address writes it, a number as the page does. */
function shown(run: PinnedRun, field: Field): string {
  const value = valueAt({ config: run.config }, field.path);
  const text = typeof value === 'number' ? formatNumber(value) : formatField(field, value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

customElements.define('run-shelf', RunShelf);
