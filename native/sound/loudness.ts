import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';

/** EBU R 128: programme loudness in LUFS. */
const TARGET_LUFS = -23;
/** Highest sample in dBFS: EBU R 128 allows -1 dBTP, and between samples it can be a little higher. */
export const MAX_PEAK_DB = -2;
/** More would lift the noise of a recording in which hardly anything can be heard. */
const MAX_GAIN_DB = 30;

/** ITU-R BS.1770-4, tables 1 and 2: the two stages of the K weighting at 48 kHz. */
const SHELF = {
  b: [1.53512485958697, -2.69169618940638, 1.19839281085285],
  a: [-1.69065929318241, 0.73248077421585],
} as const;
const HIGH_PASS = { b: [1, -2, 1], a: [-1.99004745483398, 0.99007225036621] } as const;

class Biquad {
  private one = 0;
  private two = 0;

  constructor(private readonly stage: typeof SHELF | typeof HIGH_PASS) {}

  /** Transposed direct form II. */
  next(input: number): number {
    const { b, a } = this.stage;
    const output = b[0] * input + this.one;
    this.one = b[1] * input - a[0] * output + this.two;
    this.two = b[2] * input - a[1] * output;
    return output;
  }
}

const STEP = SAMPLE_RATE / 10;
/** Gating blocks are 400 ms long and begin every 100 ms. */
const STEPS = 4;

/** Integrated loudness after ITU-R BS.1770-4, of one or two channels; memory grows by 8 bytes each 100 ms. */
export class LoudnessMeter {
  /** Highest absolute sample, linear. */
  peak = 0;
  private readonly filters: { readonly shelf: Biquad; readonly highPass: Biquad }[];
  private readonly steps: number[] = [];
  private sum = 0;
  private count = 0;

  constructor(private readonly channels: number) {
    this.filters = Array.from({ length: channels }, () => ({
      shelf: new Biquad(SHELF),
      highPass: new Biquad(HIGH_PASS),
    }));
  }

  /** @param samples interleaved at 48 kHz */
  push(samples: Float32Array): void {
    const { channels, filters } = this;
    for (let at = 0; at < samples.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const sample = samples[at + channel]!;
        this.peak = Math.max(this.peak, Math.abs(sample));
        const { shelf, highPass } = filters[channel]!;
        const weighted = highPass.next(shelf.next(sample));
        this.sum += weighted * weighted;
      }
      if (++this.count < STEP) continue;
      this.steps.push(this.sum / STEP);
      this.sum = 0;
      this.count = 0;
    }
  }

  /** LUFS of a tenth of a second that only so small a share of them is quieter than, of those that are heard at all. */
  quiet(share: number): number {
    const heard = this.steps.map(toLufs).filter((step) => step > -90);
    return heard.sort((a, b) => a - b)[Math.floor(heard.length * share)] ?? -Infinity;
  }

  /** LUFS of each gating block, in order. */
  private blocks(): number[] {
    const energies: number[] = [];
    for (let at = 0; at + STEPS <= this.steps.length; at++) {
      let sum = 0;
      for (let step = 0; step < STEPS; step++) sum += this.steps[at + step]!;
      energies.push(toLufs(sum / STEPS));
    }
    return energies;
  }

  /** LUFS; undefined where nothing is above the absolute gate of -70. */
  integrated(): number | undefined {
    const heard = this.blocks().filter((block) => block > -70);
    if (heard.length === 0) return undefined;
    const relative = mean(heard) - 10;
    return mean(heard.filter((block) => block > relative));
  }
}

function toLufs(energy: number): number {
  return energy > 0 ? -0.691 + 10 * Math.log10(energy) : -Infinity;
}

/** In energy. */
function mean(blocks: readonly number[]): number {
  const sum = blocks.reduce((total, block) => total + 10 ** ((block + 0.691) / 10), 0);
  return toLufs(sum / blocks.length);
}

/** The one gain that brings what is kept to the target, as far as its peaks allow; linear. */
export function gainFor(meter: LoudnessMeter): number {
  const loudness = meter.integrated();
  if (loudness === undefined) return 1;
  const room = MAX_PEAK_DB - 20 * Math.log10(meter.peak);
  return 10 ** (Math.min(TARGET_LUFS - loudness, room, MAX_GAIN_DB) / 20);
}
