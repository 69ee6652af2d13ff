/** A stretch of the clip, in seconds of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Faster than this nobody sees a face that is in view for a moment (M3). */
export const FASTEST = 2;
/** A player tells where it is a little late, or early; once, not with every call. */
const SLACK_SECONDS = 0.3;
/** Time that is saved up at most: a screen that told nothing for longer was not watched. */
const LONGEST_SECONDS = 10;
/** Players begin and end a picture or two within the clip; less than this was not left out. */
const GAP_SECONDS = 0.1;

/** How much of a clip can have been seen by now and was not told of yet, in seconds of it. */
export class WatchBudget {
  private seconds = SLACK_SECONDS;

  /** @param elapsed seconds since the last call, by a clock of our own */
  pass(elapsed: number): void {
    this.seconds = Math.min(LONGEST_SECONDS, this.seconds + FASTEST * Math.max(0, elapsed));
  }

  /**
   * Adds what was played just now. What could not have been seen in the time that has passed is not believed,
   * whoever says so, at once or bit by bit: seeking past does not count.
   * @returns `watched` itself when nothing was added
   */
  watch(watched: readonly Stretch[], played: Stretch): readonly Stretch[] {
    const length = played.to - played.from;
    if (!(length > 0 && length <= this.seconds && played.from >= 0)) return watched;
    this.seconds -= length;
    return merge([...watched, played]);
  }
}

/** Sorted, apart from each other by more than a rounding error. */
export function merge(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (last && stretch.from <= last.to + GAP_SECONDS / 2)
      out[out.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else out.push(stretch);
  }
  return out;
}

/** What of the stretches that must be watched was not. @param required sorted and apart, as {@link merge} gives them */
export function stillToWatch(required: readonly Stretch[], watched: readonly Stretch[]): Stretch[] {
  const seen = merge(watched);
  return required.flatMap(({ from, to }) => {
    const gaps: Stretch[] = [];
    let at = from;
    for (const each of seen) {
      if (each.to <= at || each.from >= to) continue;
      if (each.from - at > GAP_SECONDS) gaps.push({ from: at, to: each.from });
      at = Math.max(at, each.to);
    }
    return to - at > GAP_SECONDS ? [...gaps, { from: at, to }] : gaps;
  });
}
