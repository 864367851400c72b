// One seed is an anecdote: the same experiment from several, and the interval that comes out.

import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { Interval, SweepProgress, SweepRun } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { emitCommand } from './events.ts';
import { shared } from './shared-style.ts';
import {
  hasWidth,
  intervalText,
  KINDS,
  type Kind,
  sweepFile,
  sweepRange,
  sweepShow,
  sweepSummary,
} from './sweep-file.ts';
import './plot-menu.ts';

const SEEDS = 5;
const POINT_EPOCHS = 20;
const IMAGE_EPOCHS = 1;

export class SeedSweep extends LitElement {
  static override styles = [
    shared,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2) var(--gap-3);
        align-items: center;
      }

      .controls label {
        display: flex;
        gap: var(--gap-2);
        align-items: center;
      }

      input {
        width: 4rem;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      progress {
        flex: 1;
        min-width: 6rem;
        height: 0.5rem;
        accent-color: var(--ink);
      }

      .note {
        margin-top: var(--gap-2);
      }

      dl {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--gap-1) var(--gap-3);
        align-items: center;
        margin-top: var(--gap-3);
      }

      .artificial {
        color: var(--artificial);
      }

      .spiking {
        color: var(--spiking);
      }

      .picture svg {
        width: 100%;
        height: 1.5rem;
        overflow: visible;
      }

      plot-menu {
        display: block;
        width: fit-content;
        margin-left: auto;
      }

      .axis {
        stroke: var(--hairline);
      }

      .scale {
        display: flex;
        justify-content: space-between;
        grid-column: 2;
      }
    `,
  ];

  static override properties = {
    ready: { type: Boolean },
    sweeping: { type: Boolean },
    progress: { attribute: false },
    images: { type: Boolean },
    epochs: { state: true },
  };

  declare ready: boolean;
  declare sweeping: boolean;
  declare progress: SweepProgress | undefined;
  /** Images are many: one pass is what a visitor will wait for. */
  declare images: boolean;
  declare epochs: number;

  constructor() {
    super();
    this.ready = false;
    this.sweeping = false;
    this.progress = undefined;
    this.images = false;
    this.epochs = POINT_EPOCHS;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('images')) this.epochs = this.images ? IMAGE_EPOCHS : POINT_EPOCHS;
  }

  protected override render(): TemplateResult {
    const { progress, sweeping } = this;
    return html`
      <div class="controls">
        <label>
          ${text('sweep-epochs')}
          <input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            .value=${String(this.epochs)}
            ?disabled=${sweeping}
            @change=${this.typed}
          />
        </label>
        <button ?disabled=${!sweeping && !this.ready} @click=${this.toggle}>
          ${sweeping ? text('sweep-cancel') : text('sweep-run', { seeds: SEEDS })}
        </button>
        ${
          sweeping
            ? html`<progress
                aria-label=${text('sweep-progress')}
                max="1"
                .value=${progress?.fraction ?? 0}
              ></progress>`
            : nothing
        }
      </div>
      ${
        progress && progress.diverged > 0
          ? html`<p class="soft note">${text('sweep-diverged', {
              diverged: progress.diverged,
              runs: progress.diverged + progress.runs.length,
            })}</p>`
          : nothing
      }
      <div aria-live="polite">${progress && progress.runs.length > 0 ? this.renderRuns(progress) : nothing}</div>
    `;
  }

  private renderRuns(progress: SweepProgress): TemplateResult {
    const show = sweepShow(progress);
    const range = sweepRange(progress);
    const line = (kind: Kind) => {
      const interval = progress[kind];
      return html`
        <dt class=${kind}>${text(`network-${kind}`)}</dt>
        <dd class="picture ${kind}">${picture(progress.runs, kind, interval, range)}</dd>
        <dd class="number">${interval ? intervalText(interval, show) : ''}</dd>
      `;
    };
    return html`<figure aria-label=${sweepSummary(progress)}>
      <dl>
        ${KINDS.map(line)}
        <dd class="scale soft number"><span>${show(range[0])}</span><span>${show(range[1])}</span></dd>
      </dl>
      ${
        progress.done
          ? html`<plot-menu name=${text('rest-seeds')} .file=${() => sweepFile(progress)}></plot-menu>`
          : nothing
      }
    </figure>`;
  }

  private typed(event: Event): void {
    const field = event.target as HTMLInputElement;
    const epochs = Math.round(Number(field.value));
    if (epochs >= 1 && epochs <= 1000) this.epochs = epochs;
    field.value = String(this.epochs);
  }

  /** By one button, so that the focus stays where the runs were started. */
  private toggle(): void {
    if (this.sweeping) emitCommand(this, { type: 'cancelSweep' });
    else emitCommand(this, { type: 'sweep', epochs: this.epochs, seeds: SEEDS });
  }
}

function picture(
  runs: readonly SweepRun[],
  kind: 'artificial' | 'spiking',
  interval: Interval | undefined,
  [low, high]: [number, number],
): TemplateResult {
  const percent = (value: number) => `${(((value - low) / (high - low)) * 100).toFixed(2)}%`;
  return html`<svg aria-hidden="true">
    <line x1="0" x2="100%" y1="50%" y2="50%" class="axis" />
    ${
      interval && hasWidth(interval)
        ? svg`<line x1=${percent(interval.low)} x2=${percent(interval.high)} y1="50%" y2="50%"
              stroke="currentColor" stroke-width="6" stroke-opacity="0.35" />
            <line x1=${percent(interval.mean)} x2=${percent(interval.mean)} y1="15%" y2="85%"
              stroke="currentColor" stroke-width="2" />`
        : nothing
    }
    ${runs.map(
      (run) => svg`<circle cx=${percent(run[kind])} cy="50%" r="3.5" fill="currentColor" />`,
    )}
  </svg>`;
}

customElements.define('seed-sweep', SeedSweep);
