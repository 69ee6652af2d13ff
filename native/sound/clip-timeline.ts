import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { ClipWindow } from '../../core/sound/clip-window.ts';

export interface TimelinePiece {
  /** Its first sample, in the recording. */
  readonly from: number;
  /** Interleaved; silence where the recording has no sound. */
  readonly samples: Float32Array;
}

/** From samples of the recording, in order, to those that stand in the clip, exactly as many as its picture lasts. */
export class ClipTimeline {
  private position = 0;
  private window = 0;
  /** Samples that the window at hand has given so far. */
  private given = 0;

  constructor(
    private readonly windows: readonly ClipWindow[],
    private readonly channels: number,
  ) {}

  /** @param source interleaved, the samples that follow those given before */
  *push(source: Float32Array): Generator<TimelinePiece> {
    const { channels, windows } = this;
    const start = this.position;
    const end = start + source.length / channels;
    this.position = end;
    for (let open = windows[this.window]; open; open = windows[++this.window]) {
      const { from, length, to } = open;
      const first = from + this.given;
      const last = Math.min(from + length, to, end);
      if (last > first) {
        yield { from: first, samples: source.subarray((first - start) * channels, (last - start) * channels) };
        this.given += last - first;
      }
      if (end < Math.min(from + length, to)) return;
      yield* this.fill(open);
    }
  }

  /** What is left of the clip when the recording has no more sound. */
  *finish(): Generator<TimelinePiece> {
    const { windows } = this;
    for (let open = windows[this.window]; open; open = windows[++this.window]) yield* this.fill(open);
  }

  private *fill({ from, length }: ClipWindow): Generator<TimelinePiece> {
    while (this.given < length) {
      const count = Math.min(SAMPLE_RATE, length - this.given);
      yield { from: from + this.given, samples: new Float32Array(count * this.channels) };
      this.given += count;
    }
    this.given = 0;
  }
}
