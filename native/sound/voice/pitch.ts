/**
 * Samples at 16 kHz by which reading may jump: whole periods of a voice from 250 down to 50 Hz, of higher voices several
 * at once. The shortest is longer than what is faded.
 */
const JUMP = { least: 64, most: 320 };
const FADE = 64;
const COMPARED = 160;
const MEMORY = 1024;
/** How much less alike a shorter jump may be and still be taken: the shorter, the less time wavers. */
const AS_ALIKE = 0.03;

/**
 * Samples that what comes out lies behind, give or take half a jump: 4 ms for most voices, 10 for the lowest. No place
 * that is read or compared lies ahead of what was written, nor further back than is remembered.
 */
export const PITCH_DELAY = 300;

/**
 * Shifts pitch and formants together: sound is read from a delay line at another speed, and when it has drifted half a
 * jump away the reading goes on as far on the other side, at the place that is most alike, so that periods of the
 * voice stay whole and the voice stays in time.
 */
export class PitchShifter {
  private readonly memory = new Float64Array(MEMORY);
  private readonly alike = new Float64Array((JUMP.most - JUMP.least) / 2 + 1);
  private written = 0;
  private delay = PITCH_DELAY;
  /** How far reading may drift: half of the jump before. */
  private reach = JUMP.least / 2;
  private following: { delay: number; left: number } | undefined;

  /** Taken over where reading stands in the middle: elsewhere the other direction would lead past what was written. */
  private wanted: number;

  /** @param ratio above 1 is higher */
  constructor(private ratio: number) {
    this.wanted = ratio;
  }

  /** Goes over to another ratio as soon as it can. */
  change(ratio: number): void {
    this.wanted = ratio;
  }

  next(sample: number): number {
    this.memory[this.written++ % MEMORY] = sample;
    if (!this.following && Math.abs(this.delay - PITCH_DELAY) < JUMP.least / 4) this.ratio = this.wanted;
    const drift = 1 - this.ratio;
    const now = this.read(this.delay);
    this.delay += drift;
    const { following: next } = this;
    if (!next) {
      const away = (this.delay - PITCH_DELAY) * Math.sign(drift);
      if (away > this.reach) this.following = { delay: this.jumped(drift < 0 ? 1 : -1), left: FADE };
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

  /** The delay, a jump away, whose past is most like the past at the one at hand; of those about as alike the nearest. */
  private jumped(direction: 1 | -1): number {
    const here = this.written - 1 - Math.round(this.delay);
    for (let jump = JUMP.least, at = 0; jump <= JUMP.most; jump += 2, at++)
      this.alike[at] = this.likeness(here, here - direction * jump);
    const most = this.alike.reduce((a, b) => Math.max(a, b), -1);
    const at = this.alike.findIndex((value, index) => value >= most - AS_ALIKE && this.isPeak(index));
    const jump = JUMP.least + 2 * at;
    this.reach = jump / 2;
    return this.delay + direction * jump;
  }

  private isPeak(at: number): boolean {
    const value = this.alike[at]!;
    return value >= (this.alike[at - 1] ?? -1) && value >= (this.alike[at + 1] ?? -1);
  }

  private likeness(here: number, there: number): number {
    let product = 0;
    let energy = 1e-9;
    let own = 1e-9;
    for (let back = 0; back < COMPARED; back += 2) {
      const value = this.at(there - back);
      const other = this.at(here - back);
      product += value * other;
      energy += value * value;
      own += other * other;
    }
    return product / Math.sqrt(energy * own);
  }
}
