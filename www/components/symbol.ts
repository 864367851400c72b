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
  const parts = latex.split('/').map(plainPart);
  // A ratio of two with indices has no place for them below the line.
  if (parts.length > 1) {
    const letter = parts.map((part) => `${part.letter}${part.index}`).join('/');
    return { letter, index: '' };
  }
  return plainPart(latex);
}

function plainPart(latex: string): PlainSymbol {
  const [letter = '', ...index] = latex.split('_');
  return { letter: plain(letter), index: plain(index.join('_')) };
}

function plain(latex: string): string {
  return latex
    .replace(/\\(?:mathrm|text|mathit)\s*/g, '')
    .replace(/\\([A-Za-z]+)\s*/g, (_, name: string) => LETTERS[name] ?? name)
    .replace(/[{}]/g, '')
    .replace(/\^\+/g, '⁺')
    .replace(/\^-/g, '⁻')
    .trim();
}
