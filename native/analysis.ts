import { analyse, type Analysis, type Effort, type Schedule } from '../core/pipeline/analyse.ts';
import type { Detection } from '../core/geometry/detection.ts';
import { toNumber } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import { decodeArgs, type PictureSize } from './ffmpeg/decode-args.ts';
import { readFrames, type YuvFrame } from './ffmpeg/frame-reader.ts';
import type { EncoderSettings } from './ffmpeg/encode-args.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import type { FaceDetector } from './onnx/detector.ts';
import { lookAt, type Look } from './onnx/zoom.ts';
import { createFollower } from './tracking/align.ts';
import { buildPyramid, followSize } from './tracking/pyramid.ts';

export interface Quality {
  readonly name: 'fast' | 'careful';
  /** Long side of the frames that are looked at, in pixels; never above the recording's own. */
  readonly workSide: number;
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
  };
}

/** Figures behind these choices: docs/accuracy.md and docs/adr/0003-tracker.md. */
export const QUALITIES: Record<Quality['name'], Quality> = {
  fast: {
    name: 'fast',
    workSide: 1280,
    followRate: 12.5,
    schedule: { deepSeconds: 1, regularSeconds: 1 / 2 },
    looks: {
      regular: { scales: [1], zoom: false, turn: false },
      deep: { scales: [1], zoom: true, turn: false },
    },
    encoder: { preset: 'superfast', crf: 22 },
    verify: { look: { scales: [0.5], zoom: false, turn: false }, everySeconds: 1, compareEvery: 5 },
  },
  careful: {
    name: 'careful',
    workSide: 1920,
    followRate: 25,
    schedule: { deepSeconds: 1, regularSeconds: 1 / 5 },
    looks: {
      regular: { scales: [1], zoom: false, turn: false },
      deep: { scales: [1, 1.5], zoom: true, turn: true },
    },
    encoder: { preset: 'veryfast', crf: 21 },
    verify: { look: { scales: [0.5, 1.5], zoom: false, turn: false }, everySeconds: 1, compareEvery: 1 },
  },
};

/** Raw score below which an answer is not even a candidate. */
const MIN_SCORE = 0.02;

export function workSize(recording: Recording, side: number): PictureSize {
  const { width, height } = recording.video;
  const factor = Math.min(1, side / Math.max(width, height));
  return { width: Math.round((width * factor) / 2) * 2, height: Math.round((height * factor) / 2) * 2 };
}

export interface AnalysisTask {
  readonly path: string;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly detector: FaceDetector;
  readonly quality: Quality;
  /** Decode with one thread, for damaged recordings. */
  readonly singleThread: boolean;
  /** Answers of an earlier, interrupted run; undefined where the frame was not reached. */
  recall?(index: number): readonly Detection[] | undefined;
  remember?(index: number, faces: readonly Detection[]): void;
  onFrame?(index: number, frame: YuvFrame, faces: readonly Detection[]): void;
  readonly signal?: AbortSignal | undefined;
}

export interface AnalysedFrames extends Analysis {
  /** The decoder complained: parts of the picture were made up by it, not always in the same way. */
  readonly damaged: boolean;
}

/** Decodes a recording at working size and finds and follows every face in it. */
export async function analyseRecording(task: AnalysisTask): Promise<AnalysedFrames> {
  const { recording, quality, detector } = task;
  const size = workSize(recording, quality.workSide);
  const args = decodeArgs(task.path, recording, size, task.singleThread);
  const follow = followSize(size.width, size.height);
  const stream = readFrames(task.tools.ffmpeg, args, size, task.signal);
  const analysis = await analyse(
    {
      frames: stream.frames,
      follower: createFollower(size.width, size.height),
      reduce: buildPyramid,
      async look(frame: YuvFrame, index: number, effort: Effort) {
        const known = task.recall?.(index);
        if (known) return known;
        const faces = await lookAt(detector, frame, quality.looks[effort], MIN_SCORE);
        task.remember?.(index, faces);
        return faces;
      },
      ...(task.onFrame ? { onFrame: task.onFrame } : {}),
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
  return { ...analysis, damaged: (await stream.ended).stderrLines > 0 };
}
