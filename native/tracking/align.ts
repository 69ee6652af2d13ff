import type { Surface } from '../pixels/shrink.ts';
import type { Pyramid } from './pyramid.ts';

/**
 * Inverse-compositional Lucas-Kanade for translation and scale (Baker & Matthews, "Lucas-Kanade 20
 * Years On", IJCV 2004, §3.2), on a fixed grid of samples, coarse to fine, on zero-mean and
 * gain-normalised values so that exposure drift does not move a box.
 */
export interface GridTemplate {
  readonly columns: number;
  readonly rows: number;
  /** Half sides of the sampled rectangle in level-0 pixels, at scale 1. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly levels: readonly TemplateLevel[];
}

export interface TemplateLevel {
  readonly level: number;
  /** Zero-mean values divided by their deviation. */
  readonly values: Float32Array;
  /** d(value)/dx, d(value)/dy and d(value)/d(scale), one after the other. */
  readonly steepest: Float32Array;
  /** Sums over the grid of each steepest-descent image, and of its products with the values. */
  readonly sums: readonly [x: number, y: number, s: number];
  readonly products: readonly [x: number, y: number, s: number];
  /** Inverse of the 3x3 Hessian, row by row. */
  readonly inverse: readonly number[];
}

const MIN_DEVIATION = 2.5;
const MAX_STEPS = 8;

export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Solved {
  readonly pose: Pose;
  readonly support: number;
}

/** Samples a grid around `pose` into `out`; outside the picture the border is repeated. */
export function sample(level: Surface, factor: number, grid: GridTemplate, pose: Pose, out: Float32Array): void {
  const { columns, rows } = grid;
  const { data, width } = level;
  const cx = (pose.x + 0.5) * factor - 0.5;
  const cy = (pose.y + 0.5) * factor - 0.5;
  const stepX = (2 * grid.halfWidth * pose.scale * factor) / (columns - 1);
  const stepY = (2 * grid.halfHeight * pose.scale * factor) / (rows - 1);
  const maxX = width - 1.001;
  const maxY = level.height - 1.001;
  const left = cx - ((columns - 1) / 2) * stepX;
  let index = 0;
  for (let row = 0; row < rows; row++) {
    let y = cy + (row - (rows - 1) / 2) * stepY;
    y = y < 0 ? 0 : y > maxY ? maxY : y;
    const y0 = y | 0;
    const fy = y - y0;
    const top = y0 * width;
    for (let column = 0; column < columns; column++) {
      let x = left + column * stepX;
      x = x < 0 ? 0 : x > maxX ? maxX : x;
      const x0 = x | 0;
      const fx = x - x0;
      const at = top + x0;
      const above = data[at]! + (data[at + 1]! - data[at]!) * fx;
      const below = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * fx;
      out[index++] = above + (below - above) * fy;
    }
  }
}

/** Makes values zero-mean with deviation 1; returns the old deviation. */
function normalise(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  const gain = 1 / Math.max(deviation, 1e-3);
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) * gain;
  return deviation;
}

function templateLevel(pyramid: Pyramid, level: number, grid: GridTemplate, pose: Pose): TemplateLevel | undefined {
  const picture = pyramid.levels[level]!;
  const { columns, rows } = grid;
  const count = columns * rows;
  const values = new Float32Array(count);
  sample(picture, 0.5 ** level, grid, pose, values);
  if (normalise(values) < MIN_DEVIATION) return undefined;
  const steepest = new Float32Array(count * 3);
  const spanX = (2 * grid.halfWidth) / (columns - 1);
  const spanY = (2 * grid.halfHeight) / (rows - 1);
  const h = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = values[column > 0 ? at - 1 : at]!;
      const right = values[column < columns - 1 ? at + 1 : at]!;
      const above = values[row > 0 ? at - columns : at]!;
      const below = values[row < rows - 1 ? at + columns : at]!;
      const gx = (right - left) / ((column > 0 && column < columns - 1 ? 2 : 1) * spanX);
      const gy = (below - above) / ((row > 0 && row < rows - 1 ? 2 : 1) * spanY);
      const gs = gx * (column - (columns - 1) / 2) * spanX + gy * (row - (rows - 1) / 2) * spanY;
      steepest[at] = gx;
      steepest[count + at] = gy;
      steepest[2 * count + at] = gs;
      h[0]! += gx * gx;
      h[1]! += gx * gy;
      h[2]! += gx * gs;
      h[3]! += gy * gy;
      h[4]! += gy * gs;
      h[5]! += gs * gs;
    }
  }
  const inverse = invert(h);
  if (!inverse) return undefined;
  const sums: [number, number, number] = [0, 0, 0];
  const products: [number, number, number] = [0, 0, 0];
  for (let part = 0; part < 3; part++) {
    for (let at = 0; at < count; at++) {
      const slope = steepest[part * count + at]!;
      sums[part]! += slope;
      products[part]! += slope * values[at]!;
    }
  }
  return { level, values, steepest, sums, products, inverse };
}

