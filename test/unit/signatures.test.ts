import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
