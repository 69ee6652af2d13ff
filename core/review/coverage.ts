/** A stretch of the clip, in seconds of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Faster than this nobody sees a face that is in view for a moment (M3). */
export const FASTEST = 2;
/** A player tells where it is a little late, or early. */
const SLACK_SECONDS = 0.3;
/** Longest stretch that is believed at once: a screen that told nothing for longer was not watched. */
const LONGEST_SECONDS = 10;
/** Players begin and end a picture or two within the clip; less than this was not left out. */
const GAP_SECONDS = 0.2;

/**
 * Adds what was played just now. What could not have been seen in the time that has passed is not believed, whoever
 * says so: seeking past does not count.
 * @param elapsed seconds since the stretch before was told, by a clock of our own
 * @returns `watched` itself when nothing was added
 */
export function watch(watched: readonly Stretch[], played: Stretch, elapsed: number): readonly Stretch[] {
  const length = played.to - played.from;
  const believable = length > 0 && length <= LONGEST_SECONDS && length <= FASTEST * elapsed + SLACK_SECONDS;
  return believable && played.from >= 0 ? merge([...watched, played]) : watched;
}

/** Sorted, apart from each other by more than a rounding error. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (last && stretch.from <= last.to + GAP_SECONDS / 2)
      out[out.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else out.push(stretch);
  }
  return out;
}

/** What is still to be watched. @param seconds length of the clip */
export function unwatched(watched: readonly Stretch[], seconds: number): Stretch[] {
  const gaps: Stretch[] = [];
  let at = 0;
  for (const { from, to } of merge(watched)) {
    if (from - at > GAP_SECONDS) gaps.push({ from: at, to: from });
    at = Math.max(at, to);
  }
  return seconds - at > GAP_SECONDS ? [...gaps, { from: at, to: seconds }] : gaps;
}

/** Share of the clip that was watched, 0..1; 1 only when nothing is left. */
export function coverageOf(watched: readonly Stretch[], seconds: number): number {
  const left = unwatched(watched, seconds).reduce((sum, { from, to }) => sum + to - from, 0);
  return seconds <= 0 ? 1 : Math.max(0, 1 - left / seconds);
}
