// What uPlot's own style sheet does, as far as it is used here, and the room that its labels need.

import { css } from 'lit';

export const uplotStyle = css`
  .uplot,
  .u-wrap {
    position: relative;
    user-select: none;
  }

  .u-over,
  .u-under {
    position: absolute;
  }

  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
    max-width: none;
  }

  .u-axis {
    position: absolute;
  }

  .u-cursor-x,
  .u-cursor-y {
    position: absolute;
    left: 0;
    top: 0;
    pointer-events: none;
  }

  .u-cursor-x {
    height: 100%;
    border-right: 1px solid var(--track);
  }

  .u-cursor-pt {
    position: absolute;
    top: 0;
    left: 0;
    border-radius: 50%;
    border: 0 solid;
    pointer-events: none;
  }

  .u-cursor-y,
  .u-select,
  .u-off {
    display: none;
  }
`;

const sizeOf = (font: string) => Number.parseFloat(font) || 12;

/** The height of the labels under a plot and the width of those beside it, px. */
export function axisSizes(font: string): { x: number; y: number } {
  const size = sizeOf(font);
  return { x: Math.round(2 * size), y: Math.round(3.85 * size) };
}

/** Right of a plot: half of the longest label, “100,000”, which is centred on the last place of x. */
export function sideRoom(font: string): number {
  return Math.round(2.25 * sizeOf(font));
}

/** From label to label under a plot, at least. */
export function labelSpace(font: string): number {
  return Math.round(5 * sizeOf(font));
}

/** Above a plot: half of the label that stands at its upper edge. */
export function topRoom(font: string): number {
  return Math.round(0.55 * sizeOf(font));
}
