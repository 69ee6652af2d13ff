import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, FASTEST, unwatched, watch, type Stretch } from '../../core/review/coverage.ts';

const SECONDS = 60;
const played = fc.record({
  from: fc.double({ min: 0, max: SECONDS, noNaN: true }),
  length: fc.double({ min: 0, max: 12, noNaN: true }),
  elapsed: fc.double({ min: 0, max: 12, noNaN: true }),
});

describe('what counts as watched', () => {
  it('never grows faster than twice the time that has passed, whatever a screen says', () => {
    fc.assert(
      fc.property(fc.array(played, { maxLength: 60 }), (list) => {
        let watched: readonly Stretch[] = [];
        let time = 0;
        for (const { from, length, elapsed } of list) {
          watched = watch(watched, { from, to: from + length }, elapsed);
          time += FASTEST * elapsed + 0.3;
        }
        const seen = watched.reduce((sum, { from, to }) => sum + to - from, 0);
        // Gaps of less than a fifth of a second between stretches are let go.
        expect(seen).toBeLessThanOrEqual(time + list.length * 0.1 + 1e-6);
      }),
    );
  });

  it('is whole only when nothing is left, and everything else is still to be watched', () => {
    fc.assert(
      fc.property(fc.array(played, { maxLength: 30 }), (list) => {
        const watched = list.reduce<readonly Stretch[]>(
          (so, { from, length }) => watch(so, { from, to: from + length }, 100),
          [],
        );
        const left = unwatched(watched, SECONDS);
        expect(coverageOf(watched, SECONDS) === 1).toBe(left.length === 0);
        for (let at = 0.5; at < SECONDS; at++) {
          const seen = watched.some(({ from, to }) => at >= from && at <= to);
          const missing = left.some(({ from, to }) => at >= from && at < to);
          if (seen) expect(missing).toBe(false);
          if (missing) expect(seen).toBe(false);
        }
      }),
    );
  });

  it('leaves out what was sought past, played backwards, or told long after', () => {
    const some = watch([], { from: 0, to: 2 }, 1);
    expect(watch(some, { from: 2, to: 30 }, 1)).toBe(some);
    expect(watch(some, { from: 9, to: 8 }, 1)).toBe(some);
    expect(watch(some, { from: -1, to: 1 }, 2)).toBe(some);
    expect(watch(some, { from: 2, to: 40 }, 3600)).toBe(some);
    expect(unwatched(some, 10)).toEqual([{ from: 2, to: 10 }]);
    expect(unwatched(watch(some, { from: 2.05, to: 9.9 }, 4), 10)).toEqual([]);
  });
});
