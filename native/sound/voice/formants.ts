/** Order of the prediction, frame and hop in samples at 16 kHz: 30 ms, four frames over each other. */
const ORDER = 18;
const FRAME = 480;
const HOP = 120;
/** Samples that what comes out lies behind. */
export const FORMANT_DELAY = FRAME - HOP;

/** Square root of Hann, for analysis and synthesis; four over each other add up to 2. */
const WINDOW = Float64Array.from({ length: FRAME }, (_, at) => Math.sin((Math.PI * (at + 0.5)) / FRAME));
const OVERLAP = FRAME / HOP / 2;

/**
 * Moves the formants of a voice: poles of the linear prediction are turned to the power `alpha` of their angle
 * (McAdams; Patino et al., Speaker anonymisation using the McAdams coefficient, 2021). Melody and timing stay.
 */
export class FormantMover {
  private readonly input = new Float64Array(FRAME);
  private readonly output = new Float64Array(FRAME);
  private filled = 0;

  constructor(private readonly alpha: number) {}

  /** @returns a hop of samples whenever one is ready */
  next(sample: number): Float64Array | undefined {
    this.input[FRAME - HOP + this.filled++] = sample;
    if (this.filled < HOP) return undefined;
    const frame = this.input.map((value, at) => value * WINDOW[at]!);
    const made = moved(frame, this.alpha);
    for (let at = 0; at < FRAME; at++) this.output[at] = this.output[at]! + (made[at]! * WINDOW[at]!) / OVERLAP;
    const ready = this.output.slice(0, HOP);
    this.output.copyWithin(0, HOP);
    this.output.fill(0, FRAME - HOP);
    this.input.copyWithin(0, HOP);
    this.filled = 0;
    return ready;
  }
}

function moved(frame: Float64Array, alpha: number): Float64Array {
  const from = predictor(frame);
  const to = from && turned(from, alpha);
  if (!from || !to) return frame;
  const residual = new Float64Array(FRAME);
  const made = new Float64Array(FRAME);
  let before = 0;
  let after = 0;
  for (let at = 0; at < FRAME; at++) {
    let whitened = frame[at]!;
    for (let k = 1; k <= Math.min(ORDER, at); k++) whitened += from[k]! * frame[at - k]!;
    residual[at] = whitened;
    let shaped = whitened;
    for (let k = 1; k <= Math.min(ORDER, at); k++) shaped -= to[k]! * made[at - k]!;
    made[at] = shaped;
    before += frame[at]! ** 2;
    after += shaped ** 2;
  }
  // As loud as it was.
  const gain = after > 0 ? Math.min(4, Math.sqrt(before / after)) : 0;
  return made.map((value) => value * gain);
}

/** Levinson-Durbin. @returns 1, a1 … ap; undefined for silence */
function predictor(frame: Float64Array): Float64Array | undefined {
  const r = new Float64Array(ORDER + 1);
  for (let lag = 0; lag <= ORDER; lag++) for (let at = lag; at < FRAME; at++) r[lag]! += frame[at]! * frame[at - lag]!;
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

const ROOTS = { re: new Float64Array(ORDER), im: new Float64Array(ORDER) };

/** The same polynomial with the angles of its complex roots to the power alpha. */
function turned(a: Float64Array, alpha: number): Float64Array | undefined {
  findRoots(a);
  const { re, im } = ROOTS;
  for (let root = 0; root < ORDER; root++) {
    // A pole on the circle rings for ever.
    const radius = Math.min(0.985, Math.hypot(re[root]!, im[root]!));
    const angle = Math.atan2(im[root]!, re[root]!);
    const real = Math.abs(im[root]!) < 1e-6;
    const moved = real ? angle : Math.sign(angle) * Math.min(Math.PI * 0.99, Math.abs(angle) ** alpha);
    re[root] = radius * Math.cos(moved);
    im[root] = radius * Math.sin(moved);
  }
  const product = multiplied();
  return product.every(Number.isFinite) ? product : undefined;
}

/** Durand-Kerner, all roots at once; 40 rounds are more than any frame of speech needed. */
function findRoots(a: Float64Array): void {
  const { re, im } = ROOTS;
  for (let root = 0; root < ORDER; root++) {
    const angle = (2 * Math.PI * (root + 0.25)) / ORDER;
    re[root] = 0.9 * Math.cos(angle);
    im[root] = 0.9 * Math.sin(angle);
  }
  for (let round = 0; round < 40; round++) {
    let largest = 0;
    for (let root = 0; root < ORDER; root++) {
      const [x, y] = [re[root]!, im[root]!];
      let [pr, pi] = [1, 0];
      for (let k = 1; k <= ORDER; k++) [pr, pi] = [pr * x - pi * y + a[k]!, pr * y + pi * x];
      let [dr, di] = [1, 0];
      for (let other = 0; other < ORDER; other++) {
        if (other === root) continue;
        const [u, v] = [x - re[other]!, y - im[other]!];
        [dr, di] = [dr * u - di * v, dr * v + di * u];
      }
      const size = dr * dr + di * di || 1e-30;
      const [ur, ui] = [(pr * dr + pi * di) / size, (pi * dr - pr * di) / size];
      re[root] = x - ur;
      im[root] = y - ui;
      largest = Math.max(largest, Math.abs(ur) + Math.abs(ui));
    }
    if (largest < 1e-6) return;
  }
}

function multiplied(): Float64Array {
  const re = new Float64Array(ORDER + 1);
  const im = new Float64Array(ORDER + 1);
  re[0] = 1;
  for (let root = 0; root < ORDER; root++) {
    const [x, y] = [ROOTS.re[root]!, ROOTS.im[root]!];
    for (let k = root + 1; k > 0; k--) {
      re[k] = re[k]! - (re[k - 1]! * x - im[k - 1]! * y);
      im[k] = im[k]! - (re[k - 1]! * y + im[k - 1]! * x);
    }
  }
  return re;
}
