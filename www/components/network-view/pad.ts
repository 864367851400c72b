// A square of pixels to draw on: what a pencil leaves, without a canvas.

/** Half the width of the pencil, in pixels. */
const RADIUS = 1.15;
/** Over how much its edge fades. */
const SOFT = 0.8;

export class Pad {
  readonly ink: Float32Array;

  constructor(readonly side: number) {
    this.ink = new Float32Array(side * side);
  }

  get isEmpty(): boolean {
    return this.ink.every((ink) => ink === 0);
  }

  clear(): void {
    this.ink.fill(0);
  }

  /** A line from one place to another, in pixels; the middle of the first is 0.5. */
  stroke(x0: number, y0: number, x1: number, y1: number): void {
    const { side, ink } = this;
    const reach = Math.ceil(RADIUS + SOFT);
    const [left, right] = [Math.min(x0, x1) - reach, Math.max(x0, x1) + reach];
    const [top, bottom] = [Math.min(y0, y1) - reach, Math.max(y0, y1) + reach];
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    for (let row = Math.max(0, Math.floor(top)); row < Math.min(side, bottom); row += 1) {
      for (
        let column = Math.max(0, Math.floor(left));
        column < Math.min(side, right);
        column += 1
      ) {
        const [x, y] = [column + 0.5, row + 0.5];
        const along = length === 0 ? 0 : ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length;
        const t = Math.min(1, Math.max(0, along));
        const away = Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0));
        const left = Math.min(1, Math.max(0, (RADIUS + SOFT - away) / SOFT));
        const at = row * side + column;
        ink[at] = Math.max(ink[at] ?? 0, left);
      }
    }
  }
}
