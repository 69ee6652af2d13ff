import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../core/plan/masks.ts';
import { readabilityBetween } from '../fixtures/readable.ts';
import type { YuvFrame } from '../../native/ffmpeg/frame-reader.ts';
import { paint, samplePalette } from '../../native/pixels/paint.ts';

const WIDTH = 320;
const HEIGHT = 180;

/** Noise: the hardest picture to make unreadable, as it has detail everywhere. */
function noise(seed: number): YuvFrame {
  let state = seed;
  const data = Uint8Array.from({ length: (WIDTH * HEIGHT * 3) / 2 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 16 + (state >>> 25);
  });
  return { index: 0, width: WIDTH, height: HEIGHT, data };
}

const head = (x: number, y: number, w: number, h: number): Mask => ({
  trackId: 'T001',
  shape: 'head',
  bounds: { x, y, w, h },
  head: { x, y, w, h },
});

const places = fc.record({
  x: fc.double({ min: -60, max: 330, noNaN: true }),
  y: fc.double({ min: -60, max: 190, noNaN: true }),
  w: fc.double({ min: 16, max: 120, noNaN: true }),
  h: fc.double({ min: 16, max: 120, noNaN: true }),
});

describe('law 4: what hides is irreversible', () => {
  it('writes pixels that do not depend on what was under the mask', () => {
    fc.assert(
      fc.property(places, fc.integer(), fc.integer(), ({ x, y, w, h }, seedA, seedB) => {
        const mask = head(x, y, w, h);
        const palette = samplePalette(noise(1), mask, 'mosaic');
        const a = noise(seedA);
        const b = noise(seedB);
        paint(a, mask, palette);
        paint(b, mask, palette);
        let leaks = 0;
        for (let row = 0; row < HEIGHT; row++) {
          for (let column = 0; column < WIDTH; column++) {
            const dx = (column + 0.5 - x - w / 2) / (w / 2);
            const dy = (row + 0.5 - y - h / 2) / (h / 2);
            if (Math.hypot(dx, dy) >= 0.99) continue;
            const chroma = WIDTH * HEIGHT + (row >> 1) * (WIDTH / 2) + (column >> 1);
            for (const at of [row * WIDTH + column, chroma, chroma + (WIDTH * HEIGHT) / 4])
              if (a.data[at] !== b.data[at]) leaks++;
          }
        }
        expect(leaks).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves everything away from the mask exactly as it was', () => {
    fc.assert(
      fc.property(places, ({ x, y, w, h }) => {
        const before = noise(7);
        const after = noise(7);
        paint(after, head(x, y, w, h), samplePalette(before, head(x, y, w, h), 'mosaic'));
        let changed = 0;
        for (let row = 0; row < HEIGHT; row += 3) {
          for (let column = 0; column < WIDTH; column += 3) {
            if (column > x - 8 && column < x + w + 8 && row > y - 8 && row < y + h + 8) continue;
            if (after.data[row * WIDTH + column] !== before.data[row * WIDTH + column]) changed++;
          }
        }
        expect(changed).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['mosaic', 'fill'] as const)(
    'passes the measure of readability with %s, which the original fails',
    (style) => {
      const original = noise(3);
      const result = noise(3);
      const mask = head(80, 40, 110, 110);
      const face = { x: 95, y: 55, w: 80, h: 80 };
      expect(readabilityBetween(original.data, original.data, WIDTH, HEIGHT, face)?.readable).toBe(true);
      paint(result, mask, samplePalette(original, mask, style));
      expect(readabilityBetween(original.data, result.data, WIDTH, HEIGHT, face)?.readable).toBe(false);
    },
  );
});
