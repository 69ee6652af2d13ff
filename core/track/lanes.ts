import { mix } from '../geometry/box.ts';
import { toNumber, type FrameRate } from '../media/frame-rate.ts';
import { boxAt, KEYFRAME_WIDTH, type Track } from './track.ts';

/** How a person put the tracks of an analysis right; names as in {@link partName}. */
export interface Arrangement {
  /** By track: the frames at which another head goes on under the same name. */
  readonly splits: Readonly<Record<string, readonly number[]>>;
  /** Parts that are the same person; nobody is in two groups. */
  readonly joins: readonly (readonly string[])[];
}

/** What is decided on as one: a track, a part of one, or several that are the same person. */
export interface Lane {
  /** Name of its first part. */
  readonly id: string;
  /** In order of their start. */
  readonly parts: readonly Track[];
  /** Between parts that follow each other closely: where the head must be while nothing saw it. */
  readonly fills: readonly Track[];
}

/** Gaps up to this long are filled, as the tracker bridges them on its own (finish.ts). */
const FILL_SECONDS = 3;

/** The part of a track that starts at a split; the first part keeps the track's own name. */
export function partName(track: string, frame: number): string {
  return `${track}@${frame}`;
}

/** The track that a part is of. */
export function trackOfPart(part: string): string {
  return part.split('@')[0]!;
}

/**
 * Tracks as a person arranged them. What the arrangement names and the analysis lacks is left out:
 * `misfitOf` (plan.ts) refuses such decisions before.
 * @param sceneCuts first frames of new shots; nothing is filled across them
 */
export function arrange(
  tracks: readonly Track[],
  { splits, joins }: Arrangement,
  sceneCuts: readonly number[],
  rate: FrameRate,
): Lane[] {
  const parts = tracks.flatMap((track) => split(track, splits[track.id] ?? []));
  if (joins.length === 0) return parts.map((part) => ({ id: part.id, parts: [part], fills: [] }));
  const byId = new Map(parts.map((part) => [part.id, part]));
  const joined = new Set(joins.flat());
  const groups = joins
    .map((ids) => ids.flatMap((id) => byId.get(id) ?? []).sort((a, b) => a.start - b.start))
    .filter((group) => group.length > 0);
  const alone = parts.filter(({ id }) => !joined.has(id)).map((part) => [part]);
  return [...alone, ...groups].map((group) => ({
    id: group[0]!.id,
    parts: group,
    fills: fillsOf(group, sceneCuts, rate),
  }));
}

/** @param frames any order; those outside the track are left out */
function split(track: Track, frames: readonly number[]): Track[] {
  const inside = [...new Set(frames)].filter((at) => at > track.start && at <= track.end).sort((a, b) => a - b);
  if (inside.length === 0) return [track];
  return [track.start, ...inside].map((start, index) => {
    const end = (inside[index] ?? track.end + 1) - 1;
    return {
      ...track,
      id: index === 0 ? track.id : partName(track.id, start),
      start,
      end,
      keyframes: between(track, start, end),
      bestFrame: track.bestFrame >= start && track.bestFrame <= end ? track.bestFrame : (start + end) >> 1,
    };
  });
}

function between(track: Track, start: number, end: number): Float32Array {
  const row = (frame: number) => {
    const box = boxAt(track, frame)!;
    return [frame, box.x, box.y, box.w, box.h];
  };
  const rows = row(start);
  for (let at = 0; at < track.keyframes.length; at += KEYFRAME_WIDTH)
    if (track.keyframes[at]! > start && track.keyframes[at]! < end)
      rows.push(...track.keyframes.subarray(at, at + KEYFRAME_WIDTH));
  return Float32Array.from(end > start ? [...rows, ...row(end)] : rows);
}

function fillsOf(parts: readonly Track[], sceneCuts: readonly number[], rate: FrameRate): Track[] {
  const longest = FILL_SECONDS * toNumber(rate);
  return parts.slice(1).flatMap((next, index) => {
    const last = parts[index]!;
    const from = last.end + 1;
    const gap = next.start - from;
    if (gap <= 0 || gap > longest || sceneCuts.some((cut) => cut >= from && cut <= next.start)) return [];
    const a = boxAt(last, last.end)!;
    const b = boxAt(next, next.start)!;
    const row = (frame: number) => {
      const { x, y, w, h } = mix(a, b, (frame - last.end) / (next.start - last.end));
      return [frame, x, y, w, h];
    };
    const keyframes = Float32Array.from(gap > 1 ? [...row(from), ...row(next.start - 1)] : row(from));
    const { bestScore, hits } = last;
    const id = `${last.id}+`;
    return [{ id, start: from, end: next.start - 1, keyframes, origin: 'human', bestScore, bestFrame: from, hits }];
  });
}
