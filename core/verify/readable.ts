/**
 * Whether a face can still be told apart: the band of 4 to 8 cycles across it (16x16 grid minus its
 * own 8x8 grid) is what identifies (Näsänen, Vision Research 1999: 8-13 cycles a face, with a lower
 * bound near 5). It survived when it still correlates with the original and kept energy.
 */
const GRID = 16;
const CELLS = GRID * GRID;
/** Central part of the face that is judged; the rim is background. */
const CENTRE = { offset: 0.12, size: 0.76 };
const READABLE_CORRELATION = 0.5;
const READABLE_ENERGY = 0.1;
/** Mean square in grey levels below which the original itself shows nothing. */
const MIN_ENERGY = 2;

/** Used again and again: a lesson has a million faces to compare. */
const grid = new Float64Array(CELLS);
const detail = new Float64Array(CELLS);

/** Mean luma of a grid over a rectangle, minus its own half-resolution grid; overwritten by the next call. */
function band(luma: Uint8Array, width: number, x: number, y: number, w: number, h: number): Float64Array {
  for (let row = 0; row < GRID; row++) {
    const top = Math.floor(y + (h * row) / GRID);
    const bottom = Math.max(top + 1, Math.floor(y + (h * (row + 1)) / GRID));
    for (let column = 0; column < GRID; column++) {
      const left = Math.floor(x + (w * column) / GRID);
      const right = Math.max(left + 1, Math.floor(x + (w * (column + 1)) / GRID));
      let sum = 0;
      for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += luma[v * width + u]!;
      grid[row * GRID + column] = sum / ((bottom - top) * (right - left));
    }
  }
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const a = (row & ~1) * GRID + (column & ~1);
      const mean = (grid[a]! + grid[a + 1]! + grid[a + GRID]! + grid[a + GRID + 1]!) / 4;
      detail[row * GRID + column] = grid[row * GRID + column]! - mean;
    }
  }
  return detail;
}

/** Of {@link FaceDetail.values}. */
export const DETAIL_BYTES = CELLS;

/** What identifies a face in the original: kept as small numbers, so that many can be remembered. */
export interface FaceDetail {
  /** Band of 4 to 8 cycles on a 16x16 grid, in units of `unit` grey levels. */
  readonly values: Int8Array;
  readonly unit: number;
}

export interface Readability {
  readonly correlation: number;
  readonly energy: number;
  readonly readable: boolean;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function centreOf(face: Place): Place {
  return {
    x: face.x + face.w * CENTRE.offset,
    y: face.y + face.h * CENTRE.offset,
    w: face.w * CENTRE.size,
    h: face.h * CENTRE.size,
  };
}

/**
 * The detail of a face in the original.
 * @param luma plane of `width x height`, 8 bit
 * @returns undefined where the face lies partly outside or the original shows no detail
 */
export function detailOf(luma: Uint8Array, width: number, height: number, face: Place): FaceDetail | undefined {
  const { x, y, w, h } = centreOf(face);
  if (x < 0 || y < 0 || x + w >= width - 1 || y + h >= height - 1) return undefined;
  const own = band(luma, width, x, y, w, h);
  let energy = 0;
  let peak = 0;
  for (const value of own) {
    energy += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  if (energy / CELLS < MIN_ENERGY) return undefined;
  const unit = peak / 127;
  return { values: Int8Array.from(own, (value) => Math.round(value / unit)), unit };
}

/** How much of the original's detail is left at the same place in the result. */
export function readability(original: FaceDetail, luma: Uint8Array, width: number, face: Place): Readability {
  const { x, y, w, h } = centreOf(face);
  const after = band(luma, width, x, y, w, h);
  let own = 0;
  let left = 0;
  let shared = 0;
  for (let i = 0; i < CELLS; i++) {
    const before = original.values[i]! * original.unit;
    own += before * before;
    left += after[i]! * after[i]!;
    shared += before * after[i]!;
  }
  const correlation = shared / Math.sqrt(own * left + 1e-9);
  const energy = left / own;
  return { correlation, energy, readable: correlation > READABLE_CORRELATION && energy > READABLE_ENERGY };
}
