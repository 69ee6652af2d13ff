import { throwIfCancelled } from '../errors.ts';
import { scale, type Box } from '../geometry/box.ts';
import type { Detection } from '../geometry/detection.ts';
import type { Colours } from '../track/colours.ts';
import type { Follower } from '../track/follower.ts';
import { finishTracks } from '../track/finish.ts';
import { KEYFRAME_WIDTH, type Track } from '../track/track.ts';
import { Tracker } from '../track/tracker.ts';
import { TUNING, type TrackerTuning } from '../track/tuning.ts';

/** How hard a frame is looked at: not at all, once over, or at more scales and magnified. */
export type Effort = 'regular' | 'deep';

export interface Schedule {
  /** Seconds between deep looks; one also follows each scene cut. */
  readonly deepSeconds: number;
  readonly regularSeconds: number;
}

export interface AnalysisPorts<Frame, Picture, Template> {
  readonly frames: AsyncIterable<Frame>;
  readonly follower: Follower<Picture, Template>;
  /** The small grey picture that is followed; must not alias the frame. */
  reduce(frame: Frame): Picture;
  /** Takes back a picture that is no longer needed. */
  discard?(picture: Picture): void;
  /** Faces in pixels of the frame, with calibrated probability. */
  look(frame: Frame, index: number, effort: Effort): Promise<readonly Detection[]>;
  /** Coarse colours around a face, whose box is in pixels of the frame. */
  coloursAt?(frame: Frame, box: Box): Colours;
  /** Called for each frame after its detections are known; the frame is valid until it resolves. */
  onFrame?(index: number, frame: Frame, faces: readonly Detection[]): Promise<void> | void;
  readonly signal?: AbortSignal | undefined;
}

export interface AnalysisSizes {
  readonly framesPerSecond: number;
  /** Only every n-th frame is followed; positions between are interpolated. 1 follows all. */
  readonly stride: number;
  /** Pixels of the frames given to `look` to pixels of the follow picture. */
  readonly toFollow: number;
  /** Pixels of the follow picture to pixels of the normalised recording. */
  readonly toRecording: number;
}

export interface Analysis {
  readonly frameCount: number;
  readonly cuts: readonly number[];
  readonly tracks: readonly Track[];
}

/** Which frames are looked at, decided by index and scene cuts alone, so that a repeat is identical. */
export function effortAt(sinceCut: number, schedule: Schedule, framesPerSecond: number): Effort | undefined {
  const deep = Math.max(1, Math.round(schedule.deepSeconds * framesPerSecond));
  const regular = Math.max(1, Math.round(schedule.regularSeconds * framesPerSecond));
  if (sinceCut % deep === 0) return 'deep';
  return (sinceCut % deep) % regular === 0 ? 'regular' : undefined;
}

/**
 * From followed steps to frames. Frames between two steps belong to the track on either side, so that a
 * head is never uncovered between the last step of one shot and the first of the next.
 */
function spread(track: Track, stride: number, frameCount: number): Track {
  if (stride === 1) return track;
  const start = Math.max(0, track.start * stride - (stride - 1));
  const end = Math.min(frameCount - 1, track.end * stride + (stride - 1));
  const keyframes = Float32Array.from(track.keyframes);
  for (let row = 0; row < keyframes.length; row += KEYFRAME_WIDTH) keyframes[row] = keyframes[row]! * stride;
  keyframes[0] = start;
  keyframes[keyframes.length - KEYFRAME_WIDTH] = end;
  return { ...track, start, end, keyframes, bestFrame: track.bestFrame * stride };
}

/**
 * Finds and follows every face of a recording in one pass over its frames.
 * @throws AppFailure `cancelled`
 */
export async function analyse<Frame, Picture, Template>(
  ports: AnalysisPorts<Frame, Picture, Template>,
  sizes: AnalysisSizes,
  schedule: Schedule,
  tuning: TrackerTuning = TUNING,
): Promise<Analysis> {
  const { stride } = sizes;
  const rate = sizes.framesPerSecond / stride;
  const tracker = new Tracker(ports.follower, tuning, rate, (picture) => ports.discard?.(picture));
  let index = 0;
  let shotStart = 0;
  for await (const frame of ports.frames) {
    throwIfCancelled(ports.signal);
    if (index % stride !== 0) {
      await ports.onFrame?.(index, frame, []);
      index++;
      continue;
    }
    const step = index / stride;
    const cut = tracker.step(step, ports.reduce(frame));
    if (cut) shotStart = step;
    const effort = effortAt(step - shotStart, schedule, rate);
    const faces = effort ? await ports.look(frame, index, effort) : [];
    if (effort) {
      const { coloursAt } = ports;
      tracker.observe(
        faces.map((face) => ({ ...scale(face, sizes.toFollow), score: face.score })),
        coloursAt && ((box) => coloursAt(frame, scale(box, 1 / sizes.toFollow))),
      );
    }
    await ports.onFrame?.(index, frame, faces);
    index++;
  }
  const tracks = finishTracks(tracker.finish(), {
    toFrame: sizes.toRecording,
    framesPerSecond: rate,
    frameCount: Math.ceil(index / stride),
    cuts: tracker.sceneCuts,
    tuning,
  });
  const cuts = tracker.sceneCuts.map((step) => step * stride);
  return { frameCount: index, cuts, tracks: tracks.map((track) => spread(track, stride, index)) };
}
