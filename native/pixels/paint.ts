import type { Mask } from '../../core/plan/masks.ts';
import type { MaskStyle } from '../../core/plan/plan.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';

/** Cells across and down a head; six is the most that keeps a face unreadable (design law 4). */
export const CELL_COLUMNS = 5;
export const CELL_ROWS = 6;
/** Width of the soft edge, outside the mask, in pixels. */
const FEATHER = 3;
/** Exponent of the superellipse: squarer than an ellipse, so that corners of the head are inside. */
const ROUNDNESS = 3.5;

/** Colours of the cells of one mask, Y, Cb and Cr planes of `CELL_COLUMNS * CELL_ROWS` values. */
export interface Palette {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

const CELLS = CELL_COLUMNS * CELL_ROWS;
const GREY: Palette = {
  y: new Uint8Array(CELLS).fill(110),
  u: new Uint8Array(CELLS).fill(128),
  v: new Uint8Array(CELLS).fill(128),
};

/**
 * Samples the colours a track keeps from its first frame to its last: area means, so nothing finer
 * than a cell survives, and constant, so that a moving grid cannot be averaged into detail.
 */
export function samplePalette(frame: YuvFrame, mask: Mask, style: MaskStyle): Palette {
  if (style !== 'mosaic' || mask.shape !== 'head') return GREY;
  const { width, height, data } = frame;
  const size = width * height;
  const planes = [
    { offset: 0, step: 1 },
    { offset: size, step: 2 },
    { offset: size + (size >> 2), step: 2 },
  ];
  const [y, u, v] = planes.map(({ offset, step }) => {
    const cells = new Uint8Array(CELLS);
    const stride = width / step;
    const rows = height / step;
    for (let row = 0; row < CELL_ROWS; row++) {
      for (let column = 0; column < CELL_COLUMNS; column++) {
        const { bounds } = mask;
        const clampX = (value: number) => Math.min(stride - 1, Math.max(0, Math.floor(value / step)));
        const clampY = (value: number) => Math.min(rows - 1, Math.max(0, Math.floor(value / step)));
        const x0 = clampX(bounds.x + (bounds.w * column) / CELL_COLUMNS);
        const x1 = clampX(bounds.x + (bounds.w * (column + 1)) / CELL_COLUMNS);
        const y0 = clampY(bounds.y + (bounds.h * row) / CELL_ROWS);
        const y1 = clampY(bounds.y + (bounds.h * (row + 1)) / CELL_ROWS);
        let sum = 0;
        for (let py = y0; py <= y1; py++)
          for (let px = x0; px <= x1; px++) sum += data[offset + py * stride + px]!;
        cells[row * CELL_COLUMNS + column] = Math.round(sum / ((x1 - x0 + 1) * (y1 - y0 + 1)));
      }
    }
    return cells;
  });
  return { y: y!, u: u!, v: v! };
}

/** Half width of the shape at height `t` (-1 top .. 1 bottom), as a share of the half width. */
function reach(shape: Mask['shape'], t: number): number {
  if (shape === 'rectangle') return 1;
  if (shape === 'head') return Math.pow(Math.max(0, 1 - Math.pow(Math.abs(t), ROUNDNESS)), 1 / ROUNDNESS);
  // A body: head and neck, then shoulders; the head is the top seventh (masks.ts).
  const fromTop = (t + 1) / 2;
  return fromTop < 0.13 ? 0.4 : Math.min(1, 0.4 + (fromTop - 0.13) * 6);
}

/** Pixel columns of the shape, grown by `margin` pixels, on the row through `y`; empty when to <= from. */
function span(mask: Mask, y: number, margin: number, width: number): { from: number; to: number } {
  const halfH = mask.bounds.h / 2 + margin;
  const halfW = mask.bounds.w / 2 + margin;
  const t = (y - mask.bounds.y - mask.bounds.h / 2) / halfH;
  if (t < -1 || t > 1) return { from: 0, to: 0 };
  const half = halfW * reach(mask.shape, t);
  const centre = mask.bounds.x + mask.bounds.w / 2;
  return { from: Math.max(0, Math.floor(centre - half)), to: Math.min(width, Math.ceil(centre + half)) };
}

interface Plane {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  /** 1 for luma, 2 for chroma: bounds are divided by this. */
  readonly step: number;
  readonly cells: Uint8Array;
}

/**
 * Destroys what lies under a mask, in place: every pixel inside is overwritten with a value that
 * does not depend on this frame's content. The soft edge lies wholly outside.
 */
export function paint(frame: YuvFrame, mask: Mask, palette: Palette): void {
  const size = frame.width * frame.height;
  const half = { width: frame.width >> 1, height: frame.height >> 1, step: 2 };
  paintPlane({ ...frame, offset: 0, step: 1, cells: palette.y }, mask);
  paintPlane({ data: frame.data, offset: size, ...half, cells: palette.u }, mask);
  paintPlane({ data: frame.data, offset: size + (size >> 2), ...half, cells: palette.v }, mask);
}

function shrink(mask: Mask, step: number): Mask {
  if (step === 1) return mask;
  const { bounds } = mask;
  return { ...mask, bounds: { x: bounds.x / step, y: bounds.y / step, w: bounds.w / step, h: bounds.h / step } };
}

function paintPlane(plane: Plane, fullMask: Mask): void {
  const mask = shrink(fullMask, plane.step);
  const { bounds } = mask;
  const feather = fullMask.shape === 'rectangle' ? 0 : Math.ceil(FEATHER / plane.step);
  const top = Math.max(0, Math.floor(bounds.y - feather));
  const bottom = Math.min(plane.height, Math.ceil(bounds.y + bounds.h + feather));
  for (let y = top; y < bottom; y++) {
    // The whole pixel row must be inside: take the wider of its two edges.
    const nearest = Math.min(Math.max(bounds.y + bounds.h / 2, y), y + 1);
    const core = span(mask, nearest, 0, plane.width);
    const row = Math.min(CELL_ROWS - 1, Math.max(0, Math.floor(((nearest - bounds.y) / bounds.h) * CELL_ROWS)));
    const start = plane.offset + y * plane.width;
    let inner = core.to > core.from ? core : undefined;
    for (let ring = 1; ring <= feather; ring++) {
      const outer = span(mask, nearest, ring, plane.width);
      if (outer.to <= outer.from) continue;
      const share = 1 - ring / (feather + 1);
      blend(plane, mask, start, row, outer.from, inner ? inner.from : outer.to, share);
      if (inner) blend(plane, mask, start, row, inner.to, outer.to, share);
      inner = inner ? { from: Math.min(inner.from, outer.from), to: Math.max(inner.to, outer.to) } : outer;
    }
    if (core.to > core.from) fillCells(plane, mask, start, row, core.from, core.to);
  }
}

function cellAt(mask: Mask, x: number): number {
  const column = Math.floor(((x + 0.5 - mask.bounds.x) / mask.bounds.w) * CELL_COLUMNS);
  return Math.min(CELL_COLUMNS - 1, Math.max(0, column));
}

function fillCells(plane: Plane, mask: Mask, start: number, row: number, from: number, to: number): void {
  let x = from;
  while (x < to) {
    const column = cellAt(mask, x);
    let end = x + 1;
    if (column < CELL_COLUMNS - 1) {
      end = Math.ceil(mask.bounds.x + (mask.bounds.w * (column + 1)) / CELL_COLUMNS - 0.5);
      end = Math.min(to, Math.max(x + 1, end));
    } else end = to;
    plane.data.fill(plane.cells[row * CELL_COLUMNS + column]!, start + x, start + end);
    x = end;
  }
}

function blend(plane: Plane, mask: Mask, start: number, row: number, from: number, to: number, share: number): void {
  for (let x = from; x < to; x++) {
    const colour = plane.cells[row * CELL_COLUMNS + cellAt(mask, x)]!;
    const at = start + x;
    plane.data[at] = plane.data[at]! * (1 - share) + colour * share + 0.5;
  }
}
