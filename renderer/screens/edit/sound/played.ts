import { merged, type Seconds } from '../../../../core/decision/edit.ts';
import { less } from '../../../../core/decision/sound-edit.ts';

/** Share of a stretch, and seconds, that need not have sounded: a player starts late, and a key comes a moment early. */
const MISSED = { share: 0.1, seconds: 0.15 };
/** No more than this share of the shortest word. */
const MISSED_AT_MOST = 0.4;

/** What of a recording came out of the player so that it could be heard; it only grows. */
export class Played {
  private ranges: readonly Seconds[] = [];

  add(range: Seconds): void {
    this.ranges = merged([...this.ranges, range]);
  }

  /**
   * What was not heard of a stretch, rising; nothing when next to all of it was.
   * @param except what needs no hearing: it stays silent
   */
  missing(range: Seconds, except: readonly Seconds[] = []): Seconds[] {
    const wanted = except.reduce<Seconds[]>((left, each) => less(left, each), [range]);
    const left = this.ranges.reduce<Seconds[]>((rest, each) => less(rest, each), wanted);
    const length = lengthOf(wanted);
    const allowed = Math.max(MISSED.share * length, Math.min(MISSED.seconds, MISSED_AT_MOST * length));
    return lengthOf(left) > allowed ? left : [];
  }
}

export function lengthOf(ranges: readonly Seconds[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}
