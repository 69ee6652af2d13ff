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
