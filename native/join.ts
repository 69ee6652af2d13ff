import { fail } from '../core/errors.ts';
import { sampleOfFrame, SAMPLE_RATE } from '../core/media/frame-rate.ts';
import { keptRanges, type ValidPlan } from '../core/plan/plan.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { decodeAudioArgs } from './ffmpeg/decode-args.ts';
import { muxArgs } from './ffmpeg/encode-args.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { keep, refuse } from './ffmpeg/outcome.ts';
import { run, write, type Running } from './ffmpeg/run.ts';
import { DamagedMp4 } from './mp4/boxes.ts';
import { flattenMp4 } from './mp4/flatten.ts';
import type { Committed, Shelf } from './store/shelf.ts';

/** Bytes of one sample of interleaved stereo s16le. */
const SAMPLE_BYTES = 4;

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
  /** Where the sound comes from; undefined for a silent clip. */
  readonly sound: { readonly address: MediaAddress; readonly streamIndex: number } | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Names on the shelf. */
const LIST = 'segments.ffconcat';
const JOINED = 'joined.mp4';

/**
 * Joins the parts with their sound, and puts the index in front.
 * @param clip name on the shelf
 * @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled`
 */
export async function joinParts(task: JoinTask, clip: string): Promise<Committed> {
  const { shelf, parts, plan, tools, sound, signal } = task;
  const entries = parts.map(({ name, from, to }) => {
    const seconds = ((to - from) * plan.rate.den) / plan.rate.num;
    const address = shelf.address(name).replaceAll("'", "'\\''");
    return `file '${address}'\nduration ${seconds.toFixed(9)}\n`;
  });
  await put(shelf, LIST, [Buffer.from(`ffconcat version 1.0\n${entries.join('')}`)]);
  const joined = await shelf.create(JOINED);
  try {
    const muxer = run(tools.ffmpeg, muxArgs(shelf.address(LIST), plan.rate, sound !== undefined), { signal });
    const kept = keep(muxer, joined);
    kept.catch(() => {});
    if (sound) await feedSound(task, sound, muxer);
    muxer.stdin.end();
    await kept;
    refuse(await muxer.finished, 'mux', signal);
    await joined.commit();
  } catch (error) {
    await joined.abandon().catch(() => {});
    throw error;
  }
  const source = await shelf.open(JOINED);
  try {
    return await put(shelf, clip, flattenMp4(source));
  } catch (error) {
    // Only if ffmpeg wrote something else than it was asked for.
    if (error instanceof DamagedMp4) fail({ code: 'ffmpeg-failed', stage: 'mux', detail: error.message });
    throw error;
  } finally {
    await source.close();
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

interface SampleRange {
  readonly from: number;
  readonly to: number;
}

/** Streams the kept samples, exact to the sample, silent where muted, padded to the picture's length. */
async function feedSound(
  { plan, tools, signal }: JoinTask,
  { address, streamIndex }: NonNullable<JoinTask['sound']>,
  muxer: Running,
): Promise<void> {
  const toSamples = ({ from, to }: { from: number; to: number }): SampleRange => ({
    from: sampleOfFrame(from, plan.rate),
    to: sampleOfFrame(to, plan.rate),
  });
  const kept = keptRanges(plan).map(toSamples);
  const mutes = plan.mutes.map(toSamples);
  const decoder = run(tools.ffmpeg, decodeAudioArgs(address, streamIndex), { signal });
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
