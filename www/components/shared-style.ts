// Styles that the elements share: reset, buttons, fields, focus.

import { css } from 'lit';

export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    min-width: 0;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h2,
  h3,
  p,
  figure,
  dl,
  dd,
  ol,
  ul,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }

  ol,
  ul {
    list-style: none;
  }

  h2,
  h3 {
    font-size: var(--text);
    font-weight: 600;
  }

  .soft,
  figcaption {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--gap-2);
    min-height: var(--control);
    padding: 0 var(--gap-3);
    border: 1px solid var(--hairline);
    border-radius: var(--radius);
    background: var(--raised);
    cursor: pointer;
    white-space: nowrap;
  }

  button:hover:not(:disabled) {
    background: var(--hover);
  }

  button:disabled {
    color: var(--ink-soft);
    cursor: default;
    opacity: 0.6;
  }

  button.primary {
    background: var(--ink);
    border-color: var(--ink);
    color: var(--paper);
    font-weight: 600;
  }

  button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--ink) 85%, var(--paper));
  }

  button.plain {
    border-color: transparent;
    background: transparent;
  }

  button.square {
    width: var(--control);
    padding: 0;
  }

  svg {
    display: block;
    width: 1rem;
    height: 1rem;
    fill: currentColor;
    flex: none;
  }

  select,
  input[type='text'],
  input[type='number'],
  textarea {
    min-height: var(--control);
    padding: 0 var(--gap-2);
    border: 1px solid var(--hairline);
    border-radius: var(--radius);
    background: var(--raised);
    max-width: 100%;
  }

  input[type='checkbox'] {
    accent-color: var(--ink);
    width: 1rem;
    height: 1rem;
    margin: 0;
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  canvas {
    display: block;
    max-width: 100%;
  }

  /* Long words of a button are broken rather than cut off. */
  @media (max-width: 30rem) {
    button {
      max-width: 100%;
      white-space: normal;
    }
  }

  @media (forced-colors: active) {
    button.primary {
      background: ButtonFace;
      border-color: ButtonText;
      color: ButtonText;
    }

    button:disabled,
    button.primary:disabled {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
