import { stillToWatch, merge, type Stretch } from './coverage.ts';

/** What a school asks a judge to have watched (M3): all of it, or each doubtful moment and a sample. */
export type CoverageRule = 'every-second' | 'doubts-and-sample';

/** Watched on either side of a doubtful moment, in seconds. */
const AROUND = 3;
/** Of each stretch this long so much is watched whatever happens in it, in seconds. */
const SAMPLE_EVERY = 300;
const SAMPLE = 20;
/** A clip this short is watched whole: a sample of it would hardly be less. */
const WHOLE = 60;

/**
 * What must have been watched of a clip. Where the sample lies follows from a seed that the judge alone can make, and
 * always makes the same: whoever makes the clip can't go on until the sample misses what it should not.
 * @param seconds length of the clip @param stops doubtful moments in seconds of it @param seed 64 hex digits
 * @param attended stretches with sound of the recording, or with words: only who listens and reads can tell that no
 * pupil is heard or named
 */
export function mustWatch(
  rule: CoverageRule,
  seconds: number,
  stops: readonly number[],
  seed: string,
  attended: readonly Stretch[] = [],
): readonly Stretch[] {
  if (rule === 'every-second' || seconds <= WHOLE) return [{ from: 0, to: seconds }];
  const around = stops.map((at) => ({ from: at - AROUND, to: at + AROUND }));
  const samples: Stretch[] = [];
  for (let begin = 0, nth = 0; begin < seconds; begin += SAMPLE_EVERY, nth++) {
    const room = Math.max(0, Math.min(SAMPLE_EVERY, seconds - begin) - SAMPLE);
    const from = begin + room * shareOf(seed, nth);
    samples.push({ from, to: from + SAMPLE });
  }
  const within = [...around, ...samples, ...attended].map(({ from, to }) => ({
    from: Math.max(0, from),
    to: Math.min(seconds, to),
  }));
  return merge(within.filter(({ from, to }) => to > from));
}

/** A number from 0 to 1 out of a seed's bytes. */
function shareOf(seed: string, nth: number): number {
  const at = (nth * 4) % 60;
  return Number.parseInt(seed.slice(at, at + 4), 16) / 0xffff;
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Share of what must be watched that was, 0..1; 1 only when nothing is left. */
export function shareWatched(required: readonly Stretch[], watched: readonly Stretch[]): number {
  const all = lengthOf(required);
  const left = stillToWatch(required, watched);
  return left.length === 0 || all <= 0 ? 1 : Math.min(0.999, Math.max(0, 1 - lengthOf(left) / all));
}
