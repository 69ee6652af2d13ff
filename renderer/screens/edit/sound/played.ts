import { merged, type Seconds } from '../../../../core/decision/edit.ts';
import { less } from '../../../../core/decision/sound-edit.ts';

/**
 * Seconds at one place that need not have sounded: a player starts late, and a key comes a moment early. Of a stretch
 * that was gone through turn by turn also the pauses, in which nobody speaks.
 */
export const MISSED = { turn: 0.3, stretch: 1 };
/** No more than this share of what is shorter. */
const MISSED_SHARE = 0.4;

/** What of a recording came out of the player so that it could be heard; it only grows. */
export class Played {
  private ranges: readonly Seconds[] = [];

  add(range: Seconds): void {
    this.ranges = merged([...this.ranges, range]);
  }

  /**
   * What was not heard of a stretch, rising; nothing when next to all of it was.
   * @param least seconds, see {@link MISSED} @param except what needs no hearing: it stays silent
   */
  missing(range: Seconds, least: number, except: readonly Seconds[] = []): Seconds[] {
    const wanted = except.reduce<Seconds[]>((left, each) => less(left, each), [range]);
    return wanted.flatMap((each) =>
      this.ranges
        .reduce<Seconds[]>((rest, heard) => less(rest, heard), [each])
        .filter(({ from, to }) => to - from > Math.min(least, MISSED_SHARE * (each.to - each.from))),
    );
  }
}

export function lengthOf(ranges: readonly Seconds[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}
