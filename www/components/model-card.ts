// What stands behind a model, a data set or a choice: what it is, its equations, its source, its licence,
// what of it is not biological, and what it was compared with. Closed until it is asked for.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ModelEntry } from '../engine/model.ts';
import { formatNumber, formatQuantity } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import { shared } from './shared-style.ts';
import './math-formula.ts';

type Reference = ModelEntry['references'][number];

/** What neurons, data sets and choices have in common. */
export interface Card {
  title: string;
  /** Only of a data set: what it is, and what is to be learned of it. */
  meaning?: string;
  task?: string;
  licence?: string;
  equations: string | readonly string[];
  citation: string;
  notBiological: string;
  /** Only of what can be compared with something. */
  references?: readonly Reference[];
}

export const cardStyle = css`
  dt {
    margin-top: var(--gap-2);
    color: var(--ink-soft);
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  math-formula {
    display: block;
  }
`;

/** All that is said of it, but for its title. */
export function cardLines(card: Card): TemplateResult {
  const equations = [card.equations].flat().filter((equation) => equation !== '');
  return html`<dl>
    ${line('meaning', card.meaning ?? '')}
    ${line('task', card.task ? text(`card-task-${card.task}`) : '')}
    ${line(
      'equations',
      equations.map((equation) => html`<math-formula latex=${equation}></math-formula>`),
    )}
    ${line('citation', card.citation)} ${line('licence', card.licence ?? '')}
    ${line('not-biological', card.notBiological)}
    ${card.references ? line('references', compared(card.references)) : nothing}
  </dl>`;
}

export class ModelCard extends LitElement {
  static override styles = [
    shared,
    css`
      details {
        margin-top: var(--gap-2);
        font-size: var(--text-small);
      }

      summary {
        cursor: pointer;
        color: var(--ink-soft);
      }

    `,
    cardStyle,
  ];

  static override properties = { card: { attribute: false } };

  declare card: Card | undefined;

  constructor() {
    super();
    this.card = undefined;
  }

  protected override render(): TemplateResult {
    const { card } = this;
    if (!card) return html``;
    return html`<details>
      <summary>${text('card-summary', { title: card.title })}</summary>
      ${cardLines(card)}
    </details>`;
  }
}

function line(name: string, value: string | readonly unknown[]): TemplateResult | typeof nothing {
  if (value.length === 0) return nothing;
  return html`<dt>${text(`card-${name}`)}</dt>
    <dd>${value}</dd>`;
}

function compared(references: readonly Reference[]): readonly unknown[] {
  if (references.length === 0) return [text('card-illustration')];
  return references.map(
    ({ what, expected, tolerance, unit, citation, ours }) =>
      html`<p>
        ${text('card-reference', {
          what,
          expected: formatNumber(expected),
          tolerance: formatQuantity(tolerance, unit),
          ours: formatQuantity(ours, unit),
          citation,
        })}
      </p>`,
  );
}

customElements.define('model-card', ModelCard);
