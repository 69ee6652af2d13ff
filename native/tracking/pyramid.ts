import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import { halveSurface, shrinkSurface, surfaceOf, type Surface } from '../pixels/shrink.ts';

/** Grey picture at falling sizes, level 0 first; each level halves both sides. */
export interface Pyramid {
  readonly levels: readonly Surface[];
}

/** Long side of level 0 in pixels: a 24 px face of a 1080p frame is still 8 px, enough to follow. */
export const FOLLOW_SIDE = 640;
const LEVELS = 5;
const MIN_HALVED = 24;

export function followSize(width: number, height: number): { width: number; height: number; scale: number } {
  const scale = Math.min(1, FOLLOW_SIDE / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale), scale };
}

/**
 * Pictures are cut from slabs of this many bytes. The C library hands memory of 32 MB and more back to the
 * system when it is freed; of smaller pieces, up to 150 of them for `careful`, it would keep what they took
 * for the rest of the job. Of a slab only what is used takes memory.
 */
const SLAB_BYTES = 34e6;

/**
 * Builds pyramids and takes back those that are no longer looked at: fresh memory for each picture
 * would keep the garbage collector busier than the tracker.
 */
export class PyramidPool {
  private readonly free: Pyramid[] = [];
  private slab = new Uint8Array(0);

  /** Of a frame's luma: averaged down to level 0, then 2x2 means. */
  build(frame: YuvFrame): Pyramid {
    const { width, height } = followSize(frame.width, frame.height);
    const spare = this.free.pop();
    const pyramid =
      spare?.levels[0]?.width === width && spare.levels[0].height === height ? spare : this.blank(width, height);
    let from = surfaceOf(frame, 0);
    pyramid.levels.forEach((level, index) => {
      if (index === 0) shrinkSurface(from, level);
      else halveSurface(from, level);
      from = level;
    });
    return pyramid;
  }

  recycle(pyramid: Pyramid): void {
    this.free.push(pyramid);
  }

  private blank(width: number, height: number): Pyramid {
    const sizes = [{ width, height }];
    for (let last = sizes[0]!; sizes.length < LEVELS && Math.min(last.width, last.height) >= MIN_HALVED;) {
      last = { width: last.width >> 1, height: last.height >> 1 };
      sizes.push(last);
    }
    return { levels: sizes.map((size) => ({ ...size, offset: 0, data: this.take(size.width * size.height) })) };
  }

  private take(bytes: number): Uint8Array {
    if (this.slab.length < bytes) this.slab = new Uint8Array(SLAB_BYTES);
    const taken = this.slab.subarray(0, bytes);
    this.slab = this.slab.subarray(bytes);
    return taken;
  }
}
