import { clipFrameOf, keptRanges, type RedactionPlan } from '../plan/plan.ts';
import type { Finding, FindingKind } from '../verify/report.ts';
import { doubtsOf, type DoubtfulRecording, type DoubtKind } from './doubts.ts';

/** A moment of the clip that deserves a look before it is approved. */
export interface Stop {
  /** In seconds of the clip. */
  readonly at: number;
  readonly kind: DoubtKind | FindingKind | 'kept';
  /** Name of the track, of the lane where somebody stays in view. */
  readonly track: string | undefined;
}

/** Moments closer than this are looked at as one, in seconds. */
const TOGETHER = 1;

/**
 * What a judge of the clip should see for certain: where the check found something, where somebody stays in view,
 * and where a face may have been missed; what is cut is not there to be seen.
 */
export function reviewStops(
  recording: DoubtfulRecording,
  plan: RedactionPlan,
  findings: readonly Finding[],
  framesPerSecond: number,
): Stop[] {
  const inClip = (frame: number) => {
    const shown = clipFrameOf(plan, frame);
    return shown === undefined ? undefined : shown / framesPerSecond;
  };
  const doubts = doubtsOf(recording).flatMap(({ frame, kind, track }): Stop[] => {
    const at = inClip(frame);
    return at === undefined ? [] : [{ at, kind, track }];
  });
  const kept = plan.tracks.flatMap(({ lane, track, treatment }): Stop[] => {
    // What a gap was filled with goes on where a part ended.
    if (treatment !== 'keep' || track.origin === 'human') return [];
    // Where it is in view first: its beginning may be cut.
    const first = keptRanges(plan).find(({ from, to }) => to > track.start && from <= track.end);
    const at = first && inClip(Math.max(first.from, track.start));
    return at === undefined ? [] : [{ at, kind: 'kept', track: lane }];
  });
  const found = findings.map(({ seconds, kind }): Stop => ({ at: seconds, kind, track: undefined }));
  // Of mere doubts one stands for those close to it; whoever stays in view, and what was found, stands for itself.
  const chosen: Stop[] = [...found, ...kept];
  for (const stop of doubts) if (!chosen.some(({ at }) => Math.abs(at - stop.at) < TOGETHER)) chosen.push(stop);
  return chosen.sort((a, b) => a.at - b.at);
}
