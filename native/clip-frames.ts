import { fail } from '../core/errors.ts';
import type { Recording } from '../core/media/recording.ts';
import { MaskSchedule, type Mask } from '../core/plan/masks.ts';
import { contains, keptFrames, type ValidPlan } from '../core/plan/plan.ts';
import type { Colours } from '../core/track/colours.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { decodeArgs } from './ffmpeg/decode-args.ts';
import { readFrames, type LentFrame, type YuvFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { paint, paletteFrom, samplePalette, type Palette } from './pixels/paint.ts';
import type { PictureSignatures } from './signatures.ts';

export interface ClipSource {
  readonly address: MediaAddress;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly plan: ValidPlan;
  /** The recording is damaged: it is decoded with one thread, and its pictures may differ a little. */
  readonly singleThread: boolean;
  readonly signatures: PictureSignatures;
  readonly signal?: AbortSignal | undefined;
}

/** A frame of the clip as it was filmed, and what hides in it. */
export interface ClipFrame {
  /** In the clip. */
  readonly index: number;
  readonly frame: LentFrame;
  readonly masks: readonly Mask[];
  paint(): void;
}

/** Frames after which the colours of tracks that are over are dropped: a lesson has thousands. */
const FORGET_EVERY = 256;

/** Paints a frame; palettes are the track's own or sampled where it starts, so any later pass paints the same. */
class Painter {
  private readonly palettes = new Map<string, Palette>();
  private readonly schedule: MaskSchedule;
  private readonly colours: ReadonlyMap<string, Colours | undefined>;

  constructor(private readonly plan: ValidPlan) {
    this.schedule = new MaskSchedule(plan);
    this.colours = new Map(plan.tracks.map(({ track }) => [track.id, track.colours]));
  }

  /** Must see every source frame in order, painted or not. */
  masks(frame: YuvFrame): readonly Mask[] {
    if (frame.index % FORGET_EVERY === 0) this.forgetBefore(frame.index);
    const masks = this.schedule.masks(frame.index);
    for (const mask of masks) {
      if (mask.trackId === undefined || this.palettes.has(mask.trackId)) continue;
      const known = this.colours.get(mask.trackId);
      const { style } = this.plan;
      this.palettes.set(mask.trackId, known ? paletteFrom(known, mask, style) : samplePalette(frame, mask, style));
    }
    return masks;
  }

  private forgetBefore(frame: number): void {
    const open = new Set(this.schedule.tracksAround(frame).map(({ id }) => id));
    for (const id of this.palettes.keys()) if (!open.has(id)) this.palettes.delete(id);
  }

  paint(frame: YuvFrame, masks: readonly Mask[]): void {
    for (const mask of masks) {
      const own = mask.trackId === undefined ? undefined : this.palettes.get(mask.trackId);
      paint(frame, mask, own ?? samplePalette(frame, mask, 'fill'));
    }
  }
}

/**
 * The frames of the clip in order, decoded from the recording's first picture on: exact for any input. Each
 * is held against what the analysis saw. Where something was cut, the decoder goes on by more than a frame at a time:
 * whoever still needs a frame when asking for the next one keeps it.
 * @throws AppFailure `input-changed`, `ffmpeg-failed`, `cancelled`
 */
export async function* clipFrames(source: ClipSource): AsyncGenerator<ClipFrame, void, void> {
  const { address, recording, plan, singleThread, signatures, tools, signal } = source;
  const painter = new Painter(plan);
  const args = decodeArgs(address, recording, plan, singleThread);
  const total = keptFrames(plan);
  let index = 0;
  for await (const frame of readFrames(tools.ffmpeg, args, plan, signal).frames) {
    // A picture that the analysis never saw. With damage the count may differ by a few; they are left out.
    if (frame.index >= plan.sourceFrames && !singleThread) fail({ code: 'input-changed' });
    if (frame.index >= plan.sourceFrames || index === total) return;
    if (!signatures.matches(frame, singleThread)) fail({ code: 'input-changed' });
    const masks = painter.masks(frame);
    if (contains(plan.cuts, frame.index)) continue;
    yield { index, frame, masks, paint: () => painter.paint(frame, masks) };
    index++;
  }
}
