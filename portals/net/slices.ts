/** Hands out a stream of bytes in stretches of whatever length each reader asks for. */
export class Slices {
  private readonly source: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.source = pieces[Symbol.asyncIterator]();
  }

  /** The next so many bytes, fewer at the end. Each stretch is read to its end before the next is asked for. */
  async *next(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      if (this.rest.length === 0) {
        const { value, done } = await this.source.next();
        if (done === true) return;
        this.rest = value;
      }
      const piece = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(piece.length);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  /** The same, in one piece. */
  async collect(length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.next(length)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** Reads on to the end, where whoever gives the bytes may still say no. */
  async finish(): Promise<void> {
    for (;;) if ((await this.source.next()).done === true) return;
  }

  /** Lets go of the source, wherever it is. */
  async close(): Promise<void> {
    await this.source.return?.();
  }
}
