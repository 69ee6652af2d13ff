import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decisions, NO_DECISIONS, Treatment } from '../../core/decision/decisions.ts';
import { canSplit, decideLane, joinLanes, partLane, splitLane } from '../../core/decision/lane-edit.ts';
import { coverage } from '../../core/geometry/box.ts';
import { MaskSchedule } from '../../core/plan/masks.ts';
import { buildPlan, misfitOf } from '../../core/plan/plan.ts';
import { arrange, type Lane } from '../../core/track/lanes.ts';
import { boxAt, type Track } from '../../core/track/track.ts';
import { trackOf, tracks } from './arbitraries.ts';

const ANALYSIS = '0123456789abcdef';
const RATE = { num: 25, den: 1 };
const FRAMES = 800;

const common = (list: readonly Track[], decisions: Decisions, sceneCuts: readonly number[] = []) => ({
  analysisId: ANALYSIS,
  tracks: list,
  sceneCuts,
  rate: RATE,
  decisions,
});

const lanesOf = (list: readonly Track[], decisions: Decisions, sceneCuts: readonly number[] = []) =>
  arrange(list, decisions, sceneCuts, RATE);

function scheduleOf(list: readonly Track[], decisions: Decisions, sceneCuts: readonly number[] = []): MaskSchedule {
  const result = buildPlan({
    ...common(list, decisions, sceneCuts),
    width: 1920,
    height: 1080,
    sourceFrames: FRAMES,
    analysedFrames: FRAMES,
    style: 'mosaic',
    sound: 'off',
  });
  if (!result.ok) throw new Error(result.error.code);
  return new MaskSchedule(result.plan);
}

interface Step {
  readonly kind: 'split' | 'join' | 'part' | 'decide';
  readonly which: number;
  readonly other: number;
  readonly share: number;
  readonly treatment: Treatment;
}

const steps = (treatments: readonly Treatment[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('split', 'join', 'part', 'decide'),
      which: fc.nat(50),
      other: fc.nat(50),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      treatment: fc.constantFrom(...treatments),
    }),
    { maxLength: 25 },
  );

/** What a person does in the editor, each time with the lanes as they are by then. */
function follow(list: readonly Track[], course: readonly Step[]): Decisions {
  return course.reduce((decisions, { kind, which, other, share, treatment }) => {
    const lanes = lanesOf(list, decisions);
    const lane = lanes[which % lanes.length]!;
    const { start } = lane.parts[0]!;
    const { end } = lane.parts[lane.parts.length - 1]!;
    if (kind === 'split') return splitLane(ANALYSIS, lane, Math.round(start + share * (end - start)))(decisions);
    if (kind === 'join') return joinLanes(ANALYSIS, lane, lanes[other % lanes.length]!)(decisions);
    if (kind === 'part') return partLane(ANALYSIS, lane)(decisions);
    return decideLane(ANALYSIS, lane.id, treatment, treatment === 'keep' ? 'Daan' : undefined)(decisions);
  }, NO_DECISIONS);
}

const partsAt = (lanes: readonly Lane[], frame: number) =>
  lanes.flatMap(({ parts }) => parts).flatMap((part) => boxAt(part, frame) ?? []);

