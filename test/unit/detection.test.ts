import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverage } from '../../core/geometry/box.ts';
import { withoutGroups, type Detection } from '../../core/geometry/detection.ts';
import { boxes } from './arbitraries.ts';

const detections: fc.Arbitrary<Detection[]> = fc.array(
  fc
    .tuple(boxes, fc.double({ min: 0.02, max: 1, noNaN: true }))
    .map(([box, score]) => ({ ...box, w: box.w + 4, h: box.h + 4, score })),
  { maxLength: 30 },
);

describe('boxes around several people', () => {
  it('a sure face is never left out, and what is left out holds a face that stays', () => {
    fc.assert(
      fc.property(detections, (found) => {
        const kept = withoutGroups(found);
        for (const box of found) {
          if (kept.includes(box)) continue;
          expect(box.score).toBeLessThan(0.9);
          expect(kept.some((face) => coverage(face, box) > 0.8)).toBe(true);
        }
      }),
    );
  });

  it('the box around three heads goes, the heads stay', () => {
    const heads = [0, 100, 200].map((x) => ({ x, y: 50, w: 80, h: 100, score: 0.85 }));
    const group = { x: -20, y: 0, w: 340, h: 220, score: 0.8 };
    expect(withoutGroups([...heads, group])).toEqual(heads);
  });

  it('a large face stays, whatever a look answered within it', () => {
    const face = { x: 0, y: 0, w: 200, h: 260, score: 0.95 };
    const eye = { x: 40, y: 80, w: 40, h: 40, score: 0.99 };
    expect(withoutGroups([face, eye])).toEqual([face, eye]);
  });
});
