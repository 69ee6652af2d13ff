import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import { coverage, type Box } from '../../core/geometry/box.ts';
import { MaskSchedule } from '../../core/plan/masks.ts';
import { buildPlan, contains, keptFrames, keptRanges, sourceFrameOf, type ValidPlan } from '../../core/plan/plan.ts';
import { boxAt, type Track } from '../../core/track/track.ts';
import { tracks, trackOf, walks } from './arbitraries.ts';

const SIZE = { width: 1920, height: 1080 };
const FRAMES = 800;

function planOf(list: readonly Track[], decisions: Decisions = NO_DECISIONS, analysedFrames = FRAMES): ValidPlan {
  const result = buildPlan({
    ...SIZE,
    rate: { num: 25, den: 1 },
    sourceFrames: FRAMES,
    analysedFrames,
    analysisId: 'analysis',
    tracks: list,
    sceneCuts: [],
    decisions,
    style: 'mosaic',
    sound: 'off',
  });
  if (!result.ok) throw new Error(result.error.code);
  return result.plan;
}

const inPicture = (box: Box) => box.x + box.w > 0 && box.y + box.h > 0 && box.x < SIZE.width && box.y < SIZE.height;

describe('law 1: undecided is hidden', () => {
  it('covers every undecided track, with a margin, on every frame it is in the picture', () => {
    fc.assert(
      fc.property(tracks, (list) => {
        const schedule = new MaskSchedule(planOf(list));
        for (const track of list) {
          for (let frame = track.start; frame <= Math.min(track.end, FRAMES - 1); frame += 7) {
            const face = boxAt(track, frame)!;
            if (!inPicture(face)) continue;
            const mask = schedule.masks(frame).find(({ trackId }) => trackId === track.id);
            expect(mask).toBeDefined();
            expect(coverage(face, mask!.bounds)).toBeGreaterThan(0.9999);
            expect(mask!.bounds.w).toBeGreaterThan(face.w * 1.3);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hides a frame that was not analysed whole', () => {
    const [mask] = new MaskSchedule(planOf([], NO_DECISIONS, 500)).masks(500);
    expect(mask?.bounds).toEqual({ x: 0, y: 0, w: SIZE.width, h: SIZE.height });
    expect(new MaskSchedule(planOf([], NO_DECISIONS, 500)).masks(499)).toEqual([]);
  });

  it('shows a track only when a person decided to keep it, and no other', () => {
    const walk = Array.from({ length: 100 }, () => ({ x: 100, y: 100, w: 80, h: 100 }));
    const list = [trackOf('T001', 0, walk), trackOf('T002', 0, walk)];
    const kept = planOf(list, { ...NO_DECISIONS, analysis: 'analysis', tracks: { T001: 'keep' } });
    expect(new MaskSchedule(kept).masks(50).map(({ trackId }) => trackId)).toEqual(['T002']);
  });
});

describe('keyframes', () => {
  it('stay within their tolerance of every followed box', () => {
    fc.assert(
      fc.property(walks, ({ start, boxes }) => {
        const track = trackOf('T001', start, boxes);
        boxes.forEach((box, index) => {
          const found = boxAt(track, start + index)!;
          const limit = 0.03 * box.h + 0.05;
          expect(Math.abs(found.x - box.x)).toBeLessThanOrEqual(limit);
          expect(Math.abs(found.y - box.y)).toBeLessThanOrEqual(limit);
          expect(Math.abs(found.h - box.h)).toBeLessThanOrEqual(limit);
        });
        expect(boxAt(track, start - 1)).toBeUndefined();
        expect(boxAt(track, start + boxes.length)).toBeUndefined();
      }),
    );
  });
});

describe('an area that moves', () => {
  const place = fc.record({
    x: fc.integer({ min: 0, max: 1700 }),
    y: fc.integer({ min: 0, max: 900 }),
    width: fc.integer({ min: 8, max: 200 }),
    height: fc.integer({ min: 8, max: 150 }),
  });
  const way = fc.array(fc.tuple(fc.integer({ min: 0, max: FRAMES - 1 }), place), { minLength: 1, maxLength: 6 });

  it('covers each of its places at its time, and outside its way also where it was drawn', () => {
    fc.assert(
      fc.property(place, way, (drawn, places) => {
        const byFrame = new Map(places);
        const path = [...byFrame].sort(([a], [b]) => a - b).map(([frame, where]) => ({ at: frame / 25, ...where }));
        const schedule = new MaskSchedule(planOf([], { ...NO_DECISIONS, zones: [{ ...drawn, path }] }));
        const covers = (frame: number, { x, y, width, height }: typeof drawn) =>
          schedule.masks(frame).some(({ bounds }) => coverage({ x, y, w: width, h: height }, bounds) > 0.999);
        for (const [frame, where] of byFrame) expect(covers(frame, where)).toBe(true);
        const frames = [...byFrame.keys()];
        for (const frame of [0, FRAMES - 1])
          if (frame < Math.min(...frames) || frame > Math.max(...frames)) expect(covers(frame, drawn)).toBe(true);
      }),
    );
  });
});

describe('cuts', () => {
  const range = fc
    .tuple(fc.double({ min: 0, max: 31, noNaN: true }), fc.double({ min: 0.01, max: 4, noNaN: true }))
    .map(([from, length]) => ({ from, to: from + length }));

  it('map every frame of the clip to a kept source frame, in order, each once', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (cuts) => {
        const plan = planOf([], { ...NO_DECISIONS, cuts });
        const sources = Array.from({ length: keptFrames(plan) }, (_, index) => sourceFrameOf(plan, index)!);
        expect(new Set(sources).size).toBe(sources.length);
        expect(sources).toEqual([...sources].sort((a, b) => a - b));
        expect(sources.some((frame) => contains(plan.cuts, frame))).toBe(false);
        expect(keptRanges(plan).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(sources.length);
        expect(sourceFrameOf(plan, keptFrames(plan))).toBeUndefined();
      }),
    );
  });

  it('leave out every frame that a cut so much as touches', () => {
    const plan = planOf([], { ...NO_DECISIONS, cuts: [{ from: 1.01, to: 2.01 }] });
    expect(plan.cuts).toEqual([{ from: 25, to: 51 }]);
  });

  it('refuse to leave nothing', () => {
    expect(() => planOf([], { ...NO_DECISIONS, cuts: [{ from: 0, to: 100 }] })).toThrow('plan-cuts-everything');
  });

  it('refuse decisions made on another analysis, or for a track that is not there', () => {
    expect(() => planOf([], { ...NO_DECISIONS, analysis: 'other' })).toThrow('decisions-other-analysis');
    expect(() => planOf([], { ...NO_DECISIONS, analysis: 'analysis', tracks: { T009: 'keep' } })).toThrow(
      'decisions-unknown-track',
    );
  });
});
