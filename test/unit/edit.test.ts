import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decisions, NO_DECISIONS, Treatment } from '../../core/decision/decisions.ts';
import {
  addCut,
  addZone,
  apply,
  changeZone,
  historyOf,
  keepOnly,
  moveZone,
  placeZone,
  redo,
  removeCut,
  removeZone,
  undo,
  type Edit,
  type History,
  type Seconds,
} from '../../core/decision/edit.ts';
import { decideLane } from '../../core/decision/lane-edit.ts';
import {
  addBleep,
  forgetSound,
  keepRest,
  keepSound,
  removeBleep,
  silenceSound,
} from '../../core/decision/sound-edit.ts';
import { allowWord, putCue, removeCue, replaceWord } from '../../core/decision/subtitle-edit.ts';
import { canonical } from '../../native/vault/signing.ts';

const SECONDS = 3600;
const ANALYSIS = '0123456789abcdef';

const ranges: fc.Arbitrary<Seconds> = fc
  .record({
    from: fc.oneof(fc.nat(20), fc.double({ min: 0, max: SECONDS - 1, noNaN: true })),
    length: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.04, max: 900, noNaN: true })),
  })
  .map(({ from, length }) => ({ from, to: from + length }));
const side = fc.double({ min: 1, max: 1920, noNaN: true });
const zones = fc.record(
  { x: side, y: side, width: side, height: side, during: ranges },
  { requiredKeys: ['x', 'y', 'width', 'height'] },
);
const moments = fc.double({ min: 0, max: SECONDS, noNaN: true });
const ways = fc
  .array(fc.record({ at: moments, x: side, y: side, width: side, height: side }), { maxLength: 6 })
  .map((way) => way.sort((a, b) => a.at - b.at));
const tracks = fc.integer({ min: 1, max: 4 }).map((number) => `T00${number}`);
const places = fc.integer({ min: 0, max: 4 });

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(tracks, fc.constantFrom(...Treatment.options), fc.option(fc.string({ maxLength: 80 }), { nil: undefined }))
    .map(([track, treatment, because]) => decideLane(ANALYSIS, track, treatment, because)),
  zones.map(addZone),
  fc.tuple(places, zones).map(([index, zone]) => changeZone(index, zone)),
  places.map((index) => changeZone(index, { during: undefined })),
  places.map(removeZone),
  fc
    .tuple(places, moments, zones)
    .map(([index, at, { x, y, width, height }]) => placeZone(index, at, { x, y, width, height }, 0.04)),
  fc.tuple(places, ways).map(([index, way]) => moveZone(index, way)),
  ranges.map(addCut),
  places.map(removeCut),
  fc
    .tuple(fc.constantFrom(keepSound, keepRest), ranges, fc.boolean())
    .map(([keep, range, altered]) => keep(range, altered)),
  fc.tuple(fc.constantFrom(silenceSound, forgetSound, addBleep), ranges).map(([edit, range]) => edit(range)),
  places.map(removeBleep),
  fc.tuple(ranges, fc.string({ minLength: 1, maxLength: 40 })).map(([range, text]) => putCue({ ...range, text })),
  places.map(removeCue),
  fc.constantFrom(allowWord('Nederland'), replaceWord('Noor', 'Leerling 3')),
  ranges.map((range) => keepOnly(range, SECONDS)),
);
const courses = fc.array(edits, { maxLength: 40 });
const decided = courses.map((list) => list.reduce((decisions, edit) => edit(decisions), NO_DECISIONS));

const times = (count: number, step: (history: History) => History, start: History) =>
  Array.from({ length: count }).reduce<History>((history) => step(history), start);
const inside = (list: readonly Seconds[], at: number) => list.some(({ from, to }) => at >= from && at < to);

