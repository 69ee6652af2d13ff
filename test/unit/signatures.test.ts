import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../core/geometry/box.ts';
import type { Mask } from '../../core/plan/masks.ts';
import type { YuvFrame } from '../../native/ffmpeg/frame-reader.ts';
import { PictureSignatures } from '../../native/signatures.ts';

const WIDTH = 192;
const HEIGHT = 108;

/** A picture whose every pixel depends on the seed, with its index. */
function picture(index: number, seed: number): YuvFrame {
  const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2);
  let state = seed * 2654435761 + 1;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    data[at] = 16 + ((state >>> 24) % 220);
  }
  return { index, width: WIDTH, height: HEIGHT, data };
}

describe('signatures of the pictures that were analysed', () => {
  it('know each picture again, and no other in its place', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 2, maxLength: 12 }), (seeds) => {
        const signatures = new PictureSignatures();
        seeds.forEach((seed, index) => signatures.remember(picture(index, seed)));
        seeds.forEach((seed, index) => {
          expect(signatures.matches(picture(index, seed), false)).toBe(true);
          expect(signatures.matches(picture((index + 1) % seeds.length, seed), false)).toBe(false);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('know nothing of a picture that was never analysed', () => {
    const signatures = new PictureSignatures();
    signatures.remember(picture(0, 1));
    expect(signatures.matches(picture(5000, 1), true)).toBe(false);
  });

  it('allow small differences only where the decoder mended a damaged picture', () => {
    const signatures = new PictureSignatures();
    signatures.remember(picture(0, 1));
    const mended = picture(0, 1);
    for (let at = 0; at < mended.data.length; at++) mended.data[at] = mended.data[at]! + 4;
    expect(signatures.matches(mended, false)).toBe(false);
    expect(signatures.matches(mended, true)).toBe(true);
  });
});

describe('where a picture of the clip is furthest from its original', () => {
  const field = { w: WIDTH / 16, h: HEIGHT / 9 };
  const cell = fc.record({ column: fc.integer({ min: 0, max: 15 }), row: fc.integer({ min: 0, max: 8 }) });
  const hiding = (box: Box): Mask => ({ trackId: undefined, shape: 'rectangle', bounds: box, head: box });

  it('is found anywhere, unless a mask lies there', () => {
    fc.assert(
      fc.property(cell, fc.integer({ min: 1, max: 1e6 }), ({ column, row }, seed) => {
        const signatures = new PictureSignatures();
        signatures.remember(picture(7, seed));
        const box = { x: column * field.w, y: row * field.h, ...field };
        const other = picture(2, seed);
        expect(signatures.furthest(other, 7, [])?.difference).toBe(0);
        for (let y = Math.ceil(box.y); y < box.y + box.h; y++)
          other.data.fill(255, y * WIDTH + box.x, y * WIDTH + box.x + box.w);
        const found = signatures.furthest(other, 7, []);
        expect(found?.box).toEqual(box);
        expect(found?.difference).toBeGreaterThan(80);
        expect(signatures.furthest(other, 7, [hiding(box)])?.difference).toBe(0);
        expect(signatures.furthest(other, 7, [hiding({ x: 0, y: 0, w: WIDTH, h: HEIGHT })])).toBeUndefined();
      }),
    );
  });

  it('is everywhere for a picture that was never analysed', () => {
    expect(new PictureSignatures().furthest(picture(0, 1), 0, [])?.difference).toBe(255);
  });
});

describe('of a recording that was analysed at half its size', () => {
  it('is what each four of its pixels became', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 60 }), (seed, sway) => {
        const signatures = new PictureSignatures();
        const small = picture(0, seed);
        signatures.remember(small);
        const [width, height] = [2 * WIDTH, 2 * HEIGHT];
        const data = new Uint8Array((width * height * 3) / 2);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const mean = small.data[(y >> 1) * WIDTH + (x >> 1)]!;
            // Detail that is too fine for half the size.
            const most = Math.min(sway, mean, 255 - mean);
            data[y * width + x] = mean + ((x + y) % 2 === 0 ? most : -most);
          }
        const large = { index: 0, width, height, data };
        expect(signatures.matches(large, false)).toBe(true);
        expect(signatures.furthest(large, 0, [])?.difference).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
