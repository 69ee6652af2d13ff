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
 * Builds pyramids and takes back those that are no longer looked at: fresh memory for each picture
 * would keep the garbage collector busier than the tracker.
 */
export class PyramidPool {
  private readonly free: Pyramid[] = [];

  /** Of a frame's luma: averaged down to level 0, then 2x2 means. */
  build(frame: YuvFrame): Pyramid {
    const { width, height } = followSize(frame.width, frame.height);
    const spare = this.free.pop();
    const pyramid =
      spare?.levels[0]?.width === width && spare.levels[0].height === height ? spare : blank(width, height);
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
}

function blank(width: number, height: number): Pyramid {
  const sizes = [{ width, height }];
  for (let last = sizes[0]!; sizes.length < LEVELS && Math.min(last.width, last.height) >= MIN_HALVED;) {
    last = { width: last.width >> 1, height: last.height >> 1 };
    sizes.push(last);
  }
  return { levels: sizes.map((size) => ({ ...size, offset: 0, data: new Uint8Array(size.width * size.height) })) };
}
