// Draws everything below an element again, through all shadow roots: after another language was chosen.

interface Redrawn extends Element {
  requestUpdate?: () => void;
}

export function redrawTexts(root: Element): void {
  (root as Redrawn).requestUpdate?.();
  for (const inside of [root, root.shadowRoot]) {
    for (const child of inside?.children ?? []) redrawTexts(child);
  }
}
