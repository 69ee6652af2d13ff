import type { Decisions } from '../decision/decisions.ts';
import { sampleOfFrame, SAMPLE_RATE, type FrameRate } from '../media/frame-rate.ts';
import { union, without, type SampleRange } from './sample-range.ts';

/** What may become of the sound of a clip: none at all, what was marked, or that with the voice altered. */
export const SOUND_MODES = ['off', 'kept', 'altered'] as const;
export type SoundMode = (typeof SOUND_MODES)[number];

export interface KeptSound extends SampleRange {
  /** Less recognisable, by no means anonymous. */
  readonly altered: boolean;
}

/** What is heard, in samples of the recording; all that is not named is silent. */
export interface SoundPlan {
  /** Rising, disjoint, clear of bleeps and of what is cut. */
  readonly kept: readonly KeptSound[];
  /** Rising, disjoint, clear of what is cut; with their lead and tail. */
  readonly bleeps: readonly SampleRange[];
}

/** Seconds that a bleep begins before and ends after what was marked: nobody hits the onset of a name exactly. */
export const BLEEP_ROLL = 0.08;

/** A sample too much is heard by nobody; of what is marked as silent or bleeped none may be too few. */
const ROUNDING = 1e-6;
const inwards = ({ from, to }: Seconds): SampleRange => ({
  from: Math.max(0, Math.ceil(from * SAMPLE_RATE - ROUNDING)),
  to: Math.floor(to * SAMPLE_RATE + ROUNDING),
});
const outwards = ({ from, to }: Seconds, roll = 0): SampleRange => ({
  from: Math.max(0, Math.floor((from - roll) * SAMPLE_RATE + ROUNDING)),
  to: Math.ceil((to + roll) * SAMPLE_RATE - ROUNDING),
});

interface Seconds {
  readonly from: number;
  readonly to: number;
}

export interface SoundWish {
  readonly mode: Exclude<SoundMode, 'off'>;
  readonly decisions: Pick<Decisions, 'sound' | 'mutes'>;
  readonly rate: FrameRate;
  readonly sourceFrames: number;
  /** Rising, disjoint, in frames. */
  readonly cuts: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Cut before bleep, bleep before silence, silence before kept; undecided is silent. Marked ranges only shrink to
 * whole samples, whatever takes sound away only grows.
 */
export function planSound({ mode, decisions, rate, sourceFrames, cuts }: SoundWish): SoundPlan {
  const { kept, bleeps } = decisions.sound;
  const cut = cuts.map(({ from, to }) => ({ from: sampleOfFrame(from, rate), to: sampleOfFrame(to, rate) }));
  const gone = [...cut, { from: sampleOfFrame(sourceFrames, rate), to: Infinity }];
  const bleeped = without(
    bleeps.map((range) => outwards(range, BLEEP_ROLL)),
    gone,
  );
  const silent = [...gone, ...bleeped, ...decisions.mutes.map((range) => outwards(range))];
  const asked = kept.filter((range) => mode === 'altered' || range.altered).map((range) => outwards(range));
  // Where both were marked, the voice is altered, to the last sample; but no sample is heard that neither holds whole.
  const unmarked = without(asked, kept.map(inwards));
  const altered = without(asked, [...unmarked, ...silent]);
  const plain = without(kept.map(inwards), [...silent, ...altered]);
  const all = [
    ...plain.map((range) => ({ ...range, altered: false })),
    ...altered.map((range) => ({ ...range, altered: true })),
  ];
  return { kept: all.sort((a, b) => a.from - b.from), bleeps: union(bleeped) };
}

/** Whether anything of the recording is heard at all. */
export function isSilent({ kept, bleeps }: SoundPlan): boolean {
  return kept.length === 0 && bleeps.length === 0;
}
