import type { Decisions, Treatment } from '../decision/decisions.ts';
import type { AppError } from '../errors.ts';
import { frameAtSeconds, type FrameRate } from '../media/frame-rate.ts';
import type { Box } from '../geometry/box.ts';
import type { Track } from '../track/track.ts';

export type MaskStyle = 'mosaic' | 'fill' | 'silhouette';

/** Half-open range of source frames. */
export interface FrameRange {
  readonly from: number;
  readonly to: number;
}

export interface Zone extends FrameRange {
  readonly box: Box;
}

export interface PlannedTrack {
  readonly track: Track;
  readonly treatment: Treatment;
}

/** All that rendering needs to know, in source frames and pixels of the normalised recording. */
export interface RedactionPlan {
  readonly width: number;
  readonly height: number;
  readonly rate: FrameRate;
  readonly sourceFrames: number;
  readonly style: MaskStyle;
  readonly tracks: readonly PlannedTrack[];
  readonly zones: readonly Zone[];
  /** Rising, disjoint: these source frames are left out, picture and sound. */
  readonly cuts: readonly FrameRange[];
  readonly mutes: readonly FrameRange[];
  /** Source frames that could not be analysed: hidden whole. */
  readonly unanalysed: readonly FrameRange[];
  readonly sound: boolean;
}

declare const valid: unique symbol;
/** A plan that {@link validatePlan} accepted; nothing else can be rendered. */
export type ValidPlan = RedactionPlan & { readonly [valid]: true };

export interface PlanRequest {
  readonly width: number;
  readonly height: number;
  readonly rate: FrameRate;
  readonly sourceFrames: number;
  /** Source frames from here on were not analysed. */
  readonly analysedFrames: number;
  readonly analysisId: string;
  readonly tracks: readonly Track[];
  readonly decisions: Decisions;
  readonly style: MaskStyle;
  readonly sound: boolean;
}

export type PlanResult =
  { readonly ok: true; readonly plan: ValidPlan } | { readonly ok: false; readonly error: AppError };

/** Why decisions can't be followed on an analysis; undefined when they can. */
export function misfitOf(decisions: Decisions, analysisId: string, tracks: readonly Track[]): AppError | undefined {
  if (decisions.analysis !== undefined && decisions.analysis !== analysisId)
    return { code: 'decisions-other-analysis', expected: analysisId, found: decisions.analysis };
  const known = new Set(tracks.map((track) => track.id));
  const unknown = Object.keys(decisions.tracks).find((id) => !known.has(id));
  return unknown === undefined ? undefined : { code: 'decisions-unknown-track', track: unknown };
}

/** Applies decisions to tracks. No decision means hide; a decision for an unknown track is refused. */
export function buildPlan(request: PlanRequest): PlanResult {
  const { decisions, tracks, rate, sourceFrames } = request;
  const error = misfitOf(decisions, request.analysisId, tracks);
  if (error) return { ok: false, error };
  const range = ({ from, to }: { from: number; to: number }): FrameRange => ({
    from: Math.min(sourceFrames, Math.floor((from * rate.num) / rate.den + 1e-6)),
    to: Math.min(sourceFrames, frameAtSeconds(to, rate)),
  });
  const planned = tracks.map((track) => ({ track, treatment: decisions.tracks[track.id] ?? ('hide' as const) }));
  const cutTracks = planned.filter(({ treatment }) => treatment === 'cut');
  const plan: RedactionPlan = {
    width: request.width,
    height: request.height,
    rate,
    sourceFrames,
    style: request.style,
    tracks: planned,
    zones: decisions.zones.map(({ x, y, width, height, during }) => ({
      box: { x, y, w: width, h: height },
      ...(during ? range(during) : { from: 0, to: sourceFrames }),
    })),
    cuts: mergeRanges([
      ...decisions.cuts.map(range),
      ...cutTracks.map(({ track }) => ({ from: Math.max(0, track.start), to: Math.min(sourceFrames, track.end + 1) })),
    ]),
    mutes: mergeRanges(decisions.mutes.map(range)),
    unanalysed: request.analysedFrames < sourceFrames ? [{ from: request.analysedFrames, to: sourceFrames }] : [],
    sound: request.sound,
  };
  return validatePlan(plan);
}

export function validatePlan(plan: RedactionPlan): PlanResult {
  if (keptFrames(plan) === 0) return { ok: false, error: { code: 'plan-cuts-everything' } };
  return { ok: true, plan: plan as ValidPlan };
}

/** Sorted, disjoint and without empty ranges. */
export function mergeRanges(ranges: readonly FrameRange[]): FrameRange[] {
  const merged: FrameRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    if (range.to <= range.from) continue;
    const last = merged[merged.length - 1];
    if (last && range.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}

export function contains(ranges: readonly FrameRange[], frame: number): boolean {
  return ranges.some(({ from, to }) => frame >= from && frame < to);
}

/** Frames of the finished clip. */
export function keptFrames(plan: RedactionPlan): number {
  return plan.sourceFrames - plan.cuts.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Source frame of each frame of the clip is found by walking the complement of the cuts. */
export function keptRanges(plan: RedactionPlan): FrameRange[] {
  const kept: FrameRange[] = [];
  let from = 0;
  for (const cut of plan.cuts) {
    if (cut.from > from) kept.push({ from, to: cut.from });
    from = cut.to;
  }
  if (from < plan.sourceFrames) kept.push({ from, to: plan.sourceFrames });
  return kept;
}

/** Source frame that becomes frame `index` of the clip; undefined past the end. */
export function sourceFrameOf(plan: RedactionPlan, index: number): number | undefined {
  let left = index;
  for (const { from, to } of keptRanges(plan)) {
    if (left < to - from) return from + left;
    left -= to - from;
  }
  return undefined;
}
