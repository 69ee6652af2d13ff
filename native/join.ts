import { fail } from '../core/errors.ts';
import { secondsOfFrame } from '../core/media/frame-rate.ts';
import { keptFrames, type ValidPlan } from '../core/plan/plan.ts';
import { muxArgs } from './ffmpeg/encode-args.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { keep, refuse } from './ffmpeg/outcome.ts';
import { withoutGaps, writeSubtitles, type Cue } from '../core/subtitles/cue.ts';
import { run, write } from './ffmpeg/run.ts';
import { DamagedMp4 } from './mp4/boxes.ts';
import { flattenMp4 } from './mp4/flatten.ts';
import { bytesOf } from './sound/pcm.ts';
import { clipSound, type SoundSource } from './sound/sound-track.ts';
import type { Committed, Shelf } from './store/shelf.ts';

/** Frames of the clip that stand under one name on the shelf. */
export interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface JoinTask {
  readonly shelf: Shelf;
  readonly parts: readonly Part[];
  readonly plan: ValidPlan;
  readonly tools: Ffmpeg;
  /** Where the sound comes from, if the plan has any. */
  readonly source: SoundSource | undefined;
  /** Of the clip, in its own time. */
  readonly cues: readonly Cue[];
  readonly signal?: AbortSignal | undefined;
}

/** Names on the shelf. */
const LIST = 'segments.ffconcat';
const JOINED = 'joined.mp4';
const WORDS = 'words.srt';

/**
 * Joins the parts with their sound, and puts the index in front.
 * @param clip name on the shelf
 * @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled`
 */
export async function joinParts(task: JoinTask, clip: string): Promise<Committed> {
  const { shelf, parts, plan, tools, source, cues, signal } = task;
  const sound = source && plan.sound && clipSound({ source, plan, sound: plan.sound, tools, signal });
  const entries = parts.map(({ name, from, to }) => {
    const seconds = ((to - from) * plan.rate.den) / plan.rate.num;
    const address = shelf.address(name).replaceAll("'", "'\\''");
    return `file '${address}'\nduration ${seconds.toFixed(9)}\n`;
  });
  await put(shelf, LIST, [Buffer.from(`ffconcat version 1.0\n${entries.join('')}`)]);
  const track = withoutGaps(cues, secondsOfFrame(keptFrames(plan), plan.rate));
  if (cues.length > 0) await put(shelf, WORDS, [Buffer.from(writeSubtitles(track))]);
  const words = cues.length > 0 ? shelf.address(WORDS) : undefined;
  const joined = await shelf.create(JOINED);
  const muxer = run(tools.ffmpeg, muxArgs(shelf.address(LIST), plan.rate, sound && source?.channels, words), {
    signal,
  });
  try {
    const kept = keep(muxer, joined);
    kept.catch(() => {});
    // A muxer that has gone takes nothing more; its exit code says why.
    for await (const piece of sound ?? []) if (!(await write(muxer.stdin, bytesOf(piece)))) break;
    muxer.stdin.end();
    await kept;
    refuse(await muxer.finished, 'mux', signal);
    await joined.commit();
  } catch (error) {
    // It would wait for sound for ever.
    muxer.kill();
    await joined.abandon().catch(() => {});
    throw error;
  }
  const made = await shelf.open(JOINED);
  try {
    return await put(shelf, clip, flattenMp4(made));
  } catch (error) {
    // Only if ffmpeg wrote something else than it was asked for.
    if (error instanceof DamagedMp4) fail({ code: 'ffmpeg-failed', stage: 'mux', detail: error.message });
    throw error;
  } finally {
    await made.close();
  }
}

async function put(
  shelf: Shelf,
  name: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Committed> {
  const writer = await shelf.create(name);
  try {
    for await (const piece of pieces) await writer.write(piece);
    return await writer.commit();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
}
