import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, FASTEST, unwatched, WatchBudget, type Stretch } from '../../core/review/coverage.ts';

const SECONDS = 60;
const played = fc.record({
  from: fc.double({ min: 0, max: SECONDS, noNaN: true }),
  length: fc.double({ min: 0, max: 12, noNaN: true }),
  elapsed: fc.double({ min: 0, max: 12, noNaN: true }),
});

/** What is believed of a course of playing, each told after some seconds. */
function believed(list: readonly { from: number; length: number; elapsed: number }[]): readonly Stretch[] {
  const budget = new WatchBudget();
  return list.reduce<readonly Stretch[]>((watched, { from, length, elapsed }) => {
    budget.pass(elapsed);
    return budget.watch(watched, { from, to: from + length });
  }, []);
}

const sum = (watched: readonly Stretch[]) => watched.reduce((seconds, { from, to }) => seconds + to - from, 0);

describe('what counts as watched', () => {
  it('never grows faster than twice the time that has passed, whatever a screen says', () => {
    fc.assert(
      fc.property(fc.array(played, { maxLength: 60 }), (list) => {
        const time = list.reduce((seconds, { elapsed }) => seconds + elapsed, 0);
        // Gaps of less than a tenth of a second between stretches are let go.
        expect(sum(believed(list))).toBeLessThanOrEqual(FASTEST * time + 0.3 + list.length * 0.05 + 1e-6);
      }),
    );
  });

  it('does not grow bit by bit either, in calls that follow each other at once', () => {
    const bits = Array.from({ length: 1000 }, (_, index) => ({ from: index * 0.29, length: 0.29, elapsed: 0 }));
    expect(sum(believed(bits))).toBeLessThanOrEqual(0.3);
  });

  it('is whole only when nothing is left, and everything else is still to be watched', () => {
    fc.assert(
      fc.property(fc.array(played, { maxLength: 30 }), (list) => {
        const watched = believed(list.map((each) => ({ ...each, elapsed: 100 })));
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
    const budget = new WatchBudget();
    budget.pass(1);
    const some = budget.watch([], { from: 0, to: 2 });
    expect(some).toEqual([{ from: 0, to: 2 }]);
    budget.pass(1);
    expect(budget.watch(some, { from: 2, to: 30 })).toBe(some);
    expect(budget.watch(some, { from: 9, to: 8 })).toBe(some);
    expect(budget.watch(some, { from: -1, to: 1 })).toBe(some);
    budget.pass(3600);
    expect(budget.watch(some, { from: 2, to: 40 })).toBe(some);
    expect(unwatched(some, 10)).toEqual([{ from: 2, to: 10 }]);
    expect(unwatched(budget.watch(some, { from: 2.05, to: 9.95 }), 10)).toEqual([]);
  });
});
