import type { YuvFrame } from '../ffmpeg/frame-reader.ts';

/** Grey picture at falling sizes, level 0 first; each level halves both sides. */
export interface Pyramid {
  readonly levels: readonly Level[];
}

export interface Level {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Long side of level 0 in pixels: a 24 px face of a 1080p frame is still 8 px, enough to follow. */
export const FOLLOW_SIDE = 640;
const LEVELS = 5;

export function followSize(width: number, height: number): { width: number; height: number; scale: number } {
  const scale = Math.min(1, FOLLOW_SIDE / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale), scale };
}

/** Builds the pyramid of a frame's luma: box average down to level 0, then 2x2 averages. */
export function buildPyramid(frame: YuvFrame): Pyramid {
  const size = followSize(frame.width, frame.height);
  let level = shrink(frame.data, frame.width, frame.height, size.width, size.height);
  const levels = [level];
  while (levels.length < LEVELS && Math.min(level.width, level.height) >= 24) {
    level = halve(level);
    levels.push(level);
  }
  return { levels };
}

/** Averages four taps a pixel: at a factor of 2 to 3 nearly the exact box average, at a third of its cost. */
function shrink(data: Uint8Array, width: number, height: number, outWidth: number, outHeight: number): Level {
  if (width === 2 * outWidth && height === 2 * outHeight) return halve({ data, width, height });
  const out = new Uint8Array(outWidth * outHeight);
  const stepX = width / outWidth;
  const stepY = height / outHeight;
  const left = new Int32Array(outWidth);
  const apart = new Int32Array(outWidth);
  for (let x = 0; x < outWidth; x++) {
    left[x] = Math.min(width - 1, Math.floor((x + 0.2) * stepX));
    apart[x] = Math.min(width - 1, Math.floor((x + 0.8) * stepX)) - left[x]!;
  }
  for (let y = 0; y < outHeight; y++) {
    const top = Math.min(height - 1, Math.floor((y + 0.2) * stepY)) * width;
    const down = Math.min(height - 1, Math.floor((y + 0.8) * stepY)) * width - top;
    const row = y * outWidth;
    for (let x = 0; x < outWidth; x++) {
      const a = top + left[x]!;
      const b = a + apart[x]!;
      out[row + x] = (data[a]! + data[b]! + data[a + down]! + data[b + down]! + 2) >> 2;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}

function halve(from: Level): Level {
  const width = from.width >> 1;
  const height = from.height >> 1;
  const out = new Uint8Array(width * height);
  const { data } = from;
  const stride = from.width;
  let to = 0;
  for (let y = 0; y < height; y++) {
    let at = 2 * y * stride;
    for (let x = 0; x < width; x++, at += 2) {
      out[to++] = (data[at]! + data[at + 1]! + data[at + stride]! + data[at + stride + 1]! + 2) >> 2;
    }
  }
  return { data: out, width, height };
}
