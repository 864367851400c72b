// Where both networks are wrong: the confusion of classes, the examples of a cell of it that is chosen, and
// the images they misread.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { NetworkSnapshot, Snapshot, Summary } from '../engine/model.ts';
import { formatCount } from '../i18n/format.ts';
import { text } from '../i18n/messages.ts';
import type { Answers } from '../page/network-answers.ts';
import { examplesOf } from './confusion-cells.ts';
import { emitCommand } from './events.ts';
import { pair } from './pair-style.ts';
import { shared } from './shared-style.ts';
import './confusion-matrix.ts';
import './misread-gallery.ts';

const NO_IMAGE = new Uint8Array();

export class MistakeView extends LitElement {
  static override styles = [
    shared,
    pair,
    css`
      .cell {
        margin-bottom: var(--gap-1);
        font-size: var(--text-small);
      }
    `,
  ];

  static override properties = {
    snapshot: { attribute: false },
    summary: { attribute: false },
    answers: { attribute: false },
    chosen: { state: true },
  };

  declare snapshot: Snapshot | undefined;
  declare summary: Summary | undefined;
  declare answers: Answers;
  /** The cell of each network whose examples are shown. */
  declare chosen: Readonly<Record<string, number>>;

  /** Images of test examples that have come, of one experiment; and those that were asked for last. */
  private readonly images = new Map<number, Uint8Array>();
  private asked = '';

  constructor() {
    super();
    this.snapshot = undefined;
    this.summary = undefined;
    this.answers = {};
    this.chosen = {};
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('summary')) {
      const before: Summary | undefined = changed.get('summary');
      if (before?.classes !== this.summary?.classes) this.chosen = {};
      this.images.clear();
      this.asked = '';
    }
    const come = changed.has('answers') ? this.answers.examples : undefined;
    if (!come || come.pixels.length === 0) return;
    const each = come.pixels.length / come.indices.length;
    come.indices.forEach((index, at) => {
      this.images.set(index, come.pixels.subarray(at * each, (at + 1) * each));
    });
  }

  /** Images come once they are looked at: all of them in every snapshot would be half a megabyte. */
  protected override updated(): void {
    if (this.summary?.kind !== 'images') return;
    const listed = (this.snapshot?.networks ?? []).flatMap((network) => this.listed(network));
    const wanted = [...new Set(listed)].filter((index) => !this.images.has(index));
    if (wanted.length === 0 || wanted.join() === this.asked) return;
    this.asked = wanted.join();
    const indices = Uint32Array.from(wanted);
    emitCommand(this, { type: 'ask', question: { about: 'examples', indices } });
  }

  private cell({ kind }: NetworkSnapshot): number {
    return this.chosen[kind] ?? -1;
  }

  private listed(network: NetworkSnapshot): readonly number[] {
    return examplesOf(network.cells, network.confusion, this.cell(network));
  }

  protected override render(): TemplateResult {
    const { snapshot, summary } = this;
    const networks = snapshot?.networks ?? [];
    const evaluated = networks.some(({ confusion }) => confusion.length > 0);
    if (summary?.task !== 'classification' || !evaluated) return html``;
    return html`
      <div class="section"><h2>${text('confusion')}</h2></div>
      <div class="pair stack">
        ${networks.map(
          (network) => html`<div>
            <h3>${text(`network-${network.kind}`)}</h3>
            <confusion-matrix
              .counts=${network.confusion}
              .names=${summary.classNames}
              kind=${network.kind}
              .chosen=${this.cell(network)}
              @choose=${({ detail }: CustomEvent<number>) => {
                this.chosen = { ...this.chosen, [network.kind]: detail };
              }}
            ></confusion-matrix>
            ${this.renderCell(network, summary)}
          </div>`,
        )}
      </div>
      ${summary.kind === 'images' ? this.renderMisread(networks, summary) : nothing}
    `;
  }

  private renderCell(network: NetworkSnapshot, summary: Summary): TemplateResult {
    const { classes, classNames } = summary;
    const cell = this.cell(network);
    const [truth, predicted] = [Math.floor(cell / classes), cell % classes];
    const name = (at: number) => classNames[at] ?? String(at);
    const listed = this.listed(network);
    const all = network.confusion[cell] ?? 0;
    const part = all === 0 ? 'none' : all === listed.length ? 'all' : 'first';
    return html`<p class="soft number cell">
        <span role="status"
          >${
            cell < 0
              ? text('confusion-choose')
              : text('confusion-cell', { truth: name(truth), answer: name(predicted) })
          }</span
        >
        ${
          cell < 0
            ? nothing
            : text('confusion-cell-count', { part, count: formatCount(all), shown: listed.length })
        }
      </p>
      ${
        listed.length > 0
          ? html`<misread-gallery
              data-cell=${cell}
              .misread=${listed.map((index) => ({
                index,
                truth,
                predicted,
                pixels: this.images.get(index) ?? NO_IMAGE,
              }))}
              .width=${summary.imageWidth}
              .height=${summary.imageHeight}
              .points=${summary.points}
              .names=${classNames}
            ></misread-gallery>`
          : nothing
      }`;
  }

  private renderMisread(networks: readonly NetworkSnapshot[], summary: Summary): TemplateResult {
    return html`
      <div class="section"><h2>${text('misread')}</h2></div>
      <div class="pair stack">
        ${networks.map(
          (network) => html`<div>
            <h3>${text(`network-${network.kind}`)}</h3>
            <misread-gallery
              .misread=${network.misread}
              .width=${summary.imageWidth}
              .height=${summary.imageHeight}
              .names=${summary.classNames}
            ></misread-gallery>
          </div>`,
        )}
      </div>
    `;
  }
}

customElements.define('mistake-view', MistakeView);
