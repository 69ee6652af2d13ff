import { SAMPLE_RATE } from '../media/frame-rate.ts';
import { samplesIn, without, type SampleRange } from '../sound/sample-range.ts';
import type { Decisions } from './decisions.ts';
import { merged, type Edit, type Seconds } from './edit.ts';

/**
 * What a person said of a stretch: that it may be heard, that it may not, or that a part of it may (`partly`). `open`:
 * none of it is heard, and of more than a sliver nothing was said.
 */
export type SoundVerdict = 'kept' | 'altered' | 'silent' | 'partly' | 'open';

export function secondsOf({ from, to }: SampleRange): Seconds {
  return { from: from / SAMPLE_RATE, to: to / SAMPLE_RATE };
}

/**
 * A turn in which the one who decides heard nobody else. Takes back that all of it was to be silent; a part of it that
 * was marked as silent stays so.
 * @param altered the voice less recognisable
 */
export function keepSound(range: Seconds, altered = false): Edit {
  return (before) => {
    const [from, to] = [range.from + SLACK / SAMPLE_RATE, range.to - SLACK / SAMPLE_RATE];
    const whole = before.mutes.some((mute) => mute.from <= from && mute.to >= to);
    return keepRest(range, altered)(whole ? { ...before, mutes: less(before.mutes, range) } : before);
  };
}

/** All of a stretch except what was said to be silent: that stays so. */
export function keepRest({ from, to }: Seconds, altered = false): Edit {
  return (before) => {
    const { kept } = before.sound;
    const same = kept.filter((each) => each.altered === altered);
    const other = kept.filter((each) => each.altered !== altered);
    const all = [
      ...merged([...same, { from, to }]).map((each) => ({ ...each, altered })),
      ...less(other, { from, to }).map((each) => ({ ...each, altered: !altered })),
    ];
    return { ...before, sound: { ...before.sound, kept: all.sort((a, b) => a.from - b.from) } };
  };
}

/** A stretch with somebody else in it; it stays silent whatever is kept around it, until it is itself decided anew. */
export function silenceSound({ from, to }: Seconds): Edit {
  return (before) => ({ ...before, mutes: merged([...before.mutes, { from, to }]) });
}

/** Nothing is said of a stretch any more: it is silent because nobody decided. */
export function forgetSound(range: Seconds): Edit {
  return (before) => {
    const { kept } = before.sound;
    const rest = [false, true].flatMap((altered) =>
      less(
        kept.filter((each) => each.altered === altered),
        range,
      ).map((each) => ({ ...each, altered })),
    );
    const sound = { ...before.sound, kept: rest.sort((a, b) => a.from - b.from) };
    return { ...before, mutes: less(before.mutes, range), sound };
  };
}

/** A tone over a name, for as long as was marked and a little more (`BLEEP_ROLL`). */
export function addBleep({ from, to }: Seconds): Edit {
  return (before) => ({
    ...before,
    sound: { ...before.sound, bleeps: merged([...before.sound.bleeps, { from, to }]) },
  });
}

export function removeBleep(index: number): Edit {
  return (before) => ({
    ...before,
    sound: { ...before.sound, bleeps: before.sound.bleeps.filter((_range, at) => at !== index) },
  });
}

/** @param range in samples of the recording */
export function soundVerdict(decisions: Pick<Decisions, 'sound' | 'mutes'>, range: SampleRange): SoundVerdict {
  return soundVerdicts(decisions, [range])[0]!;
}

/** The same of many: an hour has hundreds. */
export function soundVerdicts(
  { sound, mutes }: Pick<Decisions, 'sound' | 'mutes'>,
  ranges: readonly SampleRange[],
): SoundVerdict[] {
  const silent = mutes.map(inSamples);
  const heard = without(sound.kept.map(inSamples), silent);
  const altered = sound.kept.filter((each) => each.altered).map(inSamples);
  return ranges.map((range) => {
    const left = (taken: readonly SampleRange[]) =>
      samplesIn(
        without(
          [range],
          taken.filter(({ from, to }) => from < range.to && to > range.from),
        ),
      );
    const whole = range.to - range.from - SLACK;
    const [notHeard, notSilent] = [left(heard), left(silent)];
    if (notHeard <= SLACK) return left(altered) < whole ? 'altered' : 'kept';
    if (notHeard < whole) return 'partly';
    return notSilent <= sliverOf(range) ? 'silent' : 'open';
  });
}

/** What marks that were drawn or typed may leave at the ends of a turn, in samples; of short ones a tenth at most. */
const SLIVER = 0.3 * SAMPLE_RATE;

const sliverOf = ({ from, to }: SampleRange) => Math.min(SLIVER, (to - from) / 10) + SLACK;

/** A stretch with the ends of the turns of which it leaves no more than a sliver: who marked them meant all of them. */
export function withWholeTurns({ from, to }: Seconds, turns: readonly SampleRange[]): Seconds {
  const meant = turns.filter((turn) => samplesIn(without([turn], [inSamples({ from, to })])) <= sliverOf(turn));
  const ends = meant.map(secondsOf);
  return { from: Math.min(from, ...ends.map((end) => end.from)), to: Math.max(to, ...ends.map((end) => end.to)) };
}

/** Half a sample is what rounding seconds costs, at either end. */
const SLACK = 2;

function inSamples({ from, to }: Seconds): SampleRange {
  return { from: Math.round(from * SAMPLE_RATE), to: Math.round(to * SAMPLE_RATE) };
}

/** What is left of ranges outside another; slivers that no sample fits in are dropped. */
export function less(ranges: readonly Seconds[], { from, to }: Seconds): Seconds[] {
  return ranges
    .flatMap((each) => [
      { from: each.from, to: Math.min(each.to, from) },
      { from: Math.max(each.from, to), to: each.to },
    ])
    .filter((each) => each.to - each.from > 1 / SAMPLE_RATE);
}
