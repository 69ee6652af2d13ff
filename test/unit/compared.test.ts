import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clipFrameOf, contains, keptFrames } from '../../core/plan/plan.ts';
import { ComparedFrames } from '../../core/verify/compared.ts';
import { planWith } from '../fixtures/plan.ts';

const range = fc
  .tuple(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]) => ({ from, to: Math.min(200, from + length) }));

it('compares every n-th frame, and every one whose neighbour in the recording is cut', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (ranges, every) => {
      fc.pre(!Array.from({ length: 200 }, (_, frame) => frame).every((frame) => contains(ranges, frame)));
      const plan = planWith(200, ranges);
      const compared = new ComparedFrames(plan, every);
      const wanted = new Set<number>();
      for (let index = 0; index < keptFrames(plan); index += every) wanted.add(index);
      for (let source = 0; source < 200; source++) {
        const index = clipFrameOf(plan, source);
        const beside = [source - 1, source + 1].some((frame) => contains(ranges, frame));
        if (index !== undefined && beside) wanted.add(index);
      }
      expect([...compared.all()]).toEqual([...wanted].sort((a, b) => a - b));
    }),
  );
});
