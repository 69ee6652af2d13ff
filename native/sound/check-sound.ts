import { secondsOfFrame, frameAtSeconds, SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { keptFrames, keptRanges, type ValidPlan } from '../../core/plan/plan.ts';
import { clipWindows, inClip } from '../../core/sound/clip-window.ts';
import type { SampleRange } from '../../core/sound/sample-range.ts';
import type { SoundPlan } from '../../core/sound/sound-plan.ts';
import { stretchesOf } from '../../core/sound/stretch.ts';
import type { Check, Finding, FindingKind } from '../../core/verify/report.ts';
import type { MediaAddress } from '../ffmpeg/address.ts';
import { decodeAudioArgs } from '../ffmpeg/decode-args.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { AnyLag, type Likeness, type Likenesses } from './any-lag.ts';
import { ClipTimeline } from './clip-timeline.ts';
import { Comparer, LOUD, type Compared } from './compare.ts';
import { EnvelopeLagMeter } from './envelope-lag.ts';
import { FADE } from './gate.ts';
import { LagMeter, type Lag } from './lag.ts';
import { KeptLoudnessMeter, type KeptLoudness } from './kept-loudness.ts';
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
const MOST_SILENT = { silent: -50, bleep: -42 } as const;
/** How much louder than the clip's other silence it may be, in dB. */
const MOST_ABOVE = 6;
/**
 * Correlation with the recording, in multiples of what it comes to by chance: of n samples of noise with anything else
 * it is 0 ± 1/sqrt(n). At any of 1601 lags (any-lag.ts) the largest of those comes to about 4, and in an hour of some ten
 * thousand stretches to less than 7. Under a bleep the rest of its coding is no clean noise.
 */
const MOST_LIKE = { silent: 8, bleep: 40 } as const;
/**
 * Beside what is heard its coding is heard too, and correlates by chance. How much of the recording is in it tells: of
 * pieces of 5 ms at most 0.3 of what is kept comes about by coding, and of 5 ms too much at least 0.7.
 */
const MOST_BESIDE = 0.5;
/**
 * Least likeness of what is kept, where it is loud enough for coding not to matter; most of what is altered, at any lag:
 * altered sentences come to 0.23 at most, the voice itself to 1.00 (test/media/sound-check.test.ts).
 */
const LEAST_KEPT = 0.8;
const MOST_ALTERED = 0.5;
/**
 * LU that what is kept may be off. Coding takes what is above 15 kHz, which of hiss is three; an altered voice is
 * gained by how loud it came to be, and held against the voice itself.
 */
const LOUDNESS_OFF = { kept: { above: 1, below: 3 }, altered: { above: 3, below: 4 } } as const;
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
  const anyLag = new AnyLag(stretches, source.channels);
  const envelopes = new EnvelopeLagMeter(stretches, source.channels);
  const loudness = new KeptLoudnessMeter(inClip(sound.kept, windows), source.channels);
  for await (const [clip, recording] of inStep(clipPcm(task), recordingPcm(task, windows))) {
    comparer.push(clip, recording);
    lagMeter.push(clip, recording);
    anyLag.push(clip, recording);
    envelopes.push(clip, recording);
    loudness.push(clip, recording);
  }
  const { compared, samples } = comparer.result();
  const likenesses = anyLag.result();
  const silence = quietLevel(compared);
  const spoken = await speechInSilence({ ...task, stream: CLIP_STREAM, stretches, level: silence });
  const alike = ({ stretch }: Compared) => likenesses.of.get(stretch);
  const loud = loudness.result();
  const heard = compared.filter((each) =>
    each.stretch.kind === 'edge' ? isBeside(each, loud?.gain ?? 1) : isHeard(each, alike(each), silence),
  );
  const wrong = compared.filter((each) => isWrong(each, alike(each)));
  const place = (each: Compared): Place => ({ ...each.stretch, value: alike(each)?.value ?? each.correlation });
  const findings = [
    ...joined(heard.map(place)).map((each) => found(plan, 'sound-not-silent', each)),
    ...joined(wrong.map(place)).map((each) => found(plan, 'wrong-sound', each)),
    ...spoken.map((each) => found(plan, 'speech-heard', { ...each, value: each.probability })),
  ];
  const zero = (name: Check['name'], measured: number): Check => ({
    ...{ name, measured, wanted: 0, passed: measured === 0 },
  });
  const checks = [
    zero('sound-silent', heard.length + spoken.length),
    pooledCheck(likenesses),
    zero('sound-right', wrong.length),
    ...lagChecks(lagMeter.lags(), envelopes.median()),
    ...loudnessCheck(loud, sound),
    missingCheck(samples, length),
  ];
  return { checks, findings: findings.sort((a, b) => a.frame - b.frame) };
}

function clipPcm({ clip, tools, source, signal }: SoundCheckTask): AsyncGenerator<Float32Array> {
  const args = decodeAudioArgs({ address: clip, streamIndex: CLIP_STREAM }, source.channels);
  return readPcm(tools, args, source.channels, signal);
}

