// Where the parts of the unit inspector stand.

import { css } from 'lit';

export const inspectorStyle = css`
  .top,
  .deeds,
  .check {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2) var(--gap-4);
    align-items: center;
  }

  .top {
    margin-bottom: var(--gap-3);
  }

  .top h3 {
    flex: 1 1 auto;
  }

  .top .deeds {
    order: 1;
    flex: 1 0 100%;
  }

  @media (min-width: 88rem) {
    .top .deeds {
      order: 0;
      flex: 0 1 auto;
    }

    .top h3 {
      flex: 0 1 auto;
    }
  }

  .top > button {
    margin-left: auto;
  }

  .check,
  .check label {
    display: flex;
    flex-wrap: nowrap;
    gap: var(--gap-2);
    align-items: center;
  }

  .deeds select {
    min-height: 1.875rem;
    max-width: 17rem;
    margin-left: var(--gap-1);
  }

  h3:focus {
    outline: none;
  }

  h4 {
    margin: 0;
    font-size: var(--text);
    font-weight: 600;
  }

  .parts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-4) var(--gap-8);
    align-items: start;
  }

  .curves {
    flex: 1 1 16rem;
    min-width: 0;
  }

  .plots {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    gap: var(--gap-3);
  }

  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
    font-size: var(--text-small);
  }

  caption {
    text-align: left;
    color: var(--ink-soft);
    padding-bottom: var(--gap-1);
  }

  th {
    text-align: left;
    font-weight: 400;
    padding: 2px var(--gap-3) 2px 0;
  }

  thead th {
    color: var(--ink-soft);
  }

  thead th:not(:first-child) {
    text-align: right;
  }

  td {
    text-align: right;
    padding: 2px 0 2px var(--gap-3);
    min-width: 3.5rem;
  }

  tfoot tr:first-child > * {
    border-top: 1px solid var(--track);
  }

  tfoot th,
  tfoot td {
    font-weight: 600;
  }
`;
