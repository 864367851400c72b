// The equations of the catalogue, declared as LaTeX, as a tree of MathML: the part of LaTeX that
// declarations use. Where values are given, a symbol of a parameter is replaced by its number.

import { decimalOf } from '../i18n/format.ts';

export interface MathNode {
  tag: string;
  text?: string;
  attributes?: Record<string, string>;
  children?: MathNode[];
  /** A number that stands for a symbol of a parameter: this one, as LaTeX. */
  value?: string;
}

const LETTERS: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  Delta: 'Δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  vartheta: 'ϑ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'µ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  varphi: 'φ',
  omega: 'ω',
  ell: 'ℓ',
  infty: '∞',
  Phi: 'Φ',
  top: '⊤',
  partial: '∂',
};

const OPERATORS: Readonly<Record<string, string>> = {
  ge: '≥',
  le: '≤',
  leftarrow: '←',
  to: '→',
  rightarrow: '→',
  cdot: '·',
  odot: '⊙',
  langle: '⟨',
  rangle: '⟩',
  times: '×',
  in: '∈',
  sim: '~',
  sum: '∑',
  prod: '∏',
  approx: '≈',
  propto: '∝',
  ne: '≠',
  pm: '±',
  lVert: '‖',
  rVert: '‖',
  lfloor: '⌊',
  rfloor: '⌋',
  '{': '{',
  '}': '}',
  '|': '|',
};

const SPACES: Readonly<Record<string, string>> = {
  ',': '0.17em',
  ':': '0.22em',
  ';': '0.28em',
  '!': '-0.17em',
  ' ': '0.33em',
  quad: '1em',
  qquad: '2em',
};

const NAMES = ['sin', 'cos', 'exp', 'ln', 'log', 'max', 'min', 'tanh', 'arg'];
/** Marks above what they belong to. */
const ACCENTS: Readonly<Record<string, string>> = { hat: '^', dot: '˙', bar: '¯', overline: '¯' };
/** What changes nothing here. */
const SILENT = ['textstyle', 'displaystyle'];
const COMMANDS = [
  'frac',
  'tfrac',
  'sqrt',
  'mathrm',
  'text',
  'mathcal',
  'mathbf',
  'begin',
  'end',
  'bmod',
];
const SIZES = ['left', 'right', 'bigl', 'bigr', 'big', 'Bigl', 'Bigr'];

interface Token {
  text: string;
  from: number;
  to: number;
}

/** Small fractions are as large as the others here, and single digits need no braces: ½ as \\tfrac12. */
function plain(latex: string): string {
  return latex.replace(/\\tfrac(\d)(\d)/g, '\\frac{$1}{$2}').replaceAll('\\tfrac', '\\frac');
}

function tokens(latex: string): Token[] {
  const found: Token[] = [];
  const pattern = /\\[A-Za-z]+|\\[^A-Za-z]|\d+(?:\.\d+)?|[^\s]/g;
  for (const match of latex.matchAll(pattern)) {
    found.push({ text: match[0], from: match.index, to: match.index + match[0].length });
  }
  return found;
}

const row = (children: MathNode[]): MathNode =>
  children.length === 1 && children[0] ? children[0] : { tag: 'mrow', children };
const leaf = (tag: string, text: string, attributes?: Record<string, string>): MathNode =>
  attributes ? { tag, text, attributes } : { tag, text };

class Parser {
  private at = 0;
  private readonly found: Token[];
  /** Symbols of the state stand for numbers here. */
  private live = false;

  constructor(
    private readonly latex: string,
    private readonly values: ReadonlyMap<string, string>,
    private readonly state: ReadonlyMap<string, string>,
  ) {
    this.found = tokens(latex);
  }

  /**
   * The whole equation. What stands right of `=` says what comes of the state; left of it, and where a
   * state is compared or replaced, its symbol is the name of a variable.
   */
  whole(): MathNode[] {
    const replaces = this.latex.includes('\\leftarrow');
    return this.row([], false, (token) => {
      if (token === '=') this.live = !replaces;
      if (token === ',' || token.endsWith('quad')) this.live = false;
    });
  }

