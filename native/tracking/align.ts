import type { Box } from '../../core/geometry/box.ts';
import type { Fit, Follower, Motion } from '../../core/track/follower.ts';
import { followSize, type Level, type Pyramid } from './pyramid.ts';

/**
 * Inverse-compositional Lucas-Kanade for translation and scale (Baker & Matthews, "Lucas-Kanade 20
 * Years On", IJCV 2004, §3.2), on a fixed grid of samples, coarse to fine, on zero-mean and
 * gain-normalised values so that exposure drift does not move a box.
 */
interface GridTemplate {
  readonly columns: number;
  readonly rows: number;
  /** Half sides of the sampled rectangle in level-0 pixels, at scale 1. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly levels: readonly TemplateLevel[];
}

interface TemplateLevel {
  readonly level: number;
  /** Zero-mean values divided by their deviation. */
  readonly values: Float32Array;
  /** d(value)/dx, d(value)/dy and d(value)/d(scale), one after the other. */
  readonly steepest: Float32Array;
  /** Inverse of the 3x3 Hessian, row by row. */
  readonly inverse: readonly number[];
}

export interface FaceTemplate {
  readonly grid: GridTemplate;
  readonly box: Box;
}

/** A face alone may be flat; hair, collar and background around it hold it. Share of the box a side. */
const CONTEXT = 0.4;
const FACE_GRID = 16;
const MIN_DEVIATION = 2.5;
const MAX_STEPS = 8;

