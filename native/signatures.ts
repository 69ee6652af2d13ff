import type { YuvFrame } from './ffmpeg/frame-reader.ts';

const COLUMNS = 16;
const ROWS = 9;
const POINTS = COLUMNS * ROWS;
/** Each point is the mean of this many samples a side of its field: enough to even out noise at another size. */
const SAMPLES = 12;
/** Frames in one block of memory: an hour's recording costs 13 MB. */
const BLOCK = 4096;
/** Mean difference in grey levels up to which pictures of other sizes, or mended by the decoder, are the same. */
const TOLERANCE = 8;

/**
 * A few bytes of every picture that the analysis saw, by which the rendering pass knows that its frame
 * `n` is the very same picture: masks on the wrong frame would hide nothing.
 */
export class PictureSignatures {
  private readonly blocks: Uint8Array[] = [];
  private readonly current = new Uint8Array(POINTS);
  private width = 0;

  /** @param stored what {@link stored} gave @param width of the frames it was made from */
  static restore(stored: Uint8Array, width: number): PictureSignatures {
    const signatures = new PictureSignatures();
    signatures.width = width;
    for (let at = 0; at < stored.length; at += BLOCK * POINTS)
      signatures.blocks.push(Uint8Array.from(stored.subarray(at, at + BLOCK * POINTS)));
    return signatures;
  }

  get frameWidth(): number {
    return this.width;
  }

  /** Blocks of equal size, to be kept one behind the other. */
  stored(): readonly Uint8Array[] {
    return this.blocks;
  }

  remember(frame: YuvFrame): void {
    this.width = frame.width;
    sign(frame, this.current);
    const block = Math.floor(frame.index / BLOCK);
    this.blocks[block] ??= new Uint8Array(BLOCK * POINTS);
    this.blocks[block].set(this.current, (frame.index % BLOCK) * POINTS);
  }

  /** @param mended the decoder filled in parts of damaged pictures, not always in the same way */
  matches(frame: YuvFrame, mended: boolean): boolean {
    const block = this.blocks[Math.floor(frame.index / BLOCK)];
    if (!block) return false;
    sign(frame, this.current);
    const from = (frame.index % BLOCK) * POINTS;
    let difference = 0;
    for (let at = 0; at < POINTS; at++) difference += Math.abs(block[from + at]! - this.current[at]!);
    return difference <= (mended || frame.width !== this.width ? TOLERANCE * POINTS : 0);
  }
}

/** Mean luma of each field of a grid, from samples at the same relative places for every size. */
function sign({ data, width, height }: YuvFrame, out: Uint8Array): void {
  const reachX = width / COLUMNS / (SAMPLES + 1);
  const reachY = height / ROWS / (SAMPLES + 1);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      let sum = 0;
      for (let j = 1; j <= SAMPLES; j++) {
        const y = Math.floor((row * height) / ROWS + j * reachY);
        for (let i = 1; i <= SAMPLES; i++)
          sum += data[y * width + Math.floor((column * width) / COLUMNS + i * reachX)]!;
      }
      out[row * COLUMNS + column] = sum / (SAMPLES * SAMPLES);
    }
  }
}
