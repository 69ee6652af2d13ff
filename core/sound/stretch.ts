import { clipWindows, inClip } from './clip-window.ts';
import { samplesIn, union, without, type SampleRange } from './sample-range.ts';
import type { SoundPlan } from './sound-plan.ts';
import type { FrameRate } from '../media/frame-rate.ts';

/** A piece of the clip's sound of which one thing must be true, in samples of the clip. */
export interface Stretch extends SampleRange {
  /** `edge`: silent, but so near to what is heard that the coding of that may still be heard. */
  readonly kind: 'silent' | 'edge' | 'kept' | 'altered' | 'bleep';
}

/** One block of AAC reaches over so many samples. */
export const EDGE = 2048;
/**
 * At most so long, so that a finding says where it is: half a second. Beside what is heard 5 ms: there a little of the
 * recording too much is found by itself only.
 */
const LONGEST = 24_000;
const LONGEST_EDGE = 256;

/**
 * The whole clip in stretches, rising, without gaps but for the fades within what is heard.
 * @param kept frames that are not cut, rising and disjoint
 */
export function stretchesOf(
  plan: SoundPlan,
  kept: readonly { readonly from: number; readonly to: number }[],
  rate: FrameRate,
  fade: number,
): Stretch[] {
  const windows = clipWindows(kept, rate);
  const last = windows[windows.length - 1];
  const whole = { from: 0, to: last ? last.at + last.length : 0 };
  const place = (ranges: readonly SampleRange[]) => inClip(ranges, windows);
  const inner = (ranges: readonly SampleRange[]) =>
    place(ranges).map(({ from, to }) => ({ from: from + fade, to: to - fade }));
  const heard = [...place(plan.kept), ...place(plan.bleeps)];
  const near = heard.map(({ from, to }) => ({ from: from - EDGE, to: to + EDGE }));
  const pieces = (kind: Stretch['kind'], ranges: readonly SampleRange[]) =>
    ranges.flatMap((range) =>
      inPieces(range, kind === 'edge' ? LONGEST_EDGE : LONGEST).map((piece) => ({ ...piece, kind })),
    );
  const all = [
    ...pieces('silent', without([whole], near)),
    ...pieces('edge', without(within(near, whole), heard)),
    ...pieces('kept', inner(plan.kept.filter(({ altered }) => !altered))),
    ...pieces('altered', inner(plan.kept.filter(({ altered }) => altered))),
    ...pieces('bleep', inner(plan.bleeps)),
  ];
  return all.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
}

function within(ranges: readonly SampleRange[], { from, to }: SampleRange): SampleRange[] {
  return union(ranges.map((range) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) })));
}

/** Of about the same length. */
function inPieces({ from, to }: SampleRange, longest: number): SampleRange[] {
  const count = Math.ceil(samplesIn([{ from, to }]) / longest);
  const border = (piece: number) => from + Math.round(((to - from) * piece) / count);
  return Array.from({ length: Math.max(0, count) }, (_, piece) => ({ from: border(piece), to: border(piece + 1) }));
}
