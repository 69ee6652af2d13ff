/** In milliseconds. */
const FIRST = 2_000;
const LONGEST = 5 * 60_000;

/**
 * How long to wait before the next try: doubled each time, and drawn from the upper half, so that all who
 * were turned away at once do not come back at once.
 * @param tries that failed so far, from 1 @param random 0..1 @returns milliseconds
 */
export function waitAfter(tries: number, random: number): number {
  const most = Math.min(LONGEST, FIRST * 2 ** (tries - 1));
  return Math.round(most / 2 + (most / 2) * random);
}
