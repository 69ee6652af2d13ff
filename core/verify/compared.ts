import { keptFrames, keptRanges, type ValidPlan } from '../plan/plan.ts';

/**
 * The frames of a clip that are held against their originals: every n-th, and those on either side of a cut, where
 * what must not be seen is but a frame away.
 */
export class ComparedFrames {
  private readonly atCuts = new Set<number>();

  constructor(
    private readonly plan: ValidPlan,
    private readonly every: number,
  ) {
    let at = 0;
    for (const { from, to } of keptRanges(plan)) {
      if (from > 0) this.atCuts.add(at);
      at += to - from;
      if (to < plan.sourceFrames) this.atCuts.add(at - 1);
    }
  }

  /** @param index in the clip */
  has(index: number): boolean {
    return index % this.every === 0 || this.atCuts.has(index);
  }

  /** Rising. */
  *all(): Generator<number, void, void> {
    for (let index = 0; index < keptFrames(this.plan); index++) if (this.has(index)) yield index;
  }
}
