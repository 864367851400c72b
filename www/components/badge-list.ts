// What a model is held to: the figure of the source, ours, how far apart they may be, and where the
// figure comes from. The band is the tolerance, the mark is ours.

import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import type { ModelEntry } from '../engine/model.ts';
import { formatToTolerance as places, withUnit } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { shared } from './shared-style.ts';

type Reference = ModelEntry['references'][number];

/** The scale shows so many tolerances to either side. */
const SPAN = 2;

export class BadgeList extends LitElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
        gap: var(--gap-4) var(--gap-6);
      }

      .what {
        min-height: 2.9em;
      }

      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
        align-items: end;
        margin-top: var(--gap-1);
      }

      .figures b {
        display: block;
        font-weight: 600;
      }

      .figures span {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      svg {
        flex: 1 1 100%;
        width: 100%;
        height: 1.5rem;
      }

      .track {
        stroke: var(--track);
      }

      .band {
        fill: color-mix(in srgb, var(--class-2) 30%, transparent);
      }

      .expected {
        stroke: var(--ink-soft);
      }

      .ours {
        fill: var(--ink);
      }

      li.outside .ours {
        fill: var(--warn);
      }

      details {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }

      summary {
        cursor: pointer;
      }
    `,
  ];

  static override properties = { references: { attribute: false } };

  declare references: readonly Reference[];

  constructor() {
    super();
    this.references = [];
  }

  protected override render(): TemplateResult {
    if (this.references.length === 0) return html`<p>${text('badge-illustration')}</p>`;
    return html`<ul>
      ${this.references.map((one) => this.renderOne(one))}
    </ul>`;
  }

  private renderOne(reference: Reference): TemplateResult {
    const { what, expected, tolerance, unit, citation, ours, within } = reference;
    const share = Math.min(1, Math.max(-1, (ours - expected) / tolerance / SPAN));
    return html`<li class=${within ? '' : 'outside'} data-reference=${what}>
      <p class="what">${what}</p>
      <div class="figures number">
        <p>
          <span>${text('badge-reference')}</span>
          <b>${places(expected, tolerance)} ± ${withUnit(places(tolerance, tolerance), unit)}</b>
        </p>
        <p>
          <span>${text('badge-ours')}</span>
          <b data-ours=${ours}>${withUnit(places(ours, tolerance), unit)}</b>
        </p>
        <svg
          viewBox="0 0 100 24"
          preserveAspectRatio="none"
          role="img"
          aria-label=${text(within ? 'badge-within' : 'badge-outside')}
        >
          ${svg`<line class="track" x1="0" y1="12" x2="100" y2="12" vector-effect="non-scaling-stroke" />
            <rect class="band" x=${50 - 50 / SPAN} y="6" width=${100 / SPAN} height="12" />
            <line class="expected" x1="50" y1="6" x2="50" y2="18" vector-effect="non-scaling-stroke" />
            <rect class="ours" x=${49 + 49 * share} y="3" width="2" height="18" />`}
        </svg>
      </div>
      <details>
        <summary>${text('badge-source')}</summary>
        <p>${citation}</p>
      </details>
    </li>`;
  }
}

customElements.define('badge-list', BadgeList);
