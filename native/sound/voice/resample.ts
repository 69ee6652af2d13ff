/** Voices are altered at a third of 48 kHz: what is above 8 kHz says more of who speaks than of what is said. */
export const STEP = 3;

/** Taps of the low-pass, and its corner as a share of the upper rate. */
const TAPS = 95;
const CORNER = 7000 / 48_000;
/** In samples of the upper rate. */
export const FILTER_DELAY = (TAPS - 1) / 2;

/** Windowed sinc (Hamming), of gain 1. */
const LOW_PASS = (() => {
  const taps = Float64Array.from({ length: TAPS }, (_, index) => {
    const at = index - FILTER_DELAY;
    const sinc = at === 0 ? 2 * CORNER : Math.sin(2 * Math.PI * CORNER * at) / (Math.PI * at);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (TAPS - 1)));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
})();

/** Taps of one of the filters that the interpolator is made of: those between which zeros would stand are left out. */
const PHASE = Math.ceil(TAPS / STEP);
const PHASES = Array.from({ length: STEP }, (_, phase) =>
  Float64Array.from({ length: PHASE }, (_unused, tap) => STEP * (LOW_PASS[phase + STEP * tap] ?? 0)),
);

/** The last inputs, newest first and each twice, so that they always stand in one row. */
class History {
  private readonly twice: Float64Array;
  private at = 0;

  constructor(private readonly length: number) {
    this.twice = new Float64Array(2 * length);
  }

  add(sample: number): void {
    this.at = (this.at === 0 ? this.length : this.at) - 1;
    this.twice[this.at] = sample;
    this.twice[this.at + this.length] = sample;
  }

  filtered(taps: Float64Array): number {
    const { twice, at } = this;
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * twice[at + tap]!;
    return sum;
  }
}

/** To the lower rate, sample by sample. */
export class Decimator {
  private readonly history = new History(TAPS);
  private count = 0;

  /** @returns a sample of the lower rate at every third call */
  next(sample: number): number | undefined {
    this.history.add(sample);
    return this.count++ % STEP === 0 ? this.history.filtered(LOW_PASS) : undefined;
  }
}

/** Back to the upper rate. */
export class Interpolator {
  private readonly history = new History(PHASE);

  /** @param made what three samples of the upper rate are put behind */
  push(sample: number, made: number[]): void {
    this.history.add(sample);
    for (let phase = 0; phase < STEP; phase++) made.push(this.history.filtered(PHASES[phase]!));
  }
}
