import type { Box } from '../core/geometry/box.ts';
import type { Recording } from '../core/media/recording.ts';
import type { Mask, MaskSchedule } from '../core/plan/masks.ts';
import { contains, sourceFrameOf, type ValidPlan } from '../core/plan/plan.ts';
import { ComparedFrames } from '../core/verify/compared.ts';
import { compareWith, witnessOf, type Witness } from '../core/verify/witness.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { decodeArgs } from './ffmpeg/decode-args.ts';
import { readFrames, type YuvFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { AREA_LUMA } from './pixels/paint.ts';
import type { PictureSignatures } from './signatures.ts';
import type { Witnesses } from './witnesses.ts';

export interface PictureTask {
  /** Of the original. */
  readonly address: MediaAddress;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly plan: ValidPlan;
  /** Compare with the original on every n-th frame of the clip, and at cuts. */
  readonly compareEvery: number;
  /** What the rendering pass remembered; where it is missing or incomplete the recording is decoded again. */
  readonly witnesses?: Witnesses | undefined;
  /** What the analysis saw in each picture. */
  readonly signatures: PictureSignatures;
  readonly signal?: AbortSignal | undefined;
}

export interface PictureFault {
  readonly kind: 'readable-under-mask' | 'wrong-picture';
  readonly box: Box;
  /** Grey levels, or correlation under a mask. */
  readonly value: number;
}

/** Largest mean difference between unmasked parts of original and clip, in grey levels. */
const PICTURE_TOLERANCE = 12;
/** In grey levels. Of right pictures 3 is the most there was, and 4 of those of another size (docs/accuracy.md). */
const FIELD_TOLERANCE = 8;

/** Holds the pictures of a clip, one after the other, against those they were made from. */
export class PictureCheck {
  masksCompared = 0;
  /** Largest difference in a field that no mask touches, in grey levels. */
  furthestField = 0;
  /** Whether the recording is decoded beside the clip. */
  readonly decodes: boolean;
  private readonly compared: ComparedFrames;
  private readonly originals: AsyncGenerator<Witness, void, void>;

  constructor(
    private readonly task: PictureTask,
    private readonly schedule: MaskSchedule,
  ) {
    const { plan, compareEvery, witnesses } = task;
    this.compared = new ComparedFrames(plan, compareEvery);
    const complete = witnesses?.covers(this.compared) ? witnesses : undefined;
    this.decodes = complete === undefined;
    this.originals = complete ? this.remembered(complete) : this.decoded();
  }

  /** @param frame of the clip, in order and none left out @param masks those that the plan has for it */
  async faultsOf(frame: YuvFrame, masks: readonly Mask[]): Promise<PictureFault[]> {
    const whole = { x: 0, y: 0, w: frame.width, h: frame.height };
    const faults: PictureFault[] = [];
    if (this.compared.has(frame.index)) {
      const original = await this.originals.next();
      // A clip that goes on where the recording has ended was never held against anything.
      if (original.done) return [{ kind: 'wrong-picture', box: whole, value: 255 }];
      const { difference, masksCompared, readable } = compareWith(original.value, frame, masks);
      this.masksCompared += masksCompared;
      for (const { mask, correlation } of readable)
        faults.push({ kind: 'readable-under-mask', box: mask.head, value: correlation });
      if (difference > PICTURE_TOLERANCE) return [...faults, { kind: 'wrong-picture', box: whole, value: difference }];
    }
    return [...faults, ...openAreas(frame, masks), ...this.strayField(frame, masks)];
  }

  async close(): Promise<void> {
    await this.originals.return();
  }

  /** Every frame: a part of another picture in it would be seen by nobody else between two that are compared. */
  private strayField(frame: YuvFrame, masks: readonly Mask[]): PictureFault[] {
    const { plan, signatures } = this.task;
    const source = sourceFrameOf(plan, frame.index);
    if (source === undefined) return [];
    const found = signatures.furthest(frame, source, masks);
    if (!found) return [];
    this.furthestField = Math.max(this.furthestField, found.difference);
    // At another size the signature was taken from other pixels.
    const most = signatures.frameWidth === frame.width ? FIELD_TOLERANCE : 2 * FIELD_TOLERANCE;
    const { box, difference } = found;
    return difference > most ? [{ kind: 'wrong-picture', box, value: difference }] : [];
  }

  private async *remembered(witnesses: Witnesses): AsyncGenerator<Witness, void, void> {
    for (const index of this.compared.all()) yield witnesses.at(index)!;
  }

  private async *decoded(): AsyncGenerator<Witness, void, void> {
    const { plan, address, recording, tools, signal } = this.task;
    const args = decodeArgs(address, recording, plan, true);
    let index = 0;
    for await (const frame of readFrames(tools.ffmpeg, args, plan, signal).frames) {
      if (contains(plan.cuts, frame.index)) continue;
      if (this.compared.has(index)) yield witnessOf(frame, this.schedule.masks(frame.index));
      index++;
    }
  }
}

/** Points this near an area's edge are touched by the encoder, in pixels. */
const EDGE = 6;
/** Pixels between the points of an area that are looked at. */
const APART = 8;
/** Grey levels by which a point of an area may differ from what it is painted with. */
const AREA_TOLERANCE = 32;

/** Areas that are not of the one grey that they are painted with: what they hide has no track to be known by. */
function openAreas({ data, width, height }: YuvFrame, masks: readonly Mask[]): PictureFault[] {
  return masks.flatMap(({ shape, bounds }): PictureFault[] => {
    if (shape !== 'rectangle') return [];
    let furthest = 0;
    const right = Math.min(width, bounds.x + bounds.w - EDGE);
    const bottom = Math.min(height, bounds.y + bounds.h - EDGE);
    for (let y = Math.max(0, Math.ceil(bounds.y + EDGE)); y < bottom; y += APART)
      for (let x = Math.max(0, Math.ceil(bounds.x + EDGE)); x < right; x += APART)
        furthest = Math.max(furthest, Math.abs(data[y * width + x]! - AREA_LUMA));
    return furthest > AREA_TOLERANCE ? [{ kind: 'wrong-picture', box: bounds, value: furthest }] : [];
  });
}