async function* recordingPcm(
  { source, tools, signal }: SoundCheckTask,
  windows: ConstructorParameters<typeof ClipTimeline>[0],
): AsyncGenerator<Float32Array> {
  const { channels } = source;
  const timeline = new ClipTimeline(windows, channels);
  const args = decodeAudioArgs(source, channels);
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
function isHeard(
  { stretch: { kind, from, to }, level, correlation }: Compared,
  likeness: Likeness | undefined,
  silence: number,
): boolean {
  if (kind !== 'silent' && kind !== 'bleep') return false;
  const loud = level > MOST_SILENT[kind] || (kind === 'silent' && level > silence + MOST_ABOVE);
  const like =
    Math.abs(correlation) > MOST_LIKE[kind] / Math.sqrt(to - from) ||
    (likeness !== undefined && likeness.value > MOST_LIKE[kind] / Math.sqrt(likeness.count));
  return loud || like;
}

/** Sound that goes on too long, or begins too early. @param gain of what is kept */
function isBeside({ original, share }: Compared, gain: number): boolean {
  return original + 20 * Math.log10(gain) > LOUD && share > MOST_BESIDE * gain;
}

function isWrong(
  { stretch: { kind }, level, original, correlation }: Compared,
  likeness: Likeness | undefined,
): boolean {
  if (level < LOUD && original < LOUD) return false;
  if (kind === 'kept') return correlation < LEAST_KEPT;
  return kind === 'altered' && (likeness?.value ?? Math.abs(correlation)) > mostAltered(likeness);
}

/** Of a sliver of some hundredths of a second the largest of so many lags is large by chance. */
function mostAltered(likeness: Likeness | undefined): number {
  return Math.max(MOST_ALTERED, likeness ? MOST_LIKE.silent / Math.sqrt(likeness.count) : 0);
}

interface Place extends SampleRange {
  readonly value: number;
}

/** Places with no more than this between them are one to who listens, in samples: a tenth of a second. */
const APART = SAMPLE_RATE / 10;

/** @param places in any order */
function joined(places: readonly Place[]): Place[] {
  const out: Place[] = [];
  for (const place of [...places].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (!last || place.from - last.to > APART) out.push(place);
    else
      out[out.length - 1] = {
        from: last.from,
        to: Math.max(last.to, place.to),
        value: Math.abs(place.value) > Math.abs(last.value) ? place.value : last.value,
      };
  }
  return out;
}

function found(plan: ValidPlan, kind: FindingKind, { from, value }: Place): Finding {
  const frame = Math.min(keptFrames(plan) - 1, Math.max(0, frameAtSeconds(from / SAMPLE_RATE, plan.rate)));
  const box = { x: 0, y: 0, w: plan.width, h: plan.height };
  return { kind, frame, seconds: secondsOfFrame(frame, plan.rate), box, value };
}

function pooledCheck({ silent: { value, count } }: Likenesses): Check {
  const wanted = MOST_LIKE.silent / Math.sqrt(Math.max(1, count));
  return { name: 'sound-unlike', measured: value, wanted, passed: value <= wanted };
}

/**
 * In seconds, and in samples from join to join. Where nothing that is heard is loud and long enough to tell by, there
 * is no such check: nothing was measured.
 * @param altered of altered voices, in samples
 */
function lagChecks(lags: readonly Lag[], altered: number | undefined): Check[] {
  const samples = lags.map((lag) => lag.samples);
  const all = altered === undefined ? samples : [...samples, altered];
  const checks: Check[] = [];
  if (all.length > 0) {
    const most = all.reduce((largest, lag) => Math.max(largest, Math.abs(lag)), 0);
    const passed = most <= MOST_LAG;
    checks.push({ name: 'sound-in-time', measured: most / SAMPLE_RATE, wanted: MOST_LAG / SAMPLE_RATE, passed });
  }
  if (samples.length > 0) {
    const spread = Math.max(...samples) - Math.min(...samples);
    checks.push({ name: 'sound-joins', measured: spread, wanted: MOST_SPREAD, passed: spread <= MOST_SPREAD });
  }
  return checks;
}

/** In LUFS, of what is kept: -23 (EBU R 128), or what peaks and the most that is raised allow. */
function loudnessCheck(measured: KeptLoudness | undefined, { kept }: SoundPlan): Check[] {
  if (!measured) return [];
  const { loudness, wanted } = measured;
  const off = loudness - wanted;
  const { above, below } = kept.some(({ altered }) => altered) ? LOUDNESS_OFF.altered : LOUDNESS_OFF.kept;
  const rounded = { measured: Number(loudness.toFixed(1)), wanted: Number(wanted.toFixed(1)) };
  return [{ name: 'sound-loudness', ...rounded, passed: off <= above && off >= -below }];
}

/** Sound that ends before its picture; AAC comes in blocks of 1024. */
function missingCheck(samples: number, wanted: number): Check {
  const missing = Math.max(0, wanted - samples) / SAMPLE_RATE;
  return { name: 'sound-missing', measured: missing, wanted: 0, passed: missing <= 1024 / SAMPLE_RATE };
}
