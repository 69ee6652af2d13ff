import { scale, type Box } from '../core/geometry/box.ts';
import { toNumber } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import { followArea, type FollowEnd } from '../core/track/follow-area.ts';
import { sparseKeyframes } from '../core/track/track.ts';
import { TUNING } from '../core/track/tuning.ts';
import { workSize, WORK_SIDE } from './analysis.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { copyFramesArgs } from './ffmpeg/decode-args.ts';
import { proxySize } from './ffmpeg/encode-args.ts';
import { readFrames } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { createFollower } from './tracking/follower.ts';
import { followSize, PyramidPool, type Pyramid } from './tracking/pyramid.ts';

export interface FollowRequest {
  /** The small copy, whose picture `n` is frame `n` of the analysis. */
  readonly copy: MediaAddress;
  readonly recording: Recording;
  readonly frameCount: number;
  /** First frames of new shots; an area is not followed across them. */
  readonly sceneCuts: readonly number[];
  /** The picture that the area was drawn on. */
  readonly frame: number;
  /** In pixels of the recording. */
  readonly area: Box;
  readonly tools: Ffmpeg;
  readonly signal: AbortSignal;
}

export interface Followed {
  /** Sparse: `frame, x, y, w, h` a row, in pixels of the recording; rising frames. */
  readonly keyframes: Float32Array;
  readonly backward: FollowEnd;
  readonly forward: FollowEnd;
}

/**
 * Whoever draws an area draws it around something: its border already shows what is beside it, which stays
 * where it is. With the border an area grew by a fifth in two seconds (test/media/follow-area.test.ts).
 */
const CONTEXT = -0.1;
/** How far an area is followed at once: as long as a person can wait for without a bar, in seconds each way. */
const REACH_SECONDS = 30;
/** Pictures that are decoded at once where time runs backwards. */
const PIECE = 50;
/** Far within what anybody can place by hand; share of the area's height. */
const TOLERANCE = 0.03;

/**
 * Follows an area both ways from where it was drawn, within its shot.
 * @throws AppFailure `cancelled`, `ffmpeg-failed`
 */
export async function followBothWays(request: FollowRequest): Promise<Followed> {
  const { recording, frame, sceneCuts } = request;
  const rate = toNumber(recording.video.rate);
  const reach = Math.round(REACH_SECONDS * rate);
  const shotStart = sceneCuts.filter((cut) => cut <= frame).pop() ?? 0;
  const shotEnd = sceneCuts.find((cut) => cut > frame) ?? request.frameCount;
  const size = proxySize(workSize(recording, WORK_SIDE));
  const follow = followSize(size.width, size.height);
  const toFollow = follow.width / recording.video.width;
  const pool = new PyramidPool();
  const go = (pictures: AsyncIterable<Pyramid>) =>
    followArea(
      pictures,
      scale(request.area, toFollow),
      createFollower(size.width, size.height, CONTEXT),
      rate,
      TUNING,
      (picture) => pool.recycle(picture),
    );
  const forward = await go(onwards(request, pool, frame, Math.min(shotEnd, frame + reach + 1)));
  const backward = await go(backwards(request, pool, Math.max(shotStart, frame - reach), frame + 1));
  const boxes = [...[...backward.boxes].reverse().slice(0, -1), ...forward.boxes];
  const first = frame - backward.boxes.length + 1;
  const keyframes = sparseKeyframes(
    first,
    boxes.map((box) => scale(box, 1 / toFollow)),
    TOLERANCE,
  );
  return { keyframes, backward: backward.end, forward: forward.end };
}

/** @param end one past the last */
async function* onwards(
  { copy, recording, tools, signal }: FollowRequest,
  pool: PyramidPool,
  from: number,
  end: number,
): AsyncGenerator<Pyramid, void, void> {
  const size = proxySize(workSize(recording, WORK_SIDE));
  const args = copyFramesArgs(copy, recording.video.rate, from, end - from);
  for await (const frame of readFrames(tools.ffmpeg, args, size, signal).frames) yield pool.build(frame);
}

/** From the last to the first. */
async function* backwards(
  request: FollowRequest,
  pool: PyramidPool,
  from: number,
  end: number,
): AsyncGenerator<Pyramid, void, void> {
  for (let last = end; last > from; last -= PIECE) {
    const piece: Pyramid[] = [];
    for await (const picture of onwards(request, pool, Math.max(from, last - PIECE), last)) piece.push(picture);
    yield* piece.reverse();
  }
}