describe('tracks that a person puts right', () => {
  it('cover on every frame what they covered before, whatever is split, joined and taken apart', () => {
    fc.assert(
      fc.property(tracks, steps(['hide', 'hide-body']), (list, course) => {
        const schedule = scheduleOf(list, follow(list, course));
        for (const track of list)
          for (let frame = track.start; frame <= Math.min(track.end, FRAMES - 1); frame += 5) {
            const face = boxAt(track, frame)!;
            if (face.x + face.w <= 0 || face.y + face.h <= 0 || face.x >= 1920 || face.y >= 1080) continue;
            expect(schedule.masks(frame).some(({ bounds }) => coverage(face, bounds) > 0.999)).toBe(true);
          }
      }),
    );
  });

  it('give decisions that fit the analysis, are read back as they are, and keep every head in one part only', () => {
    fc.assert(
      fc.property(tracks, steps(Treatment.options), (list, course) => {
        const decisions = follow(list, course);
        expect(misfitOf(common(list, decisions))).toBeUndefined();
        expect(Decisions.parse(JSON.parse(JSON.stringify(decisions)))).toEqual(decisions);
        const lanes = lanesOf(list, decisions);
        const frames = list.reduce((sum, { start, end }) => sum + end - start + 1, 0);
        const parts = lanes.flatMap((lane) => lane.parts);
        expect(parts.reduce((sum, { start, end }) => sum + end - start + 1, 0)).toBe(frames);
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
        for (const frame of [0, 100, 300, 501])
          expect(partsAt(lanes, frame).length).toBe(list.filter((track) => boxAt(track, frame)).length);
      }),
    );
  });

  it('let nobody stay in view for whom that was not decided', () => {
    fc.assert(
      fc.property(tracks, steps(Treatment.options), (list, course) => {
        const before = follow(list, course);
        const kept = (decisions: Decisions, frame: number) =>
          lanesOf(list, decisions)
            .filter(({ id }) => decisions.tracks[id] === 'keep')
            .flatMap((lane) => partsAt([lane], frame)).length;
        for (const lane of lanesOf(list, before)) {
          const { start } = lane.parts[0]!;
          const { end } = lane.parts[lane.parts.length - 1]!;
          const changes = [
            splitLane(ANALYSIS, lane, (start + end) >> 1),
            partLane(ANALYSIS, lane),
            ...lanesOf(list, before).map((other) => joinLanes(ANALYSIS, lane, other)),
          ];
          for (const change of changes)
            for (const frame of [start, (start + end) >> 1, end])
              expect(kept(change(before), frame)).toBeLessThanOrEqual(kept(before, frame));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a lane', () => {
  const still = { x: 100, y: 100, w: 40, h: 50 };
  const far = { x: 200, y: 100, w: 40, h: 50 };
  const boxes = (box: typeof still, count: number) => Array.from({ length: count }, () => box);
  const list = [trackOf('T001', 0, boxes(still, 50)), trackOf('T002', 70, boxes(far, 50))];
  const joined = joinLanes(ANALYSIS, lanesOf(list, NO_DECISIONS)[1]!, lanesOf(list, NO_DECISIONS)[0]!)(NO_DECISIONS);

  it('fills the short gap between its parts, along the way', () => {
    const [lane] = lanesOf(list, joined);
    expect(lane!.id).toBe('T001');
    expect(lane!.fills).toMatchObject([{ start: 50, end: 69 }]);
    const masks = scheduleOf(list, joined).masks(60);
    expect(masks).toHaveLength(1);
    expect(coverage({ ...still, x: 152 }, masks[0]!.bounds)).toBeGreaterThan(0.999);
  });

  it('fills nothing across a scene cut', () => {
    expect(lanesOf(list, joined, [60])[0]!.fills).toEqual([]);
  });

  it('is somebody else from a split on, who is hidden even if the one before stays in view', () => {
    const kept = decideLane(ANALYSIS, 'T001', 'keep', 'Daan')(NO_DECISIONS);
    const [lane] = lanesOf(list, kept);
    const decisions = splitLane(ANALYSIS, lane!, 20)(kept);
    expect(lanesOf(list, decisions).map(({ id }) => id)).toEqual(['T001', 'T001@20', 'T002']);
    const schedule = scheduleOf(list, decisions);
    expect(schedule.masks(19)).toEqual([]);
    expect(schedule.masks(20)).toMatchObject([{ trackId: 'T001@20' }]);
  });

  it('is split in all its parts, where two of them overlap', () => {
    const both = [trackOf('T001', 0, boxes(still, 100)), trackOf('T002', 60, boxes(still, 100))];
    const lanes = lanesOf(both, NO_DECISIONS);
    const one = decideLane(
      ANALYSIS,
      'T001',
      'keep',
      'Daan',
    )(joinLanes(ANALYSIS, lanes[0]!, lanes[1]!)({ ...NO_DECISIONS, analysis: ANALYSIS }));
    const decisions = splitLane(ANALYSIS, lanesOf(both, one)[0]!, 80)(one);
    const kept = lanesOf(both, decisions).filter(({ id }) => decisions.tracks[id] === 'keep');
    expect(kept.flatMap(({ parts }) => parts).every(({ end }) => end < 80)).toBe(true);
    expect(scheduleOf(both, decisions).masks(120)).toHaveLength(1);
  });

  it('is not split where it begins or outside of it', () => {
    const [lane] = lanesOf(list, NO_DECISIONS);
    expect([0, 50, -3].map((frame) => canSplit(lane!, frame))).toEqual([false, false, false]);
    expect(splitLane(ANALYSIS, lane!, 0)(NO_DECISIONS)).toBe(NO_DECISIONS);
  });

  it.each([
    ['a split outside the track', { splits: { T001: [80] } }, 'T001@80'],
    ['a split of nobody', { splits: { T009: [80] } }, 'T009'],
    ['a join with nobody', { joins: [['T001', 'T009']] }, 'T009'],
    ['a join with a part that is none', { joins: [['T001', 'T002@90']] }, 'T002@90'],
    ['a decision on one who was joined', { joins: [['T001', 'T002']], tracks: { T002: 'keep' as const } }, 'T002'],
  ])('is refused: %s', (_what, change, track) => {
    const decisions = { ...NO_DECISIONS, analysis: ANALYSIS, ...change };
    expect(misfitOf(common(list, decisions))).toEqual({ code: 'decisions-unknown-track', track });
  });

  it('is refused when one track is in two of them', () => {
    const twice = {
      version: 1,
      analysis: ANALYSIS,
      joins: [
        ['T001', 'T002'],
        ['T002', 'T003'],
      ],
    };
    expect(Decisions.safeParse(twice).success).toBe(false);
  });
});
