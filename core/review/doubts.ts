import type { Box } from '../geometry/box.ts';
import { toNumber, type FrameRate } from '../media/frame-rate.ts';
import { boxAt, type Track } from '../track/track.ts';

/** Why a moment deserves a look by a person. */
export type DoubtKind = 'appears' | 'vanishes' | 'unsure' | 'edge' | 'fast' | 'small' | 'scene-cut';

export interface Doubt {
  readonly frame: number;
  readonly kind: DoubtKind;
  /** Undefined for what concerns the whole picture. */
  readonly track: string | undefined;
}

export interface DoubtfulRecording {
  readonly width: number;
  readonly height: number;
  readonly rate: FrameRate;
  readonly frameCount: number;
  readonly cuts: readonly number[];
  readonly tracks: readonly Track[];
}

/** Best probability below which a track may be no face, or a face that was hardly seen. */
const UNSURE = 0.6;
/** Head heights a second above which a mask may lag. */
const FAST = 3;
/** Share of the picture's height below which a face is mostly a guess. */
const SMALL = 0.03;
/** Within this share of the picture's side a face may be cut by the edge. */
const EDGE = 0.01;
/** One look covers what happens within this many seconds to the same track. */
const TOGETHER_SECONDS = 1;

/**
 * Moments at which a face is most likely to be missed or badly covered, in order of time: a track that
 * begins or ends inside the picture and inside a shot, was hardly seen, is small, fast or at the edge;
 * and the first picture of each shot.
 */
export function doubtsOf(recording: DoubtfulRecording): Doubt[] {
  const { tracks, cuts, frameCount } = recording;
  const borders = new Set([0, frameCount, ...cuts]);
  const found = tracks.flatMap((track) => doubtsOfTrack(track, recording, borders));
  const scenes = cuts.map((frame): Doubt => ({ frame, kind: 'scene-cut', track: undefined }));
  return [...found, ...scenes].sort((a, b) => a.frame - b.frame);
}

function doubtsOfTrack(track: Track, recording: DoubtfulRecording, borders: ReadonlySet<number>): Doubt[] {
  const { width, height, rate, frameCount } = recording;
  const { id, start, end } = track;
  const found: Doubt[] = [];
  const add = (frame: number, kind: DoubtKind) => {
    const near = TOGETHER_SECONDS * toNumber(rate);
    if (!found.some((doubt) => Math.abs(doubt.frame - frame) < near))
      found.push({ frame: Math.min(frameCount - 1, Math.max(0, frame)), kind, track: id });
  };
  const atBorder = (frame: number) => [-1, 0, 1].some((step) => borders.has(frame + step));
  if (track.bestScore < UNSURE) add(track.bestFrame, 'unsure');
  if (!atBorder(start)) add(start, 'appears');
  if (!atBorder(end + 1)) add(end, 'vanishes');
  const step = Math.max(1, Math.round(toNumber(rate) / 2));
  let before = boxAt(track, start);
  let last: DoubtKind | undefined;
  for (let frame = start; frame <= end; frame += step) {
    const box = boxAt(track, frame);
    if (!box || !before) break;
    const kind = doubtOf(box, Math.hypot(box.x - before.x, box.y - before.y) / box.h, width, height);
    // A stretch of the same is looked at where it begins; a face that stays small would fill the list.
    if (kind !== undefined && kind !== last) add(frame, kind);
    last = kind;
    before = box;
  }
  return found;
}

/** @param moved in heads since half a second ago */
function doubtOf(box: Box, moved: number, width: number, height: number): DoubtKind | undefined {
  if (moved > FAST / 2) return 'fast';
  if (box.h < SMALL * height) return 'small';
  return touches(box.x, box.w, width) || touches(box.y, box.h, height) ? 'edge' : undefined;
}

function touches(from: number, size: number, side: number): boolean {
  return from < EDGE * side || from + size > (1 - EDGE) * side;
}
