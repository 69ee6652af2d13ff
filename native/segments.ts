import { createHash } from 'node:crypto';
import { MASK_VERSION } from '../core/plan/masks.ts';
import { keptFrames, sourceFrameOf, type FrameRange, type ValidPlan } from '../core/plan/plan.ts';
import type { Path } from '../core/track/track.ts';
import type { EncoderSettings } from './ffmpeg/encode-args.ts';

export const SEGMENT_SECONDS = 8;

/** A stretch of the clip between forced keyframes, in frames of the clip, half open. */
export interface Segment {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** SHA-256, hex. */
  readonly key: string;
}

/** Splits the clip; a segment's key names everything that decides its pixels, so a changed plan misses it. */
export function segmentsOf(plan: ValidPlan, encoder: EncoderSettings): Segment[] {
  const total = keptFrames(plan);
  const length = Math.max(1, Math.round((SEGMENT_SECONDS * plan.rate.num) / plan.rate.den));
  return Array.from({ length: Math.ceil(total / length) }, (_, index) => {
    const from = index * length;
    const to = Math.min(total, from + length);
    const first = sourceFrameOf(plan, from)!;
    const last = sourceFrameOf(plan, to - 1)!;
    const hash = createHash('sha256');
    hash.update(
      JSON.stringify([MASK_VERSION, encoder, plan.style, plan.width, plan.height, plan.rate, first, last, to - from]),
    );
    const touching = (ranges: readonly FrameRange[]) => ranges.filter(({ from, to }) => from <= last && to > first);
    hash.update(JSON.stringify([touching(plan.cuts), touching(plan.unanalysed)]));
    const keyframes = ({ keyframes: { buffer, byteOffset, byteLength } }: Path) =>
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    for (const zone of plan.zones) {
      if (zone.to <= first || zone.from > last) continue;
      hash.update(`zone ${zone.from} ${zone.to}`);
      keyframes(zone.path);
    }
    for (const { track, treatment } of plan.tracks) {
      if (track.end < first || track.start > last) continue;
      hash.update(`${track.id} ${treatment}`);
      keyframes(track);
      if (track.colours) hash.update(track.colours);
    }
    return { index, from, to, key: hash.digest('hex') };
  });
}
