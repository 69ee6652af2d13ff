/** Order of the prediction, frame and hop in samples at 16 kHz: 30 ms, two frames over each other. */
const ORDER = 18;
const FRAME = 480;
const HOP = 240;
/** Samples that what comes out lies behind. */
export const FORMANT_DELAY = FRAME - HOP;

/** Square root of Hann, for analysis and synthesis; two over each other add up to 1. */
const WINDOW = Float64Array.from({ length: FRAME }, (_, at) => Math.sin((Math.PI * (at + 0.5)) / FRAME));

/**
 * Moves the formants of a voice: poles of the linear prediction are turned to the power `alpha` of their angle
 * (McAdams; Patino et al., Speaker anonymisation using the McAdams coefficient, 2021). Melody and timing stay.
 */
export class FormantMover {
  private readonly input = new Float64Array(FRAME);
  private readonly output = new Float64Array(FRAME);
  private readonly roots = new Roots();
  private filled = 0;

  constructor(public alpha: number) {}

  /** @returns a hop of samples whenever one is ready */
  next(sample: number): Float64Array | undefined {
    this.input[FRAME - HOP + this.filled++] = sample;
    if (this.filled < HOP) return undefined;
    const frame = this.input.map((value, at) => value * WINDOW[at]!);
    const made = moved(frame, this.alpha, this.roots);
    for (let at = 0; at < FRAME; at++) this.output[at] = this.output[at]! + made[at]! * WINDOW[at]!;
    const ready = this.output.slice(0, HOP);
    this.output.copyWithin(0, HOP);
    this.output.fill(0, FRAME - HOP);
    this.input.copyWithin(0, HOP);
    this.filled = 0;
    return ready;
  }
}

function moved(frame: Float64Array, alpha: number, roots: Roots): Float64Array {
  const from = predictor(frame);
  const to = from && turned(from, alpha, roots);
  if (!from || !to) return frame;
  // Silence before the first sample, so that every sample has a past.
  const heard = new Float64Array(ORDER + FRAME);
  const made = new Float64Array(ORDER + FRAME);
  heard.set(frame, ORDER);
  let before = 0;
  let after = 0;
  for (let at = ORDER; at < ORDER + FRAME; at++) {
    let shaped = heard[at]!;
    for (let k = 1; k <= ORDER; k++) shaped += from[k]! * heard[at - k]! - to[k]! * made[at - k]!;
    made[at] = shaped;
    before += heard[at]! * heard[at]!;
    after += shaped * shaped;
  }
  // As loud as it was.
  const gain = after > 0 ? Math.min(4, Math.sqrt(before / after)) : 0;
  return made.subarray(ORDER).map((value) => value * gain);
}

/** Levinson-Durbin. @returns 1, a1 … ap; undefined for silence */
function predictor(frame: Float64Array): Float64Array | undefined {
  const r = Float64Array.from({ length: ORDER + 1 }, (_, lag) => {
    let sum = 0;
    for (let at = lag; at < FRAME; at++) sum += frame[at]! * frame[at - lag]!;
    return sum;
  });
  if (r[0]! < 1e-9) return undefined;
  let error = r[0]! * 1.0001;
  let a = new Float64Array(ORDER + 1);
  a[0] = 1;
  for (let order = 1; order <= ORDER; order++) {
    let sum = r[order]!;
    for (let k = 1; k < order; k++) sum += a[k]! * r[order - k]!;
    const reflection = -sum / error;
    const next = a.slice();
    for (let k = 1; k < order; k++) next[k] = a[k]! + reflection * a[order - k]!;
    next[order] = reflection;
    a = next;
    error *= 1 - reflection * reflection;
    if (error <= 0) return undefined;
  }
  return a;
}

/** The same polynomial with the angles of its complex roots to the power alpha. */
function turned(a: Float64Array, alpha: number, roots: Roots): Float64Array | undefined {
  roots.find(a);
  const re = new Float64Array(ORDER);
  const im = new Float64Array(ORDER);
  for (let root = 0; root < ORDER; root++) {
    const [x, y] = [roots.re[root]!, roots.im[root]!];
    // A pole on the circle rings for ever.
    const radius = Math.min(0.985, Math.hypot(x, y));
    const angle = Math.atan2(y, x);
    const real = Math.abs(y) < 1e-6;
    const moved = real ? angle : Math.sign(angle) * Math.min(Math.PI * 0.99, Math.abs(angle) ** alpha);
    re[root] = radius * Math.cos(moved);
    im[root] = radius * Math.sin(moved);
  }
  const product = multiplied(re, im);
  return product.every(Number.isFinite) ? product : undefined;
}

/** More rounds than any frame of speech needed. */
const ROUNDS = 40;

/** The roots of a polynomial, sought from those of the one before: frames of a voice differ little. */
class Roots {
  readonly re = new Float64Array(ORDER);
  readonly im = new Float64Array(ORDER);
  private near = false;

  /** Durand-Kerner, all roots at once. @param a 1, a1 … ap */
  find(a: Float64Array): void {
    if (this.near) this.leaveSymmetry();
    if (this.near && this.settle(a)) return;
    for (let root = 0; root < ORDER; root++) {
      const angle = (2 * Math.PI * (root + 0.25)) / ORDER;
      this.re[root] = 0.9 * Math.cos(angle);
      this.im[root] = 0.9 * Math.sin(angle);
    }
    this.near = this.settle(a);
  }

  /** From pairs mirrored in the real axis no two real roots can be reached: a slight turn of all lets them. */
  private leaveSymmetry(): void {
    const { re, im } = this;
    const [cos, sin] = [Math.cos(0.01), Math.sin(0.01)];
    for (let root = 0; root < ORDER; root++) {
      const [x, y] = [re[root]!, im[root]!];
      re[root] = x * cos - y * sin;
      im[root] = x * sin + y * cos;
    }
  }

  /** @returns whether they came to rest */
  private settle(a: Float64Array): boolean {
    const { re, im } = this;
    for (let round = 0; round < ROUNDS; round++) {
      let largest = 0;
      for (let root = 0; root < ORDER; root++) {
        const x = re[root]!;
        const y = im[root]!;
        let pr = 1;
        let pi = 0;
        for (let k = 1; k <= ORDER; k++) {
          const next = pr * x - pi * y + a[k]!;
          pi = pr * y + pi * x;
          pr = next;
        }
        let dr = 1;
        let di = 0;
        for (let other = 0; other < ORDER; other++) {
          if (other === root) continue;
          const u = x - re[other]!;
          const v = y - im[other]!;
          const next = dr * u - di * v;
          di = dr * v + di * u;
          dr = next;
        }
        const size = dr * dr + di * di || 1e-30;
        const ur = (pr * dr + pi * di) / size;
        const ui = (pi * dr - pr * di) / size;
        re[root] = x - ur;
        im[root] = y - ui;
        largest = Math.max(largest, Math.abs(ur) + Math.abs(ui));
      }
      if (largest < 1e-6) return true;
    }
    return false;
  }
}

function multiplied(xs: Float64Array, ys: Float64Array): Float64Array {
  const re = new Float64Array(ORDER + 1);
  const im = new Float64Array(ORDER + 1);
  re[0] = 1;
  for (let root = 0; root < ORDER; root++) {
    const x = xs[root]!;
    const y = ys[root]!;
    for (let k = root + 1; k > 0; k--) {
      re[k] = re[k]! - (re[k - 1]! * x - im[k - 1]! * y);
      im[k] = im[k]! - (re[k - 1]! * y + im[k - 1]! * x);
    }
  }
  return re;
}
