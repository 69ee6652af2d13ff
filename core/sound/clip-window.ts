import { SAMPLE_RATE, sampleOfFrame, type FrameRate } from '../media/frame-rate.ts';
import { keptRanges, type ValidPlan } from '../plan/plan.ts';
import type { SampleRange } from './sample-range.ts';

/** A stretch of the recording between two cuts, and where it stands in the clip. */
export interface ClipWindow extends SampleRange {
  /** First sample of the clip that it fills. */
  readonly at: number;
  /** Samples of the clip that it fills; at odd frame rates one more or fewer than it has. */
  readonly length: number;
}

/**
 * Each picture of the clip starts at its own sample: rounding at a cut is never added to that of the next, so picture
 * and sound are within half a sample of each other, however many cuts there are.
 * @param kept frames that are not cut, rising and disjoint
 */
export function clipWindows(
  kept: readonly { readonly from: number; readonly to: number }[],
  rate: FrameRate,
): ClipWindow[] {
  let before = 0;
  return kept.map(({ from, to }) => {
    const at = sampleOfFrame(before, rate);
    before += to - from;
    const length = sampleOfFrame(before, rate) - at;
    return { from: sampleOfFrame(from, rate), to: sampleOfFrame(to, rate), at, length };
  });
}

/** Where ranges of the recording stand in the clip; what is cut is left out. */
export function inClip(ranges: readonly SampleRange[], windows: readonly ClipWindow[]): SampleRange[] {
  return ranges.flatMap(({ from, to }) =>
    windows.flatMap((window) => {
      const first = Math.max(from, window.from);
      const last = Math.min(to, window.to, window.from + window.length);
      return last > first ? [{ from: window.at + first - window.from, to: window.at + last - window.from }] : [];
    }),
  );
}

/** Where something of the recording is heard, in seconds of the clip. */
export function heardInClip(plan: ValidPlan): { readonly from: number; readonly to: number }[] {
  const kept = plan.sound ? inClip(plan.sound.kept, clipWindows(keptRanges(plan), plan.rate)) : [];
  return kept.map(({ from, to }) => ({ from: from / SAMPLE_RATE, to: to / SAMPLE_RATE }));
}
