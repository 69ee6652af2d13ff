import { area, clip, type Box } from '../geometry/box.ts';
import { toNumber, type FrameRate } from '../media/frame-rate.ts';
import { boxAt, type Track } from '../track/track.ts';
import { CameraSteps } from './camera-steps.ts';

/** Why a moment deserves a look by a person. */
export type DoubtKind = 'appears' | 'vanishes' | 'unsure' | 'edge' | 'fast' | 'small' | 'camera' | 'scene-cut';

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
/** With less than this share of a face in the picture there is nobody to be seen. */
const OUTSIDE = 0.2;
/** One look covers what happens within this many seconds to the same track. */
const TOGETHER_SECONDS = 1;
/** What stops for less than this and then goes on is one stretch; a camera that moves for longer is looked at again. */
const STRETCH_SECONDS = 2;

/**
 * Moments at which a face is most likely to be missed or badly covered, in order of time: a track that
 * begins or ends inside the picture and inside a shot, was hardly seen, is small, at the edge or faster than
 * all others; a camera that moves fast; and the first picture of each shot. What counts and what does not
 * was measured: docs/accuracy.md.
 */
export function doubtsOf(recording: DoubtfulRecording): Doubt[] {
  const { tracks, cuts, frameCount, rate } = recording;
  const borders = new Set([0, frameCount, ...cuts]);
  const camera = new CameraSteps(tracks, Math.max(1, Math.round(toNumber(rate) / 2)));
  const found = tracks.flatMap((track) => doubtsOfTrack(track, recording, borders, camera));
  const scenes = cuts.map((frame): Doubt => ({ frame, kind: 'scene-cut', track: undefined }));
  return [...found, ...scenes, ...doubtsOfCamera(camera, rate)].sort((a, b) => a.frame - b.frame);
}

/** Wherever what is fast goes with everything else; one stands for those within reach of it. */
function doubtsOfCamera(camera: CameraSteps, rate: FrameRate): Doubt[] {
  const found: Doubt[] = [];
  for (const frame of camera.carried) {
    const last = found[found.length - 1];
    if (!last || frame - last.frame > STRETCH_SECONDS * toNumber(rate))
      found.push({ frame, kind: 'camera', track: undefined });
  }
  return found;
}

function doubtsOfTrack(
  track: Track,
  recording: DoubtfulRecording,
  borders: ReadonlySet<number>,
  camera: CameraSteps,
): Doubt[] {
  const { width, height, rate, frameCount } = recording;
  const { id, start, end } = track;
  const found: Doubt[] = [];
  const add = (frame: number, kind: DoubtKind) => {
    const near = TOGETHER_SECONDS * toNumber(rate);
    if (!found.some((doubt) => Math.abs(doubt.frame - frame) < near))
      found.push({ frame: Math.min(frameCount - 1, Math.max(0, frame)), kind, track: id });
  };
  const atBorder = (frame: number) => [-1, 0, 1].some((step) => borders.has(frame + step));
  // Whoever walks in or out does so outside the picture, where nobody could have been seen before or after.
  const inside = (frame: number) => seenShare(boxAt(track, frame), width, height) >= OUTSIDE;
  if (track.bestScore < UNSURE) add(track.bestFrame, 'unsure');
  if (!atBorder(start) && inside(start)) add(start, 'appears');
  if (!atBorder(end + 1) && inside(end)) add(end, 'vanishes');
  const until = new Map<DoubtKind, number>();
  const note = (frame: number, kind: DoubtKind) => {
    // A stretch of the same is looked at where it begins; a face that stays small would fill the list.
    if (frame - (until.get(kind) ?? Number.NEGATIVE_INFINITY) > STRETCH_SECONDS * toNumber(rate)) add(frame, kind);
    until.set(kind, frame);
  };
  for (let frame = start; frame <= end; frame = camera.after(frame)) {
    const box = boxAt(track, frame);
    if (!box) break;
    if (!inside(frame)) continue;
    const kind = camera.isFast(track, frame, FAST / 2) ? 'fast' : doubtOf(box, width, height);
    if (kind !== undefined) note(frame, kind);
  }
  return found;
}

function doubtOf(box: Box, width: number, height: number): DoubtKind | undefined {
  if (box.h < SMALL * height) return 'small';
  return touches(box.x, box.w, width) || touches(box.y, box.h, height) ? 'edge' : undefined;
}

function seenShare(box: Box | undefined, width: number, height: number): number {
  return box === undefined || area(box) === 0 ? 1 : area(clip(box, width, height)) / area(box);
}

function touches(from: number, size: number, side: number): boolean {
  return from < EDGE * side || from + size > (1 - EDGE) * side;
}
