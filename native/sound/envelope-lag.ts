import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { SampleRange } from '../../core/sound/sample-range.ts';
import type { Stretch } from '../../core/sound/stretch.ts';

/** Samples in a millisecond, the grain of an envelope. */
const GRAIN = SAMPLE_RATE / 1000;
/** Lags that are tried either way, and the span that an envelope is smoothed over either way, in milliseconds. */
const REACH = 50;
const SMOOTH = 8;
/** In milliseconds: less has too few sounds that begin and end, more says nothing new. */
const LENGTH = { least: 1000, most: 2000 };
/** Of milliseconds that went by: more than the longest stretch with what is around it. */
const MEMORY = 4096;
/** Energy that counts as nothing: -80 dBFS. */
const FLOOR = 1e-8;

/**
 * Finds out how much later an altered voice comes than what it was made of. No sample of it is alike, but it grows
 * loud and soft as that did; found to within some 3 ms for speech of a second and longer.
 */
export class EnvelopeLagMeter {
  private readonly runs: readonly SampleRange[];
  private readonly clip = new Float64Array(MEMORY);
  private readonly recording = new Float64Array(MEMORY);
  private readonly found: number[] = [];
  private position = 0;
  private next = 0;

  /** @param stretches of the clip, rising */
  constructor(
    stretches: readonly Stretch[],
    private readonly channels: number,
  ) {
    this.runs = runsOf(stretches);
  }

  /** @param clip,recording as long as each other, interleaved, at the same place of the clip */
  push(clip: Float32Array, recording: Float32Array): void {
    const { channels } = this;
    for (let at = 0; at < clip.length; at += channels) {
      const place = Math.floor(this.position / GRAIN) % MEMORY;
      if (this.position % GRAIN === 0) this.clip[place] = this.recording[place] = 0;
      for (let channel = 0; channel < channels; channel++) {
        this.clip[place]! += clip[at + channel]! ** 2;
        this.recording[place]! += recording[at + channel]! ** 2;
      }
      this.position++;
      const due = this.runs[this.next];
      if (due && this.position >= due.to + (REACH + SMOOTH + 1) * GRAIN) this.close(due);
    }
  }

  /** Samples that the altered voice comes too late, by the median; undefined where nothing lasts long enough. */
  median(): number | undefined {
    const sorted = this.found.toSorted((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    return middle === undefined ? undefined : middle * GRAIN;
  }

  private close({ from, to }: SampleRange): void {
    this.next++;
    const start = Math.ceil(from / GRAIN);
    const count = Math.floor(to / GRAIN) - start;
    const made = envelope(this.clip, start, count);
    let best = { lag: 0, value: -Infinity };
    for (let lag = -REACH; lag <= REACH; lag++) {
      const value = likeness(made, envelope(this.recording, start - lag, count));
      if (value > best.value) best = { lag, value };
    }
    this.found.push(best.lag);
  }
}

/** Pieces that follow each other at once are one, cut off where it has been long enough. */
function runsOf(stretches: readonly Stretch[]): SampleRange[] {
  const runs: SampleRange[] = [];
  for (const { kind, from, to } of stretches) {
    if (kind !== 'altered') continue;
    const last = runs[runs.length - 1];
    if (last?.to === from && to - last.from <= LENGTH.most * GRAIN) runs[runs.length - 1] = { from: last.from, to };
    else runs.push({ from, to });
  }
  const before = (REACH + SMOOTH) * GRAIN;
  return runs.filter(({ from, to }) => from >= before && to - from >= LENGTH.least * GRAIN);
}

/** Logarithm of the smoothed energy, without its mean. */
function envelope(energies: Float64Array, start: number, count: number): Float64Array {
  const levels = new Float64Array(count);
  let sum = 0;
  for (let at = -SMOOTH; at < SMOOTH; at++) sum += energies[(start + at) % MEMORY]!;
  for (let at = 0; at < count; at++) {
    sum += energies[(start + at + SMOOTH) % MEMORY]!;
    levels[at] = Math.log(Math.max(0, sum) / ((2 * SMOOTH + 1) * GRAIN) + FLOOR);
    sum -= energies[(start + at - SMOOTH) % MEMORY]!;
  }
  const mean = levels.reduce((total, each) => total + each, 0) / count;
  return levels.map((each) => each - mean);
}

function likeness(a: Float64Array, b: Float64Array): number {
  let [xy, xx, yy] = [0, 1e-12, 1e-12];
  for (const [at, x] of a.entries()) {
    const y = b[at]!;
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  return xy / Math.sqrt(xx * yy);
}
