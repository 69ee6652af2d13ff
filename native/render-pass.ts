import { fail } from '../core/errors.ts';
import { keptFrames } from '../core/plan/plan.ts';
import { clipFrames, type ClipFrame, type ClipSource } from './clip-frames.ts';
import type { EncoderSettings } from './ffmpeg/encode-args.ts';
import { SegmentEncoder } from './segment-encoder.ts';
import type { Segment } from './segments.ts';
import type { Committed, ShelfWriter } from './store/shelf.ts';

export interface PassTask extends ClipSource {
  readonly encoder: EncoderSettings;
}

/**
 * One way through a recording on which single segments are made, by rising number: the decoder waits in between,
 * so that whoever makes many decodes once. What comes of a segment are the bytes that a whole rendering makes of it.
 */
export class RenderPass {
  private readonly frames: AsyncGenerator<ClipFrame, void, void>;
  private passed = 0;

  constructor(private readonly task: PassTask) {
    this.frames = clipFrames(task);
  }

  /** False for a segment that lies behind: that takes a new pass. */
  reaches({ from }: Segment): boolean {
    return this.passed <= from;
  }

  /**
   * @param open is asked for a place when its first picture is there; what was begun is gone when this throws
   * @throws AppFailure `input-changed`, `ffmpeg-failed`, `disk-full`, `cancelled`
   */
  async make(segment: Segment, open: () => Promise<ShelfWriter>, onFrames: (done: number) => void): Promise<Committed> {
    let encoder: SegmentEncoder | undefined;
    let pending: Promise<void> = Promise.resolve();
    try {
      while (this.passed < segment.to) {
        const { value } = await this.frames.next();
        await pending;
        // Fewer pictures than the analysis saw: some would be missing from the clip without a word.
        if (!value) return fail({ code: 'input-changed' });
        if (value.index >= segment.from) {
          encoder ??= SegmentEncoder.start(this.task, await open());
          value.paint();
          pending = encoder.write(value.frame);
          pending.catch(() => {});
        }
        this.passed = value.index + 1;
        onFrames(Math.max(0, this.passed - segment.from));
      }
      await pending;
      // More pictures than the analysis saw are refused there as well.
      if (this.passed === keptFrames(this.task.plan)) await this.frames.next();
      await encoder!.drain();
      return await encoder!.commit();
    } catch (error) {
      await encoder?.abandon();
      throw error;
    }
  }

  /** Ends the decoder. */
  async close(): Promise<void> {
    await this.frames.return();
  }
}
