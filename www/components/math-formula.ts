// An equation of the catalogue as MathML, with numbers in the places of symbols where they are given.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { type MathNode, mathOf } from './latex.ts';
import { shared } from './shared-style.ts';

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const NONE: ReadonlyMap<string, string> = new Map();

export class MathFormula extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        overflow-x: auto;
        overflow-y: hidden;
        padding: var(--gap-2) 0;
      }

      math {
        font-size: 1rem;
        math-style: normal;
      }

      [data-value] {
        color: var(--value);
        font-weight: 600;
      }
    `,
  ];

  static override properties = {
    latex: { type: String },
    values: { attribute: false },
    state: { attribute: false },
  };

  declare latex: string;
  /** Numbers by the LaTeX of their symbols. */
  declare values: ReadonlyMap<string, string>;
  /** The same of variables at a moment. */
  declare state: ReadonlyMap<string, string>;

  private readonly resized = new ResizeObserver(() => this.letScroll());

  constructor() {
    super();
    this.latex = '';
    this.values = NONE;
    this.state = NONE;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
  }

  override disconnectedCallback(): void {
    this.resized.disconnect();
    super.disconnectedCallback();
  }

  protected override updated(): void {
    this.letScroll();
  }

  /** An equation that is cut off can be scrolled by keyboard too; one that is not takes no tab stop. */
  private letScroll(): void {
    if (this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    else this.removeAttribute('tabindex');
  }

  protected override render(): TemplateResult {
    const math = document.createElementNS(MATHML, 'math');
    math.setAttribute('display', 'block');
    math.append(built(mathOf(this.latex, this.values, this.state)));
    return html`${math}`;
  }
}

function built({ tag, text, attributes, children, value }: MathNode): Element {
  const element = document.createElementNS(MATHML, tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, setting] of Object.entries(attributes ?? {})) {
    // The policy of the page forbids style attributes; what they set is a property.
    if (name === 'style') (element as HTMLElement).style.textAlign = setting.split(': ')[1] ?? '';
    else element.setAttribute(name, setting);
  }
  if (value !== undefined) element.setAttribute('data-value', value);
  for (const child of children ?? []) element.append(built(child));
  return element;
}

customElements.define('math-formula', MathFormula);
