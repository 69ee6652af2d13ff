import type { Doubt } from '../../../core/review/doubts.ts';

/** @returns the nearest in that direction; undefined when there is none */
export function nextDoubt(doubts: readonly Doubt[], frame: number, step: 1 | -1): number | undefined {
  if (step === 1) {
    const index = doubts.findIndex((doubt) => doubt.frame > frame);
    return index < 0 ? undefined : index;
  }
  for (let index = doubts.length - 1; index >= 0; index--) if (doubts[index]!.frame < frame) return index;
  return undefined;
}