  /** Everything up to one of the ends, which is taken too. */
  row(
    ends: readonly string[],
    alignment = false,
    passed: (token: string) => void = () => {},
  ): MathNode[] {
    const nodes: MathNode[] = [];
    while (this.at < this.found.length) {
      const token = this.peek();
      if (ends.includes(token)) {
        this.at += 1;
        break;
      }
      if (alignment && (token === '&' || token === '\\\\' || token === '\\end')) break;
      const node = this.scripted();
      passed(token);
      if (!node) continue;
      const last = nodes.at(-1);
      // Two numbers side by side would be read as one.
      if (last && isNumber(last) && startsWithNumber(node)) nodes.push(leaf('mo', '·'));
      // A negative number is in brackets of its own, unless it stands behind one.
      const bare =
        last?.text === '(' && node.tag === 'mrow' && node.value ? node.children?.[1] : undefined;
      nodes.push(bare ?? node);
    }
    return nodes;
  }

  private valueOf(symbol: string): string | undefined {
    return this.values.get(symbol) ?? (this.live ? this.state.get(symbol) : undefined);
  }

  private peek(): string {
    return this.found[this.at]?.text ?? '';
  }

  private take(): Token {
    const token = this.found[this.at] ?? { text: '', from: 0, to: 0 };
    this.at += 1;
    return token;
  }

  /** What stands in braces, or the next token alone. */
  private argument(): MathNode[] {
    if (this.peek() !== '{') {
      const node = this.atom();
      return node ? [node] : [];
    }
    this.at += 1;
    return this.row(['}']);
  }

  /** An atom with what stands below and above it; `plain` where it is no parameter. */
  private scripted(plain = false): MathNode | undefined {
    const begin = this.found[this.at]?.from ?? 0;
    let base = this.atom();
    if (!base) return undefined;
    let below: MathNode | undefined;
    let above: MathNode | undefined;
    let symbolEnd = this.found[this.at - 1]?.to ?? begin;
    while (this.peek() === '_' || this.peek() === '^') {
      const down = this.take().text === '_';
      const script = row(this.argument());
      if (down) {
        below = script;
        symbolEnd = this.found[this.at - 1]?.to ?? symbolEnd;
      } else above = script;
    }
    const symbol = this.latex.slice(begin, symbolEnd).replaceAll(/\s/g, '');
    const value = plain ? undefined : this.valueOf(symbol);
    if (value !== undefined && base.tag === 'mi') {
      base = number(value, symbol);
      below = undefined;
    }
    if (below && above) return { tag: 'msubsup', children: [base, below, above] };
    if (below) {
      const limits = base.text === '∑' || base.text === '∏';
      return { tag: limits ? 'munder' : 'msub', children: [base, below] };
    }
    if (above) return { tag: 'msup', children: [base, above] };
    return base;
  }

  private atom(): MathNode | undefined {
    const { text } = this.take();
    if (text === '{') return row(this.row(['}']));
    if (text.startsWith('\\')) return this.command(text.slice(1));
    if (/^\d/.test(text)) return leaf('mn', decimalOf(text));
    if (/^[A-Za-z]$/.test(text)) return leaf('mi', text);
    if (text === '-') return leaf('mo', '−');
    if (text === '&' || text === '}') return undefined;
    if ('()[]'.includes(text)) return leaf('mo', text, { stretchy: 'false' });
    return leaf('mo', text);
  }

