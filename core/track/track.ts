import type { Box } from '../geometry/box.ts';
import type { Colours } from './colours.ts';

/** Where something is from `start` to `end` (inclusive), in pixels of the normalised frame. */
export interface Path {
  readonly start: number;
  readonly end: number;
  /** Sparse: `frame, x, y, w, h` a row, rising frames, first row at `start`, last at `end`. */
  readonly keyframes: Float32Array;
}

/** Where a head is. */
export interface Track extends Path {
  readonly id: string;
  readonly origin: 'auto' | 'human';
  /** Probability of the best detection, 0..1. */
  readonly bestScore: number;
  readonly bestFrame: number;
  /** On how many pictures a detector confirmed it. */
  readonly hits: number;
  /** Of the head over all pictures it was seen well on; unknown where it never was. */
  readonly colours?: Colours;
}

export const KEYFRAME_WIDTH = 5;

/** Position at a frame, interpolated between keyframes; undefined outside the path. */
export function boxAt(track: Path, frame: number): Box | undefined {
  if (frame < track.start || frame > track.end) return undefined;
  const rows = track.keyframes;
  let low = 0;
  let high = rows.length / KEYFRAME_WIDTH - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle * KEYFRAME_WIDTH]! <= frame) low = middle;
    else high = middle - 1;
  }
  const a = low * KEYFRAME_WIDTH;
  const last = low === rows.length / KEYFRAME_WIDTH - 1;
  const b = last ? a : a + KEYFRAME_WIDTH;
  const span = rows[b]! - rows[a]!;
  const share = span > 0 ? (frame - rows[a]!) / span : 0;
  const at = (offset: number) => rows[a + offset]! * (1 - share) + rows[b + offset]! * share;
  return { x: at(1), y: at(2), w: at(3), h: at(4) };
}

/**
 * Keeps only the keyframes that are needed to stay within `tolerance` (share of the box's height) of
 * every given box. Greedy: each segment is as long as it can be.
 */
export function sparseKeyframes(start: number, boxes: readonly Box[], tolerance: number): Float32Array {
  const kept = [0];
  let from = 0;
  while (from < boxes.length - 1) {
    let to = from + 1;
    while (to + 1 < boxes.length && to - from < 50 && straight(boxes, from, to + 1, tolerance)) to++;
    kept.push(to);
    from = to;
  }
  return Float32Array.from(
    kept.flatMap((index) => {
      const box = boxes[index]!;
      return [start + index, box.x, box.y, box.w, box.h];
    }),
  );
}

function straight(boxes: readonly Box[], from: number, to: number, tolerance: number): boolean {
  const a = boxes[from]!;
  const b = boxes[to]!;
  for (let index = from + 1; index < to; index++) {
    const share = (index - from) / (to - from);
    const box = boxes[index]!;
    const limit = tolerance * box.h;
    const off = (key: keyof Box) => Math.abs(a[key] * (1 - share) + b[key] * share - box[key]) > limit;
    if (off('x') || off('y') || off('w') || off('h')) return false;
  }
  return true;
}
