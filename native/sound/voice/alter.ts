import { randomInt } from 'node:crypto';
import { SAMPLE_RATE } from '../../../core/media/frame-rate.ts';
import type { KeptSound } from '../../../core/sound/sound-plan.ts';
import { FORMANT_DELAY, FormantMover } from './formants.ts';
import { PITCH_DELAY, PitchShifter } from './pitch.ts';
import { Decimator, FILTER_DELAY, Interpolator, STEP } from './resample.ts';

/** How a voice is altered; drawn for each stretch, of long ones for each part, and never kept. */
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

/**
 * Seconds after which a voice is altered in another way: at the next pause, and else without one. Who finds one pair of
 * parameters has no more than a sentence or two.
 */
const PART = { least: 5, most: 20 };

/** Tells when to go on to the next part, from samples at a third of 48 kHz. */
class Parts {
  private readonly block = SAMPLE_RATE / STEP / 100;
  private count = 0;
  private energy = 0;
  private loudest = 0;
  private quiet = 0;
  private seconds = 0;

  /** @returns whether the part ends here: in 30 ms that are 20 dB below what was loudest by now */
  ends(sample: number): boolean {
    this.energy += sample * sample;
    if (++this.count < this.block) return false;
    // Who speaks more softly later on pauses more softly as well.
    this.loudest = Math.max(this.energy, this.loudest * 0.999);
    this.quiet = this.energy < this.loudest / 100 ? this.quiet + 1 : 0;
    this.energy = 0;
    this.count = 0;
    this.seconds += 0.01;
    if (this.seconds < PART.least || (this.quiet < 3 && this.seconds < PART.most)) return false;
    this.seconds = 0;
    return true;
  }
}

const DELAY = 2 * FILTER_DELAY + STEP * (PITCH_DELAY + FORMANT_DELAY);

/** One stretch of mono speech at 48 kHz; as much comes out as went in. */
export class VoiceAlterer {
  private readonly down = new Decimator();
  private readonly up = new Interpolator();
  private readonly parts = new Parts();
  private readonly pitch: PitchShifter;
  private readonly formants: FormantMover;
  private part = 0;
  private late = Math.round(DELAY);
  private owed = 0;

  /** @param changes of its parts, one or more; the last one is that of all that follow */
  constructor(private readonly changes: readonly VoiceChange[]) {
    const { ratio, alpha } = changes[0]!;
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

  private goOn(): void {
    const change = this.changes[++this.part];
    if (!change) return;
    this.pitch.change(change.ratio);
    this.formants.alpha = change.alpha;
  }

  private feed(sample: number, made: number[]): void {
    const low = this.down.next(sample);
    if (low === undefined) return;
    if (this.parts.ends(low)) this.goOn();
    const hop = this.formants.next(this.pitch.next(low));
    if (!hop) return;
    for (let at = 0; at < hop.length; at++) this.up.push(hop[at]!, made);
    if (this.late === 0) return;
    this.late -= made.splice(0, this.late).length;
  }
}

/** Changes for the parts of each stretch that asks for them; they live as long as one rendering. */
export function drawChanges(kept: readonly KeptSound[]): VoiceChange[][] {
  return kept
    .filter(({ altered }) => altered)
    .map(({ from, to }) => Array.from({ length: 1 + Math.floor((to - from) / SAMPLE_RATE / PART.least) }, drawChange));
}

/**
 * The same sound with the stretches that ask for it altered, each in its own way. They become mono.
 * @param source interleaved pieces, in order @param changes for each such stretch, see {@link drawChanges}
 */
export async function* withVoicesAltered(
  source: AsyncIterable<Float32Array>,
  kept: readonly KeptSound[],
  channels: number,
  changes: readonly (readonly VoiceChange[])[],
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
  const mono = new Float32Array(samples.length / channels);
  for (let at = 0; at < mono.length; at++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[at * channels + channel]!;
    mono[at] = sum / channels;
  }
  return mono;
}

function spread(mono: Float32Array, channels: number): Float32Array {
  if (channels === 1) return mono;
  const wide = new Float32Array(mono.length * channels);
  for (let at = 0; at < wide.length; at++) wide[at] = mono[Math.floor(at / channels)]!;
  return wide;
}
