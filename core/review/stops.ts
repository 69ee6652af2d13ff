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

/**
 * Moments closer than this are looked at as one, in seconds: less than what is watched around a stop, so that a moment
 * that another one stands for is seen with what comes before and after it.
 */
export const TOGETHER = 2;
/**
 * The riskier come first, and stand for the others: by how often a face was in view close to one (docs/accuracy.md);
 * the camera and another picture, of which that was not measured, in the middle.
 */
const RISK: readonly DoubtKind[] = ['fast', 'vanishes', 'edge', 'camera', 'scene-cut', 'small', 'appears', 'unsure'];

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
  const near = new Nearby(chosen);
  for (const kind of RISK) for (const stop of doubts) if (stop.kind === kind && near.add(stop)) chosen.push(stop);
  return chosen.sort((a, b) => a.at - b.at);
}

/** Whether something was chosen close by, without asking all of an hour's stops each time. */
class Nearby {
  private readonly buckets = new Map<number, number[]>();

  constructor(stops: readonly Stop[]) {
    for (const { at } of stops) this.put(at);
  }

  private put(at: number): void {
    const bucket = Math.floor(at / TOGETHER);
    this.buckets.set(bucket, [...(this.buckets.get(bucket) ?? []), at]);
  }

  /** @returns false, and adds nothing, where another one stands for it */
  add({ at }: Stop): boolean {
    const bucket = Math.floor(at / TOGETHER);
    const around = [bucket - 1, bucket, bucket + 1].flatMap((each) => this.buckets.get(each) ?? []);
    if (around.some((other) => Math.abs(other - at) < TOGETHER)) return false;
    this.put(at);
    return true;
  }
}
