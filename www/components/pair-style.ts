// Two columns with the same rows: a glance to the side compares the networks.

import { css } from 'lit';

export const pair = css`
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--gap-2) var(--gap-6);
  }

  .section {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: var(--gap-2) var(--gap-4);
    margin-bottom: var(--gap-2);
    padding-top: var(--gap-3);
    border-top: 1px solid var(--hairline);
  }

  .section:not(:first-child) {
    margin-top: var(--gap-6);
  }

  .pair h3 {
    font-weight: 400;
    font-size: var(--text-small);
    color: var(--ink-soft);
    margin-bottom: var(--gap-1);
  }

  @media (max-width: 48rem) {
    .pair {
      gap: var(--gap-2) var(--gap-3);
    }

    .pair.stack {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
