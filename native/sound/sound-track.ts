import { createHash } from 'node:crypto';
import type { Recording } from '../../core/media/recording.ts';
import { clipWindows } from '../../core/sound/clip-window.ts';
import { keptRanges, type ValidPlan } from '../../core/plan/plan.ts';
import type { SoundPlan } from '../../core/sound/sound-plan.ts';
import type { MediaAddress } from '../ffmpeg/address.ts';
import { decodeAudioArgs, streamBeside, type SoundStream } from '../ffmpeg/decode-args.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { SoundGate } from './gate.ts';
import { gainFor, LoudnessMeter } from './loudness.ts';
import { readPcm } from './pcm.ts';
import { drawChanges, withVoicesAltered, type VoiceChange } from './voice/alter.ts';
import { ROOM_TONE_LEVELS, type RoomToneLevel } from './room-tone.ts';

/** The stream of a recording that sound is taken from. */
export interface SoundSource extends SoundStream {
  /** Of what is decoded: 1, or 2 for all that has more than one. */
  readonly channels: number;
}

/** @returns undefined for a recording without sound */
export function soundSource(address: MediaAddress, recording: Recording): SoundSource | undefined {
  if (!recording.audio) return undefined;
  const { streamIndex, channels } = recording.audio;
  return { address, streamIndex, channels: Math.min(2, channels), beside: streamBeside(recording, 'audio') };
}

export interface SoundTask {
  readonly source: SoundSource;
  readonly plan: ValidPlan;
  readonly sound: SoundPlan;
  readonly tools: Ffmpeg;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The sound of the clip, piece by piece, interleaved at 48 kHz and exactly as long as its picture. The recording is
 * decoded twice: one constant gain needs to know how loud all of it is.
 * @throws AppFailure `ffmpeg-failed`, `cancelled`
 */
export async function* clipSound(task: SoundTask): AsyncGenerator<Float32Array> {
  const changes = drawChanges(task.sound.kept);
  const meter = new LoudnessMeter(task.source.channels);
  for await (const piece of gated(task, changes, 1, undefined)) meter.push(piece);
  const gain = gainFor(meter);
  yield* gated(task, changes, gain, toneFor(meter, gain));
}

async function* gated(
  { source, plan, sound, tools, signal }: SoundTask,
  changes: readonly (readonly VoiceChange[])[],
  gain: number,
  tone: RoomToneLevel | undefined,
): AsyncGenerator<Float32Array> {
  const { channels } = source;
  const windows = clipWindows(keptRanges(plan), plan.rate);
  const gate = new SoundGate({ plan: sound, windows, channels, gain, tone, seed: seedOf(sound, gain) });
  const args = decodeAudioArgs(source, channels);
  const heard = withVoicesAltered(readPcm(tools, args, channels, signal), sound.kept, channels, changes);
  for await (const samples of heard) yield* gate.push(samples);
  yield* gate.finish();
}

/** How loud a recording is, to the last digit, and what is kept of it: no two have that in common. */
function seedOf({ kept, bleeps }: SoundPlan, gain: number): number {
  return createHash('sha256')
    .update(JSON.stringify([gain, kept, bleeps]))
    .digest()
    .readInt32LE();
}

/** Share of what is kept that is no louder than its background: pauses. */
const QUIET = 0.1;

/** The level next to the background of what is kept; nothing else of the recording has a say in it. */
function toneFor(meter: LoudnessMeter, gain: number): RoomToneLevel {
  const level = meter.quiet(QUIET) + 20 * Math.log10(gain);
  return ROOM_TONE_LEVELS.reduce((best, each) => (Math.abs(each - level) < Math.abs(best - level) ? each : best));
}
