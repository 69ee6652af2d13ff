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

/** The last inputs, newest first for the filter. */
class History {
  private readonly ring = new Float64Array(TAPS);
  private at = 0;

  add(sample: number): void {
    this.at = (this.at + 1) % TAPS;
    this.ring[this.at] = sample;
  }

  filtered(): number {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += LOW_PASS[tap]! * this.ring[(this.at - tap + TAPS) % TAPS]!;
    return sum;
  }
}

/** To the lower rate, sample by sample. */
export class Decimator {
  private readonly history = new History();
  private count = 0;

  /** @returns a sample of the lower rate at every third call */
  next(sample: number): number | undefined {
    this.history.add(sample);
    return this.count++ % STEP === 0 ? this.history.filtered() : undefined;
  }
}

/** Back to the upper rate. */
export class Interpolator {
  private readonly history = new History();

  /** @returns three samples of the upper rate */
  next(sample: number): readonly [number, number, number] {
    const one = this.upper(sample * STEP);
    return [one, this.upper(0), this.upper(0)];
  }

  private upper(sample: number): number {
    this.history.add(sample);
    return this.history.filtered();
  }
}
