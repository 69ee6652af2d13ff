import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headOf, type Mask } from '../../core/plan/masks.ts';
import { ComparedFrames } from '../../core/verify/compared.ts';
import { witnessOf } from '../../core/verify/witness.ts';
import type { YuvFrame } from '../../native/ffmpeg/frame-reader.ts';
import { planWith } from '../fixtures/plan.ts';
import { Witnesses } from '../../native/witnesses.ts';

const SIZE = { width: 320, height: 180 };

/** Stripes of another width for each seed, under which some faces show detail and flat ones none. */
function picture(index: number, seed: number): YuvFrame {
  const data = new Uint8Array((SIZE.width * SIZE.height * 3) / 2);
  for (let at = 0; at < SIZE.width * SIZE.height; at++)
    data[at] = (at % SIZE.width) % (3 + (seed % 7)) < 2 && at % SIZE.width > 100 ? 200 : 40;
  return { index, ...SIZE, data };
}

const masks: fc.Arbitrary<Mask[]> = fc.array(
  fc
    .record({
      x: fc.integer({ min: -10, max: 300 }),
      y: fc.integer({ min: -10, max: 160 }),
      h: fc.integer({ min: 10, max: 60 }),
    })
    .map(({ x, y, h }) => {
      const head = headOf({ x, y, w: h * 0.8, h }, SIZE.height);
      return { trackId: 'T001', shape: 'head' as const, bounds: head, head };
    }),
  { maxLength: 8 },
);

describe('what rendering remembers of the original', () => {
  it('is what it saw, on every frame that is compared and on no other', () => {
    fc.assert(
      fc.property(fc.array(masks, { minLength: 1, maxLength: 7 }), fc.nat(), (frames, seed) => {
        const compared = new ComparedFrames(planWith(frames.length, []), 3);
        const witnesses = new Witnesses(compared);
        expect(witnesses.covers(compared)).toBe(false);
        frames.forEach((each, index) => witnesses.see(index, picture(index, seed), each));
        frames.forEach((each, index) => {
          const seen = index % 3 === 0 ? witnessOf(picture(index, seed), each) : undefined;
          expect(witnesses.at(index)).toEqual(seen);
        });
        expect(witnesses.covers(compared)).toBe(true);
        expect(witnesses.covers(new ComparedFrames(planWith(frames.length, []), 1))).toBe(frames.length === 1);
      }),
      { numRuns: 40 },
    );
  });
});
