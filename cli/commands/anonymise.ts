import { writeFileSync } from 'node:fs';
import { secondsOfFrame, toNumber } from '../../core/media/frame-rate.ts';
import type { MaskStyle } from '../../core/plan/plan.ts';
import { sourceFrameOf } from '../../core/plan/plan.ts';
import type { ValidPlan } from '../../core/plan/plan.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';
import type { Finding, VerificationReport } from '../../core/verify/report.ts';
import { qualityOf } from '../quality.ts';
import { checkFile, probe } from '../../native/ffmpeg/probe.ts';
import { analyseStage } from '../../native/analysis-stage.ts';
import { CLIP, clipSeconds, runJob, VerificationFailed, type JobRequest, type JobResult } from '../../native/job.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { fingerprint } from '../../native/store/files.ts';
import { plainPlace, rejectedName } from '../../native/plain-place.ts';
import { writeContactSheet } from '../../native/pictures.ts';
import { openEngine, requireToneMapping } from '../../native/engine.ts';
import { type Context } from '../context.ts';
import { progressPrinter } from '../progress-line.ts';
import { showPlan } from '../show-plan.ts';
import { refuseSound } from '../../native/sound/refuse-sound.ts';
import { withSubtitles, type SubtitleOptions } from '../subtitles.ts';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import { refuseNames } from '../../core/subtitles/refuse-names.ts';
import { checkSideOutput, checkTarget, readDecisions } from '../targets.ts';

export interface AnonymiseOptions extends SubtitleOptions {
  readonly output?: string;
  readonly quality: 'fast' | 'careful';
  readonly fit?: string;
  readonly mask: MaskStyle;
  readonly sound: SoundMode;
  readonly decisions?: string;
  readonly contactSheet?: string;
  readonly report?: string;
  readonly model?: string;
  readonly licence?: string;
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly overwrite?: boolean;
  readonly acceptFindings?: boolean;
}

/** The main job. @throws AppFailure, or {@link VerificationFailed} with the report */
export async function anonymise(
  input: string,
  options: AnonymiseOptions,
  context: Context,
): Promise<JobResult | undefined> {
  const dryRun = options.dryRun === true;
  checkFile(input);
  const output = dryRun ? '' : checkTarget(input, options.output ?? '', options.overwrite === true);
  for (const side of [options.report, options.contactSheet])
    if (side !== undefined) checkSideOutput(side, [input, output, options.decisions, options.model, options.subtitles]);
  const decisions = withSubtitles(
    options.decisions === undefined ? undefined : readDecisions(options.decisions),
    options,
  );
  refuseNames((decisions ?? NO_DECISIONS).subtitles);
  const engine = await openEngine(options);
  const recording = await probe(input, engine.tools, context.signal);
  requireToneMapping(engine.tools, recording.video.hdr);
  refuseSound(options.sound, recording, decisions);
  const printer = progressPrinter(context, recording.video.rate);
  const request: JobRequest = {
    ...engine,
    address: fileAddress(input),
    fingerprint: fingerprint(input),
    place: plainPlace(output, CLIP),
    recording,
    quality: qualityOf(options, recording),
    style: options.mask,
    sound: options.sound,
    decisions,
    resume: options.resume === true,
    acceptFindings: options.acceptFindings === true,
    onProgress: printer.onProgress,
    signal: context.signal,
  };
  try {
    if (dryRun) {
      showPlan({ ...(await analyseStage({ ...request, listen: true })), recording, decisions }, context);
      return undefined;
    }
    const result = await runJob(request);
    await finish(output, request, result, options, context);
    return result;
  } catch (error) {
    if (error instanceof VerificationFailed) {
      if (options.report) writeFileSync(options.report, JSON.stringify(error.report, undefined, 2));
      showRejected(error.report, output, context);
    }
    throw error;
  } finally {
    printer.end();
  }
}

async function finish(
  clip: string,
  request: JobRequest,
  result: JobResult,
  options: AnonymiseOptions,
  context: Context,
): Promise<void> {
  const { texts, output, asJson } = context;
  if (options.report) writeFileSync(options.report, JSON.stringify(result.report, undefined, 2));
  if (options.contactSheet)
    await writeContactSheet(request.tools, fileAddress(clip), moments(result), options.contactSheet);
  if (asJson) {
    const { report, rounds, analysisId, segmentsWritten, plan, analysis } = result;
    const { damaged } = analysis;
    output.json({
      event: 'done',
      analysis: analysisId,
      tracks: plan.tracks.length,
      damaged,
      rounds,
      segmentsWritten,
      report,
    });
    return;
  }
  for (const check of result.report.checks) {
    output.say(texts.check(check.name, check.passed, String(check.measured), String(check.wanted)));
  }
  if (result.report.passed) output.say(texts.passed);
  else {
    output.say(texts.accepted(result.report.findings.length));
    showFindings(result.report.findings, context);
  }
  if (result.analysis.damaged) output.say(texts.damaged);
  sayOfSound(request.recording, result.plan, context);
  output.say(texts.done(clip));
}

/** What became of sound, where something was to be said of it. */
export function sayOfSound({ audio, dropped }: Recording, { sound }: ValidPlan, { texts, output }: Context): void {
  if ((audio || dropped.includes('audio')) && !sound) output.say(texts.soundDropped);
  if (sound?.kept.some(({ altered }) => altered)) output.say(texts.soundAltered);
}

const MAX_SHOWN = 20;

export function showFindings(findings: readonly Finding[], { texts, output }: Context): void {
  for (const { kind, seconds, box, value } of findings.slice(0, MAX_SHOWN)) {
    const place = `${Math.round(box.x)},${Math.round(box.y)} ${Math.round(box.w)}×${Math.round(box.h)}`;
    output.say(`  ${seconds.toFixed(2)} s  ${place}  ${texts.finding[kind]} (${value.toFixed(2)})`);
  }
  if (findings.length > MAX_SHOWN) output.say(`  … ${findings.length - MAX_SHOWN} +`);
}

function showRejected(report: VerificationReport, target: string, context: Context): void {
  if (context.asJson) {
    context.output.json({ event: 'rejected', report });
    return;
  }
  showFaults(report, context);
  context.output.say(context.texts.rejected(rejectedName(target)));
}

/** What a clip did not pass. */
export function showFaults({ checks, findings }: VerificationReport, context: Context): void {
  const { texts, output } = context;
  for (const { name, passed, measured, wanted } of checks)
    if (!passed) output.say(texts.check(name, false, String(measured), String(wanted)));
  showFindings(findings, context);
}

const SHEET_TILES = 12;

/** Moments worth a look: evenly over the clip, pulled to where tracks begin and end. */
function moments(result: JobResult): number[] {
  const { plan } = result;
  const length = clipSeconds(plan);
  const births = plan.tracks.map(({ track }) => track.start).filter((frame) => frame > 0);
  const times = Array.from({ length: SHEET_TILES }, (_, index) => ((index + 0.5) * length) / SHEET_TILES);
  return times.map((time) => {
    const frame = sourceFrameOf(plan, Math.floor(time * toNumber(plan.rate))) ?? 0;
    const near = births.find((birth) => Math.abs(birth - frame) < (length / SHEET_TILES / 2) * toNumber(plan.rate));
    return Math.min(length - 0.1, near === undefined ? time : time + secondsOfFrame(near - frame, plan.rate));
  });
}
