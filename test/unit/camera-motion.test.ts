import { describe, expect, it } from 'vitest';
import type { YuvFrame } from '../../native/ffmpeg/frame-reader.ts';
import { createFollower } from '../../native/tracking/follower.ts';
import { PyramidPool } from '../../native/tracking/pyramid.ts';

const WIDTH = 640;
const HEIGHT = 360;

/** A picture of soft blobs, shifted; from `walker` on, 200 columns are dark but for a bright arm. */
function picture(dx: number, dy: number, walker: number): YuvFrame {
  const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const u = x - dx;
      const v = y - dy;
      const scene = 128 + 45 * Math.sin(u / 23 + Math.cos(v / 31)) + 40 * Math.cos(v / 19 + Math.sin(u / 37));
      const within = x - walker;
      data[y * WIDTH + x] = within < 0 || within >= 200 ? scene : within > 80 && within < 110 && y > 120 ? 200 : 30;
    }
  }
  return { index: 0, width: WIDTH, height: HEIGHT, data };
}

describe('the motion of the camera', () => {
  it.each([
    ['an empty scene', 1000, 1000],
    ['somebody who walks past the lens', 180, 204],
  ])('is found in %s', (_, before, after) => {
    const pool = new PyramidPool();
    const follower = createFollower(WIDTH, HEIGHT);
    const motion = follower.motion(pool.build(picture(0, 0, before)), pool.build(picture(3, -2, after)));
    expect(Math.hypot(motion.dx - 3, motion.dy + 2)).toBeLessThan(1);
    expect(motion.scale).toBeCloseTo(1, 2);
  });
});