  private command(name: string): MathNode | undefined {
    const letter = LETTERS[name];
    if (letter) return leaf('mi', letter);
    const operator = OPERATORS[name];
    if (operator) return leaf('mo', operator);
    const width = SPACES[name];
    if (width) return { tag: 'mspace', attributes: { width } };
    if (NAMES.includes(name)) return leaf('mi', name, { mathvariant: 'normal' });
    if (SIZES.includes(name)) {
      const { text } = this.take();
      const bracket = OPERATORS[text.slice(1)] ?? text.replace('\\', '');
      return leaf('mo', bracket, { stretchy: String(name.length < 6) });
    }
    const accent = ACCENTS[name];
    if (accent) {
      const children = [row(this.argument()), leaf('mo', accent)];
      return { tag: 'mover', attributes: { accent: 'true' }, children };
    }
    switch (name) {
      case 'frac':
        return this.fraction();
      case 'sqrt':
        return { tag: 'msqrt', children: this.argument() };
      case 'mathrm':
      case 'text':
      case 'mathcal':
        // The space at the end of a text would collapse, and run it into what follows.
        return leaf(name === 'text' ? 'mtext' : 'mi', this.raw().replaceAll(' ', '\u00a0'), {
          mathvariant: 'normal',
        });
      case 'mathbf':
        return leaf('mi', bold(this.raw()), { mathvariant: 'normal' });
      case 'bmod':
        return leaf('mo', 'mod', { lspace: '0.28em', rspace: '0.28em' });
      case 'begin':
        return this.cases();
      default:
        return undefined;
    }
  }

  /** In `dV/dt` the d is no parameter, even where one has that name. */
  private fraction(): MathNode {
    const parts = [0, 1].map(() => {
      const first = this.found[this.at + 1]?.text ?? '';
      const alone = this.found[this.at + 2]?.text === '}';
      const differential =
        this.peek() === '{' && !alone && (first === 'd' || first === '\\partial');
      if (!differential) return row(this.argument());
      this.at += 1;
      const sign = this.scripted(true);
      const rest = this.row(['}']);
      return row(sign ? [sign, ...rest] : rest);
    });
    return { tag: 'mfrac', children: parts };
  }

  /** The text in braces as it stands. */
  private raw(): string {
    if (this.peek() !== '{') return this.take().text;
    const open = this.take();
    let close = open;
    while (this.at < this.found.length && this.peek() !== '}') close = this.take();
    if (this.peek() === '}') this.at += 1;
    return this.latex.slice(open.to, close.to).replaceAll(' ', '\u00a0');
  }

  private cases(): MathNode {
    this.raw();
    const rows: MathNode[] = [];
    let cells: MathNode[] = [];
    const end = () => {
      rows.push({ tag: 'mtr', children: cells });
      cells = [];
    };
    while (this.at < this.found.length) {
      cells.push({
        tag: 'mtd',
        attributes: { style: 'text-align: left' },
        children: this.row([], true),
      });
      const token = this.take().text;
      if (token === '\\\\') end();
      else if (token === '\\end') {
        this.raw();
        break;
      }
    }
    end();
    return row([leaf('mo', '{'), { tag: 'mtable', children: rows }]);
  }
}

function number(value: string, symbol: string): MathNode {
  const digits: MathNode = { tag: 'mn', text: value.replace('-', '−'), value: symbol };
  if (!value.startsWith('-')) return digits;
  return { tag: 'mrow', children: [leaf('mo', '('), digits, leaf('mo', ')')], value: symbol };
}

const isNumber = (node: MathNode) =>
  node.tag === 'mn' || node.value !== undefined || (node.tag === 'msup' && startsWithNumber(node));
function startsWithNumber(node: MathNode): boolean {
  if (node.tag === 'mn') return true;
  const [first] = node.children ?? [];
  return (
    node.tag !== 'mfrac' && node.tag !== 'mrow' && first !== undefined && startsWithNumber(first)
  );
}

/** Letters as the bold ones of mathematics, which every font for it has. */
function bold(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (/[A-Z]/.test(letter)) return String.fromCodePoint(0x1d400 + code - 65);
      return /[a-z]/.test(letter) ? String.fromCodePoint(0x1d41a + code - 97) : letter;
    })
    .join('');
}

/** Whether a command is one of those that are drawn. */
export function knows(name: string): boolean {
  const tables = [LETTERS, OPERATORS, SPACES, ACCENTS];
  const lists = [NAMES, SIZES, SILENT, COMMANDS];
  return tables.some((table) => name in table) || lists.some((list) => list.includes(name));
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * The tree of an equation; `values` and `state` hold numbers by the LaTeX of their symbols, without
 * spaces: those of parameters, and those of variables at a moment.
 */
export function mathOf(latex: string, values = NONE, state = NONE): MathNode {
  return { tag: 'mrow', children: new Parser(plain(latex), values, state).whole() };
}
