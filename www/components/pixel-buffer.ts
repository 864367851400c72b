// A small canvas to paint values into, one pixel a value, and to scale up from.

/** A canvas that keeps its pixels between images, so that nothing is allocated per frame. */
export class PixelBuffer {
  readonly canvas = document.createElement('canvas');
  private image: ImageData | undefined;
  private context = this.canvas.getContext('2d');

  /** The pixels of a width × height image, to be filled before `commit`. */
  pixels(width: number, height: number): Uint32Array {
    if (this.image?.width !== width || this.image.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = new ImageData(width, height);
    }
    return new Uint32Array(this.image.data.buffer);
  }

  commit(): void {
    if (this.image) this.context?.putImageData(this.image, 0, 0);
  }
}
