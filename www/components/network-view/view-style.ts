// Where the parts of the network view stand.

import { css } from 'lit';

export const viewStyle = css`
  :host {
    container-type: inline-size;
  }

  .bar,
  .legend,
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2) var(--gap-4);
    align-items: center;
  }

  .bar {
    justify-content: space-between;
    margin-top: var(--gap-2);
    padding-top: var(--gap-2);
    border-top: 1px solid var(--hairline);
  }

  .segments {
    display: flex;
  }

  .segments button {
    min-height: 1.875rem;
    border-radius: 0;
    margin-left: -1px;
  }

  .segments button:first-of-type {
    border-radius: var(--radius) 0 0 var(--radius);
    margin-left: 0;
  }

  .segments button:last-of-type {
    border-radius: 0 var(--radius) var(--radius) 0;
  }

  .segments .square {
    width: 1.875rem;
  }

  button[aria-pressed='true'] {
    background: var(--ink);
    border-color: var(--ink);
    color: var(--paper);
  }

  .group {
    display: flex;
    gap: var(--gap-2);
    align-items: center;
  }

  .pictures {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-6);
  }

  .pictures.both {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }

  .legend {
    margin-top: var(--gap-2);
    min-height: 1.5rem;
  }

  .legend plot-menu {
    margin-inline-start: auto;
  }

  .legend svg {
    display: inline-block;
    width: 2rem;
    height: 0.75rem;
    vertical-align: middle;
    margin-right: var(--gap-1);
    stroke-width: 3;
  }

  .positive {
    stroke: var(--surface-high);
  }

  .negative {
    stroke: var(--surface-low);
    stroke-dasharray: 5 3;
  }

  .pointed {
    min-width: 0;
  }

  @container (min-width: 44rem) {
    .pointed {
      margin-left: auto;
    }
  }

  .tools {
    margin: var(--gap-2) 0;
  }

  example-picker {
    margin-left: auto;
  }

  .tools button {
    min-height: 1.875rem;
  }

  .panel {
    padding: var(--gap-3) 0 var(--gap-4);
    border-top: 1px solid var(--hairline);
  }
`;
