import { keptFrames, type ValidPlan } from '../core/plan/plan.ts';
import type { Mask } from '../core/plan/masks.ts';
import { witnessOf, type Witness } from '../core/verify/witness.ts';
import type { YuvFrame } from './ffmpeg/frame-reader.ts';

/**
 * What the rendering pass remembers of every n-th original picture, in memory only, so that the check
 * needs no second decoding of the recording. A resumed job has not seen all of them and decodes again.
 */
export class Witnesses {
  private readonly kept = new Map<number, Witness>();

  /** @param every remember the original of every n-th frame of the clip; 0 remembers none */
  constructor(readonly every: number) {}

  /** Must be called before the frame is painted. @param index in the clip */
  see(index: number, original: YuvFrame, masks: readonly Mask[]): void {
    if (this.every > 0 && index % this.every === 0) this.kept.set(index, witnessOf(original, masks));
  }

  at(index: number): Witness | undefined {
    return this.kept.get(index);
  }

  /** Whether every frame that is due was seen. */
  covers(plan: ValidPlan): boolean {
    return this.every > 0 && this.kept.size === Math.ceil(keptFrames(plan) / this.every);
  }
}
