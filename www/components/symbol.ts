// The short symbols of parameters, declared as LaTeX, as plain letters and an index.

const LETTERS: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  Delta: 'Δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  vartheta: 'ϑ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'µ',
  nu: 'ν',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
};

export interface PlainSymbol {
  letter: string;
  /** What stands below the line; empty if nothing does. */
  index: string;
}

export function plainSymbol(latex: string): PlainSymbol {
  const [letter = '', ...index] = latex.split('_');
  return { letter: plain(letter), index: plain(index.join('_')) };
}

function plain(latex: string): string {
  return latex
    .replace(/\\(?:mathrm|text|mathit)\s*/g, '')
    .replace(/\\([A-Za-z]+)\s*/g, (_, name: string) => LETTERS[name] ?? name)
    .replace(/[{}]/g, '')
    .trim();
}
