/** Axis-aligned rectangle in pixels of the normalised frame; `x`,`y` is the top-left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export function area(box: Box): number {
  return Math.max(0, box.w) * Math.max(0, box.h);
}

export function intersection(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Intersection over union, 0..1. */
export function iou(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / (area(a) + area(b) - shared);
}

/** Share of `a` that lies inside `b`, 0..1. */
export function coverage(a: Box, b: Box): number {
  const own = area(a);
  return own === 0 ? 0 : intersection(a, b) / own;
}

/** Grows by a share of the box's own size on each side. */
export function grow(box: Box, sides: number, top: number, bottom: number): Box {
  return {
    x: box.x - box.w * sides,
    y: box.y - box.h * top,
    w: box.w * (1 + 2 * sides),
    h: box.h * (1 + top + bottom),
  };
}

/** The part of the box inside a `width` x `height` frame; empty boxes get size 0. */
export function clip(box: Box, width: number, height: number): Box {
  const x = Math.min(Math.max(0, box.x), width);
  const y = Math.min(Math.max(0, box.y), height);
  return {
    x,
    y,
    w: Math.max(0, Math.min(width, box.x + box.w) - x),
    h: Math.max(0, Math.min(height, box.y + box.h) - y),
  };
}

export function scale(box: Box, factor: number): Box {
  return { x: box.x * factor, y: box.y * factor, w: box.w * factor, h: box.h * factor };
}

export function mix(a: Box, b: Box, share: number): Box {
  const keep = 1 - share;
  return {
    x: a.x * keep + b.x * share,
    y: a.y * keep + b.y * share,
    w: a.w * keep + b.w * share,
    h: a.h * keep + b.h * share,
  };
}
