/** Samples at 16 kHz. A period of a low voice (62 Hz) is 256. */
const NEAREST = 40;
const JUMP = { least: 100, most: 360 };
const FADE = 96;
const COMPARED = 160;
const MEMORY = 1024;

/** Samples that what comes out lies behind, on average; how far it is changes by 11 ms either way. */
export const PITCH_DELAY = NEAREST + JUMP.most / 2;

/**
 * Shifts pitch and formants together: sound is read from a delay line at another speed, and where it runs out the
 * reading goes on at the place before or behind that is most alike, so that periods of the voice stay whole.
 */
export class PitchShifter {
  private readonly memory = new Float64Array(MEMORY);
  private written = 0;
  private delay = PITCH_DELAY;
  private following: { delay: number; left: number } | undefined;

  /** @param ratio above 1 is higher */
  constructor(private readonly ratio: number) {}

  next(sample: number): number {
    this.memory[this.written++ % MEMORY] = sample;
    const drift = 1 - this.ratio;
    const now = this.read(this.delay);
    this.delay += drift;
    const { following: next } = this;
    if (!next) {
      const spent = drift < 0 ? this.delay < NEAREST + FADE : this.delay > NEAREST + FADE + JUMP.most;
      if (spent) this.following = { delay: this.likeliest(drift < 0 ? 1 : -1), left: FADE };
      return now;
    }
    const share = 0.5 + 0.5 * Math.cos((Math.PI * next.left--) / FADE);
    const mixed = (1 - share) * now + share * this.read(next.delay);
    next.delay += drift;
    if (next.left === 0) {
      this.delay = next.delay;
      this.following = undefined;
    }
    return mixed;
  }

  private at(index: number): number {
    return index < 0 ? 0 : this.memory[index % MEMORY]!;
  }

  private read(delay: number): number {
    const place = this.written - 1 - delay;
    const whole = Math.floor(place);
    const share = place - whole;
    return (1 - share) * this.at(whole) + share * this.at(whole + 1);
  }

  /** The delay, `JUMP` away, whose past is most like the past at the one at hand. */
  private likeliest(direction: 1 | -1): number {
    const here = this.written - 1 - Math.round(this.delay);
    let best = this.delay + direction * JUMP.least;
    let most = -Infinity;
    for (let jump = JUMP.least; jump <= JUMP.most; jump += 2) {
      const there = here - direction * jump;
      let product = 0;
      let energy = 1e-9;
      for (let back = 0; back < COMPARED; back += 2) {
        const value = this.at(there - back);
        product += value * this.at(here - back);
        energy += value * value;
      }
      const likeness = product / Math.sqrt(energy);
      if (likeness > most) [most, best] = [likeness, this.delay + direction * jump];
    }
    return Math.max(NEAREST, best);
  }
}
