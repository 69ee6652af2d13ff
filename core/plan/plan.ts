import type { Decisions, Treatment, Zone as ZoneDecision } from '../decision/decisions.ts';
import type { AppError } from '../errors.ts';
import type { Box } from '../geometry/box.ts';
import { frameAtSeconds, toNumber, type FrameRate } from '../media/frame-rate.ts';
import { planSound, type SoundMode, type SoundPlan } from '../sound/sound-plan.ts';
import { arrange, partName, type Lane } from '../track/lanes.ts';
import { boxAt, type Path, type Track } from '../track/track.ts';

export type MaskStyle = 'mosaic' | 'fill' | 'silhouette';

/** Half-open range of source frames. */
export interface FrameRange {
  readonly from: number;
  readonly to: number;
}

export interface Zone extends FrameRange {
  /** Before and after it, the area stands where the path begins and ends. */
  readonly path: Path;
}

/** Where an area is at a frame within its time. */
export function zoneBoxAt({ path }: Zone, frame: number): Box {
  return boxAt(path, Math.min(path.end, Math.max(path.start, frame)))!;
}

export interface PlannedTrack {
  /** Name of the lane that was decided on. */
  readonly lane: string;
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
  /** Source frames that could not be analysed: hidden whole. */
  readonly unanalysed: readonly FrameRange[];
  /** Absent: the clip has no sound. */
  readonly sound: SoundPlan | undefined;
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
  /** First frames of new shots. */
  readonly sceneCuts: readonly number[];
  readonly decisions: Decisions;
  readonly style: MaskStyle;
  /** `off` for a recording without sound, too. */
  readonly sound: SoundMode;
}

export type PlanResult =
  { readonly ok: true; readonly plan: ValidPlan } | { readonly ok: false; readonly error: AppError };

type Arranged = Pick<PlanRequest, 'analysisId' | 'tracks' | 'sceneCuts' | 'rate' | 'decisions'>;

/** Why decisions can't be followed on an analysis; undefined when they can. */
export function misfitOf(request: Arranged): AppError | undefined {
  const { decisions, analysisId, tracks } = request;
  if (decisions.analysis !== undefined && decisions.analysis !== analysisId)
    return { code: 'decisions-other-analysis', expected: analysisId, found: decisions.analysis };
  const stray = straySplit(decisions, tracks) ?? strayJoin(request) ?? strayTreatment(request);
  return stray === undefined ? undefined : { code: 'decisions-unknown-track', track: stray };
}

function straySplit({ splits }: Decisions, tracks: readonly Track[]): string | undefined {
  const byId = new Map(tracks.map((track) => [track.id, track]));
  for (const [id, frames] of Object.entries(splits)) {
    const track = byId.get(id);
    if (!track) return id;
    const outside = frames.find((frame) => frame <= track.start || frame > track.end);
    if (outside !== undefined) return partName(id, outside);
  }
  return undefined;
}

function strayJoin({ tracks, decisions, sceneCuts, rate }: Arranged): string | undefined {
  const parts = new Set(arrange(tracks, { ...decisions, joins: [] }, sceneCuts, rate).map(({ id }) => id));
  return decisions.joins.flat().find((id) => !parts.has(id));
}

function strayTreatment({ tracks, decisions, sceneCuts, rate }: Arranged): string | undefined {
  const lanes = new Set(arrange(tracks, decisions, sceneCuts, rate).map(({ id }) => id));
  return Object.keys(decisions.tracks).find((id) => !lanes.has(id));
}

/** Applies decisions to tracks. No decision means hide; a decision for an unknown track is refused. */
export function buildPlan(request: PlanRequest): PlanResult {
  const { decisions, tracks, rate, sourceFrames } = request;
  const error = misfitOf(request);
  if (error) return { ok: false, error };
  const range = ({ from, to }: { from: number; to: number }): FrameRange => ({
    from: Math.min(sourceFrames, Math.floor((from * rate.num) / rate.den + 1e-6)),
    to: Math.min(sourceFrames, frameAtSeconds(to, rate)),
  });
  const planned = arrange(tracks, decisions, request.sceneCuts, rate).flatMap((lane) => planLane(lane, decisions));
  const cutTracks = planned.filter(({ treatment }) => treatment === 'cut');
  const cuts = mergeRanges([
    ...decisions.cuts.map(range),
    ...cutTracks.map(({ track }) => ({ from: Math.max(0, track.start), to: Math.min(sourceFrames, track.end + 1) })),
  ]);
  const { sound: mode } = request;
  const plan: RedactionPlan = {
    width: request.width,
    height: request.height,
    rate,
    sourceFrames,
    style: request.style,
    tracks: planned,
    zones: zonesOf(decisions.zones, rate, sourceFrames, range),
    cuts,
    unanalysed: request.analysedFrames < sourceFrames ? [{ from: request.analysedFrames, to: sourceFrames }] : [],
    sound: mode === 'off' ? undefined : planSound({ mode, decisions, rate, sourceFrames, cuts }),
  };
  return validatePlan(plan);
}

function planLane({ id, parts, fills }: Lane, { tracks }: Decisions): PlannedTrack[] {
  const treatment = tracks[id] ?? 'hide';
  return [...parts, ...fills].map((track) => ({ lane: id, track, treatment }));
}

/**
 * First each area where it goes, then, for those that move, the place where they were drawn: whoever sat there sits
 * there again in another shot, where nobody followed anything.
 */
function zonesOf(
  zones: readonly ZoneDecision[],
  rate: FrameRate,
  sourceFrames: number,
  range: (seconds: { from: number; to: number }) => FrameRange,
): Zone[] {
  const during = (zone: ZoneDecision) => (zone.during ? range(zone.during) : { from: 0, to: sourceFrames });
  const places = zones.map((zone) => ({ path: pathOf(zone, rate), ...during(zone) }));
  const drawn = zones.flatMap((zone, index) => {
    if (!zone.path) return [];
    const { path, from, to } = places[index]!;
    const still = pathOf({ ...zone, path: undefined }, rate);
    return [
      { path: still, from, to: Math.min(to, path.start) },
      { path: still, from: Math.max(from, path.end + 1), to },
    ].filter((each) => each.to > each.from);
  });
  return [...places, ...drawn];
}

/** A zone's places by frame; of more within one frame, the last. */
function pathOf({ x, y, width, height, path }: ZoneDecision, rate: FrameRate): Path {
  const places = path ?? [{ at: 0, x, y, width, height }];
  const byFrame = new Map(
    [...places].sort((a, b) => a.at - b.at).map((place) => [Math.round(place.at * toNumber(rate)), place]),
  );
  const rows = [...byFrame].flatMap(([frame, place]) => [frame, place.x, place.y, place.width, place.height]);
  const frames = [...byFrame.keys()];
  return { start: frames[0]!, end: frames[frames.length - 1]!, keyframes: Float32Array.from(rows) };
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

/** Frame of the clip that shows a source frame; undefined for one that is cut. */
export function clipFrameOf(plan: RedactionPlan, source: number): number | undefined {
  let before = 0;
  for (const { from, to } of keptRanges(plan)) {
    if (source < from) return undefined;
    if (source < to) return before + source - from;
    before += to - from;
  }
  return undefined;
}