/** Inverse of a symmetric 3x3 matrix given as its upper triangle; undefined when near singular. */
export function invert(h: readonly number[]): number[] | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = h;
  const A = d * f - e * e;
  const B = c * e - b * f;
  const C = b * e - c * d;
  const determinant = a * A + b * B + c * C;
  if (determinant < 1e-6 * a * d * f || a <= 0 || d <= 0 || f <= 0) return undefined;
  const k = 1 / determinant;
  const D = a * f - c * c;
  const E = b * c - a * e;
  const F = a * d - b * b;
  return [A * k, B * k, C * k, B * k, D * k, E * k, C * k, E * k, F * k];
}

const scratch = new Map<number, Float32Array>();

function scratchFor(count: number): Float32Array {
  let buffer = scratch.get(count);
  if (!buffer) scratch.set(count, (buffer = new Float32Array(count)));
  return buffer;
}

/** What one pass over the samples yields: all that a step needs, and how well the template fits there. */
const measured = { x: 0, y: 0, s: 0, deviation: 0, support: 0 };

/**
 * Compares the samples at a pose with the template. Mean and gain are taken out afterwards, from sums, so
 * that each sample is touched once.
 */
function measure(template: TemplateLevel, current: Float32Array): void {
  const { values, steepest, sums, products } = template;
  const count = values.length;
  let sum = 0;
  let squares = 0;
  let likeness = 0;
  let sx = 0;
  let sy = 0;
  let ss = 0;
  for (let i = 0; i < count; i++) {
    const value = current[i]!;
    sum += value;
    squares += value * value;
    likeness += value * values[i]!;
    sx += value * steepest[i]!;
    sy += value * steepest[count + i]!;
    ss += value * steepest[2 * count + i]!;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const gain = 1 / Math.max(deviation, 1e-3);
  measured.x = (sx - mean * sums[0]) * gain - products[0];
  measured.y = (sy - mean * sums[1]) * gain - products[1];
  measured.s = (ss - mean * sums[2]) * gain - products[2];
  measured.deviation = deviation;
  // The template's own mean is zero and its deviation one.
  measured.support = (likeness * gain) / count;
}

function solveLevel(template: TemplateLevel, grid: GridTemplate, pyramid: Pyramid, start: Pose): Solved {
  const picture = pyramid.levels[template.level]!;
  const factor = 0.5 ** template.level;
  const current = scratchFor(template.values.length);
  const m = template.inverse;
  let pose = start;
  for (let step = 0; ; step++) {
    sample(picture, factor, grid, pose, current);
    measure(template, current);
    if (measured.deviation < MIN_DEVIATION / 2) return { pose: start, support: 0 };
    if (step === MAX_STEPS) break;
    const { x, y, s } = measured;
    const dx = m[0]! * x + m[1]! * y + m[2]! * s;
    const dy = m[3]! * x + m[4]! * y + m[5]! * s;
    const ds = m[6]! * x + m[7]! * y + m[8]! * s;
    // Too small a step to matter: the fit just measured is the fit.
    if (Math.abs(dx) + Math.abs(dy) < 0.02 / factor && Math.abs(ds) < 0.002) break;
    const shrinkage = 1 / (1 + Math.max(-0.2, Math.min(0.2, ds)));
    pose = {
      x: pose.x - dx * pose.scale * shrinkage,
      y: pose.y - dy * pose.scale * shrinkage,
      scale: pose.scale * shrinkage,
    };
  }
  return { pose, support: measured.support };
}

/** Coarse to fine; a level that makes the fit worse than its start is ignored. */
export function solve(grid: GridTemplate, pyramid: Pyramid, start: Pose, quick: boolean): Solved {
  const fine = grid.levels[grid.levels.length - 1]!;
  if (quick) {
    const direct = solveLevel(fine, grid, pyramid, start);
    if (direct.support > 0.85) return direct;
  }
  let pose = start;
  let support = -1;
  for (const level of grid.levels) {
    const solved = solveLevel(level, grid, pyramid, pose);
    if (level === fine || solved.support > 0.3) ({ pose, support } = solved);
  }
  return { pose, support };
}

export function makeGrid(
  pyramid: Pyramid,
  pose: Pose,
  size: { halfWidth: number; halfHeight: number; columns: number; rows: number },
  levels: readonly number[],
): GridTemplate | undefined {
  const bare: GridTemplate = { ...size, levels: [] };
  const built = levels.map((level) => templateLevel(pyramid, level, bare, pose)).filter((level) => level !== undefined);
  const finest = levels[levels.length - 1];
  return built[built.length - 1]?.level === finest ? { ...bare, levels: built } : undefined;
}
