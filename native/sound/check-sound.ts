import { secondsOfFrame, frameAtSeconds, SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { keptFrames, keptRanges, type ValidPlan } from '../../core/plan/plan.ts';
import { clipWindows } from '../../core/sound/clip-window.ts';
import type { SampleRange } from '../../core/sound/sample-range.ts';
import type { SoundPlan } from '../../core/sound/sound-plan.ts';
import { stretchesOf } from '../../core/sound/stretch.ts';
import type { Check, Finding, FindingKind } from '../../core/verify/report.ts';
import type { MediaAddress } from '../ffmpeg/address.ts';
import { decodeAudioArgs } from '../ffmpeg/decode-args.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { ClipTimeline } from './clip-timeline.ts';
import { Comparer, type Compared, type Comparison } from './compare.ts';
import { FADE } from './gate.ts';
import { LagMeter, type Lag } from './lag.ts';
import { LOUDNESS_TOLERANCE, LoudnessMeter, MAX_PEAK_DB, TARGET_LUFS } from './loudness.ts';
import { inStep } from './in-step.ts';
import { readPcm } from './pcm.ts';
import type { SoundSource } from './sound-track.ts';
import { speechInSilence } from './silence-check.ts';

export interface SoundCheckTask {
  readonly source: SoundSource;
  /** Of the finished clip, as it is read back. */
  readonly clip: MediaAddress;
  readonly plan: ValidPlan;
  readonly sound: SoundPlan;
  readonly tools: Ffmpeg;
  readonly signal?: AbortSignal | undefined;
}

/** Index of the sound in a clip that this project made. */
const CLIP_STREAM = 1;

/** Loudest that silence may be, in dBFS: the highest room tone and what coding adds; a bleep leaves more of that. */
const MOST_SILENT = { silent: -50, edge: -30, bleep: -42 } as const;
/** How much louder than the clip's other silence it may be, in dB. */
const MOST_ABOVE = 6;
/**
 * Correlation with the recording, in multiples of what it comes to by chance: of n samples of noise with anything else
 * it is 0 ± 1/sqrt(n). An hour has some ten thousand stretches, of which not one reaches 5. Beside what is heard and
 * under a bleep the rest of its coding is no clean noise.
 */
const MOST_LIKE = { silent: 8, edge: 16, bleep: 40 } as const;
/** Least likeness of what is kept, where it is loud enough for coding not to matter; most of what is altered. */
const LEAST_KEPT = 0.8;
const MOST_ALTERED = 0.3;
const LOUD = -45;
/** Samples that picture and sound may be apart: 10 ms. */
const MOST_LAG = SAMPLE_RATE / 100;
/** And how much more or less at one place than at another: half a sample at a cut, and half to find it. */
const MOST_SPREAD = 1;

export interface SoundChecked {
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
}

/**
 * Opens the finished clip and measures its sound against decisions and recording.
 * @throws AppFailure `ffmpeg-failed`, `model-missing`, `model-changed`, `cancelled`
 */
export async function checkSound(task: SoundCheckTask): Promise<SoundChecked> {
  const { plan, sound, source } = task;
  const kept = keptRanges(plan);
  const windows = clipWindows(kept, plan.rate);
  const stretches = stretchesOf(sound, kept, plan.rate, FADE);
  const length = windows.reduce((sum, window) => sum + window.length, 0);
  const comparer = new Comparer(stretches, source.channels);
  const lagMeter = new LagMeter(stretches, length, source.channels);
  const loudness = new LoudnessMeter(source.channels);
  for await (const [clip, recording] of inStep(clipPcm(task), recordingPcm(task, windows))) {
    comparer.push(clip, recording);
    lagMeter.push(clip, recording);
    loudness.push(clip);
  }
  const comparison = comparer.result();
  const lags = lagMeter.lags();
  const silence = quietLevel(comparison.compared);
  const spoken = await speechInSilence({ ...task, stream: CLIP_STREAM, stretches, level: silence });
  const heard = comparison.compared.filter((each) => isHeard(each, silence));
  const wrong = comparison.compared.filter(isWrong);
  const findings = [
    ...heard.map(({ stretch, correlation }) => found(plan, 'sound-not-silent', stretch, correlation)),
    ...wrong.map(({ stretch, correlation }) => found(plan, 'wrong-sound', stretch, correlation)),
    ...spoken.map(({ probability, ...range }) => found(plan, 'speech-heard', range, probability)),
  ];
  const zero = (name: Check['name'], measured: number): Check => ({
    ...{ name, measured, wanted: 0, passed: measured === 0 },
  });
  const checks = [
    zero('sound-silent', heard.length + spoken.length),
    pooledCheck(comparison),
    zero('sound-right', wrong.length),
    ...lagChecks(lags),
    ...loudnessCheck(loudness, sound),
    missingCheck(comparison.samples, length),
  ];
  return { checks, findings: findings.sort((a, b) => a.frame - b.frame) };
}

function clipPcm({ clip, tools, source, signal }: SoundCheckTask): AsyncGenerator<Float32Array> {
  return readPcm(tools, decodeAudioArgs(clip, CLIP_STREAM, source.channels), source.channels, signal);
}

async function* recordingPcm(
  { source: { address, streamIndex, channels }, tools, signal }: SoundCheckTask,
  windows: ConstructorParameters<typeof ClipTimeline>[0],
): AsyncGenerator<Float32Array> {
  const timeline = new ClipTimeline(windows, channels);
  const args = decodeAudioArgs(address, streamIndex, channels);
  for await (const piece of readPcm(tools, args, channels, signal))
    for (const { samples } of timeline.push(piece)) yield samples;
  for (const { samples } of timeline.finish()) yield samples;
}

/** Median level of the clip's silence in dBFS; its room tone. */
function quietLevel(compared: readonly Compared[]): number {
  const levels = compared.filter(({ stretch }) => stretch.kind === 'silent').map(({ level }) => level);
  return levels.sort((a, b) => a - b)[Math.floor(levels.length / 2)] ?? MOST_SILENT.silent;
}

/** Something of the recording, or anything at all, where there must be nothing. */
function isHeard({ stretch: { kind, from, to }, level, correlation }: Compared, silence: number): boolean {
  if (kind === 'kept' || kind === 'altered') return false;
  const loud = level > MOST_SILENT[kind] || (kind === 'silent' && level > silence + MOST_ABOVE);
  const like = Math.abs(correlation) > MOST_LIKE[kind] / Math.sqrt(to - from);
  // Beside what is heard, its coding is heard too; only what is both loud and alike is the recording.
  return kind === 'edge' ? level > silence + MOST_ABOVE && like : loud || like;
}

function isWrong({ stretch: { kind }, level, original, correlation }: Compared): boolean {
  if (level < LOUD && original < LOUD) return false;
  if (kind === 'kept') return correlation < LEAST_KEPT;
  return kind === 'altered' && Math.abs(correlation) > MOST_ALTERED;
}

function found(plan: ValidPlan, kind: FindingKind, { from }: SampleRange, value: number): Finding {
  const frame = Math.min(keptFrames(plan) - 1, Math.max(0, frameAtSeconds(from / SAMPLE_RATE, plan.rate)));
  const box = { x: 0, y: 0, w: plan.width, h: plan.height };
  return { kind, frame, seconds: secondsOfFrame(frame, plan.rate), box, value };
}

function pooledCheck({ pooled, pooledSamples }: Comparison): Check {
  const wanted = MOST_LIKE.silent / Math.sqrt(Math.max(1, pooledSamples));
  return { name: 'sound-unlike', measured: Math.abs(pooled), wanted, passed: Math.abs(pooled) <= wanted };
}

/** In seconds, and in samples from join to join; where nothing is kept there is nothing to be late. */
function lagChecks(lags: readonly Lag[]): Check[] {
  const samples = lags.map((lag) => lag.samples);
  const most = samples.reduce((largest, lag) => Math.max(largest, Math.abs(lag)), 0);
  const spread = samples.length === 0 ? 0 : Math.max(...samples) - Math.min(...samples);
  return [
    {
      ...{ name: 'sound-in-time', measured: most / SAMPLE_RATE, wanted: MOST_LAG / SAMPLE_RATE },
      passed: most <= MOST_LAG,
    },
    { name: 'sound-joins', measured: spread, wanted: MOST_SPREAD, passed: spread <= MOST_SPREAD },
  ];
}

function loudnessCheck(meter: LoudnessMeter, { kept }: SoundPlan): Check[] {
  const loudness = meter.integrated();
  if (loudness === undefined || kept.length === 0) return [];
  // Quieter than the target only because louder would be distorted.
  const limited = 20 * Math.log10(meter.peak) > MAX_PEAK_DB - 2;
  const off = loudness - TARGET_LUFS;
  const passed = off <= LOUDNESS_TOLERANCE && (off >= -LOUDNESS_TOLERANCE || limited);
  return [{ name: 'sound-loudness', measured: Number(loudness.toFixed(1)), wanted: TARGET_LUFS, passed }];
}

/** Sound that ends before its picture; AAC comes in blocks of 1024. */
function missingCheck(samples: number, wanted: number): Check {
  const missing = Math.max(0, wanted - samples) / SAMPLE_RATE;
  return { name: 'sound-missing', measured: missing, wanted: 0, passed: missing <= 1024 / SAMPLE_RATE };
}
