import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knows, type MathNode, mathOf } from '../components/latex.ts';
import { setNumberLocale } from '../i18n/format.ts';

/** The tree in a line: `tag(children)` or the text of a leaf. */
function flat(node: MathNode): string {
  if (node.text !== undefined) return node.text;
  const inner = (node.children ?? []).map(flat).join(' ');
  return node.tag === 'mrow' ? inner : `${node.tag}(${inner})`;
}
const read = (latex: string, values: Record<string, string> = {}) =>
  flat(mathOf(latex, new Map(Object.entries(values))));

test.each([
  ['C \\frac{dV}{dt} = -g_L (V - E_L)', 'C mfrac(d V d t) = − msub(g L) ( V − msub(E L) )'],
  ['n^4', 'msup(n 4)'],
  ['k_2 v^2', 'msub(k 2) msup(v 2)'],
  ['m_\\infty^3', 'msubsup(m ∞ 3)'],
  ['\\sqrt{2\\tau}', 'msqrt(2 τ)'],
  ['L = \\tfrac12 \\langle (y - t)^2 \\rangle', 'L = mfrac(1 2) ⟨ ( y − t msup() 2) ⟩'],
  ['\\frac{\\partial^2 V}{\\partial x^2}', 'mfrac(msup(∂ 2) V ∂ msup(x 2))'],
  ['\\bigl(1 - x\\bigr)', '( 1 − x )'],
  ['\\sum_i x_i', 'munder(∑ i) msub(x i)'],
  ['x \\in \\{m, h, n\\}', 'x ∈ { m , h , n }'],
  ['\\tau_e\\,\\dot g_e = -g_e', 'msub(τ e) mspace() msub(mover(g ˙) e) = − msub(g e)'],
  ['\\langle \\mathbf P \\rangle', '⟨ 𝐏 ⟩'],
  ['I_0 \\text{ else}', 'msub(I 0) \u00a0else'],
  ['\\left(\\lfloor x \\rfloor \\bmod 2\\right)', '( ⌊ x ⌋ mod 2 )'],
  ['\\left\\lVert v \\right\\rVert', '‖ v ‖'],
  ['\\overline{y^2}', 'mover(msup(y 2) ¯)'],
])('%s', (latex, tree) => {
  expect(read(latex)).toBe(tree);
});

test('cases are a table', () => {
  const tree = read('y = \\begin{cases} 1 & z \\ge 0 \\\\ 0 & z < 0 \\end{cases}');
  expect(tree).toBe('y = { mtable(mtr(mtd(1) mtd(z ≥ 0)) mtr(mtd(0) mtd(z < 0)))');
});

test('numbers stand where symbols stood, and are told apart', () => {
  const values = { 'g_\\mathrm{Na}': '120', 'E_\\mathrm{K}': '-77', a: '0.02', b: '0.2', d: '8' };
  expect(read('-g_\\mathrm{Na} m^3 h', values)).toBe('− 120 msup(m 3) h');
  expect(read('V - E_\\mathrm{K}', values)).toBe('V − ( −77 )');
  expect(read('a b v', values)).toBe('0.02 · 0.2 v');
  // The d of a differential is no parameter, although Izhikevich's neuron has one of that name.
  expect(read('\\frac{du}{dt} = a (b v - u)', values)).toBe('mfrac(d u d t) = 0.02 ( 0.2 v − u )');
  expect(read('u \\leftarrow u + d', values)).toBe('u ← u + 8');
  expect(read('k_2', { k: '1' })).toBe('msub(k 2)');
  expect(read('\\frac{d}{4}', { d: '476' })).toBe('mfrac(476 4)');
  expect(read('(a - V)', { a: '-77' })).toBe('( −77 − V )');
});

test('a state stands where something comes of it, and not where it is named', () => {
  const state = new Map(Object.entries({ V: '-65', h: '0.6', w: '3', z: '0.5', I: '10' }));
  const at = (latex: string) => flat(mathOf(latex, new Map([['C', '1']]), state));
  expect(at('C \\frac{dV}{dt} = -g h (V - E) + I')).toBe(
    '1 mfrac(d V d t) = − g 0.6 ( −65 − E ) + 10',
  );
  expect(at('\\frac{dx}{dt} = \\phi x,\\quad x \\in \\{h, n\\}')).toMatch(/∈ { h , n }$/);
  expect(at('\\rho(V) = e^{(V - b)/a},\\quad h = -V')).toBe(
    'ρ ( V ) = msup(e ( −65 − b ) / a) , mspace() h = − ( −65 )',
  );
  const reset = 'V \\ge b:\\; V \\leftarrow c,\\; w \\leftarrow w + b';
  expect(at(reset)).toBe(read(reset));
  expect(at('y = \\begin{cases} 1 & z \\ge 0 \\\\ 0 \\end{cases}')).toContain('mtd(0.5 ≥ 0)');
});

test('numbers have the decimals of the language', () => {
  setNumberLocale('es');
  expect(read('0.07 e^{-0.5 V}', { V: '0,3' })).toBe('0,07 msup(e − 0,5 · 0,3)');
  setNumberLocale('en');
});

test('nonsense ends', () => {
  for (const latex of ['}', '\\frac{', '_', 'x^', '\\begin{cases} 1', '\\unknown{x}', '\\left(']) {
    expect(() => mathOf(latex)).not.toThrow();
  }
});

test('every command in an equation that is declared is drawn', () => {
  const folder = new URL('../../src/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const commands = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.rs'))) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    // Of models a list, of data sets and choices one.
    for (const [, list = '', one = ''] of source.matchAll(
      /equations?: (?:&\[([\s\S]*?)\n? *\],\n|r?("[^"]*"))/g,
    )) {
      for (const [, equation = ''] of `${list}${one}`.matchAll(/r?"([^"]*)"/g)) {
        for (const [, name = ''] of equation.matchAll(/\\([A-Za-z]+)/g)) commands.set(name, file);
      }
    }
  }
  expect(commands.size).toBeGreaterThan(40);
  expect([...commands].filter(([name]) => !knows(name))).toEqual([]);
});
