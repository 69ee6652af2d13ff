import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import { buildPlan, clipFrameOf, keptFrames, type ValidPlan } from '../../core/plan/plan.ts';
import { stillToWatch } from '../../core/review/coverage.ts';
import { doubtsOf, type DoubtfulRecording } from '../../core/review/doubts.ts';
import { mustWatch } from '../../core/review/sample.ts';
import { reviewStops, TOGETHER, type Stop } from '../../core/review/stops.ts';
import type { Finding } from '../../core/verify/report.ts';
import { tracks } from './arbitraries.ts';

const RATE = 25;
/** Long enough that not all of it must be watched. */
const FRAMES = 3000;
const recording: Omit<DoubtfulRecording, 'tracks'> = {
  ...{ width: 1920, height: 1080, rate: { num: RATE, den: 1 } },
  ...{ frameCount: FRAMES, cuts: [] },
};

function planOf(doubtful: DoubtfulRecording, decisions: Decisions): ValidPlan | undefined {
  const { width, height, rate, frameCount, cuts, tracks: list } = doubtful;
  const result = buildPlan({
    ...{ width, height, rate, sourceFrames: frameCount, analysedFrames: frameCount, tracks: list, sceneCuts: cuts },
    ...{ analysisId: 'analysis', decisions, style: 'mosaic', sound: 'off' },
  });
  return result.ok ? result.plan : undefined;
}
const finding = (seconds: number): Finding => ({
  ...{ kind: 'face-in-view', frame: Math.round(seconds * RATE), seconds, value: 0.9 },
  box: { x: 0, y: 0, w: 10, h: 10 },
});

const cases = fc
  .record({
    list: tracks,
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: FRAMES - 1 }), { maxLength: 4 }),
    removed: fc.array(fc.record({ from: fc.integer({ min: 0, max: 27 }), length: fc.integer({ min: 1, max: 8 }) }), {
      maxLength: 2,
    }),
    found: fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 4 }),
    kept: fc.boolean(),
  })
  .map(({ list, cuts, removed, found, kept }) => {
    const doubtful = { ...recording, cuts: cuts.sort((a, b) => a - b), tracks: list };
    const decisions: Decisions = {
      ...NO_DECISIONS,
      cuts: removed.map(({ from, length }) => ({ from, to: from + length })),
      tracks: kept ? { [list[0]!.id]: 'keep' } : {},
    };
    return { doubtful, plan: planOf(doubtful, decisions), findings: found.map(finding) };
  });

function holds(
  check: (stops: Stop[], all: { doubtful: DoubtfulRecording; plan: ValidPlan; findings: Finding[] }) => void,
) {
  fc.assert(
    fc.property(cases, ({ doubtful, plan, findings }) => {
      fc.pre(plan !== undefined);
      check(reviewStops(doubtful, plan, findings, RATE), { doubtful, plan, findings });
    }),
    { numRuns: 300 },
  );
}

describe('stops', () => {
  it('leave no doubtful moment of the clip out of their reach', () => {
    holds((stops, { doubtful, plan }) => {
      for (const { frame } of doubtsOf(doubtful)) {
        const shown = clipFrameOf(plan, frame);
        if (shown === undefined) continue;
        expect(Math.min(...stops.map(({ at }) => Math.abs(at - shown / RATE)))).toBeLessThan(TOGETHER);
      }
    });
  });

  it('have every doubtful moment watched, with a second before and after it, where only they and a sample must be', () => {
    holds((stops, { doubtful, plan }) => {
      const seconds = keptFrames(plan) / RATE;
      const moments = stops.map(({ at }) => at);
      const required = mustWatch('doubts-and-sample', seconds, moments, 'a'.repeat(64));
      for (const { frame } of doubtsOf(doubtful)) {
        const shown = clipFrameOf(plan, frame);
        if (shown === undefined) continue;
        const around = [{ from: Math.max(0, shown / RATE - 1), to: Math.min(seconds, shown / RATE + 1) }];
        expect(stillToWatch(around, required)).toEqual([]);
      }
    });
  });

  it('drop nothing that was found, and nobody who stays in view', () => {
    holds((stops, { plan, findings }) => {
      for (const { seconds, kind } of findings) expect(stops).toContainEqual({ at: seconds, kind, track: undefined });
      const kept = plan.tracks.filter(({ treatment, track }) => {
        const frames = Array.from({ length: track.end - track.start + 1 }, (_, step) => track.start + step);
        return treatment === 'keep' && frames.some((frame) => clipFrameOf(plan, frame) !== undefined);
      });
      expect(stops.filter(({ kind }) => kind === 'kept').map(({ track }) => track)).toEqual(
        kept.map(({ lane }) => lane),
      );
    });
  });

  it('are in order of time and within the clip, mere doubts apart from each other', () => {
    holds((stops, { plan, findings }) => {
      expect(stops.map(({ at }) => at)).toEqual(stops.map(({ at }) => at).sort((a, b) => a - b));
      const certain = new Set<string>(['kept', ...findings.map(({ kind }) => kind)]);
      const doubts = stops.filter(({ kind }) => !certain.has(kind));
      for (const { at } of doubts) expect(at >= 0 && at < keptFrames(plan) / RATE).toBe(true);
      for (const [index, { at }] of doubts.entries())
        if (index > 0) expect(at - doubts[index - 1]!.at).toBeGreaterThanOrEqual(TOGETHER);
    });
  });

  it('name the riskiest of what is close together', () => {
    const still = { x: 900, y: 400, w: 100, h: 120 };
    const row = (frame: number, x: number) => [frame, x, still.y, still.w, still.h];
    const at = { origin: 'auto', bestScore: 1, bestFrame: 0, hits: 9 } as const;
    const atEdge = {
      ...at,
      id: 'T001',
      start: 0,
      end: FRAMES - 1,
      keyframes: Float32Array.from([...row(0, 2), ...row(FRAMES - 1, 2)]),
    };
    const goes = {
      ...at,
      id: 'T002',
      start: 0,
      end: 30,
      keyframes: Float32Array.from([...row(0, 900), ...row(30, 900)]),
    };
    const doubtful = { ...recording, tracks: [atEdge, goes] };
    expect(reviewStops(doubtful, planOf(doubtful, NO_DECISIONS)!, [], RATE)).toEqual([
      { at: 30 / RATE, kind: 'vanishes', track: 'T002' },
    ]);
  });
});