interface Pose {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Solved {
  readonly pose: Pose;
  readonly support: number;
}

/** Samples a grid around `pose` into `out`; outside the picture the border is repeated. */
function sample(level: Level, factor: number, grid: GridTemplate, pose: Pose, out: Float32Array): void {
  const { columns, rows } = grid;
  const cx = (pose.x + 0.5) * factor - 0.5;
  const cy = (pose.y + 0.5) * factor - 0.5;
  const stepX = (2 * grid.halfWidth * pose.scale * factor) / (columns - 1);
  const stepY = (2 * grid.halfHeight * pose.scale * factor) / (rows - 1);
  const maxX = level.width - 1.001;
  const maxY = level.height - 1.001;
  let index = 0;
  for (let row = 0; row < rows; row++) {
    let y = cy + (row - (rows - 1) / 2) * stepY;
    y = y < 0 ? 0 : y > maxY ? maxY : y;
    const y0 = y | 0;
    const fy = y - y0;
    const top = y0 * level.width;
    const bottom = top + level.width;
    for (let column = 0; column < columns; column++) {
      let x = cx + (column - (columns - 1) / 2) * stepX;
      x = x < 0 ? 0 : x > maxX ? maxX : x;
      const x0 = x | 0;
      const fx = x - x0;
      const a = level.data[top + x0]!;
      const b = level.data[top + x0 + 1]!;
      const c = level.data[bottom + x0]!;
      const d = level.data[bottom + x0 + 1]!;
      out[index++] = (a + (b - a) * fx) * (1 - fy) + (c + (d - c) * fx) * fy;
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
  return inverse && { level, values, steepest, inverse };
}

/** Inverse of a symmetric 3x3 matrix given as its upper triangle; undefined when near singular. */
function invert(h: readonly number[]): number[] | undefined {
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

function correlation(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum / a.length;
}

function solveLevel(template: TemplateLevel, grid: GridTemplate, pyramid: Pyramid, start: Pose): Solved {
  const picture = pyramid.levels[template.level]!;
  const factor = 0.5 ** template.level;
  const count = template.values.length;
  const current = scratchFor(count);
  const m = template.inverse;
  let pose = start;
  for (let step = 0; step < MAX_STEPS; step++) {
    sample(picture, factor, grid, pose, current);
    if (normalise(current) < MIN_DEVIATION / 2) return { pose: start, support: 0 };
    let bx = 0;
    let by = 0;
    let bs = 0;
    for (let i = 0; i < count; i++) {
      const error = current[i]! - template.values[i]!;
      bx += template.steepest[i]! * error;
      by += template.steepest[count + i]! * error;
      bs += template.steepest[2 * count + i]! * error;
    }
    const dx = m[0]! * bx + m[1]! * by + m[2]! * bs;
    const dy = m[3]! * bx + m[4]! * by + m[5]! * bs;
    const ds = m[6]! * bx + m[7]! * by + m[8]! * bs;
    const shrinkage = 1 / (1 + Math.max(-0.2, Math.min(0.2, ds)));
    pose = {
      x: pose.x - dx * pose.scale * shrinkage,
      y: pose.y - dy * pose.scale * shrinkage,
      scale: pose.scale * shrinkage,
    };
    if (Math.abs(dx) + Math.abs(dy) < 0.02 / factor && Math.abs(ds) < 0.002) break;
  }
  sample(picture, factor, grid, pose, current);
  normalise(current);
  return { pose, support: correlation(current, template.values) };
}

/** Coarse to fine; a level that makes the fit worse than its start is ignored. */
function solve(grid: GridTemplate, pyramid: Pyramid, start: Pose, quick: boolean): Solved {
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

function makeGrid(
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

const centre = (box: Box): Pose => ({ x: box.x + box.w / 2, y: box.y + box.h / 2, scale: 1 });

function faceTemplate(pyramid: Pyramid, box: Box): FaceTemplate | undefined {
  const halfWidth = box.w * (0.5 + CONTEXT);
  const halfHeight = box.h * (0.5 + CONTEXT);
  const spacing = (2 * Math.max(halfWidth, halfHeight)) / FACE_GRID;
  const finest = Math.min(pyramid.levels.length - 1, Math.max(0, Math.round(Math.log2(spacing))));
  const levels = [finest + 2, finest + 1, finest].filter((level) => level < pyramid.levels.length);
  const size = { halfWidth, halfHeight, columns: FACE_GRID, rows: FACE_GRID };
  const grid = makeGrid(pyramid, centre(box), size, levels);
  return grid && { grid, box };
}

const MOTION_COLUMNS = 40;
const MOTION_ROWS = 24;

function motion(from: Pyramid, to: Pyramid, width: number, height: number): Motion {
  const pose = { x: width / 2, y: height / 2, scale: 1 };
  const size = { halfWidth: width * 0.45, halfHeight: height * 0.45, columns: MOTION_COLUMNS, rows: MOTION_ROWS };
  const coarsest = from.levels.length - 1;
  const levels = [coarsest, coarsest - 1, coarsest - 2].filter((level) => level >= 0);
  const grid = makeGrid(from, pose, size, levels);
  if (!grid) return { scale: 1, dx: 0, dy: 0, agreement: 0 };
  const { pose: found, support } = solve(grid, to, pose, false);
  // A nonsense solution predicts worse than standing still.
  if (support < 0.3 || Math.abs(found.scale - 1) > 0.15) return { scale: 1, dx: 0, dy: 0, agreement: support };
  return { scale: found.scale, dx: found.x - pose.x, dy: found.y - pose.y, agreement: support };
}

/** @param width,height of the normalised or working frame in pixels; boxes are in follow pixels. */
export function createFollower(width: number, height: number): Follower<Pyramid, FaceTemplate> {
  const size = followSize(width, height);
  return {
    width: size.width,
    height: size.height,
    motion: (from, to) => motion(from, to, size.width, size.height),
    template: faceTemplate,
    follow(template, frame, guess): Fit {
      const start = { ...centre(guess), scale: guess.h / template.box.h };
      const { pose, support } = solve(template.grid, frame, start, true);
      const w = template.box.w * pose.scale;
      const h = template.box.h * pose.scale;
      return { box: { x: pose.x - w / 2, y: pose.y - h / 2, w, h }, support };
    },
  };
}
