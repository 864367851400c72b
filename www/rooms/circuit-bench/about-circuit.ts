// What the circuit is: its equations, what it was checked against, and what of it is not biological.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import type { ModelEntry } from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';
import '../../components/badge-list.ts';
import '../../components/math-formula.ts';

export class AboutCircuit extends LitElement {
  static override styles = [
    shared,
    css`
      [data-not-biological] + p {
        margin-top: var(--gap-1);
      }

      .sections {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
        gap: var(--gap-6) var(--gap-8);
      }

      .wide {
        grid-column: 1 / -1;
      }

      h2 {
        margin-bottom: var(--gap-2);
      }
    `,
  ];

  static override properties = { entry: { attribute: false } };

  declare entry: ModelEntry | undefined;

  constructor() {
    super();
    this.entry = undefined;
  }

  protected override render(): TemplateResult {
    const { entry } = this;
    if (!entry) return html``;
    return html`<div class="sections">
      <section>
        <h2>${text('about-equations')}</h2>
        ${entry.equations.map((equation) => html`<math-formula latex=${equation}></math-formula>`)}
      </section>
      <section>
        <h2>${text('about-not-biological')}</h2>
        <p data-not-biological>${entry.notBiological}</p>
        <p class="soft">${entry.citation}</p>
      </section>
      <section class="wide">
        <h2>${text('about-references')}</h2>
        <badge-list .references=${entry.references}></badge-list>
      </section>
    </div>`;
  }
}

customElements.define('about-circuit', AboutCircuit);
