// What the network is shown now: the digit, the spikes that it becomes on the retina, the spikes that
// answer, and how they are read.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import type { PresentationEntry } from '../../engine/model.ts';
import { formatCount } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { FIELD_SIDE } from './fields.ts';
import './digit-bars.ts';
import './digit-picture.ts';
import './digit-raster.ts';

export class PresentView extends LitElement {
  static override styles = [
    shared,
    css`
      .row {
        display: grid;
        grid-template-columns: 7.5rem minmax(0, 1fr) minmax(0, 1fr) 9rem;
        grid-template-areas: 'digit retina neurons answer';
        gap: var(--gap-4);
        align-items: start;
      }

      h2 {
        margin-bottom: var(--gap-2);
      }

      h2 .soft {
        font-weight: 400;
      }

      h3 {
        font-weight: 400;
        color: var(--ink-soft);
        font-size: var(--text-small);
        margin-bottom: var(--gap-1);
      }

      .read {
        font-size: var(--text-large);
        line-height: 1;
        font-weight: 600;
      }

      .verdict {
        font-size: var(--text-small);
      }

      .wrong {
        color: var(--warn);
      }

      digit-picture {
        grid-area: digit;
      }

      .retina {
        grid-area: retina;
      }

      .neurons {
        grid-area: neurons;
      }

      .answer {
        grid-area: answer;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 8rem), 1fr));
        gap: var(--gap-2);
      }

      @container (max-width: 46rem) {
        .row {
          grid-template-columns: 7.5rem minmax(0, 1fr);
          grid-template-areas: 'digit answer' 'retina retina' 'neurons neurons';
        }
      }

      :host {
        container-type: inline-size;
      }
    `,
  ];

  static override properties = {
    shown: { attribute: false },
    count: { type: Number },
    labels: { attribute: false },
  };

  declare shown: PresentationEntry | undefined;
  /** How many neurons there are. */
  declare count: number;
  declare labels: Int8Array | undefined;

  constructor() {
    super();
    this.shown = undefined;
    this.count = 0;
    this.labels = undefined;
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    const attempts =
      shown && shown.attempts > 1 ? text('present-attempts', { attempts: shown.attempts }) : '';
    return html`<section data-split=${shown?.split ?? ''}>
      <h2>${title(shown)} <span class="soft">${attempts}</span></h2>
      <div class="row">
        <digit-picture
          .values=${shown?.pixels ?? []}
          name=${text('present-digit-name', { digit: shown?.class ?? '–' })}
        ></digit-picture>
        <div class="retina">
          <h3>${text('present-retina')}</h3>
          <digit-raster
            population="retina"
            rows=${FIELD_SIDE * FIELD_SIDE}
            .shown=${shown}
          ></digit-raster>
        </div>
        <div class="neurons">
          <h3>${text('present-excitatory')}</h3>
          <digit-raster
            population="excitatory"
            rows=${this.count}
            .labels=${this.labels}
            .shown=${shown}
          ></digit-raster>
        </div>
        <div class="answer">
          <div>
            <h3>${text('present-read')}</h3>
            <p class="number">
              <span class="read" data-read=${shown?.read ?? ''}>${shown?.read ?? '–'}</span>
              ${verdict(shown)}
            </p>
          </div>
          <div>
            <h3>${text('present-probabilities')}</h3>
            <digit-bars
              .values=${shown?.probabilities ?? []}
              .chosen=${shown?.read ?? -1}
              name=${text('present-probabilities')}
            ></digit-bars>
          </div>
        </div>
      </div>
    </section>`;
  }
}

function title(shown: PresentationEntry | undefined): string {
  if (!shown) return text('present-none');
  if (shown.index === undefined) return text('present-drawn');
  return text(`present-${shown.split}`, {
    number: formatCount(shown.index + 1),
    digit: shown.class ?? '–',
  });
}

function verdict(shown: PresentationEntry | undefined): TemplateResult | typeof nothing {
  if (!shown) return nothing;
  const { read, class: digit } = shown;
  if (read === undefined) return html`<span class="verdict soft">${text('present-unread')}</span>`;
  if (digit === undefined) return nothing;
  return read === digit
    ? html`<span class="verdict soft">${text('present-right')}</span>`
    : html`<span class="verdict wrong">${text('present-wrong', { digit })}</span>`;
}

customElements.define('present-view', PresentView);
