import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { ClipWindow } from '../../core/sound/clip-window.ts';
import type { SampleRange } from '../../core/sound/sample-range.ts';
import type { SoundPlan } from '../../core/sound/sound-plan.ts';
import { ClipTimeline, type TimelinePiece } from './clip-timeline.ts';
import { RoomTone, type RoomToneLevel } from './room-tone.ts';

/** Samples over which sound comes up and goes down, within what may be heard: 5 ms. */
export const FADE = SAMPLE_RATE / 200;

/** Hz and linear peak of the tone over a name: 1 kHz at the loudness that speech is brought to. */
const BLEEP = { frequency: 1000, peak: 10 ** (-23 / 20) };

export interface GateSettings {
  readonly plan: SoundPlan;
  readonly windows: readonly ClipWindow[];
  /** Interleaved in what comes in and goes out. */
  readonly channels: number;
  /** Linear, one for the whole clip. */
  readonly gain: number;
  /** Absent: neither room tone nor bleeps, to measure what is kept. */
  readonly tone: RoomToneLevel | undefined;
  /** Of room tone, 32 bits. */
  readonly seed: number;
}

/** Of a raised cosine: 0 outside, 1 inside, and between that within the range's own ends. */
export function envelope({ from, to }: SampleRange, at: number): number {
  if (at < from || at >= to) return 0;
  // Of nearly every sample of an hour: what follows would say the same.
  if (at >= from + FADE && at < to - FADE) return 1;
  const fade = Math.min(FADE, (to - from) / 2);
  const inside = Math.min(at - from, to - 1 - at) + 0.5;
  return inside >= fade ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * inside) / fade);
}

/** Walks along ranges with a position that only rises. */
class Walk<Range extends SampleRange> {
  private next = 0;

  constructor(private readonly ranges: readonly Range[]) {}

  /** Those that touch `from..to`, in order. */
  *within(from: number, to: number): Generator<Range> {
    while (this.next < this.ranges.length && this.ranges[this.next]!.to <= from) this.next++;
    for (let at = this.next; at < this.ranges.length && this.ranges[at]!.from < to; at++) yield this.ranges[at]!;
  }
}

/**
 * Lets through what may be heard, exact to the sample, and nothing else: every other sample of the clip is made of
 * room tone and bleeps alone. Samples of the recording come in by order, those of the clip go out.
 */
export class SoundGate {
  private readonly timeline: ClipTimeline;
  private readonly tone: RoomTone;
  private readonly kept: Walk<SampleRange>;
  private readonly bleeps: Walk<SampleRange>;

  constructor(private readonly settings: GateSettings) {
    this.timeline = new ClipTimeline(settings.windows, settings.channels);
    this.tone = new RoomTone(settings.tone, SAMPLE_RATE, settings.seed);
    this.kept = new Walk(settings.plan.kept);
    this.bleeps = new Walk(settings.tone === undefined ? [] : settings.plan.bleeps);
  }

  /** @param source interleaved, the samples that follow those given before */
  *push(source: Float32Array): Generator<Float32Array> {
    for (const piece of this.timeline.push(source)) yield this.block(piece);
  }

  /** What is left of the clip when the recording has no more sound. */
  *finish(): Generator<Float32Array> {
    for (const piece of this.timeline.finish()) yield this.block(piece);
  }

  private block({ from, samples: source }: TimelinePiece): Float32Array {
    const { channels, gain } = this.settings;
    const made = new Float32Array(source.length);
    for (let at = 0; at < made.length; at += channels) {
      const tone = this.tone.next();
      for (let channel = 0; channel < channels; channel++) made[at + channel] = tone;
    }
    const to = from + source.length / channels;
    for (const range of this.kept.within(from, to))
      blend(made, range, from, channels, (sample, channel) => gain * source[(sample - from) * channels + channel]!);
    const step = (2 * Math.PI * BLEEP.frequency) / SAMPLE_RATE;
    for (const range of this.bleeps.within(from, to))
      blend(made, range, from, channels, (sample) => BLEEP.peak * Math.sin(step * (sample - range.from)));
    return made;
  }
}

function blend(
  made: Float32Array,
  range: SampleRange,
  start: number,
  channels: number,
  value: (sample: number, channel: number) => number,
): void {
  const last = Math.min(range.to, start + made.length / channels);
  for (let sample = Math.max(range.from, start); sample < last; sample++) {
    const share = envelope(range, sample);
    const at = (sample - start) * channels;
    for (let channel = 0; channel < channels; channel++)
      made[at + channel] = share * value(sample, channel) + (1 - share) * made[at + channel]!;
  }
}