describe('edits', () => {
  it('are undone one by one to the very start, and done again to the very end', () => {
    fc.assert(
      fc.property(decided, courses, (start, list) => {
        const first = historyOf(start);
        const seen = [first.present];
        let history = first;
        for (const edit of list) {
          history = apply(history, edit);
          seen.push(history.present);
        }
        const last = history.present;
        for (const before of seen.slice(0, -1).reverse()) {
          history = undo(history);
          expect(history.present).toBe(before);
        }
        expect(history.present).toBe(start);
        expect(undo(history)).toBe(history);
        history = times(list.length, redo, history);
        expect(history.present).toBe(last);
        expect(redo(history)).toBe(history);
        expect(times(list.length, undo, history).present).toBe(start);
      }),
    );
  });

  it('after an undo leave nothing to be done again', () => {
    fc.assert(
      fc.property(courses, edits, fc.nat(10), (list, edit, back) => {
        const done = list.reduce(apply, historyOf(undefined));
        const branched = apply(times(back, undo, done), edit);
        expect(redo(branched)).toBe(branched);
      }),
    );
  });

  it('are remembered up to five hundred', () => {
    const done = Array.from({ length: 510 }, (_, n) => addZone({ x: n, y: 0, width: 1, height: 1 }));
    const history = done.reduce(apply, historyOf(undefined));
    expect(times(600, undo, history).present.zones).toHaveLength(10);
  });

  it('lead to decisions that can be kept, and leave the ones before as they were', () => {
    fc.assert(
      fc.property(decided, edits, (before, edit) => {
        const copy = structuredClone(before);
        const after = edit(before);
        expect(before).toEqual(copy);
        expect(Decisions.safeParse(after).error?.issues ?? []).toEqual([]);
        // What is logged is a digest of them as they are, what is kept is JSON.
        expect(canonical(JSON.parse(JSON.stringify(after)))).toBe(canonical(after));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is decided on a track', () => {
  it('is told from the others, and hiding it again is as if nothing was ever said', () => {
    const kept = decideLane(ANALYSIS, 'T001', 'keep', 'Dio, docent')(NO_DECISIONS);
    const both = decideLane(ANALYSIS, 'T002', 'cut', 'niemand')(kept);
    expect(both).toMatchObject({ tracks: { T001: 'keep', T002: 'cut' }, because: { T001: 'Dio, docent' } });
    expect(decideLane(ANALYSIS, 'T001', 'hide-body')(both).because).toEqual({});
    const hidden = decideLane(ANALYSIS, 'T002', 'hide')(decideLane(ANALYSIS, 'T001', 'hide', 'Dio')(both));
    expect(hidden).toEqual({ ...NO_DECISIONS, analysis: ANALYSIS });
  });

  it('never carries a face in view over to the tracks of another analysis', () => {
    const kept = decideLane(
      ANALYSIS,
      'T001',
      'keep',
      'Dio',
    )(addZone({ x: 1, y: 1, width: 9, height: 9 })(NO_DECISIONS));
    const other = decideLane('fedcba9876543210', 'T002', 'hide-body')(kept);
    expect(other.tracks).toEqual({ T002: 'hide-body' });
    expect(other.because).toEqual({});
    expect(other.zones).toEqual(kept.zones);
  });
});

describe('an area that moves', () => {
  const still = { x: 100, y: 100, width: 50, height: 60 };
  const drawn = addZone(still)(NO_DECISIONS);
  const way = [
    { at: 2, ...still },
    { at: 4, ...still, x: 300 },
  ];

  it('is moved as a whole while it stands still, and at one time when it moves', () => {
    expect(placeZone(0, 3, { ...still, y: 0 }, 0.04)(drawn).zones).toEqual([{ ...still, y: 0 }]);
    const moving = placeZone(0, 3, { ...still, y: 0 }, 0.04)(moveZone(0, way)(drawn));
    expect(moving.zones[0]!.path!.map(({ at, y }) => [at, y])).toEqual([
      [2, 100],
      [3, 0],
      [4, 100],
    ]);
    expect(placeZone(0, 3.01, still, 0.04)(moving).zones[0]!.path).toHaveLength(3);
  });

  it('keeps where it was known to be outside the stretch that is followed anew', () => {
    const known = moveZone(0, way)(drawn);
    const anew = moveZone(0, [
      { at: 3, ...still },
      { at: 5, ...still },
    ])(known);
    expect(anew.zones[0]!.path!.map(({ at }) => at)).toEqual([2, 3, 5]);
  });
});

describe('ranges', () => {
  it('are sorted and apart after any edit, and cover just what was asked for', () => {
    fc.assert(
      fc.property(fc.array(ranges, { maxLength: 12 }), (list) => {
        const made = list.reduce((decisions, range) => addCut(range)(decisions), NO_DECISIONS).cuts;
        made.forEach((range, index) => {
          const before = made[index - 1];
          if (before) expect(range.from).toBeGreaterThan(before.to);
        });
        for (const at of list.flatMap(({ from, to }) => [from, to, (from + to) / 2, from - 0.01, to + 0.01]))
          expect(inside(made, at)).toBe(inside(list, at));
      }),
    );
  });

  it('that touch become one', () => {
    const twice = addCut({ from: 4, to: 8 })(addCut({ from: 8, to: 9 })(NO_DECISIONS));
    expect(twice.cuts).toEqual([{ from: 4, to: 9 }]);
    expect(removeCut(0)(twice).cuts).toEqual([]);
  });
});

describe('keeping one fragment', () => {
  it('cuts everything outside it, and brings nothing back that was cut', () => {
    // Whole milliseconds: what is left out may be short of a border by a rounding error.
    const whole = (seconds: number) => Math.round(seconds * 1000) / 1000;
    const fragments = ranges.map(({ from, to }) => ({ from: whole(from), to: whole(to) }));
    const moments = fc.double({ min: 0, max: SECONDS, maxExcluded: true, noNaN: true }).map((at) => whole(at) + 5e-4);
    fc.assert(
      fc.property(decided, fragments, fc.array(moments, { minLength: 20 }), (before, fragment, list) => {
        const { cuts } = keepOnly(fragment, SECONDS)(before);
        const edges = [0, fragment.from - 1e-3, fragment.from, fragment.to, SECONDS - 1e-3];
        for (const at of [...list, ...edges].filter((each) => each >= 0 && each < SECONDS))
          expect(inside(cuts, at)).toBe(inside(before.cuts, at) || !inside([fragment], at));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves alone what is no wider than a rounding error', () => {
    expect(keepOnly({ from: 1e-9, to: 10 }, 10 + 1e-9)(NO_DECISIONS).cuts).toEqual([]);
  });
});
