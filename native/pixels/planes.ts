import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import { surfaceOf, type Surface } from './shrink.ts';

/** Y, Cb, Cr at full size for the network: its steps fit the sides, what is not picture is black. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly planes: Uint8Array;
}

const up = (value: number, step: number) => Math.ceil(value / step) * step;

/** The networks halve their input five times. */
const NETWORK_STEP = 32;

/** Smallest multiple of 32 that is still one at `scale` times its size; scales are multiples of 1/4. */
function alignment(scale: number): number {
  let align = NETWORK_STEP;
  while ((align * scale) % NETWORK_STEP !== 0) align *= 2;
  return align;
}

/**
 * Used again and again: the collector sees little of what lies outside its heap, and would let megabytes
 * of planes pile up for every pass.
 */
let memory = new Uint8Array(0);

/** Overwritten by the next call on this thread. @param scale at which the network will look at them */
export function blankPlanes(width: number, height: number, scale: number): Planes {
  const w = up(width, alignment(scale));
  const h = up(height, alignment(scale));
  const length = w * h * 3;
  if (memory.length < length) memory = new Uint8Array(length);
  const planes = memory.subarray(0, length);
  planes.fill(16, 0, w * h);
  planes.fill(128, w * h);
  return { width: w, height: h, planes };
}

/**
 * Copies a rectangle of a frame, unscaled, into {@link blankPlanes}, doubling the chroma.
 * @param x,y top-left corner in frame pixels, both even; width and height even too
 * @param scale at which the network will look at them
 */
export function cropPlanes(
  frame: YuvFrame,
  x: number,
  y: number,
  width: number,
  height: number,
  scale: number,
): Planes {
  const target = blankPlanes(width, height, scale);
  const lumaSize = frame.width * frame.height;
  for (let row = 0; row < height; row++) {
    const from = (y + row) * frame.width + x;
    target.planes.set(frame.data.subarray(from, from + width), row * target.width);
  }
  const sourceStride = frame.width >> 1;
  for (const plane of [0, 1]) {
    const source = lumaSize + plane * (lumaSize >> 2) + (y >> 1) * sourceStride + (x >> 1);
    const base = (plane + 1) * target.width * target.height;
    for (let row = 0; row < height >> 1; row++) {
      const to = base + 2 * row * target.width;
      let from = source + row * sourceStride;
      for (let column = 0; column < width; column += 2) {
        const value = frame.data[from++]!;
        target.planes[to + column] = value;
        target.planes[to + column + 1] = value;
      }
      target.planes.copyWithin(to + target.width, to, to + width);
    }
  }
  return target;
}

/** A square cut from a frame, turned by `angle` radians around its centre. */
export interface Tile {
  readonly cx: number;
  readonly cy: number;
  /** Side of the cut square in frame pixels. */
  readonly side: number;
  readonly angle: number;
}

/** Draws a tile of a frame, magnified or shrunk to `size` x `size`, at (dx, dy) of the canvas. */
export function drawTile(frame: YuvFrame, canvas: Planes, dx: number, dy: number, size: number, tile: Tile): void {
  const canvasSize = canvas.width * canvas.height;
  const half = { cx: tile.cx / 2, cy: tile.cy / 2, side: tile.side / 2, angle: tile.angle };
  for (const plane of [0, 1, 2] as const) {
    const whole = plane === 0;
    const from = surfaceOf(frame, plane);
    const at = plane * canvasSize + dy * canvas.width + dx;
    resample(from, whole ? tile : half, canvas.planes, at, canvas.width, size, whole ? 16 : 128);
  }
}

/** Bilinear sampling of a turned square of `from` into a `size` x `size` square of `to`. */
function resample(
  from: Surface,
  tile: Tile,
  to: Uint8Array,
  at: number,
  stride: number,
  size: number,
  outside: number,
): void {
  const step = tile.side / size;
  const cos = Math.cos(tile.angle) * step;
  const sin = Math.sin(tile.angle) * step;
  const half = size / 2 - 0.5;
  const maxX = from.width - 1;
  const maxY = from.height - 1;
  for (let j = 0; j < size; j++) {
    let u = tile.cx - 0.5 - half * cos - (j - half) * sin;
    let v = tile.cy - 0.5 - half * sin + (j - half) * cos;
    let target = at + j * stride;
    for (let i = 0; i < size; i++, u += cos, v += sin, target++) {
      if (u < -1 || v < -1 || u > maxX + 1 || v > maxY + 1) {
        to[target] = outside;
        continue;
      }
      const x = u < 0 ? 0 : u > maxX ? maxX : u;
      const y = v < 0 ? 0 : v > maxY ? maxY : v;
      const x0 = x | 0;
      const y0 = y | 0;
      const fx = x - x0;
      const fy = y - y0;
      const pixel = from.offset + y0 * from.width + x0;
      const right = x0 < maxX ? 1 : 0;
      const below = y0 < maxY ? from.width : 0;
      const top = from.data[pixel]! * (1 - fx) + from.data[pixel + right]! * fx;
      const bottom = from.data[pixel + below]! * (1 - fx) + from.data[pixel + below + right]! * fx;
      to[target] = top * (1 - fy) + bottom * fy + 0.5;
    }
  }
}
