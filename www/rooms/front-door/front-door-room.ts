// The front door: two networks that learn at this moment, a question about them, and the ways in.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PageHeader } from '../../components/page-header.ts';
import { shared } from '../../components/shared-style.ts';
import type { NetworkSnapshot } from '../../engine/model.ts';
import { told } from '../../i18n/catalogue.ts';
import { formatCount, formatPercent } from '../../i18n/format.ts';
import { text, textOr } from '../../i18n/messages.ts';
import { addressOf, ROOMS } from '../rooms.ts';
import { type Guess, PASSES, type VisitModel } from './visit.ts';
import '../../components/decision-surface.ts';
import '../../components/not-biological.ts';
import '../../components/page-header.ts';
import './answer-view.ts';
import './cost-table.ts';
import './guess-form.ts';

const NOTHING = new Float32Array();
const KINDS = ['artificial', 'spiking'] as const;

export class FrontDoorRoom extends LitElement {
  static override styles = [
    shared,
    css`
      .page {
        max-width: 100rem;
        margin: 0 auto;
        padding: 0 var(--gap-6) var(--gap-8);
      }

      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 26rem;
        grid-template-areas: 'scene question' 'said question' 'costs question' 'ways ways';
        grid-template-rows: auto auto 1fr;
        gap: var(--gap-6) calc(2 * var(--gap-8));
        align-items: start;
        margin-top: var(--gap-4);
      }

      .scene {
        grid-area: scene;
      }

      .question {
        grid-area: question;
      }

      .lead {
        max-width: 46rem;
        margin-bottom: var(--gap-6);
        font: 1.5rem / 1.35 var(--font-title);
        text-wrap: pretty;
      }

      .pair {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--gap-6);
        max-width: calc(2 * 56vh + var(--gap-6));
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: baseline;
        gap: 0 var(--gap-3);
        /* The surface takes the line up for what is taken along. */
        margin-bottom: -1.875rem;
        padding-inline-end: 2rem;
        min-height: 1.875rem;
      }

      .head h2 {
        font-size: 1.125rem;
      }

      .artificial h2 {
        color: var(--artificial);
      }

      .spiking h2 {
        color: var(--spiking);
      }

      .right {
        font-size: 1.125rem;
        font-variant-numeric: tabular-nums;
      }

      .passes {
        margin-top: var(--gap-3);
      }

      /* Its text comes with the engine: until then its room is kept. */
      not-biological {
        grid-area: said;
        display: block;
        margin-top: calc(-1 * var(--gap-6));
        max-width: calc(2 * 56vh + var(--gap-6));
        min-height: 5.25rem;
      }

      cost-table {
        grid-area: costs;
        max-width: 44rem;
      }

      .surface {
        aspect-ratio: 1;
      }

      .running {
        display: grid;
        gap: var(--gap-3);
      }

      .running h2 {
        font: 600 1.25rem / 1.3 var(--font-title);
      }

      progress {
        width: 100%;
        accent-color: var(--ink);
      }

      .ways {
        grid-area: ways;
        padding-top: var(--gap-4);
        border-top: 1px solid var(--hairline);
      }

      .ways ul {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: var(--gap-4) var(--gap-8);
        margin-top: var(--gap-2);
      }

      .ways h2 {
        font: 600 1.25rem / 1.3 var(--font-title);
      }

      .ways a {
        display: block;
        color: inherit;
        text-decoration: none;
      }

      .ways b {
        font: 600 1.125rem / 1.4 var(--font-title);
        text-decoration: underline;
        text-decoration-color: var(--track);
        text-underline-offset: 0.2em;
      }

      .ways a:hover b {
        text-decoration-color: currentColor;
      }

      @media (max-width: 80rem) {
        not-biological {
          min-height: 6.75rem;
        }

        main {
          grid-template-columns: minmax(0, 1fr) minmax(20rem, 22rem);
          column-gap: var(--gap-8);
        }
      }

      @media (max-width: 56rem) {
        .ways ul {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }

        main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'scene' 'question' 'costs' 'ways' 'said';
          grid-template-rows: none;
        }

        /* As long as it is high here, nothing may lie below it. */
        not-biological {
          margin-top: 0;
          max-width: none;
        }

        .question {
          max-width: 40rem;
        }

        .pair {
          max-width: none;
        }
      }

      @media (max-width: 48rem) {
        .page {
          padding: 0 var(--gap-4) var(--gap-8);
        }

        main {
          margin-top: var(--gap-2);
        }

        .lead {
          margin-bottom: var(--gap-4);
          font-size: 1.25rem;
        }

        .pair {
          gap: var(--gap-3);
        }

        .head {
          display: block;
          padding: 0;
        }
      }

      @media print {
        .ways {
          display: none;
        }
      }
    `,
  ];

