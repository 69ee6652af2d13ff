import type { Box } from '../geometry/box.ts';
import type { Mask } from './masks.ts';

/** Exponent of the superellipse: squarer than an ellipse, so that corners of the head are inside. */
const ROUNDNESS = 3.5;

/** Half width of a shape at height `t` (-1 top .. 1 bottom), as a share of half its bounds' width. */
export const SHAPES: Record<Mask['shape'], (t: number) => number> = {
  rectangle: () => 1,
  head: (t) => Math.pow(Math.max(0, 1 - Math.pow(Math.abs(t), ROUNDNESS)), 1 / ROUNDNESS),
  // Head and neck, then shoulders; the head is the top seventh of a body (masks.ts).
  body: (t) => Math.min(1, 0.4 + Math.max(0, (t + 1) / 2 - 0.13) * 6),
};

/** Rows of a box that are looked at, which is exact to a hundredth of it for these shapes. */
const ROWS = 16;

/** Share of a box that is really painted, 0..1: at head height a body is much narrower than its bounds. */
export function shareUnder({ x, y, w, h }: Box, { shape, bounds }: Pick<Mask, 'shape' | 'bounds'>): number {
  if (w <= 0 || h <= 0) return 0;
  const centre = bounds.x + bounds.w / 2;
  let under = 0;
  for (let row = 0; row < ROWS; row++) {
    const t = (2 * (y + (h * (row + 0.5)) / ROWS - bounds.y)) / bounds.h - 1;
    if (t < -1 || t > 1) continue;
    const half = (bounds.w / 2) * SHAPES[shape](t);
    under += Math.max(0, Math.min(x + w, centre + half) - Math.max(x, centre - half));
  }
  return under / (w * ROWS);
}
