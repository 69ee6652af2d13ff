import { invert, sample, type GridTemplate, type Pose, type TemplateLevel } from './align.ts';
import type { Pyramid } from './pyramid.ts';

const MAX_STEPS = 6;
/** Steps below this many pixels of level 0 and this share of the size change nothing that matters. */
const SMALL_STEP = 0.1;
const SMALL_SCALING = 0.0005;
/**
 * Residuals beyond this many times the median one do not count: Tukey's biweight with its usual 4.685
 * deviations, of 1.483 medians each.
 */
const CUTOFF = 4.685 * 1.483;
/** In deviations of the template: where two pictures are the same, noise is no reason to leave out anything. */
const MIN_CUTOFF = 0.05;

/**
 * Where most of the template went, whatever the rest did: someone who walks past the lens fills a
 * third of the picture and would pull a plain least-squares answer along with them. Iteratively
 * reweighted, coarse to fine.
 */
export function steady(grid: GridTemplate, pyramid: Pyramid, start: Pose): Pose {
  return grid.levels.reduce((pose, level) => steadyLevel(level, grid, pyramid, pose), start);
}

function steadyLevel(level: TemplateLevel, grid: GridTemplate, pyramid: Pyramid, start: Pose): Pose {
  const { values, steepest } = level;
  const count = values.length;
  const current = new Float32Array(count);
  const sizes = new Float32Array(count >> 2);
  const weights = new Float32Array(count).fill(1);
  let pose = start;
  for (let step = 0; step <= MAX_STEPS; step++) {
    sample(pyramid.levels[level.level]!, 0.5 ** level.level, grid, pose, current);
    equalise(current, values, weights);
    // A quarter of them tells the median well enough, and sorting all would take longest.
    for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(current[4 * i + (i & 3)]!);
    const residual = sizes.sort()[sizes.length >> 1]!;
    const limit = Math.max(MIN_CUTOFF, CUTOFF * residual);
    const h = [0, 0, 0, 0, 0, 0];
    const b = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const r = current[i]!;
      const share = Math.max(0, 1 - (r / limit) ** 2);
      const weight = share * share;
      weights[i] = weight;
      const x = steepest[i]!;
      const y = steepest[count + i]!;
      const s = steepest[2 * count + i]!;
      h[0]! += weight * x * x;
      h[1]! += weight * x * y;
      h[2]! += weight * x * s;
      h[3]! += weight * y * y;
      h[4]! += weight * y * s;
      h[5]! += weight * s * s;
      b[0]! += weight * x * r;
      b[1]! += weight * y * r;
      b[2]! += weight * s * r;
    }
    const m = step < MAX_STEPS && invert(h);
    if (!m) break;
    const dx = m[0]! * b[0]! + m[1]! * b[1]! + m[2]! * b[2]!;
    const dy = m[3]! * b[0]! + m[4]! * b[1]! + m[5]! * b[2]!;
    const ds = m[6]! * b[0]! + m[7]! * b[1]! + m[8]! * b[2]!;
    if (Math.abs(dx) + Math.abs(dy) < SMALL_STEP && Math.abs(ds) < SMALL_SCALING) break;
    const shrinkage = 1 / (1 + Math.max(-0.2, Math.min(0.2, ds)));
    pose = {
      x: pose.x - dx * pose.scale * shrinkage,
      y: pose.y - dy * pose.scale * shrinkage,
      scale: pose.scale * shrinkage,
    };
  }
  return pose;
}

/** Turns samples into residuals, after taking out brightness and gain as the weighted samples have them. */
function equalise(current: Float32Array, values: Float32Array, weights: Float32Array): void {
  let n = 0;
  let c = 0;
  let v = 0;
  let vv = 0;
  let cv = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i]!;
    n += weight;
    c += weight * current[i]!;
    v += weight * values[i]!;
    vv += weight * values[i]! * values[i]!;
    cv += weight * current[i]! * values[i]!;
  }
  const spread = n * vv - v * v;
  const gain = Math.max(1e-3, spread > 0 ? (n * cv - c * v) / spread : 1);
  const offset = n > 0 ? (c - gain * v) / n : 0;
  for (let i = 0; i < values.length; i++) current[i] = (current[i]! - offset) / gain - values[i]!;
}
