// What Lighthouse said of each room beside its bars, and benches/LIGHTHOUSE.md of it.

export const BARS = {
  desktop: { performance: 95, accessibility: 100, 'best-practices': 100 },
  mobile: { performance: 90, accessibility: 100, 'best-practices': 100 },
};
export const CATEGORIES = Object.keys(BARS.desktop);
/** A median of fewer rounds is not written down. */
export const LEAST_ROUNDS = 3;

/** The lower one of two in the middle: no score that was not reached. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/**
 * Each median below its bar, in words. `audits` has `{ room, preset, scores, wrong }` for each room and preset;
 * `scores` has a list for each category, one score a round.
 */
export function missed(audits) {
  return audits.flatMap(({ room, preset, scores }) =>
    CATEGORIES.flatMap((category) => {
      const [score, bar] = [median(scores[category]), BARS[preset][category]];
      return score >= bar ? [] : [`${room}, ${preset}: ${category} ${score} < ${bar}`];
    }),
  );
}

const row = (cells) => `| ${cells.join(' | ')} |`;

/** A score, and from where to where it went if not every round had the same. */
function cell(scores) {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  return low === high ? `**${low}**` : `**${median(scores)}** (${low}–${high})`;
}

function scoresTable(audits) {
  const heads = ['room', 'preset', ...CATEGORIES.map((category) => category.replace('-', ' ')), ''];
  const rows = audits.map((audit) => {
    const isMissed = missed([audit]).length > 0;
    const cells = CATEGORIES.map((category) => cell(audit.scores[category]));
    return [audit.room, audit.preset, ...cells, isMissed ? '**missed**' : 'met'];
  });
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

function bars() {
  const worded = Object.entries(BARS).map(([preset, of]) => {
    const each = CATEGORIES.map((category) => `${category.replace('-', ' ')} ≥ ${of[category]}`);
    return `- ${preset}: ${each.join(', ')}`;
  });
  return worded.join('\n');
}

/** What cost points where a bar is missed: audits with a score below 0.9. */
function remarks(audits) {
  const found = audits
    .filter((audit) => missed([audit]).length > 0)
    .map(({ room, preset, wrong }) => {
      const each = [...wrong].map(([id, said]) => `${id} ${said}`.trim());
      return `- ${room}, ${preset}: ${each.join('; ')}`;
    });
  return found.length === 0 ? 'No bar is missed.' : found.join('\n');
}

/** The whole report. */
export function report({ date, commit, machine, chromium, lighthouse, rounds, audits }) {
  return `# What Lighthouse says

Made by \`cargo xtask lighthouse\`; how: [README.md](README.md).

- ${date}, commit ${commit}
- ${machine}
- Chromium ${chromium}, headless; Lighthouse ${lighthouse}
- ${rounds} rounds for each room and preset: the median, and in brackets the lowest and the highest

${scoresTable(audits)}

## Bars

${bars()}

## What costs points

Where a bar is missed: audits that had less than 0.9 in some round, with their last score.

${remarks(audits)}
`;
}
