import { SAMPLE_RATE } from '../media/frame-rate.ts';
import type { SampleRange } from './sample-range.ts';
import type { DistanceHint, HeardSegment } from './speech.ts';

/**
 * What is listened to and decided on at once: sentences that follow each other at about one distance. One press for
 * each sentence would be a thousand an hour.
 */
export interface Turn extends SampleRange {
  readonly hint: DistanceHint | undefined;
}

/** Longer pauses are where somebody else may have spoken softly. */
const PAUSE = 1.5 * SAMPLE_RATE;
/** Longer ones are cut at the next pause: what was listened to a minute ago nobody remembers. */
const LONG = 30 * SAMPLE_RATE;

/**
 * Every sentence in exactly one turn, rising and disjoint; a noise ends one, as a class that laughs does.
 * @param segments rising and disjoint
 */
export function turnsOf(segments: readonly HeardSegment[]): Turn[] {
  const turns: Turn[] = [];
  let open = false;
  for (const { kind, from, to, hint } of segments) {
    const last = turns[turns.length - 1];
    const goesOn = open && last && last.hint === hint && from - last.to <= PAUSE && to - last.from <= LONG;
    open = kind === 'speech';
    if (!open) continue;
    if (goesOn) turns[turns.length - 1] = { from: last.from, to, hint };
    else turns.push({ from, to, hint });
  }
  return turns;
}