  static override properties = {
    model: { attribute: false },
    addresses: { attribute: false },
  };

  declare model: VisitModel | undefined;
  /** Where the other rooms were left. */
  declare addresses: PageHeader['addresses'];

  private alive = false;

  constructor() {
    super();
    this.model = undefined;
    this.addresses = {};
  }

  protected override updated(changed: PropertyValues): void {
    if (this.alive || !changed.has('model') || !((this.model?.snapshot?.step ?? 0) > 0)) return;
    this.alive = true;
    // The surfaces, elements of their own, are painted by the end of this frame.
    requestAnimationFrame(() => performance.mark('cajal-alive'));
  }

  protected override render(): TemplateResult {
    return html`<div class="page">
      <page-header room="front-door" .addresses=${this.addresses}></page-header>
      <main>
        <div class="scene">
          <p class="lead">${text('front-lead')}</p>
          <div class="pair">${KINDS.map((kind, at) => this.network(kind, at))}</div>
          <p class="passes soft number">
            ${text('front-passes', {
              pass: formatCount(this.model?.passes ?? 0),
              passes: formatCount(PASSES),
              seed: this.model?.config?.seed ?? 1,
            })}
          </p>
        </div>
        <not-biological
          .catalogue=${told(this.model?.catalogue)}
          .config=${this.model?.config}
        ></not-biological>
        <section class="question" aria-label=${text('guess-section')}>${this.question()}</section>
        ${
          this.model?.phase === 'answered'
            ? html`<cost-table .networks=${this.model.snapshot?.networks ?? []}></cost-table>`
            : nothing
        }
        <nav class="ways" aria-labelledby="ways">
          <h2 id="ways">${text('front-ways')}</h2>
          <ul>
            ${ROOMS.map(
              ({ id, name }) => html`<li>
                <a href=${this.addresses[id] ?? addressOf(id)}>
                  <b>${text(name)}</b><br /><span class="soft">${textOr(`way-${id}`, '')}</span>
                </a>
              </li>`,
            )}
          </ul>
        </nav>
      </main>
    </div>`;
  }

  private network(kind: (typeof KINDS)[number], at: number): TemplateResult {
    const { summary, snapshot } = this.model ?? {};
    const network: NetworkSnapshot | undefined = snapshot?.networks[at];
    const accuracy = formatPercent(network?.complete?.accuracy);
    const name = text(`network-${kind}`);
    return html`<section class=${kind} data-network=${kind}>
      <div class="head">
        <h2>${name}</h2>
        <p class="right">
          <span data-figure="accuracy">${accuracy}</span>
          <span class="soft">${text('front-right')}</span>
        </p>
      </div>
      <decision-surface
        class="surface"
        .surface=${network?.surface ?? NOTHING}
        .resolution=${network?.surfaceResolution ?? 0}
        .range=${summary?.outputRange ?? [-1, 1]}
        .points=${summary?.points ?? NOTHING}
        shown="all"
        .extent=${summary?.extent ?? [-1, 1, -1, 1]}
        .marked=${-1}
        name=${name}
        accuracy=${accuracy}
      ></decision-surface>
    </section>`;
  }

  private question(): TemplateResult {
    const { model } = this;
    const guess: Guess = model?.guess ?? {};
    switch (model?.phase) {
      case 'answered':
        return html`<answer-view .model=${model}></answer-view>`;
      case 'running':
        return html`<div class="running" role="status">
          <h2>${text('front-running')}</h2>
          <progress max=${PASSES} value=${model.passes} aria-label=${text('front-running')}></progress>
          <p class="soft">${text('front-running-hint')}</p>
        </div>`;
      case 'stopped':
        return html`<div class="running" role="alert">
          <p>${text('error-stopped', { cause: model.cause })}</p>
          <p><button @click=${() => this.dispatchEvent(new CustomEvent('restart'))}>${text('action-restart')}</button></p>
        </div>`;
      default:
        return html`<guess-form .guess=${guess}></guess-form>`;
    }
  }
}

customElements.define('front-door-room', FrontDoorRoom);

declare global {
  interface HTMLElementTagNameMap {
    'front-door-room': FrontDoorRoom;
  }
}
