import type { Decisions } from '../decision/decisions.ts';
import { secondsOfFrame, toNumber, type FrameRate } from '../media/frame-rate.ts';
import { keptFrames, keptRanges, mergeRanges, type FrameRange, type ValidPlan } from '../plan/plan.ts';
import { arrange } from '../track/lanes.ts';
import type { Track } from '../track/track.ts';

/** Length of what a count of faces is taken over, in seconds. */
const MINUTE = 60;
/** So many of the shortest tracks are named. */
const SHORTEST = 5;
/** Shorter than this, in seconds, a track is mostly the time that a mask is held before and after one look. */
const BRIEF = 1.5;

/**
 * More faces than this in a minute, on average, and the class looks at the camera (M1). Filmed from the back
 * it sees whoever teaches, and now and then a pupil who turns round: one face and, in a class of thirty, one
 * pupil in six turning in a minute. A rule of thumb, chosen and not measured; the paper says so.
 */
export const MANY_FACES = 6;

export interface FootageFigures {
  /** Of the recording and of the clip. */
  readonly seconds: number;
  readonly clipSeconds: number;
  /** Tracks in view in each begun minute of the recording. */
  readonly facesByMinute: readonly number[];
  /** Mean of these, and the fullest minute, counted from 1. */
  readonly facesPerMinute: number;
  readonly fullest: { readonly minute: number; readonly faces: number } | undefined;
  readonly manyFaces: boolean;
  readonly tracks: number;
  /** How many of them lasted less than a second and a half. */
  readonly brief: number;
  /** Shortest first. */
  readonly shortest: readonly { readonly at: number; readonly seconds: number }[];
  /** Gaps that a person's joining of tracks filled. */
  readonly bridged: { readonly count: number; readonly seconds: number };
  /** Share of the clip in which somebody stays in view by decision, 0..1. */
  readonly keptShare: number;
  readonly cuts: readonly { readonly from: number; readonly to: number }[];
  readonly cutSeconds: number;
  readonly zones: number;
}

/** What an analysis found; `cuts`: first frames of new shots. */
export interface AnalysedFootage {
  readonly frameCount: number;
  readonly cuts: readonly number[];
  readonly tracks: readonly Track[];
}

/** What can be counted of a recording and of what was decided on it. */
export function figuresOf(
  { tracks, cuts: sceneCuts, frameCount }: AnalysedFootage,
  decisions: Decisions,
  plan: ValidPlan,
): FootageFigures {
  const { rate } = plan;
  const seconds = secondsOfFrame(frameCount, rate);
  const facesByMinute = perMinute(tracks, frameCount, rate);
  const facesPerMinute = facesByMinute.reduce((sum, each) => sum + each, 0) / Math.max(1, facesByMinute.length);
  const faces = Math.max(0, ...facesByMinute);
  const lengths = tracks
    .map(({ start, end }) => ({
      at: secondsOfFrame(Math.max(0, start), rate),
      seconds: secondsOfFrame(end - start + 1, rate),
    }))
    .sort((a, b) => a.seconds - b.seconds || a.at - b.at);
  const fills = arrange(tracks, decisions, sceneCuts, rate).flatMap((lane) => lane.fills);
  const cutFrames = plan.sourceFrames - keptFrames(plan);
  return {
    seconds,
    clipSeconds: secondsOfFrame(keptFrames(plan), rate),
    facesByMinute,
    facesPerMinute,
    fullest: faces === 0 ? undefined : { minute: facesByMinute.indexOf(faces) + 1, faces },
    manyFaces: facesPerMinute > MANY_FACES,
    tracks: tracks.length,
    brief: lengths.filter((each) => each.seconds < BRIEF).length,
    shortest: lengths.slice(0, SHORTEST),
    bridged: {
      count: fills.length,
      seconds: fills.reduce((sum, { start, end }) => sum + secondsOfFrame(end - start + 1, rate), 0),
    },
    keptShare: keptInView(plan) / keptFrames(plan),
    cuts: plan.cuts.map(({ from, to }) => ({ from: secondsOfFrame(from, rate), to: secondsOfFrame(to, rate) })),
    cutSeconds: secondsOfFrame(cutFrames, rate),
    zones: decisions.zones.length,
  };
}

function perMinute(tracks: readonly Track[], frameCount: number, rate: FrameRate): number[] {
  const length = MINUTE * toNumber(rate);
  const minutes = Math.ceil(frameCount / length - 1e-9);
  return Array.from({ length: minutes }, (_, minute) => {
    const [from, to] = [minute * length, (minute + 1) * length];
    return tracks.filter(({ start, end }) => start < to && end >= from).length;
  });
}

/** Frames of the clip that show somebody who stays in view. */
function keptInView(plan: ValidPlan): number {
  const shown = mergeRanges(
    plan.tracks
      .filter(({ treatment }) => treatment === 'keep')
      .map(({ track }) => ({ from: Math.max(0, track.start), to: Math.min(plan.sourceFrames, track.end + 1) })),
  );
  return keptRanges(plan).reduce((sum, range) => sum + shown.reduce((all, each) => all + common(range, each), 0), 0);
}

function common(a: FrameRange, b: FrameRange): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}
