import { createHash } from 'node:crypto';
import { fail } from '../core/errors.ts';
import type { Recording } from '../core/media/recording.ts';
import { MASK_VERSION, MaskSchedule, type Mask } from '../core/plan/masks.ts';
import { contains, keptFrames, keptRanges, sourceFrameOf, type FrameRange, type ValidPlan } from '../core/plan/plan.ts';
import { cuesInClip, type Cue } from '../core/subtitles/cue.ts';
import type { Colours } from '../core/track/colours.ts';
import type { Path } from '../core/track/track.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { decodeArgs } from './ffmpeg/decode-args.ts';
import { encodeSegmentArgs, type EncoderSettings } from './ffmpeg/encode-args.ts';
import { readFrames, type YuvFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { keep, refuse } from './ffmpeg/outcome.ts';
import { run, write, type Running } from './ffmpeg/run.ts';
import { joinParts } from './join.ts';
import { paint, paletteFrom, samplePalette, type Palette } from './pixels/paint.ts';
import { soundSource } from './sound/sound-track.ts';
import type { PictureSignatures } from './signatures.ts';
import type { JobFolder } from './store/job-folder.ts';
import type { Committed, ShelfWriter } from './store/shelf.ts';
import type { Witnesses } from './witnesses.ts';

export const SEGMENT_SECONDS = 8;

export interface RenderTask {
  readonly address: MediaAddress;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly plan: ValidPlan;
  readonly encoder: EncoderSettings;
  readonly folder: JobFolder;
  readonly singleThread: boolean;
  readonly witnesses: Witnesses;
  readonly signatures: PictureSignatures;
  /** Words to go along, in the time of the recording. */
  readonly cues?: readonly Cue[] | undefined;
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
    hash.update(
      JSON.stringify([MASK_VERSION, encoder, plan.style, plan.width, plan.height, plan.rate, first, last, to - from]),
    );
    const touching = (ranges: readonly FrameRange[]) => ranges.filter(({ from, to }) => from <= last && to > first);
    hash.update(JSON.stringify([touching(plan.cuts), touching(plan.unanalysed)]));
    const keyframes = ({ keyframes: { buffer, byteOffset, byteLength } }: Path) =>
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    for (const zone of plan.zones) {
      if (zone.to <= first || zone.from > last) continue;
      hash.update(`zone ${zone.from} ${zone.to}`);
      keyframes(zone.path);
    }
    for (const { track, treatment } of plan.tracks) {
      if (track.end < first || track.start > last) continue;
      hash.update(`${track.id} ${treatment}`);
      keyframes(track);
      if (track.colours) hash.update(track.colours);
    }
    return { index, from, to, key: hash.digest('hex') };
  });
}

/**
 * Puts the clip on the shelf: decodes the recording once, paints, encodes in segments, joins them.
 * Segments that the job folder already holds are not encoded again.
 * @param clip name on the shelf
 * @returns how many segments were written now, and what the clip came to be
 * @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled`
 */
export async function render(
  task: RenderTask,
  clip: string,
): Promise<Committed & { readonly segmentsWritten: number }> {
  const schedule = new MaskSchedule(task.plan);
  const segments = segmentsOf(task);
  const missing: Segment[] = [];
  for (const segment of segments)
    if (!(await task.folder.hasSegment(segment.index, segment.key))) missing.push(segment);
  if (missing.length > 0) await renderSegments(task, schedule, segments, missing);
  const { folder, plan, tools, signal, recording, address } = task;
  const parts = segments.map(({ index, from, to }) => ({ name: folder.segmentName(index), from, to }));
  const cues = cuesInClip(task.cues ?? [], keptRanges(plan), plan.rate);
  const source = recording.audio && soundSource(address, recording.audio);
  const made = await joinParts({ shelf: folder.shelf, parts, plan, tools, source, cues, signal }, clip);
  return { ...made, segmentsWritten: missing.length };
}

class SegmentEncoder {
  private constructor(
    private readonly task: RenderTask,
    readonly segment: Segment,
    private readonly running: Running,
    private readonly writer: ShelfWriter,
    private readonly kept: Promise<void>,
  ) {}

  static async start(task: RenderTask, segment: Segment): Promise<SegmentEncoder> {
    const { plan, encoder, folder, tools, signal } = task;
    const writer = await folder.shelf.create(folder.segmentName(segment.index));
    const running = run(tools.ffmpeg, encodeSegmentArgs(plan, plan.rate, encoder), { signal });
    const kept = keep(running, writer);
    // Awaited when the segment ends; until then its failure must not count as unhandled.
    kept.catch(() => {});
    return new SegmentEncoder(task, segment, running, writer, kept);
  }

  async write(data: Uint8Array): Promise<void> {
    if (await write(this.running.stdin, data)) return;
    await this.kept;
    refuse(await this.running.finished, 'encode', this.task.signal);
  }

  /** Resolves when the encoder has gone; what it wrote does not count yet. */
  async drain(): Promise<void> {
    this.running.stdin.end();
    await this.kept;
    refuse(await this.running.finished, 'encode', this.task.signal);
  }

  /** Makes what was written count; after {@link drain}. */
  async commit(): Promise<void> {
    const { sha256 } = await this.writer.commit();
    this.task.folder.noteSegment(this.segment.index, this.segment.key, sha256);
  }

  async abandon(): Promise<void> {
    this.running.kill();
    await this.kept.catch(() => {});
    await this.writer.abandon().catch(() => {});
  }
}

/** Frames after which the colours of tracks that are over are dropped: a lesson has thousands. */
const FORGET_EVERY = 256;

/** Paints a frame; palettes are the track's own or sampled where it starts, so any later pass paints the same. */
class Painter {
  private readonly palettes = new Map<string, Palette>();
  private readonly colours: ReadonlyMap<string, Colours | undefined>;

  constructor(
    private readonly task: RenderTask,
    private readonly schedule: MaskSchedule,
  ) {
    this.colours = new Map(task.plan.tracks.map(({ track }) => [track.id, track.colours]));
  }

  /** Must see every source frame in order, painted or not. */
  masks(frame: YuvFrame): readonly Mask[] {
    if (frame.index % FORGET_EVERY === 0) this.forgetBefore(frame.index);
    const masks = this.schedule.masks(frame.index);
    for (const mask of masks) {
      if (mask.trackId === undefined || this.palettes.has(mask.trackId)) continue;
      const known = this.colours.get(mask.trackId);
      const { style } = this.task.plan;
      this.palettes.set(mask.trackId, known ? paletteFrom(known, mask, style) : samplePalette(frame, mask, style));
    }
    return masks;
  }

  private forgetBefore(frame: number): void {
    const open = new Set(this.schedule.tracksAround(frame).map(({ id }) => id));
    for (const id of this.palettes.keys()) if (!open.has(id)) this.palettes.delete(id);
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
  const args = decodeArgs(task.address, recording, plan, task.singleThread);
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
        // Waited for: two encoders at work hold twice the pictures, up to 150 MB more. The disk is not.
        await encoder.drain();
        await closing;
        closing = encoder.commit();
        // Awaited before the next one is committed; until then its failure must not count as unhandled.
        closing.catch(() => {});
        encoder = undefined;
      }
      if (wanted.has(segment)) {
        encoder ??= await SegmentEncoder.start(task, segment);
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
    await encoder?.drain();
    await encoder?.commit();
  } catch (error) {
    await encoder?.abandon();
    await closing.catch(() => {});
    throw error;
  }
  // Fewer pictures than the analysis saw: some would be missing from the clip without a word.
  if (written < lastNeeded) fail({ code: 'input-changed' });
}
