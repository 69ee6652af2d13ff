import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../core/errors.ts';
import { sampleOfFrame, SAMPLE_RATE } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import { MaskSchedule, type Mask } from '../core/plan/masks.ts';
import { contains, keptFrames, keptRanges, sourceFrameOf, type ValidPlan } from '../core/plan/plan.ts';
import { decodeArgs, decodeAudioArgs } from './ffmpeg/decode-args.ts';
import { encodeSegmentArgs, muxArgs, type EncoderSettings } from './ffmpeg/encode-args.ts';
import { lastLine, readFrames, type YuvFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { run, write, type Exit, type Running } from './ffmpeg/run.ts';
import { paint, samplePalette, type Palette } from './pixels/paint.ts';
import type { PictureSignatures } from './signatures.ts';
import type { JobFolder } from './store/job-folder.ts';
import type { Witnesses } from './witnesses.ts';

export const SEGMENT_SECONDS = 8;
/** Bytes of one sample of interleaved stereo s16le. */
const SAMPLE_BYTES = 4;

export interface RenderTask {
  readonly path: string;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly plan: ValidPlan;
  readonly encoder: EncoderSettings;
  readonly folder: JobFolder;
  readonly singleThread: boolean;
  readonly witnesses: Witnesses;
  readonly signatures: PictureSignatures;
  /** Frames of the clip written, or found written, so far. */
  onProgress?(done: number, total: number): void;
  readonly signal?: AbortSignal | undefined;
}

interface Segment {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly key: string;
}

/** Splits the clip; a segment's key names everything that decides its pixels, so a changed plan misses it. */
function segmentsOf({ plan, encoder }: RenderTask): Segment[] {
  const total = keptFrames(plan);
  const length = Math.max(1, Math.round((SEGMENT_SECONDS * plan.rate.num) / plan.rate.den));
  return Array.from({ length: Math.ceil(total / length) }, (_, index) => {
    const from = index * length;
    const to = Math.min(total, from + length);
    const first = sourceFrameOf(plan, from)!;
    const last = sourceFrameOf(plan, to - 1)!;
    const hash = createHash('sha256');
    hash.update(JSON.stringify([encoder, plan.style, plan.width, plan.height, plan.rate, first, last, to - from]));
    hash.update(JSON.stringify([plan.zones, plan.cuts, plan.unanalysed]));
    for (const { track, treatment } of plan.tracks) {
      if (track.end < first || track.start > last) continue;
      const { buffer, byteOffset, byteLength } = track.keyframes;
      hash.update(`${track.id} ${treatment}`).update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    return { index, from, to, key: hash.digest('hex') };
  });
}

/**
 * Writes the clip to `output`: decodes the recording once, paints, encodes in segments, joins them.
 * Segments that the job folder already holds are not encoded again.
 * @returns indices of the segments that were written now
 * @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled`
 */
export async function render(task: RenderTask, output: string): Promise<number[]> {
  const schedule = new MaskSchedule(task.plan);
  const segments = segmentsOf(task);
  const missing = segments.filter(({ index, key }) => !task.folder.hasSegment(index, key));
  if (missing.length > 0) await renderSegments(task, schedule, segments, missing);
  await joinSegments(task, segments, output);
  return missing.map(({ index }) => index);
}

class SegmentEncoder {
  private readonly running: Running;
  private readonly part: string;

  constructor(
    private readonly task: RenderTask,
    readonly segment: Segment,
  ) {
    const { plan, encoder, folder, tools, signal } = task;
    this.part = `${folder.segmentPath(segment.index)}.part`;
    this.running = run(tools.ffmpeg, encodeSegmentArgs(`file:${this.part}`, plan, plan.rate, encoder), { signal });
  }

  async write(data: Uint8Array): Promise<void> {
    if (await write(this.running.stdin, data)) return;
    refuse(await this.running.finished, 'encode', this.task.signal);
  }

  async finish(): Promise<void> {
    this.running.stdin.end();
    refuse(await this.running.finished, 'encode', this.task.signal);
    this.task.folder.commitSegment(this.segment.index, this.segment.key, this.part);
  }

  kill(): void {
    this.running.kill();
  }
}

/** Turns a failed exit into the error that tells the user what to do. */
function refuse(exit: Exit, stage: 'encode' | 'audio' | 'mux', signal: AbortSignal | undefined): void {
  if (signal?.aborted) fail({ code: 'cancelled' });
  // First the words: some versions report a full disk and still exit with 0.
  if (/No space left|Disk quota exceeded|File too large/i.test(exit.stderr)) fail({ code: 'disk-full' });
  if (exit.code === 0) return;
  fail({ code: 'ffmpeg-failed', stage, detail: lastLine(exit) });
}

/** Paints a frame; palettes are sampled where a track starts, so any later pass paints the same. */
class Painter {
  private readonly palettes = new Map<string, Palette>();

  constructor(
    private readonly task: RenderTask,
    private readonly schedule: MaskSchedule,
  ) {}

  /** Must see every source frame in order, painted or not. */
  masks(frame: YuvFrame): readonly Mask[] {
    const masks = this.schedule.masks(frame.index);
    for (const mask of masks) {
      if (mask.trackId === undefined || this.palettes.has(mask.trackId)) continue;
      this.palettes.set(mask.trackId, samplePalette(frame, mask, this.task.plan.style));
    }
    return masks;
  }

  paint(frame: YuvFrame, masks: readonly Mask[]): void {
    for (const mask of masks) {
      const own = mask.trackId === undefined ? undefined : this.palettes.get(mask.trackId);
      paint(frame, mask, own ?? samplePalette(frame, mask, 'fill'));
    }
  }
}

async function renderSegments(
  task: RenderTask,
  schedule: MaskSchedule,
  segments: readonly Segment[],
  missing: readonly Segment[],
): Promise<void> {
  const { plan, recording, tools, signal } = task;
  const painter = new Painter(task, schedule);
  const args = decodeArgs(task.path, recording, plan, task.singleThread);
  const lastNeeded = missing[missing.length - 1]!.to;
  const wanted = new Set(missing);
  const total = keptFrames(plan);
  let encoder: SegmentEncoder | undefined;
  let pending: Promise<void> = Promise.resolve();
  let closing: Promise<void> = Promise.resolve();
  let written = 0;
  try {
    for await (const frame of readFrames(tools.ffmpeg, args, plan, signal).frames) {
      // The reader keeps the frame before this one, which is being written, but no longer than that.
      await pending;
      // A picture that the analysis never saw. With damage the count may differ by a few; they are left out.
      if (frame.index >= plan.sourceFrames && !task.singleThread) fail({ code: 'input-changed' });
      if (frame.index >= plan.sourceFrames || written >= lastNeeded) break;
      if (!task.signatures.matches(frame, task.singleThread)) fail({ code: 'input-changed' });
      const masks = painter.masks(frame);
      if (contains(plan.cuts, frame.index)) continue;
      const segment = segments.find(({ from, to }) => written >= from && written < to)!;
      if (encoder && encoder.segment !== segment) {
        await closing;
        closing = encoder.finish();
        // Awaited before the next one is closed; until then its failure must not count as unhandled.
        closing.catch(() => {});
        encoder = undefined;
      }
      if (wanted.has(segment)) {
        encoder ??= new SegmentEncoder(task, segment);
        task.witnesses.see(written, frame, masks);
        painter.paint(frame, masks);
        pending = encoder.write(frame.data);
        pending.catch(() => {});
      }
      written++;
      task.onProgress?.(written, total);
    }
    await pending;
    await closing;
    await encoder?.finish();
  } catch (error) {
    encoder?.kill();
    await closing.catch(() => {});
    throw error;
  }
  // Fewer pictures than the analysis saw: some would be missing from the clip without a word.
  if (written < lastNeeded) fail({ code: 'input-changed' });
}

async function joinSegments(task: RenderTask, segments: readonly Segment[], output: string): Promise<void> {
  const { plan, folder, tools, signal, recording } = task;
  const list = join(folder.path, 'segments.txt');
  const entries = segments.map(({ index, from, to }) => {
    const seconds = ((to - from) * plan.rate.den) / plan.rate.num;
    const name = folder.segmentPath(index).slice(folder.path.length + 1);
    return `file '${name}'\nduration ${seconds.toFixed(9)}\n`;
  });
  writeFileSync(list, `ffconcat version 1.0\n${entries.join('')}`);
  const sound = plan.sound && recording.audio !== undefined;
  const muxer = run(tools.ffmpeg, muxArgs(list, `file:${output}`, plan.rate, sound), { signal });
  if (sound) await feedSound(task, recording.audio.streamIndex, muxer);
  muxer.stdin.end();
  refuse(await muxer.finished, 'mux', signal);
}

interface SampleRange {
  readonly from: number;
  readonly to: number;
}

/** Streams the kept samples, exact to the sample, silent where muted, padded to the picture's length. */
async function feedSound(task: RenderTask, streamIndex: number, muxer: Running): Promise<void> {
  const { plan, tools, signal } = task;
  const toSamples = ({ from, to }: { from: number; to: number }): SampleRange => ({
    from: sampleOfFrame(from, plan.rate),
    to: sampleOfFrame(to, plan.rate),
  });
  const kept = keptRanges(plan).map(toSamples);
  const mutes = plan.mutes.map(toSamples);
  const decoder = run(tools.ffmpeg, decodeAudioArgs(task.path, streamIndex), { signal });
  decoder.stdin.end();
  let position = 0;
  let rest = Buffer.alloc(0);
  let sent = 0;
  const send = async (data: Buffer) => {
    sent += data.length / SAMPLE_BYTES;
    await write(muxer.stdin, data);
  };
  for await (const piece of decoder.stdout) {
    const chunk = Buffer.concat([rest, piece]);
    const samples = Math.floor(chunk.length / SAMPLE_BYTES);
    for (const mute of mutes) {
      const from = Math.max(mute.from, position) - position;
      const to = Math.min(mute.to, position + samples) - position;
      if (to > from) chunk.fill(0, from * SAMPLE_BYTES, to * SAMPLE_BYTES);
    }
    for (const range of kept) {
      const from = Math.max(range.from, position) - position;
      const to = Math.min(range.to, position + samples) - position;
      if (to > from) await send(chunk.subarray(from * SAMPLE_BYTES, to * SAMPLE_BYTES));
    }
    position += samples;
    rest = Buffer.from(chunk.subarray(samples * SAMPLE_BYTES));
  }
  refuse(await decoder.finished, 'audio', signal);
  const wanted = kept.reduce((sum, { from, to }) => sum + to - from, 0);
  const second = Buffer.alloc(SAMPLE_RATE * SAMPLE_BYTES);
  for (let missing = wanted - sent; missing > 0; missing -= SAMPLE_RATE) {
    await send(second.subarray(0, Math.min(SAMPLE_RATE, missing) * SAMPLE_BYTES));
  }
}
