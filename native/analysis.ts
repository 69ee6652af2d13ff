import { analyse, type Analysis, type Effort, type Schedule } from '../core/pipeline/analyse.ts';
import { scale } from '../core/geometry/box.ts';
import type { Detection } from '../core/geometry/detection.ts';
import { headOf } from '../core/plan/masks.ts';
import { toNumber } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { decodeArgs } from './ffmpeg/decode-args.ts';
import type { PictureSize } from './ffmpeg/picture-size.ts';
import { readFrames, type YuvFrame } from './ffmpeg/frame-reader.ts';
import type { EncoderSettings } from './ffmpeg/encode-args.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import type { FaceDetector } from './onnx/detector.ts';
import { lookAt, type Look } from './onnx/zoom.ts';
import { cellMeans } from './pixels/paint.ts';
import { FrameShrinker } from './pixels/shrink.ts';
import { PictureSignatures } from './signatures.ts';
import { createFollower } from './tracking/follower.ts';
import { followSize, PyramidPool } from './tracking/pyramid.ts';

export interface Quality {
  readonly name: 'fast' | 'careful';
  /** Long side of the pictures in which faces are looked for, in pixels; at most {@link WORK_SIDE}. */
  readonly lookSide: number;
  /** Pictures a second that are followed; at the recording's own rate or below. */
  readonly followRate: number;
  readonly schedule: Schedule;
  readonly looks: Record<Effort, Look>;
  readonly encoder: EncoderSettings;
  readonly verify: {
    readonly look: Look;
    readonly everySeconds: number;
    /** Hold every n-th frame against the original. */
    readonly compareEvery: number;
    /** Against what the rendering pass remembered of it; otherwise against a decoding of its own. */
    readonly fromMemory: boolean;
  };
}

/** Figures behind these choices: docs/accuracy.md and docs/adr/0003-tracker.md. */
export const QUALITIES: Record<Quality['name'], Quality> = {
  fast: {
    name: 'fast',
    lookSide: 1280,
    followRate: 12.5,
    schedule: { deepSeconds: 1, regularSeconds: 1 / 2 },
    looks: {
      regular: { scales: [1], zoom: 0, turn: false },
      deep: { scales: [0.5, 1], zoom: 48, turn: false },
    },
    encoder: { preset: 'superfast', crf: 23 },
    verify: { look: { scales: [0.5], zoom: 0, turn: false }, everySeconds: 1, compareEvery: 12, fromMemory: true },
  },
  careful: {
    name: 'careful',
    lookSide: 1920,
    followRate: 25,
    schedule: { deepSeconds: 1, regularSeconds: 1 / 3 },
    looks: {
      regular: { scales: [1], zoom: 0, turn: false },
      deep: { scales: [0.5, 1, 1.5], zoom: 64, turn: true },
    },
    encoder: { preset: 'superfast', crf: 22 },
    verify: {
      look: { scales: [0.75, 1.25], zoom: 0, turn: false },
      everySeconds: 1,
      compareEvery: 1,
      fromMemory: false,
    },
  },
};

/**
 * Long side of the frames that are decoded for the analysis, in pixels. Smaller ones would have to be
 * scaled one and all, which takes as long as decoding them; only those that are looked at are.
 */
export const WORK_SIDE = 1920;

/** Raw score below which an answer is not even a candidate. */
const MIN_SCORE = 0.02;

export function workSize(recording: Recording, side: number): PictureSize {
  const { width, height } = recording.video;
  const factor = Math.min(1, side / Math.max(width, height));
  return { width: Math.round((width * factor) / 2) * 2, height: Math.round((height * factor) / 2) * 2 };
}

export interface AnalysisTask {
  readonly address: MediaAddress;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly detector: FaceDetector;
  readonly quality: Quality;
  /** Decode with one thread, for damaged recordings. */
  readonly singleThread: boolean;
  /** Answers of an earlier, interrupted run; undefined where the frame was not reached. */
  recall?(index: number): readonly Detection[] | undefined;
  remember?(index: number, faces: readonly Detection[]): void;
  onFrame?(index: number, frame: YuvFrame, faces: readonly Detection[]): Promise<void> | void;
  readonly signal?: AbortSignal | undefined;
}

export interface AnalysedFrames extends Analysis {
  /** The decoder complained: parts of the picture were made up by it, not always in the same way. */
  readonly damaged: boolean;
  /** By which the rendering pass knows every picture again. */
  readonly signatures: PictureSignatures;
}

/** Decodes a recording at working size and finds and follows every face in it. */
export async function analyseRecording(task: AnalysisTask): Promise<AnalysedFrames> {
  const { recording, quality, detector } = task;
  const size = workSize(recording, WORK_SIDE);
  const args = decodeArgs(task.address, recording, size, task.singleThread);
  const follow = followSize(size.width, size.height);
  const stream = readFrames(task.tools.ffmpeg, args, size, task.signal);
  const pool = new PyramidPool();
  const shrinker = new FrameShrinker();
  const signatures = new PictureSignatures();
  const analysis = await analyse(
    {
      frames: stream.frames,
      follower: createFollower(size.width, size.height),
      reduce: (frame: YuvFrame) => pool.build(frame),
      discard: (picture) => pool.recycle(picture),
      async look(frame: YuvFrame, index: number, effort: Effort) {
        const known = task.recall?.(index);
        if (known) return known;
        const picture = shrinker.shrink(frame, quality.lookSide);
        const found = await lookAt(detector, picture, quality.looks[effort], MIN_SCORE);
        const back = frame.width / picture.width;
        const faces = found.map((face) => ({ ...scale(face, back), score: face.score }));
        task.remember?.(index, faces);
        return faces;
      },
      coloursAt: (frame: YuvFrame, face) => cellMeans(frame, headOf(face, frame.height)),
      onFrame(index, frame: YuvFrame, faces) {
        signatures.remember(frame);
        return task.onFrame?.(index, frame, faces);
      },
      signal: task.signal,
    },
    {
      framesPerSecond: toNumber(recording.video.rate),
      stride: Math.max(1, Math.round(toNumber(recording.video.rate) / quality.followRate)),
      toFollow: follow.scale,
      toRecording: recording.video.width / follow.width,
    },
    quality.schedule,
  );
  return { ...analysis, signatures, damaged: (await stream.ended).stderrLines > 0 };
}
