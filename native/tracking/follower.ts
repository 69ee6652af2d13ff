import type { Box } from '../../core/geometry/box.ts';
import type { Fit, Follower, Motion } from '../../core/track/follower.ts';
import { steady } from './robust.ts';
import { makeGrid, solve, type GridTemplate, type Pose } from './align.ts';
import { followSize, type Pyramid } from './pyramid.ts';

export interface FaceTemplate {
  readonly grid: GridTemplate;
  readonly box: Box;
}

/** A face alone may be flat; hair, collar and background around it hold it. Share of the box a side. */
const FACE_CONTEXT = 0.4;
const FACE_GRID = 16;

const centre = (box: Box): Pose => ({ x: box.x + box.w / 2, y: box.y + box.h / 2, scale: 1 });

function templateOf(pyramid: Pyramid, box: Box, context: number): FaceTemplate | undefined {
  const halfWidth = box.w * (0.5 + context);
  const halfHeight = box.h * (0.5 + context);
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
  const { pose: pulled, support } = solve(grid, to, pose, false);
  const found = steady(grid, to, pulled);
  // A nonsense solution predicts worse than standing still.
  if (support < 0.3 || Math.abs(found.scale - 1) > 0.15) return { scale: 1, dx: 0, dy: 0, agreement: support };
  return { scale: found.scale, dx: found.x - pose.x, dy: found.y - pose.y, agreement: support };
}

/**
 * @param width,height of the normalised or working frame in pixels; boxes are in follow pixels
 * @param context how much around a box is compared with it, as a share of the box a side
 */
export function createFollower(width: number, height: number, context = FACE_CONTEXT): Follower<Pyramid, FaceTemplate> {
  const size = followSize(width, height);
  return {
    width: size.width,
    height: size.height,
    motion: (from, to) => motion(from, to, size.width, size.height),
    template: (frame, box) => templateOf(frame, box, context),
    follow(template, frame, guess): Fit {
      const start = { ...centre(guess), scale: guess.h / template.box.h };
      const { pose, support } = solve(template.grid, frame, start, true);
      const w = template.box.w * pose.scale;
      const h = template.box.h * pose.scale;
      return { box: { x: pose.x - w / 2, y: pose.y - h / 2, w, h }, support };
    },
  };
}
