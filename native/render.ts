import { fail } from '../core/errors.ts';
import { keptFrames, keptRanges } from '../core/plan/plan.ts';
import { clipWords, type Cue } from '../core/subtitles/cue.ts';
import { clipFrames, type ClipSource } from './clip-frames.ts';
import type { EncoderSettings } from './ffmpeg/encode-args.ts';
import { joinParts } from './join.ts';
import { SegmentEncoder } from './segment-encoder.ts';
import { segmentsOf, type Segment } from './segments.ts';
import { soundSource } from './sound/sound-track.ts';
import type { JobFolder } from './store/job-folder.ts';
import type { Committed } from './store/shelf.ts';
import type { Witnesses } from './witnesses.ts';

export interface RenderTask extends ClipSource {
  readonly encoder: EncoderSettings;
  readonly folder: JobFolder;
  readonly witnesses: Witnesses;
  /** Words to go along, in the time of the recording. */
  readonly cues?: readonly Cue[] | undefined;
  /** Frames of the clip written, or found written, so far. */
  onProgress?(done: number, total: number): void;
  /**
   * Has the segments made by others than this process; they are on the shelf, and noted in the folder, when it resolves.
   * @param onFrames hears how many of the missing frames are there
   */
  elsewhere?: ((missing: readonly Segment[], onFrames: (done: number) => void) => Promise<void>) | undefined;
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
  const segments = segmentsOf(task.plan, task.encoder);
  const missing = await missingOf(task.folder, segments);
  if (missing.length > 0) {
    if (task.elsewhere) await renderElsewhere(task, task.elsewhere, segments, missing);
    else await renderSegments(task, segments, missing);
  }
  const { folder, plan, tools, signal, recording, address } = task;
  const parts = segments.map(({ index, from, to }) => ({ name: folder.segmentName(index), from, to }));
  const cues = clipWords(task.cues ?? [], { ...plan, kept: keptRanges(plan) });
  const source = soundSource(address, recording);
  const made = await joinParts({ shelf: folder.shelf, parts, plan, tools, source, cues, signal }, clip);
  return { ...made, segmentsWritten: missing.length };
}

async function missingOf(folder: JobFolder, segments: readonly Segment[]): Promise<Segment[]> {
  const missing: Segment[] = [];
  for (const segment of segments) if (!(await folder.hasSegment(segment.index, segment.key))) missing.push(segment);
  return missing;
}

async function renderElsewhere(
  task: RenderTask,
  elsewhere: NonNullable<RenderTask['elsewhere']>,
  segments: readonly Segment[],
  missing: readonly Segment[],
): Promise<void> {
  const total = keptFrames(task.plan);
  const there = total - missing.reduce((sum, { from, to }) => sum + to - from, 0);
  await elsewhere(missing, (done) => task.onProgress?.(there + done, total));
  // Whatever was said of them: they are read back.
  if ((await missingOf(task.folder, segments)).length > 0) fail({ code: 'queue-unit-failed', reason: 'not-there' });
}

async function renderSegments(
  task: RenderTask,
  segments: readonly Segment[],
  missing: readonly Segment[],
): Promise<void> {
  const { folder, plan } = task;
  const lastNeeded = missing[missing.length - 1]!.to;
  const wanted = new Set(missing);
  const total = keptFrames(plan);
  let at: { readonly segment: Segment; readonly encoder: SegmentEncoder } | undefined;
  let pending: Promise<void> = Promise.resolve();
  let closing: Promise<void> = Promise.resolve();
  let written = 0;
  const commit = async ({ segment, encoder }: NonNullable<typeof at>) => {
    const { sha256 } = await encoder.commit();
    folder.noteSegment(segment.index, segment.key, sha256);
  };
  try {
    for await (const { index, frame, masks, paint } of clipFrames(task)) {
      await pending;
      if (index >= lastNeeded) break;
      const segment = segments.find(({ from, to }) => index >= from && index < to)!;
      if (at && at.segment !== segment) {
        // Waited for: two encoders at work hold twice the pictures, up to 150 MB more. The disk is not.
        await at.encoder.drain();
        await closing;
        closing = commit(at);
        // Awaited before the next one is committed; until then its failure must not count as unhandled.
        closing.catch(() => {});
        at = undefined;
      }
      if (wanted.has(segment)) {
        at ??= {
          segment,
          encoder: SegmentEncoder.start(task, await folder.shelf.create(folder.segmentName(segment.index))),
        };
        task.witnesses.see(index, frame, masks);
        paint();
        pending = at.encoder.write(frame);
        pending.catch(() => {});
      }
      written = index + 1;
      task.onProgress?.(written, total);
    }
    await pending;
    await closing;
    // Fewer pictures than the analysis saw: some would be missing from the clip, and from the segment that is kept.
    if (written < lastNeeded) fail({ code: 'input-changed' });
    await at?.encoder.drain();
    if (at) await commit(at);
  } catch (error) {
    await at?.encoder.abandon();
    await closing.catch(() => {});
    throw error;
  }
}
