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

/** Far below one bit of any sound. */
const NOTHING = 1e-30;

/** Both stages of one channel, in transposed direct form II. Every sample of an hour goes through: plain numbers. */
class KWeighting {
  private readonly state = new Float64Array(4);

  /** @param samples interleaved @returns sum of squares of what comes out for `from..to` */
  energy(samples: Float32Array, channels: number, channel: number, from: number, to: number): number {
    const [s0, s1, s2] = SHELF.b;
    const [r0, r1] = SHELF.a;
    const [h0, h1, h2] = HIGH_PASS.b;
    const [p0, p1] = HIGH_PASS.a;
    let [one = 0, two = 0, three = 0, four = 0] = this.state;
    let sum = 0;
    for (let at = from; at < to; at++) {
      const input = samples[at * channels + channel]!;
      const shelved = s0 * input + one;
      one = s1 * input - r0 * shelved + two;
      two = s2 * input - r1 * shelved;
      const weighted = h0 * shelved + three;
      three = h1 * shelved - p0 * weighted + four;
      four = h2 * shelved - p1 * weighted;
      sum += weighted * weighted;
    }
    // In silence what rings on would come down to denormal numbers and stay there: a hundred times slower.
    this.state.set([one, two, three, four].map((value) => (Math.abs(value) < NOTHING ? 0 : value)));
    return sum;
  }
}

const STEP = SAMPLE_RATE / 10;
/** Gating blocks are 400 ms long and begin every 100 ms. */
const STEPS = 4;

/** Integrated loudness after ITU-R BS.1770-4, of one or two channels; memory grows by 8 bytes each 100 ms. */
export class LoudnessMeter {
  /** Highest absolute sample, linear. */
  peak = 0;
  private readonly filters: readonly KWeighting[];
  private readonly steps: number[] = [];
  private sum = 0;
  private count = 0;

  constructor(private readonly channels: number) {
    this.filters = Array.from({ length: channels }, () => new KWeighting());
  }

  /** @param samples interleaved at 48 kHz */
  push(samples: Float32Array): void {
    const { channels, filters } = this;
    for (let at = 0; at < samples.length; at++) this.peak = Math.max(this.peak, Math.abs(samples[at]!));
    const length = samples.length / channels;
    for (let from = 0; from < length;) {
      const to = Math.min(length, from + STEP - this.count);
      for (let channel = 0; channel < channels; channel++)
        this.sum += filters[channel]!.energy(samples, channels, channel, from, to);
      this.count += to - from;
      from = to;
      if (this.count < STEP) continue;
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
