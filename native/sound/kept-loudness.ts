import type { SampleRange } from '../../core/sound/sample-range.ts';
import { envelope } from './gate.ts';
import { gainFor, LoudnessMeter } from './loudness.ts';

export interface KeptLoudness {
  /** LUFS of what is kept in the clip. */
  readonly loudness: number;
  /** LUFS that it comes to with the gain that what is kept of the recording asks for. */
  readonly wanted: number;
  /** That gain, linear. */
  readonly gain: number;
}

/** Measures what is kept, and nothing else, in the clip and in the recording, as both go by. */
export class KeptLoudnessMeter {
  private readonly clip: LoudnessMeter;
  private readonly recording: LoudnessMeter;
  private position = 0;
  private next = 0;

  /** @param kept in samples of the clip, rising and disjoint */
  constructor(
    private readonly kept: readonly SampleRange[],
    private readonly channels: number,
  ) {
    this.clip = new LoudnessMeter(channels);
    this.recording = new LoudnessMeter(channels);
  }

  /** @param clip,recording as long as each other, interleaved, at the same place of the clip */
  push(clip: Float32Array, recording: Float32Array): void {
    const { channels, kept, position } = this;
    const only = { clip: new Float32Array(clip.length), recording: new Float32Array(clip.length) };
    const end = position + clip.length / channels;
    while (this.next < kept.length && kept[this.next]!.to <= position) this.next++;
    for (let index = this.next; index < kept.length && kept[index]!.from < end; index++) {
      const range = kept[index]!;
      const [from, to] = [Math.max(range.from, position), Math.min(range.to, end)];
      // The clip has faded already.
      const [first, last] = [(from - position) * channels, (to - position) * channels];
      only.clip.set(clip.subarray(first, last), first);
      for (let sample = from; sample < to; sample++) {
        const share = envelope(range, sample);
        const at = (sample - position) * channels;
        for (let each = at; each < at + channels; each++) only.recording[each] = share * recording[each]!;
      }
    }
    this.position = end;
    this.clip.push(only.clip);
    this.recording.push(only.recording);
  }

  /** @returns undefined where too little is kept, or too softly, to have a loudness */
  result(): KeptLoudness | undefined {
    const [loudness, before] = [this.clip.integrated(), this.recording.integrated()];
    if (loudness === undefined || before === undefined) return undefined;
    const gain = gainFor(this.recording);
    return { loudness, wanted: before + 20 * Math.log10(gain), gain };
  }
}
