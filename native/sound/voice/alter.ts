import { randomInt } from 'node:crypto';
import type { KeptSound } from '../../../core/sound/sound-plan.ts';
import { FORMANT_DELAY, FormantMover } from './formants.ts';
import { PITCH_DELAY, PitchShifter } from './pitch.ts';
import { Decimator, FILTER_DELAY, Interpolator, STEP } from './resample.ts';

/** How a voice is altered; drawn for each stretch, never kept. */
export interface VoiceChange {
  /** Pitch and formants together, as a factor. */
  readonly ratio: number;
  /** Formants once more, see {@link FormantMover}. */
  readonly alpha: number;
}

const between = (least: number, most: number) => least + ((most - least) * randomInt(1 << 30)) / (1 << 30);
const either = () => (randomInt(2) === 0 ? 1 : -1);

/** Two to four and a half semitones up or down, formants an eighth to a quarter away. */
function drawChange(): VoiceChange {
  return { ratio: 2 ** ((either() * between(2, 4.5)) / 12), alpha: 1 + either() * between(0.12, 0.26) };
}

const DELAY = 2 * FILTER_DELAY + STEP * (PITCH_DELAY + FORMANT_DELAY);

/** One stretch of mono speech at 48 kHz; as much comes out as went in. */
export class VoiceAlterer {
  private readonly down = new Decimator();
  private readonly up = new Interpolator();
  private readonly pitch: PitchShifter;
  private readonly formants: FormantMover;
  private late = Math.round(DELAY);
  private owed = 0;

  constructor({ ratio, alpha }: VoiceChange) {
    this.pitch = new PitchShifter(ratio);
    this.formants = new FormantMover(alpha);
  }

  push(samples: Float32Array): Float32Array {
    this.owed += samples.length;
    const made: number[] = [];
    for (let at = 0; at < samples.length; at++) this.feed(samples[at]!, made);
    return this.paid(made);
  }

  /** What is still owed when the stretch ends. */
  finish(): Float32Array {
    const made: number[] = [];
    while (made.length < this.owed) this.feed(0, made);
    return this.paid(made);
  }

  private paid(made: number[]): Float32Array {
    const out = new Float32Array(made.length > this.owed ? made.slice(0, this.owed) : made);
    this.owed -= out.length;
    return out;
  }

  private feed(sample: number, made: number[]): void {
    const low = this.down.next(sample);
    const hop = low === undefined ? undefined : this.formants.next(this.pitch.next(low));
    if (!hop) return;
    for (let at = 0; at < hop.length; at++) this.up.push(hop[at]!, made);
    if (this.late === 0) return;
    this.late -= made.splice(0, this.late).length;
  }
}

/** A change for each stretch that asks for one; they live as long as one rendering. */
export function drawChanges(kept: readonly KeptSound[]): VoiceChange[] {
  return kept.filter(({ altered }) => altered).map(drawChange);
}

/**
 * The same sound with the stretches that ask for it altered, each in its own way. They become mono.
 * @param source interleaved pieces, in order @param changes one for each such stretch
 */
export async function* withVoicesAltered(
  source: AsyncIterable<Float32Array>,
  kept: readonly KeptSound[],
  channels: number,
  changes: readonly VoiceChange[],
): AsyncGenerator<Float32Array> {
  const stretches = kept.filter(({ altered }) => altered);
  let next = 0;
  let position = 0;
  let alterer: VoiceAlterer | undefined;
  for await (const piece of source) {
    const end = position + piece.length / channels;
    const part = (from: number, to: number) => piece.subarray((from - position) * channels, (to - position) * channels);
    let at = position;
    for (let stretch = stretches[next]; stretch && stretch.from < end; stretch = stretches[next]) {
      if (stretch.from > at) yield part(at, stretch.from);
      const from = Math.max(at, stretch.from);
      const to = Math.min(end, stretch.to);
      alterer ??= new VoiceAlterer(changes[next]!);
      yield spread(alterer.push(mixed(part(from, to), channels)), channels);
      at = to;
      if (to < stretch.to) break;
      yield spread(alterer.finish(), channels);
      alterer = undefined;
      next++;
    }
    if (at < end) yield part(at, end);
    position = end;
  }
  if (alterer) yield spread(alterer.finish(), channels);
}

function mixed(samples: Float32Array, channels: number): Float32Array {
  if (channels === 1) return samples;
  return Float32Array.from({ length: samples.length / channels }, (_, at) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[at * channels + channel]!;
    return sum / channels;
  });
}

function spread(mono: Float32Array, channels: number): Float32Array {
  if (channels === 1) return mono;
  const wide = new Float32Array(mono.length * channels);
  for (const [at, sample] of mono.entries()) wide.fill(sample, at * channels, (at + 1) * channels);
  return wide;
}
