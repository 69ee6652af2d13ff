import type { YuvFrame } from '../ffmpeg/frame-reader.ts';

/** One plane of a picture, row after row from `offset`. */
export interface Surface {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
}

/** Averages four taps a pixel: at a factor of 1.5 to 3 nearly the exact box average, at a third of its cost. */
export function shrinkSurface(from: Surface, to: Surface): void {
  if (from.width === 2 * to.width && from.height === 2 * to.height) return halveSurface(from, to);
  const stepX = from.width / to.width;
  const stepY = from.height / to.height;
  const left = new Int32Array(to.width);
  const apart = new Int32Array(to.width);
  for (let x = 0; x < to.width; x++) {
    left[x] = Math.min(from.width - 1, Math.floor((x + 0.2) * stepX));
    apart[x] = Math.min(from.width - 1, Math.floor((x + 0.8) * stepX)) - left[x]!;
  }
  const source = from.data;
  const target = to.data;
  let out = to.offset;
  for (let y = 0; y < to.height; y++) {
    const top = from.offset + Math.min(from.height - 1, Math.floor((y + 0.2) * stepY)) * from.width;
    const down = from.offset + Math.min(from.height - 1, Math.floor((y + 0.8) * stepY)) * from.width - top;
    for (let x = 0; x < to.width; x++) {
      const a = top + left[x]!;
      const b = a + apart[x]!;
      target[out++] = (source[a]! + source[b]! + source[a + down]! + source[b + down]! + 2) >> 2;
    }
  }
}

/** Mean of each 2x2 block; an odd last row or column is left out. */
export function halveSurface(from: Surface, to: Surface): void {
  const source = from.data;
  const target = to.data;
  const stride = from.width;
  let out = to.offset;
  for (let y = 0; y < to.height; y++) {
    let at = from.offset + 2 * y * stride;
    for (let x = 0; x < to.width; x++, at += 2) {
      target[out++] = (source[at]! + source[at + 1]! + source[at + stride]! + source[at + stride + 1]! + 2) >> 2;
    }
  }
}

/** Makes frames smaller; the answer is overwritten by the next call, and is the frame itself where nothing changes. */
export class FrameShrinker {
  /** Shared, so that the detector's threads need no copy. */
  private buffer = new Uint8Array(new SharedArrayBuffer(0));

  /** @param side longest side of the result in pixels */
  shrink(frame: YuvFrame, side: number): YuvFrame {
    const factor = side / Math.max(frame.width, frame.height);
    if (factor >= 1) return frame;
    const width = Math.round((frame.width * factor) / 2) * 2;
    const height = Math.round((frame.height * factor) / 2) * 2;
    const length = (width * height * 3) / 2;
    if (this.buffer.length !== length) this.buffer = new Uint8Array(new SharedArrayBuffer(length));
    const small: YuvFrame = { index: frame.index, width, height, data: this.buffer };
    for (const plane of [0, 1, 2] as const) shrinkSurface(surfaceOf(frame, plane), surfaceOf(small, plane));
    return small;
  }
}

/** Plane 0 is luma, 1 and 2 are Cb and Cr at half size. */
export function surfaceOf({ data, width, height }: YuvFrame, plane: 0 | 1 | 2): Surface {
  if (plane === 0) return { data, offset: 0, width, height };
  const size = width * height;
  return { data, offset: plane === 1 ? size : size + (size >> 2), width: width >> 1, height: height >> 1 };
}
