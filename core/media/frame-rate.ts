/** Exact rational frame rate in frames per second; `num / den`. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** Audio is always processed at this rate; a multiple of every common frame rate. */
export const SAMPLE_RATE = 48000;

/** The rates a canonical timeline may have. Above 60 nothing is gained for judging a lesson. */
export const STANDARD_RATES: readonly FrameRate[] = [
  { num: 5, den: 1 },
  { num: 10, den: 1 },
  { num: 12, den: 1 },
  { num: 15, den: 1 },
  { num: 20, den: 1 },
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
  { num: 60, den: 1 },
];

export function toNumber(rate: FrameRate): number {
  return rate.num / rate.den;
}

/** Start of frame `index` in seconds. */
export function secondsOfFrame(index: number, rate: FrameRate): number {
  return (index * rate.den) / rate.num;
}

/** First frame whose start is not before `seconds`. */
export function frameAtSeconds(seconds: number, rate: FrameRate): number {
  return Math.max(0, Math.ceil((seconds * rate.num) / rate.den - 1e-6));
}

/** First audio sample of frame `index`, rounded to nearest; exact in integers below 2^53. */
export function sampleOfFrame(index: number, rate: FrameRate): number {
  return Math.round((index * rate.den * SAMPLE_RATE) / rate.num);
}

/** `"30000/1001"`, the form ffmpeg reads. */
export function formatRate(rate: FrameRate): string {
  return rate.den === 1 ? String(rate.num) : `${rate.num}/${rate.den}`;
}

/** Parses ffprobe's `"30000/1001"`; undefined for `0/0`, negatives and nonsense. */
export function parseRate(text: string | undefined): FrameRate | undefined {
  const match = /^(\d+)(?:[/:](\d+))?$/.exec(text ?? '');
  if (!match) return undefined;
  const rate = { num: Number(match[1]), den: Number(match[2] ?? 1) };
  return rate.num > 0 && rate.den > 0 ? rate : undefined;
}

/**
 * Chooses the canonical rate for a recording: the standard rate nearest to the container's base
 * rate, or to its average when the base rate is a timestamp grid rather than a frame rate (phones
 * report 90000/1, GIFs 100/1).
 */
export function canonicalRate(base: FrameRate | undefined, average: FrameRate | undefined): FrameRate {
  const plausible = (rate: FrameRate | undefined) => rate !== undefined && toNumber(rate) <= 61 && toNumber(rate) >= 4;
  // A base rate far above the average is a grid of possible times, not how often pictures come.
  const grid = base && average && toNumber(base) > 1.9 * toNumber(average);
  const wanted = plausible(base) && !grid ? base : (average ?? base);
  const target = wanted ? toNumber(wanted) : 25;
  return STANDARD_RATES.reduce((best, rate) =>
    Math.abs(Math.log(toNumber(rate) / target)) < Math.abs(Math.log(toNumber(best) / target)) ? rate : best,
  );
}
