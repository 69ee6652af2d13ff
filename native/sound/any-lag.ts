import FFT from 'fft.js';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { Stretch } from '../../core/sound/stretch.ts';

/** Both are compared at 16 kHz: where speech is. */
const STEP = 3;
export const LOW_RATE = SAMPLE_RATE / STEP;
/** Lags that are tried either way: 50 ms, at 16 kHz. */
const REACH = LOW_RATE / 20;
const SIZE = 4096;
/** Samples of the clip in one block; with the recording's on both sides they fill it. */
const BLOCK = SIZE - 2 * REACH;
/** Of what went by, at 16 kHz: more than a stretch and the reach on both sides. */
const MEMORY = 1 << 14;
const LAGS = 2 * REACH + 1;
/** Flattens the spectrum of speech, so that each sample says something of its own. */
const EMPHASIS = 0.95;

/** How like the recording a stretch of the clip is at the lag, up to 50 ms either way, where it is most like it. */
export interface Likeness {
  /** Of the largest correlation, 0 to 1; the largest of the channels. */
  readonly value: number;
  /** Samples at 16 kHz that it was reckoned from. */
  readonly count: number;
}

export interface Likenesses {
  readonly of: ReadonlyMap<Stretch, Likeness>;
  /** Of all that is silent taken as one. */
  readonly silent: Likeness;
}

/** One channel at 16 kHz, with emphasis: what went by lately. */
class Lately {
  private readonly samples = new Float64Array(MEMORY);
  private written = 0;
  private sum = 0;
  private last = 0;

  /** @param index at 48 kHz */
  add(sample: number, index: number): void {
    this.sum += sample;
    if ((index + 1) % STEP !== 0) return;
    const mean = this.sum / STEP;
    this.samples[this.written++ % MEMORY] = mean - EMPHASIS * this.last;
    this.last = mean;
    this.sum = 0;
  }

  /** 0 before the first and after the last. */
  at(index: number): number {
    return index < 0 || index >= this.written ? 0 : this.samples[index % MEMORY]!;
  }
}

/**
 * Holds what is silent, or altered, against the recording around it as both go by: also what was delayed by a filter
 * or a coder, or moved to the wrong place by some frames, is the recording.
 */
export class AnyLag {
  private readonly stretches: readonly Stretch[];
  private readonly clip: readonly Lately[];
  private readonly recording: readonly Lately[];
  private readonly fft = new FFT(SIZE);
  private readonly block = new Float64Array(2 * SIZE);
  private readonly spectrum = new Float64Array(2 * SIZE);
  private readonly found = new Map<Stretch, Likeness>();
  private readonly silent = { lags: new Float64Array(LAGS), energies: new Float64Array(LAGS), xx: 0, count: 0 };
  private position = 0;
  private next = 0;

  /** @param stretches of the clip, rising and disjoint, none longer than half a second */
  constructor(stretches: readonly Stretch[], channels: number) {
    this.stretches = stretches.filter(({ kind, from, to }) => isCompared(kind) && to - from >= 2 * STEP);
    this.clip = Array.from({ length: channels }, () => new Lately());
    this.recording = Array.from({ length: channels }, () => new Lately());
  }

