import type { Box } from '../../core/geometry/box.ts';
import { SHAPES } from '../../core/plan/mask-shape.ts';
import type { Mask } from '../../core/plan/masks.ts';
import type { MaskStyle } from '../../core/plan/plan.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';

/** Cells across and down a head; six is the most that keeps a face unreadable (design law 4). */
export const CELL_COLUMNS = 4;
export const CELL_ROWS = 5;
/** Cells keep this share of their distance to the mean: tone of hair and skin, hardly an edge. */
const CONTRAST = 0.4;
/** And at most this many grey levels a pixel of head height, so that even the slope of a small head is no detail. */
const MAX_SLOPE = 0.06;
/** Width of the soft edge, outside the mask, in pixels; small heads get a single pixel, as nobody sees more. */
const FEATHER = 2;
const FEATHER_FROM_HEIGHT = 64;
/** Colours of the cells of one mask, Y, Cb and Cr planes of `CELL_COLUMNS * CELL_ROWS` values. */
export interface Palette {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

const CELLS = CELL_COLUMNS * CELL_ROWS;
/** What areas and silhouettes are painted with. */
export const AREA_LUMA = 110;
const GREY: Palette = {
  y: new Uint8Array(CELLS).fill(AREA_LUMA),
  u: new Uint8Array(CELLS).fill(128),
  v: new Uint8Array(CELLS).fill(128),
};

/**
 * Area means of the cells of a head, so nothing finer than a cell is in them: Y, Cb and Cr one after the
 * other, row by row.
 */
export function cellMeans({ width, height, data }: YuvFrame, bounds: Box): Uint8Array {
  const size = width * height;
  const means = new Uint8Array(3 * CELLS);
  [0, size, size + (size >> 2)].forEach((offset, plane) => {
    const step = plane === 0 ? 1 : 2;
    const stride = width / step;
    const rows = height / step;
    const clampX = (value: number) => Math.min(stride - 1, Math.max(0, Math.floor(value / step)));
    const clampY = (value: number) => Math.min(rows - 1, Math.max(0, Math.floor(value / step)));
    for (let row = 0; row < CELL_ROWS; row++) {
      for (let column = 0; column < CELL_COLUMNS; column++) {
        const x0 = clampX(bounds.x + (bounds.w * column) / CELL_COLUMNS);
        const x1 = clampX(bounds.x + (bounds.w * (column + 1)) / CELL_COLUMNS);
        const y0 = clampY(bounds.y + (bounds.h * row) / CELL_ROWS);
        const y1 = clampY(bounds.y + (bounds.h * (row + 1)) / CELL_ROWS);
        let sum = 0;
        for (let py = y0; py <= y1; py++) for (let px = x0; px <= x1; px++) sum += data[offset + py * stride + px]!;
        means[plane * CELLS + row * CELL_COLUMNS + column] = Math.round(sum / ((x1 - x0 + 1) * (y1 - y0 + 1)));
      }
    }
  });
  return means;
}

/**
 * The colours a track keeps from its first frame to its last: constant, so that a moving grid cannot be
 * averaged into detail.
 * @param means as {@link cellMeans} gives them, of one picture or of many
 */
export function paletteFrom(means: ArrayLike<number>, mask: Mask, style: MaskStyle): Palette {
  if (style !== 'mosaic' || mask.shape !== 'head') return GREY;
  const limit = mask.bounds.h * MAX_SLOPE;
  const [y, u, v] = [0, 1, 2].map((plane) => {
    const cells = Array.from({ length: CELLS }, (_, cell) => means[plane * CELLS + cell]!);
    const mean = cells.reduce((sum, value) => sum + value, 0) / CELLS;
    return Uint8Array.from(cells, (value) =>
      Math.round(mean + Math.max(-limit, Math.min(limit, (value - mean) * CONTRAST))),
    );
  });
  return { y: y!, u: u!, v: v! };
}

/** The palette of a mask of which only this one picture is known. */
export function samplePalette(frame: YuvFrame, mask: Mask, style: MaskStyle): Palette {
  return paletteFrom(cellMeans(frame, mask.bounds), mask, style);
}

const PROFILE_STEPS = 512;

/** {@link SHAPES}, tabulated. */
const PROFILES: Record<Mask['shape'], Float32Array> = {
  rectangle: profile(SHAPES.rectangle),
  head: profile(SHAPES.head),
  body: profile(SHAPES.body),
};

/** The larger value of both ends of each step, so that the table never narrows a shape. */
function profile(shape: (t: number) => number): Float32Array {
  const at = (step: number) => shape((2 * Math.min(step, PROFILE_STEPS)) / PROFILE_STEPS - 1);
  return Float32Array.from({ length: PROFILE_STEPS + 1 }, (_, step) => Math.max(at(step), at(step + 1)));
}

/** Half width in pixels of the shape grown by `margin`, on the row through `y`; negative above and below it. */
function halfWidth(mask: Mask, y: number, margin: number): number {
  const { bounds } = mask;
  const t = (y - bounds.y + margin) / (bounds.h + 2 * margin);
  if (t < 0 || t > 1) return -1;
  return (bounds.w / 2 + margin) * PROFILES[mask.shape][(t * PROFILE_STEPS) | 0]!;
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

/** Rows that share their colours: with {@link MAX_SLOPE} they differ by some two grey levels at most. */
const STRIP = 4;

/** First and last pixel of each row of the strip being painted. */
const rowFrom = new Int32Array(STRIP);
const rowTo = new Int32Array(STRIP);

/** No objects are made in here: it runs for every row of every mask of every frame. */
function paintPlane(plane: Plane, fullMask: Mask): void {
  const mask = shrink(fullMask, plane.step);
  const { bounds } = mask;
  const { width, data } = plane;
  const soft = fullMask.bounds.h < FEATHER_FROM_HEIGHT ? 1 : FEATHER;
  const feather = fullMask.shape === 'rectangle' ? 0 : Math.ceil(soft / plane.step);
  const top = Math.max(0, Math.floor(bounds.y - feather));
  const bottom = Math.min(plane.height, Math.ceil(bounds.y + bounds.h + feather));
  for (let first = top; first < bottom; first += STRIP) {
    const rows = Math.min(STRIP, bottom - first);
    let widest = 0;
    for (let row = 0; row < rows; row++) {
      const core = halfWidth(mask, nearestOf(bounds, first + row), 0);
      const centreX = bounds.x + bounds.w / 2;
      rowFrom[row] = core < 0 ? width : Math.max(0, Math.floor(centreX - core));
      rowTo[row] = core < 0 ? 0 : Math.min(width, Math.ceil(centreX + core));
      if (rowTo[row]! - rowFrom[row]! > rowTo[widest]! - rowFrom[widest]!) widest = row;
    }
    const from = rowFrom[widest]!;
    const to = rowTo[widest]!;
    if (to > from) {
      const source = plane.offset + (first + widest) * width;
      fillCells(plane, mask, source, cellRow(bounds, first + (rows >> 1)) - 0.5, from, to);
      // The other rows are narrower, so what they need is there.
      for (let row = 0; row < rows; row++) {
        if (row === widest || rowTo[row]! <= rowFrom[row]!) continue;
        data.copyWithin(
          plane.offset + (first + row) * width + rowFrom[row]!,
          source + rowFrom[row]!,
          source + rowTo[row]!,
        );
      }
    }
    if (feather === 0) continue;
    for (let row = 0; row < rows; row++) soften(plane, mask, first + row, rowFrom[row]!, rowTo[row]!, feather);
  }
}

/** The height within pixel row `y` at which the mask is widest: the whole pixel must be inside. */
function nearestOf(bounds: Box, y: number): number {
  return Math.min(Math.max(bounds.y + bounds.h / 2, y), y + 1);
}

/** Place of a pixel row in the mask, in rows of cells. */
function cellRow(bounds: Box, y: number): number {
  return ((nearestOf(bounds, y) - bounds.y) / bounds.h) * CELL_ROWS;
}

/** The soft edge of one row, outside the pixels from..to that are hidden. */
function soften(plane: Plane, mask: Mask, y: number, from: number, to: number, feather: number): void {
  const { bounds } = mask;
  const centreX = bounds.x + bounds.w / 2;
  const nearest = nearestOf(bounds, y);
  const row = Math.min(CELL_ROWS - 1, Math.max(0, Math.floor(cellRow(bounds, y))));
  const start = plane.offset + y * plane.width;
  for (let ring = 1; ring <= feather; ring++) {
    const half = halfWidth(mask, nearest, ring);
    if (half < 0) continue;
    const outerFrom = Math.max(0, Math.floor(centreX - half));
    const outerTo = Math.min(plane.width, Math.ceil(centreX + half));
    const share = 1 - ring / (feather + 1);
    if (to <= from) blend(plane, start, row, CELL_COLUMNS >> 1, outerFrom, outerTo, share);
    else {
      blend(plane, start, row, 0, outerFrom, from, share);
      blend(plane, start, row, CELL_COLUMNS - 1, to, outerTo, share);
    }
    from = Math.min(from, outerFrom);
    to = Math.max(to, outerTo);
  }
}

/** Colours of the cell columns on the row being painted. */
const rowColours = new Float32Array(CELL_COLUMNS);

/**
 * Paints a row with the cells joined smoothly: hard edges between cells would themselves be detail in
 * the band that makes a face readable, and cost the encoder more than the picture does.
 * @param down place of the row in the mask, in cells from the centre of the first row of cells
 */
function fillCells({ data, cells }: Plane, mask: Mask, start: number, down: number, from: number, to: number): void {
  const upper = Math.min(CELL_ROWS - 1, Math.max(0, Math.floor(down)));
  const lower = Math.min(CELL_ROWS - 1, upper + 1);
  const share = Math.min(1, Math.max(0, down - upper));
  for (let column = 0; column < CELL_COLUMNS; column++) {
    const a = cells[upper * CELL_COLUMNS + column]!;
    rowColours[column] = a + (cells[lower * CELL_COLUMNS + column]! - a) * share + 0.5;
  }
  const perPixel = CELL_COLUMNS / mask.bounds.w;
  let across = (from + 0.5 - mask.bounds.x) * perPixel - 0.5;
  for (let at = start + from; at < start + to; at++, across += perPixel) {
    const left = across < 0 ? 0 : across >= CELL_COLUMNS - 1 ? CELL_COLUMNS - 2 : across | 0;
    const part = across < 0 ? 0 : across >= CELL_COLUMNS - 1 ? 1 : across - left;
    const colour = rowColours[left]!;
    data[at] = colour + (rowColours[left + 1]! - colour) * part;
  }
}

/** Mixes the colour of a cell into the pixels from..to of a row; nothing when the range is empty. */
function blend(
  plane: Plane,
  start: number,
  row: number,
  column: number,
  from: number,
  to: number,
  share: number,
): void {
  const colour = plane.cells[row * CELL_COLUMNS + column]! * share + 0.5;
  const keep = 1 - share;
  const { data } = plane;
  for (let at = start + from; at < start + to; at++) data[at] = data[at]! * keep + colour;
}
