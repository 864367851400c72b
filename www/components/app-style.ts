// Where everything stands: one column on a telephone, two on a tablet, three on a desk.

import { css } from 'lit';

export const appStyle = css`
  .page {
    max-width: 150rem;
    margin: 0 auto;
    padding: 0 var(--gap-6) var(--gap-8);
  }

  .body {
    display: grid;
    grid-template-columns: 17rem minmax(0, 1fr) 20rem;
    grid-template-areas: 'controls twin rest' 'controls details rest';
    grid-template-rows: auto 1fr;
    gap: var(--gap-6) var(--gap-8);
    align-items: start;
  }

  .controls {
    grid-area: controls;
    display: grid;
    gap: var(--gap-6);
    --choice-width: 7.5rem;
  }

  .controls h2 {
    margin-bottom: var(--gap-2);
  }

  .controls section + section h2 {
    padding-top: var(--gap-3);
    border-top: 1px solid var(--hairline);
  }

  .twin {
    grid-area: twin;
  }

  /* Until there is something to show, its place is kept: nothing below jumps when it comes. */
  .twin.still {
    min-height: 100vh;
  }

  .details {
    grid-area: details;
    display: grid;
    gap: var(--gap-6);
  }

  .rest {
    grid-area: rest;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-6);
  }

  .rest h2 {
    margin-bottom: var(--gap-2);
  }

  .rest section + section h2 {
    padding-top: var(--gap-3);
    border-top: 1px solid var(--hairline);
  }

  .curves {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: var(--gap-4) var(--gap-6);
  }

  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--gap-4);
  }

  .over {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
  }

  .key i {
    display: inline-block;
    width: 1.5rem;
    border-top: 2px solid var(--ink);
    vertical-align: middle;
    margin-inline-end: var(--gap-1);
  }

  .key .artificial {
    border-color: var(--artificial);
  }

  .key .spiking {
    border-color: var(--spiking);
  }

  /* The marks of the curves. */
  .key .artificial,
  .key .spiking {
    position: relative;
  }

  .key .artificial::after,
  .key .spiking::after {
    content: '';
    position: absolute;
    left: 50%;
    top: -1px;
    transform: translate(-50%, -50%);
    border: 1px solid currentColor;
    width: 5px;
    height: 5px;
    border-radius: 50%;
    color: var(--artificial);
    background: currentColor;
  }

  .key .spiking::after {
    width: 0;
    height: 9px;
    border-radius: 0;
    color: var(--spiking);
  }

  .key .train {
    border-top: 1px dashed var(--ink);
  }

  /* What runs the experiment, and what stopped it, stay in sight. */
  .deck {
    position: sticky;
    top: 0;
    z-index: 3;
    margin-bottom: var(--gap-4);
    background: var(--paper);
    border-bottom: 1px solid var(--hairline);
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--gap-4);
    align-items: start;
  }

  .drive {
    grid-area: 1 / 1;
    min-width: 0;
  }

  edit-bar {
    grid-area: 1 / 2;
    padding: var(--gap-2) 0;
  }

  transport-bar {
    padding: var(--gap-2) 0;
  }

  divergence-notice {
    margin-bottom: var(--gap-2);
  }

  message-bar {
    position: fixed;
    z-index: 4;
    bottom: var(--gap-4);
    left: 50%;
    width: min(44rem, 100vw - 2 * var(--gap-4));
    transform: translateX(-50%);
  }

  .wait {
    padding: var(--gap-8) 0;
  }

  .keys {
    display: flex;
    gap: var(--gap-2);
    align-items: center;
  }

  kbd {
    font: inherit;
    border: 1px solid var(--hairline);
    border-radius: 3px;
    padding: 0 0.35em;
    background: var(--raised);
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2) var(--gap-6);
    margin-top: var(--gap-8);
    padding-top: var(--gap-3);
    border-top: 1px solid var(--hairline);
  }

  code {
    font-size: var(--text-small);
    overflow-wrap: anywhere;
  }

  @media (min-width: 120rem) {
    .body {
      grid-template-columns: 19rem minmax(0, 1fr) 26rem;
    }
  }

  @media (max-width: 80rem) {
    .body {
      grid-template-columns: 17rem minmax(0, 1fr);
      grid-template-areas: 'controls twin' 'controls rest' 'controls details';
      grid-template-rows: auto auto 1fr;
    }
  }

  @media (max-width: 60rem) {
    .page {
      padding: 0 var(--gap-4) 8rem;
    }

    .body {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'twin' 'controls' 'rest' 'details';
      grid-template-rows: none;
    }

    .controls {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
    }

    .deck {
      position: static;
      display: block;
    }

    /* Within reach of the thumb, whatever is being looked at. */
    .drive {
      position: fixed;
      z-index: 3;
      inset: auto 0 0;
      padding: 0 var(--gap-4);
      background: var(--paper);
      border-top: 1px solid var(--hairline);
    }

    divergence-notice {
      margin-top: var(--gap-2);
      margin-bottom: 0;
    }

    message-bar {
      top: var(--gap-2);
      bottom: auto;
      width: calc(100vw - 2 * var(--gap-2));
    }
  }

  /* A sheet to hand out: the networks, the curves and the costs. */
  @media print {
    .page {
      padding: 0;
    }

    .body {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'twin' 'rest' 'details';
      grid-template-rows: none;
    }

    .controls,
    .deck,
    .keys,
    footer span:has(kbd),
    message-bar {
      display: none;
    }
  }
`;
