// What in both networks is not as in a nervous system, as the catalogue says it: of the rule that teaches
// them, of what the units of the one answer by, and of the neuron of the other.

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { ExperimentConfig, LayeredCatalogue } from '../engine/model.ts';
import { text } from '../i18n/messages.ts';
import { choicesOf } from '../state/page-state.ts';
import { shared } from './shared-style.ts';

const NEURON = 'lif';

export interface Said {
  title: string;
  notBiological: string;
}

/** Each once, in the order of the network. */
export function notBiological(
  catalogue: LayeredCatalogue,
  { layers, training }: Pick<ExperimentConfig, 'layers' | 'training'>,
): readonly Said[] {
  const of = (key: string, id: string) =>
    choicesOf(catalogue, key).options.filter((one) => one.id === id);
  const activations = [...new Set(layers.map(({ activation }) => activation))];
  return [
    ...of('training.rule', training.rule),
    ...activations.flatMap((id) => of('layers.activation', id)),
    ...(layers.length > 0 ? of('layers.others', NEURON) : []),
  ];
}

export class NotBiological extends LitElement {
  static override styles = [
    shared,
    css`
      p {
        margin-top: var(--gap-3);
        font-size: var(--text-small);
        max-width: 72rem;
        text-wrap: pretty;
      }

      b {
        font-weight: 600;
      }
    `,
  ];

  static override properties = {
    catalogue: { attribute: false },
    config: { attribute: false },
  };

  declare catalogue: LayeredCatalogue | undefined;
  declare config: ExperimentConfig | undefined;

  constructor() {
    super();
    this.catalogue = undefined;
    this.config = undefined;
  }

  protected override render(): TemplateResult {
    const { catalogue, config } = this;
    if (!catalogue || !config) return html``;
    return html`<p class="soft">
      <b>${text('card-not-biological')}:</b>
      ${notBiological(catalogue, config).map(
        ({ title, notBiological }) =>
          html`<span>${text('not-biological-of', { title, said: notBiological })}</span> `,
      )}
    </p>`;
  }
}

customElements.define('not-biological', NotBiological);