  /** @param clip,recording as long as each other, interleaved, at the same place of the clip */
  push(clip: Float32Array, recording: Float32Array): void {
    const channels = this.clip.length;
    for (let at = 0; at < clip.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        this.clip[channel]!.add(clip[at + channel]!, this.position);
        this.recording[channel]!.add(recording[at + channel]!, this.position);
      }
      this.position++;
      const due = this.stretches[this.next];
      if (due && this.position >= due.to + (REACH + 1) * STEP) this.close(due);
    }
  }

  result(): Likenesses {
    for (let open = this.stretches[this.next]; open; open = this.stretches[this.next]) this.close(open);
    const { lags, xx, energies, count } = this.silent;
    return { of: this.found, silent: { value: largest(lags, xx, energies), count } };
  }

  private close(stretch: Stretch): void {
    this.next++;
    const from = Math.ceil(stretch.from / STEP);
    const to = Math.floor(stretch.to / STEP);
    let value = 0;
    for (const [channel, clip] of this.clip.entries()) {
      const recording = this.recording[channel]!;
      const lags = this.products(clip, recording, from, to);
      let xx = 0;
      for (let at = from; at < to; at++) xx += clip.at(at) ** 2;
      const energies = energiesOf(recording, from, to);
      value = Math.max(value, largest(lags, xx, energies));
      if (stretch.kind === 'silent') this.pool(lags, xx, energies, to - from);
    }
    this.found.set(stretch, { value, count: to - from });
  }

  private pool(lags: Float64Array, xx: number, energies: Float64Array, count: number): void {
    const { silent } = this;
    for (let lag = 0; lag < LAGS; lag++) {
      silent.lags[lag]! += lags[lag]!;
      silent.energies[lag]! += energies[lag]!;
    }
    silent.xx += xx;
    silent.count += count;
  }

  /**
   * Sums of clip times recording for every lag, by overlap-save; both transforms in one, as both are real.
   * @returns at index `lag + REACH`
   */
  private products(clip: Lately, recording: Lately, from: number, to: number): Float64Array {
    const { block, spectrum, fft } = this;
    const sum = new Float64Array(2 * SIZE);
    for (let start = from; start < to; start += BLOCK) {
      const count = Math.min(BLOCK, to - start);
      for (let at = 0; at < SIZE; at++) {
        block[2 * at] = at < count ? clip.at(start + at) : 0;
        block[2 * at + 1] = at < count + 2 * REACH ? recording.at(start - REACH + at) : 0;
      }
      fft.transform(spectrum, block);
      addCross(sum, spectrum);
    }
    fft.inverseTransform(block, sum);
    return Float64Array.from({ length: LAGS }, (_, lag) => block[2 * lag]!);
  }
}

function isCompared(kind: Stretch['kind']): boolean {
  return kind === 'silent' || kind === 'altered';
}

/** Largest correlation, whatever its sign. @param lags,energies for each lag @param xx energy of the clip */
function largest(lags: Float64Array, xx: number, energies: Float64Array): number {
  let most = 0;
  for (let lag = 0; lag < LAGS; lag++) {
    const scale = xx * energies[lag]!;
    if (scale > 0) most = Math.max(most, Math.abs(lags[lag]!) / Math.sqrt(scale));
  }
  return most;
}

/** Adds conj(X) Y, where the spectrum is that of x + iy. */
function addCross(sum: Float64Array, spectrum: Float64Array): void {
  for (let k = 0; k < SIZE; k++) {
    const mirror = (SIZE - k) % SIZE;
    const [ar, ai] = [spectrum[2 * k]!, spectrum[2 * k + 1]!];
    const [br, bi] = [spectrum[2 * mirror]!, -spectrum[2 * mirror + 1]!];
    const [xr, xi] = [(ar + br) / 2, (ai + bi) / 2];
    const [yr, yi] = [(ai - bi) / 2, (br - ar) / 2];
    sum[2 * k]! += xr * yr + xi * yi;
    sum[2 * k + 1]! += xr * yi - xi * yr;
  }
}

/** Energy of the recording under the stretch, for every lag. */
function energiesOf(recording: Lately, from: number, to: number): Float64Array {
  const energies = new Float64Array(LAGS);
  let energy = 0;
  for (let at = from - REACH; at < to - REACH; at++) energy += recording.at(at) ** 2;
  for (let lag = 0; lag < LAGS; lag++) {
    energies[lag] = Math.max(0, energy);
    energy += recording.at(to - REACH + lag) ** 2 - recording.at(from - REACH + lag) ** 2;
  }
  return energies;
}
