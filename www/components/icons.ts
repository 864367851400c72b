// Small drawings for buttons; always beside or inside something that has a text.

import { svg } from 'lit';

const icon = (path: string) =>
  svg`<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;

export const playIcon = icon('M4 2.5v11l9-5.5z');
export const pauseIcon = icon('M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z');
export const backIcon = icon('M12.5 2.5v11L5.5 8zM3 2.5h2v11H3z');
export const resetIcon = icon('M8 3a5 5 0 1 1-4.6 3l1.5.6A3.4 3.4 0 1 0 8 4.6V7L3.8 3.8 8 .6z');
export const plusIcon = icon('M7 3h2v4h4v2H9v4H7V9H3V7h4z');
export const minusIcon = icon('M3 7h10v2H3z');
export const crossIcon = icon(
  'M4.2 2.8 8 6.6l3.8-3.8 1.4 1.4L9.4 8l3.8 3.8-1.4 1.4L8 9.4l-3.8 3.8-1.4-1.4L6.6 8 2.8 4.2z',
);
export const imageIcon = icon(
  'M5 2.5h4.5q2 0 2 2 0 1.6-1.2 2.2 2 .5 2 2.8 0 4-4.6 4-2.6 0-3.7-1.4l1.2-1.3q1 .9 2.4.9 2.7 0 2.7-2.1 0-1.6-2.3-1.6H6.6V6.4h1.2q1.7 0 1.7-1.3 0-.9-1-.9H5z',
);
export const shirtIcon = icon('M5.5 2q2.5 2 5 0l4 2.5-1.7 3-1.8-.8V14H5V6.7l-1.8.8-1.7-3z');
export const tableIcon = icon(
  'M2 3h12v10H2zm1.5 3v2h3V6zm4.5 0v2h4.5V6zM3.5 9.5v2h3v-2zm4.5 0v2h4.5v-2z',
);
export const undoIcon = icon(
  'M6.5 1.5 2 5.5l4.5 4V7h3a2.5 2.5 0 0 1 0 5H5v2h4.5a4.5 4.5 0 0 0 0-9h-3z',
);
export const redoIcon = icon(
  'M9.5 1.5 14 5.5l-4.5 4V7h-3a2.5 2.5 0 0 0 0 5H11v2H6.5a4.5 4.5 0 0 1 0-9h3z',
);
export const shareIcon = icon(
  'M8 .8 12 4.8l-1.3 1.3L9 4.4V10H7V4.4L5.3 6.1 4 4.8zM3 8h2v5h6V8h2v7H3z',
);
export const pinIcon = icon(
  'M10.5 1 15 5.5 13.6 7l-.6-.3-3 3 .2 2.3-1.4 1.4-2.7-2.7L2.5 14.3l-.8-.8 3.6-3.6-2.7-2.7L4 5.8l2.3.2 3-3-.3-.6z',
);
export const downloadIcon = icon(
  'M7 1h2v6.6l2.2-2.2 1.3 1.3L8 11.2 3.5 6.7l1.3-1.3L7 7.6zM2 12.5h12v2H2z',
);
