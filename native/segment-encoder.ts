import type { ValidPlan } from '../core/plan/plan.ts';
import { encodeSegmentArgs, type EncoderSettings } from './ffmpeg/encode-args.ts';
import type { LentFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { keep, refuse } from './ffmpeg/outcome.ts';
import { run, write, type Running } from './ffmpeg/run.ts';
import type { Committed, ShelfWriter } from './store/shelf.ts';

export interface EncodeTask {
  readonly plan: ValidPlan;
  readonly encoder: EncoderSettings;
  readonly tools: Ffmpeg;
  readonly signal?: AbortSignal | undefined;
}

/** Painted frames of one segment, to a file on a shelf. */
export class SegmentEncoder {
  private constructor(
    private readonly running: Running,
    private readonly writer: ShelfWriter,
    private readonly kept: Promise<void>,
    private readonly signal: AbortSignal | undefined,
  ) {}

  static start({ plan, encoder, tools, signal }: EncodeTask, writer: ShelfWriter): SegmentEncoder {
    const running = run(tools.ffmpeg, encodeSegmentArgs(plan, plan.rate, encoder), { signal });
    const kept = keep(running, writer);
    // Awaited when the segment ends; until then its failure must not count as unhandled.
    kept.catch(() => {});
    return new SegmentEncoder(running, writer, kept, signal);
  }

  /**
   * Keeps the frame until the encoder has it: what is written over it before, perhaps a cut picture, would be seen.
   * @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled`
   */
  async write(frame: LentFrame): Promise<void> {
    const written = write(this.running.stdin, frame.data);
    frame.keepDuring(written);
    if (await written) return;
    await this.kept;
    refuse(await this.running.finished, 'encode', this.signal);
  }

  /** Resolves when the encoder has gone; what it wrote does not count yet. */
  async drain(): Promise<void> {
    this.running.stdin.end();
    await this.kept;
    refuse(await this.running.finished, 'encode', this.signal);
  }

  /** Makes what was written count; after {@link drain}. */
  commit(): Promise<Committed> {
    return this.writer.commit();
  }

  async abandon(): Promise<void> {
    this.running.kill();
    await this.kept.catch(() => {});
    await this.writer.abandon().catch(() => {});
  }
}
