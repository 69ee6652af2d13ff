/** Coarse colours of a head, 0..255: area means, in the order in which the painter of masks wants them. */
export type Colours = Uint8Array;

/** The colours of one head over all the pictures it was seen well on. */
export class ColourMean {
  private sums: Float32Array | undefined;
  private count = 0;

  add(colours: ArrayLike<number>): void {
    this.take(colours, 1);
  }

  join({ sums, count }: ColourMean): void {
    if (sums) this.take(sums, count);
  }

  private take(colours: ArrayLike<number>, count: number): void {
    this.sums ??= new Float32Array(colours.length);
    for (let at = 0; at < this.sums.length; at++) this.sums[at]! += colours[at]!;
    this.count += count;
  }

  /** Undefined of a head that was never seen well. */
  mean(): Colours | undefined {
    return this.sums && Uint8Array.from(this.sums, (sum) => Math.round(sum / this.count));
  }
}
