// What came out, beside what was guessed, and why: every number was counted by the engine in this run.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from '../../components/shared-style.ts';
import { compare } from '../../components/verdict.ts';
import type { NetworkSnapshot } from '../../engine/model.ts';
import { formatCount, formatFixed, formatPercent } from '../../i18n/format.ts';
import { text } from '../../i18n/messages.ts';
import { magnitudeOf } from './magnitude.ts';
import { LEARNED, PASSES, type VisitModel } from './visit.ts';

export class AnswerView extends LitElement {
  static override styles = [
    shared,
    css`
      .answer {
        display: grid;
        gap: var(--gap-3);
      }

      h2 {
        font: 600 1.25rem / 1.3 var(--font-title);
      }

      h3 {
        margin-bottom: var(--gap-1);
      }

      h2:focus {
        outline: none;
      }

      .found {
        display: grid;
        gap: var(--gap-2);
      }

      .guess {
        color: var(--ink-soft);
      }

      .guess.right {
        color: inherit;
        font-weight: 600;
      }

      .why p + p {
        margin-top: var(--gap-2);
      }

      .next {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
      }

      .lab {
        display: inline-flex;
        align-items: center;
        min-height: 2.75rem;
        padding: 0 var(--gap-4);
        border-radius: var(--radius);
        border: 1px solid var(--ink);
        background: var(--ink);
        color: var(--paper);
        font-weight: 600;
        text-decoration: none;
      }

      .next button {
        min-height: 2.75rem;
        white-space: normal;
      }

      @media (forced-colors: active) {
        .lab {
          border-color: LinkText;
          background: Canvas;
          color: LinkText;
        }
      }

      @media print {
        .next {
          display: none;
        }
      }
    `,
  ];

  static override properties = { model: { attribute: false } };

  declare model: VisitModel | undefined;

  constructor() {
    super();
    this.model = undefined;
  }

  protected override firstUpdated(): void {
    // Where the question was, there is the answer now: for who reads by ear or goes by keyboard.
    this.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { model } = this;
    const [artificial, spiking] = model?.snapshot?.networks ?? [];
    if (!model || !artificial || !spiking) return html``;
    return html`<div class="answer">
      <h2 tabindex="-1">${this.learned(model, artificial, spiking)}</h2>
      <div class="found">${this.cost(model, artificial, spiking)}</div>
      <div class="why">
        <h3>${text('why')}</h3>
        ${this.why(model, artificial, spiking)}
      </div>
      <div class="next">
        <a class="lab" href=${model.address}>${text('answer-lab')}</a>
        <button @click=${() => this.dispatchEvent(new CustomEvent('again', { bubbles: true, composed: true }))}>
          ${text('answer-again', { seed: model.config?.seed ?? 1 })}
        </button>
      </div>
    </div>`;
  }

  private learned(_: VisitModel, artificial: NetworkSnapshot, spiking: NetworkSnapshot): string {
    return text('answer-learned', {
      learned: learns(spiking) ? 'yes' : 'no',
      spiking: formatPercent(spiking.complete?.accuracy),
      artificial: formatPercent(artificial.complete?.accuracy),
      passes: formatCount(PASSES),
    });
  }

  private cost(
    { guess }: VisitModel,
    artificial: NetworkSnapshot,
    spiking: NetworkSnapshot,
  ): TemplateResult {
    const magnitude = magnitudeOf(artificial.operations, spiking.operations);
    const ratio = spiking.operations / artificial.operations;
    const verdict = (right: boolean, guessed: string) =>
      html`<p class=${right ? 'guess right' : 'guess'} data-guess=${right ? 'right' : 'wrong'}>
        ${text(right ? 'guess-right' : 'guess-wrong', { guess: guessed })}
      </p>`;
    return html`${verdict(
      guess.learns === learns(spiking),
      text(`guess-learns-${guess.learns ? 'yes' : 'no'}`),
    )}
      <p>
        ${text('answer-cost', {
          times: formatFixed(ratio, ratio < 10 ? 1 : 0),
          spiking: formatCount(spiking.operations),
          artificial: formatCount(artificial.operations),
        })}
      </p>
      ${verdict(guess.cost === magnitude, text(`guess-cost-${guess.cost ?? magnitude}`))}`;
  }

  private why(
    { config, catalogue }: VisitModel,
    artificial: NetworkSnapshot,
    spiking: NetworkSnapshot,
  ): TemplateResult {
    const verdict = (kind: 'opsOnlyPj' | 'withMemoryPj') => {
      const { winner, times } = compare(artificial.energy[kind], spiking.energy[kind]);
      return text(`verdict-${winner}`, { times });
    };
    const macPj = formatFixed(catalogue?.energy.macPj ?? 0, 1);
    const accumulatePj = formatFixed(catalogue?.energy.accumulatePj ?? 0, 1);
    return html`
      <p>
        ${text('why-spikes', {
          additions: formatCount(spiking.synapticOps),
          macs: formatCount(spiking.macs),
          artificial: formatCount(artificial.macs),
        })}
      </p>
      <p>
        ${text('why-time', {
          steps: formatCount(config?.spiking.steps),
          updates: formatCount(spiking.membraneUpdates),
        })}
      </p>
      <p>
        ${text('why-energy', { mac: macPj, accumulate: accumulatePj })}
        <em>${verdict('opsOnlyPj')}</em> ${text('why-memory')}
        <em>${verdict('withMemoryPj')}</em> ${text('why-estimates')}
      </p>
      <p class="soft">${text('energy-brain')}</p>
    `;
  }
}

function learns({ complete }: NetworkSnapshot): boolean {
  return (complete?.accuracy ?? 0) >= LEARNED;
}

customElements.define('answer-view', AnswerView);
