import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { Stretch } from '../../core/sound/stretch.ts';

/** Places spread over the clip at which the lag is measured, and samples that are compared at each. */
const PLACES = 16;
const COMPARED = 4096;
/** How far is searched either way: 50 ms. */
const REACH = SAMPLE_RATE / 20;
/** Below this, as an RMS, there is too little to tell a place by. */
const QUIET = 10 ** (-45 / 20);

interface Probe {
  readonly from: number;
  readonly clip: Float32Array;
  /** Begins {@link REACH} earlier and ends as much later. */
  readonly recording: Float32Array;
  energy: number;
}

export interface Lag {
  /** Where, in samples of the clip. */
  readonly at: number;
  /** Samples that the clip's sound comes too late. */
  readonly samples: number;
}

/** Finds out how far kept sound lies from where it should, by what both sound like around some places. */
export class LagMeter {
  private readonly best = new Map<number, Probe>();
  private readonly candidates: readonly Stretch[];
  private open: Probe[] = [];
  private next = 0;
  private position = 0;

  /** @param stretches of the clip, rising @param length of the clip in samples */
  constructor(
    stretches: readonly Stretch[],
    private readonly length: number,
    private readonly channels: number,
  ) {
    this.candidates = stretches.filter(({ kind, from, to }) => kind === 'kept' && to - from >= COMPARED);
  }

  /** The first channel is enough: both come from one stream. */
  push(clip: Float32Array, recording: Float32Array): void {
    const { channels } = this;
    const count = clip.length / channels;
    const end = this.position + count;
    for (; ; this.next++) {
      const candidate = this.candidates[this.next];
      if (!candidate || candidate.from - REACH >= end) break;
      const probe = { from: candidate.from, clip: new Float32Array(COMPARED), energy: 0 };
      this.open.push({ ...probe, recording: new Float32Array(COMPARED + 2 * REACH) });
    }
    for (const probe of this.open) {
      copy(probe.clip, probe.from, clip, this.position, channels);
      copy(probe.recording, probe.from - REACH, recording, this.position, channels);
    }
    this.position = end;
    this.open = this.open.filter((probe) => {
      if (probe.from + COMPARED + REACH > end) return true;
      this.settle(probe);
      return false;
    });
  }

  private settle(probe: Probe): void {
    probe.energy = probe.clip.reduce((sum, sample) => sum + sample * sample, 0);
    const place = Math.floor((probe.from / this.length) * PLACES);
    const rival = this.best.get(place);
    if (!rival || rival.energy < probe.energy) this.best.set(place, probe);
  }

  lags(): Lag[] {
    this.open.forEach((probe) => this.settle(probe));
    this.open = [];
    const told = [...this.best.values()].filter(({ energy }) => energy > COMPARED * QUIET * QUIET);
    return told.map((probe) => ({ at: probe.from, samples: lagOf(probe) }));
  }
}

function copy(target: Float32Array, start: number, piece: Float32Array, position: number, channels: number): void {
  const from = Math.max(start, position);
  const to = Math.min(start + target.length, position + piece.length / channels);
  for (let sample = from; sample < to; sample++) target[sample - start] = piece[(sample - position) * channels]!;
}

/** How much less alike a nearer place may be and still be taken: a held vowel is like itself a period later. */
const AS_ALIKE = 0.01;

/** By normalised correlation: of the peaks that are about as high as the highest, the nearest. */
function lagOf({ clip, recording }: Probe): number {
  const values = Float64Array.from({ length: 2 * REACH + 1 }, (_, place) => {
    const start = 2 * REACH - place;
    let product = 0;
    let energy = 1e-12;
    for (let at = 0; at < COMPARED; at++) {
      const other = recording[start + at]!;
      product += clip[at]! * other;
      energy += other * other;
    }
    return product / Math.sqrt(energy);
  });
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const enough = highest - AS_ALIKE * Math.abs(highest);
  let nearest = Infinity;
  for (const [place, value] of values.entries()) {
    const peak = value >= (values[place - 1] ?? -Infinity) && value >= (values[place + 1] ?? -Infinity);
    if (peak && value >= enough && Math.abs(place - REACH) < Math.abs(nearest)) nearest = place - REACH;
  }
  return nearest;
}
