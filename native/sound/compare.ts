import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { Stretch } from '../../core/sound/stretch.ts';

/** One stretch of the clip held against the recording at that very place. */
export interface Compared {
  readonly stretch: Stretch;
  /** dBFS (RMS) of the clip, of a bleep without its tone; and of the recording. */
  readonly level: number;
  readonly original: number;
  /**
   * Of the clip with the recording, -1 to 1, at no lag: where something must be the same as it is, without emphasis
   * and the smallest of the channels that are loud enough; where not, with emphasis and the largest.
   */
  readonly correlation: number;
  /** How much of the recording is in it, as a factor, by least squares; the largest of the channels. */
  readonly share: number;
}

export interface Comparison {
  readonly compared: readonly Compared[];
  /** Of the clip, each channel counted once. */
  readonly samples: number;
}

/** Flattens the spectrum of speech, so that each sample says something of its own. */
const EMPHASIS = 0.95;
/** dBFS below which coding changes too much to tell whether it is the same. */
export const LOUD = -45;
const TONE = (2 * Math.PI * 1000) / SAMPLE_RATE;

/** Sums over one channel of a stretch: x is the clip, y the recording, both with emphasis. */
class Sums {
  n = 0;
  clip = 0;
  original = 0;
  xx = 0;
  yy = 0;
  xy = 0;
  private same = 0;
  private readonly tone = { xs: 0, xc: 0, ys: 0, yc: 0, rs: 0, rc: 0 };

  /** @param sine of the bleep's phase, with `cosine` 0 where there is none */
  add(raw: number, source: number, x: number, y: number, sine: number, cosine: number): void {
    this.n++;
    this.clip += raw * raw;
    this.original += source * source;
    this.xx += x * x;
    this.yy += y * y;
    this.xy += x * y;
    this.same += raw * source;
    if (cosine === 0 && sine === 0) return;
    const { tone } = this;
    tone.xs += x * sine;
    tone.xc += x * cosine;
    tone.ys += y * sine;
    tone.yc += y * cosine;
    tone.rs += raw * sine;
    tone.rc += raw * cosine;
  }

  /** Without emphasis: noise in the highest bands, which coding changes most, counts for what it is. */
  sameness(): number {
    return correlation(this.same, this.clip, this.original);
  }

  share(): number {
    return this.original > 0 ? Math.abs(this.same) / this.original : 0;
  }

  /** Takes a tone of 1 kHz out of both, by least squares. */
  withoutTone(): { xx: number; yy: number; xy: number; clip: number } {
    const { xs, xc, ys, yc, rs, rc } = this.tone;
    const share = 2 / Math.max(1, this.n);
    return {
      xx: this.xx - share * (xs * xs + xc * xc),
      yy: this.yy - share * (ys * ys + yc * yc),
      xy: this.xy - share * (xs * ys + xc * yc),
      clip: this.clip - share * (rs * rs + rc * rc),
    };
  }
}

const decibels = (energy: number, n: number) => (energy > 0 ? 10 * Math.log10(energy / Math.max(1, n)) : -Infinity);
const correlation = (xy: number, xx: number, yy: number) => (xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0);

/** Holds the clip against the recording, as both go by. */
export class Comparer {
  private readonly done: Compared[] = [];
  private position = 0;
  private next = 0;
  private sums: Sums[] = [];
  private readonly last: { x: Float64Array; y: Float64Array };

  constructor(
    private readonly stretches: readonly Stretch[],
    private readonly channels: number,
  ) {
    this.last = { x: new Float64Array(channels), y: new Float64Array(channels) };
  }

  /** @param clip,recording as long as each other, interleaved, at the same place of the clip */
  push(clip: Float32Array, recording: Float32Array): void {
    const { channels, stretches, last } = this;
    for (let at = 0; at < clip.length; at += channels) {
      const sample = this.position++;
      let stretch = stretches[this.next];
      while (stretch && sample >= stretch.to) {
        this.close(stretch);
        stretch = stretches[++this.next];
      }
      const inside = stretch && sample >= stretch.from ? stretch : undefined;
      const tone = inside?.kind === 'bleep';
      const sine = tone ? Math.sin(TONE * sample) : 0;
      const cosine = tone ? Math.cos(TONE * sample) : 0;
      for (let channel = 0; channel < channels; channel++) {
        const raw = clip[at + channel]!;
        const source = recording[at + channel]!;
        const x = raw - EMPHASIS * last.x[channel]!;
        const y = source - EMPHASIS * last.y[channel]!;
        last.x[channel] = raw;
        last.y[channel] = source;
        if (inside) (this.sums[channel] ??= new Sums()).add(raw, source, x, y, sine, cosine);
      }
    }
  }

  private close(stretch: Stretch): void {
    if (this.sums.length === 0) return;
    const measured = this.sums.map((sums) => {
      const { xx, yy, xy, clip } = stretch.kind === 'bleep' ? sums.withoutTone() : sums;
      return {
        level: decibels(clip, sums.n),
        original: decibels(sums.original, sums.n),
        correlation: stretch.kind === 'kept' ? sums.sameness() : correlation(xy, xx, yy),
      };
    });
    const loud = measured.filter(({ level, original }) => Math.max(level, original) >= LOUD);
    const told =
      stretch.kind === 'kept'
        ? (loud.length > 0 ? loud : measured).reduce((a, b) => (b.correlation < a.correlation ? b : a))
        : measured.reduce((a, b) => (Math.abs(b.correlation) > Math.abs(a.correlation) ? b : a));
    const level = Math.max(...measured.map((each) => each.level));
    const original = Math.max(...measured.map((each) => each.original));
    const share = Math.max(...this.sums.map((sums) => sums.share()));
    this.done.push({ stretch, level, original, correlation: told.correlation, share });
    this.sums = [];
  }

  result(): Comparison {
    const open = this.stretches[this.next];
    if (open) this.close(open);
    return { compared: this.done, samples: this.position };
  }
}
