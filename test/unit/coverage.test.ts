import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FASTEST, merge, stillToWatch, WatchBudget, type Stretch } from '../../core/review/coverage.ts';
import { lengthOf, mustWatch, shareWatched } from '../../core/review/sample.ts';

const SECONDS = 60;
const WHOLE = [{ from: 0, to: SECONDS }];
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
        const left = stillToWatch(WHOLE, watched);
        expect(shareWatched(WHOLE, watched) === 1).toBe(left.length === 0);
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
    expect(stillToWatch([{ from: 0, to: 10 }], some)).toEqual([{ from: 2, to: 10 }]);
    expect(stillToWatch([{ from: 0, to: 10 }], budget.watch(some, { from: 2.05, to: 9.95 }))).toEqual([]);
  });
});

const digests = fc.stringMatching(/^[0-9a-f]{64}$/);
const lengths = fc.double({ min: 1, max: 7200, noNaN: true });
const moments = fc.array(fc.double({ min: 0, max: 7200, noNaN: true }), { maxLength: 40 });

describe('what must be watched', () => {
  it('by the one rule is every second', () => {
    fc.assert(
      fc.property(lengths, moments, digests, (seconds, stops, digest) => {
        expect(mustWatch('every-second', seconds, stops, digest)).toEqual([{ from: 0, to: seconds }]);
      }),
    );
  });

  it('by the other each doubtful moment with what is around it, and of each five minutes a sample', () => {
    fc.assert(
      fc.property(lengths, moments, digests, (seconds, all, digest) => {
        const stops = all.filter((at) => at <= seconds);
        const required = mustWatch('doubts-and-sample', seconds, stops, digest);
        expect(merge(required)).toEqual(required);
        for (const { from, to } of required) expect(from >= 0 && to > from && to <= seconds).toBe(true);
        for (const at of stops) {
          const around = { from: Math.max(0, at - 3), to: Math.min(seconds, at + 3) };
          if (around.to - around.from > 0.2) expect(stillToWatch([around], required)).toEqual([]);
        }
        for (let begin = 0; begin < seconds; begin += 300) {
          const end = Math.min(seconds, begin + 300);
          const inside = required.map(({ from, to }) => ({ from: Math.max(from, begin), to: Math.min(to, end) }));
          const watched = lengthOf(inside.filter(({ from, to }) => to > from));
          expect(watched).toBeGreaterThanOrEqual(Math.min(20, end - begin) - 1e-6);
        }
      }),
    );
  });

  it('lies where the clip itself says: the same each time, elsewhere in another clip, all of a short one', () => {
    const [one, other] = ['0f'.repeat(32), 'c3'.repeat(32)];
    const heard = { from: 100, to: 700 };
    expect(stillToWatch([heard], mustWatch('doubts-and-sample', 900, [], one, [heard]))).toEqual([]);
    expect(stillToWatch([heard], mustWatch('doubts-and-sample', 900, [], one))).not.toEqual([]);
    expect(mustWatch('doubts-and-sample', 900, [], one)).toEqual(mustWatch('doubts-and-sample', 900, [], one));
    expect(mustWatch('doubts-and-sample', 900, [], one)).not.toEqual(mustWatch('doubts-and-sample', 900, [], other));
    expect(lengthOf(mustWatch('doubts-and-sample', 900, [], one))).toBeCloseTo(60, 6);
    expect(mustWatch('doubts-and-sample', 45, [], one)).toEqual([{ from: 0, to: 45 }]);
  });
});
