import { intersection, type Box } from '../core/geometry/box.ts';
import type { Mask } from '../core/plan/masks.ts';
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

/** Fields this near a mask, in pixels, are touched by its soft edge and the encoder. */
const MARGIN = 8;

/** A part of a picture, in its pixels, and how far its mean is from what the analysis saw there, in grey levels. */
export interface Deviation {
  readonly box: Box;
  readonly difference: number;
}

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
    sign(frame, frame.width, this.current);
    const block = Math.floor(frame.index / BLOCK);
    this.blocks[block] ??= new Uint8Array(BLOCK * POINTS);
    this.blocks[block].set(this.current, (frame.index % BLOCK) * POINTS);
  }

  /** @param mended the decoder filled in parts of damaged pictures, not always in the same way */
  matches(frame: YuvFrame, mended: boolean): boolean {
    const block = this.blocks[Math.floor(frame.index / BLOCK)];
    if (!block) return false;
    sign(frame, this.width, this.current);
    const from = (frame.index % BLOCK) * POINTS;
    let difference = 0;
    for (let at = 0; at < POINTS; at++) difference += Math.abs(block[from + at]! - this.current[at]!);
    return difference <= (mended || frame.width !== this.width ? TOLERANCE * POINTS : 0);
  }

  /**
   * Where a finished picture is furthest from its original, away from all masks.
   * @param result a frame of the clip @param source number of its original in the recording
   * @returns undefined where everything is masked
   */
  furthest(result: YuvFrame, source: number, masks: readonly Mask[]): Deviation | undefined {
    sign(result, this.width, this.current);
    const block = this.blocks[Math.floor(source / BLOCK)];
    const from = (source % BLOCK) * POINTS;
    const w = result.width / COLUMNS;
    const h = result.height / ROWS;
    let furthest: Deviation | undefined;
    for (let at = 0; at < POINTS; at++) {
      const difference = block ? Math.abs(block[from + at]! - this.current[at]!) : 255;
      if (furthest && difference <= furthest.difference) continue;
      const box = { x: (at % COLUMNS) * w, y: Math.floor(at / COLUMNS) * h, w, h };
      const near = { x: box.x - MARGIN, y: box.y - MARGIN, w: w + 2 * MARGIN, h: h + 2 * MARGIN };
      if (!masks.some(({ bounds }) => intersection(near, bounds) > 0)) furthest = { box, difference };
    }
    return furthest;
  }
}

/**
 * Mean luma of each field of a grid, from samples at the same places for every size.
 * @param across width of the pictures that it will be held against, in pixels: of a larger one each sample is the mean
 *   of what became one pixel there
 */
function sign({ data, width, height }: YuvFrame, across: number, out: Uint8Array): void {
  // Of a picture that nobody analysed there is no such width.
  const scale = across > 0 ? Math.max(1, width / across) : 1;
  const [columns, rows] = [width / scale, height / scale];
  const reachX = columns / COLUMNS / (SAMPLES + 1);
  const reachY = rows / ROWS / (SAMPLES + 1);
  const side = Math.round(scale);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      let sum = 0;
      for (let j = 1; j <= SAMPLES; j++) {
        const y = Math.floor(Math.floor((row * rows) / ROWS + j * reachY) * scale);
        for (let i = 1; i <= SAMPLES; i++) {
          const x = Math.floor(Math.floor((column * columns) / COLUMNS + i * reachX) * scale);
          for (let dy = 0; dy < side; dy++) for (let dx = 0; dx < side; dx++) sum += data[(y + dy) * width + x + dx]!;
        }
      }
      out[row * COLUMNS + column] = sum / (SAMPLES * SAMPLES * side * side);
    }
  }
}
