import { createHash } from 'node:crypto';
import { NO_DECISIONS, type Decisions } from '../core/decision/decisions.ts';
import { AppFailure } from '../core/errors.ts';
import { toNumber } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import { keptFrames, keptRanges, type MaskStyle, type ValidPlan } from '../core/plan/plan.ts';
import type { OnProgress } from '../core/pipeline/progress.ts';
import { ComparedFrames } from '../core/verify/compared.ts';
import { clipWords } from '../core/subtitles/cue.ts';
import { refuseNames } from '../core/subtitles/refuse-names.ts';
import type { SoundMode } from '../core/sound/sound-plan.ts';
import type { Track } from '../core/track/track.ts';
import type { VerificationReport } from '../core/verify/report.ts';
import type { LoadedModel } from '../models/store.ts';
import type { AnalysedFrames, Quality } from './analysis.ts';
import { analyseStage, withDetector, type AnalysedRecording } from './analysis-stage.ts';
import type { MakeElsewhere } from './elsewhere.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { planOf, type PlanInputs } from './plan-inputs.ts';
import { render, type RenderTask } from './render.ts';
import { JobFolder } from './store/job-folder.ts';
import { hashOf, type Shelf } from './store/shelf.ts';
import { verify, type VerifyTask } from './verify.ts';
import { Witnesses } from './witnesses.ts';

/** Where a job works, and what becomes of the clip it makes. */
export interface JobPlace {
  readonly shelf: Shelf;
  /** Gives the clip its name: what stands under {@link CLIP} on the shelf has passed. */
  accept(report: VerificationReport): Promise<void> | void;
  /** Puts it where nobody takes it for a result. */
  reject(): void;
}

/** Name on the shelf of a clip that is being made. */
export const CLIP = 'clip.mp4';

export interface JobRequest {
  readonly address: MediaAddress;
  /** Tells this recording from every other one. */
  readonly fingerprint: string;
  readonly place: JobPlace;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly model: LoadedModel;
  /** A second, different detector for the check, where one is present. */
  readonly secondModel: LoadedModel | undefined;
  readonly quality: Quality;
  readonly style: MaskStyle;
  readonly sound: SoundMode;
  readonly decisions?: Decisions | undefined;
  /** That the class's register knows, as `Leerling 3`; none: it is not known. */
  readonly pupils?: readonly string[];
  readonly resume: boolean;
  readonly acceptFindings: boolean;
  /**
   * Where a person goes on deciding: an analysis made before, and finished segments that are kept for the
   * next rendering. A segment's own key names what decides its pixels, so only those that changed are made anew.
   */
  readonly editing?: AnalysedRecording | undefined;
  /** Has segments made by others; stopping then keeps what is there, to be resumed. */
  readonly elsewhere?: MakeElsewhere | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface JobResult {
  readonly plan: ValidPlan;
  readonly analysis: AnalysedFrames;
  readonly analysisId: string;
  readonly report: VerificationReport;
  readonly rounds: number;
  readonly segmentsWritten: number;
}

/** At most this often are found faces added and the touched segments rendered and checked again. */
const MAX_ROUNDS = 3;
/** Everything that decides the bytes of the clip; a job is only resumed with the very same key. */
function jobKey(request: JobRequest): string {
  const { tools, model, secondModel, quality, style, sound, decisions, editing } = request;
  const engine = [tools.version, tools.ffmpeg, model.sha256, secondModel?.sha256, quality, style];
  const parts = [...engine, ...(editing ? [editing.analysisId] : [sound, decisions])];
  return createHash('sha256').update(request.fingerprint).update(JSON.stringify(parts)).digest('hex');
}

/**
 * The whole way from a recording to a verified clip. What it throws leaves nothing under the clip's
 * name; after a full disk or a crash the job folder stays for `resume`, after anything else nothing does.
 * @throws AppFailure
 */
export async function runJob(request: JobRequest): Promise<JobResult> {
  refuseNames((request.decisions ?? NO_DECISIONS).subtitles, request.pupils);
  const key = jobKey(request);
  let folder: JobFolder | undefined;
  try {
    folder = openFolder(request, key);
    const result = await runStages(request, folder);
    if (request.editing) folder.close();
    else folder.remove();
    return result;
  } catch (caught) {
    const { reason } = request.signal ?? {};
    const cause = reason instanceof SourceFailed ? reason.failure : caught;
    const error = diskFull(cause) ? new AppFailure({ code: 'disk-full' }) : cause;
    const stopped = stoppedByUser(request.signal);
    const kept = request.editing || (stopped ? request.elsewhere : resumable(error));
    if (folder && kept) folder.close();
    else folder?.remove();
    throw error;
  }
}

function openFolder({ resume, editing, place: { shelf } }: JobRequest, key: string): JobFolder {
  if (editing) return JobFolder.resumeOrCreate(shelf, key);
  return resume ? JobFolder.resume(shelf, key) : JobFolder.create(shelf, key);
}

/** Reason of an abort that nobody wished for: what the job reads from has failed. */
export class SourceFailed extends Error {
  constructor(readonly failure: unknown) {
    super('source-failed');
  }
}

function stoppedByUser(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && !(signal.reason instanceof SourceFailed);
}

function diskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** Worth keeping what was done: the recording is fine, the machine was not. */
function resumable(error: unknown): boolean {
  if (error instanceof VerificationFailed) return false;
  if (!(error instanceof AppFailure)) return true;
  const { code } = error.error;
  return (
    code === 'disk-full' || code.startsWith('queue-') || (code === 'ffmpeg-failed' && error.error.stage !== 'decode')
  );
}

async function runStages(request: JobRequest, folder: JobFolder): Promise<JobResult> {
  const { analysis, analysisId } = request.editing ?? (await analyseStage(request, folder));
  const { recording, quality, onProgress, signal } = request;
  let extra: readonly Track[] = [];
  let witnesses: Witnesses | undefined;
  let segmentsWritten = 0;
  for (let round = 1; ; round++) {
    const inputs = inputsOf(request, analysis, analysisId, extra);
    const plan = planOf(recording, inputs);
    witnesses ??= new Witnesses(
      quality.verify.fromMemory ? new ComparedFrames(plan, quality.verify.compareEvery) : undefined,
    );
    // Concealment of damaged pictures differs from run to run with several threads.
    const singleThread = analysis.damaged;
    const common = { address: request.address, recording, tools: request.tools, plan, singleThread, signal };
    const made = await render(
      {
        ...common,
        encoder: quality.encoder,
        cues: request.decisions?.subtitles.cues,
        folder,
        witnesses,
        signatures: analysis.signatures,
        onProgress: (done, total) => onProgress?.({ stage: 'render', done, total, round }),
        elsewhere: elsewhereOf(request, folder, inputs),
      },
      CLIP,
    );
    segmentsWritten += made.segmentsWritten;
    // What counts is what can be read back, not what was meant to be written.
    const clip = { address: folder.shelf.address(CLIP), sha256: await hashOf(folder.shelf, CLIP), bytes: made.size };
    const { report: checked, extraTracks } = await check(
      request,
      { plan, clip, witnesses, signatures: analysis.signatures },
      round,
    );
    const report = { ...checked, rounds: round, sound: plan.sound ? request.sound : 'off' };
    const fixable = !report.passed && extraTracks.length > 0 && round < MAX_ROUNDS && !request.acceptFindings;
    if (fixable) {
      extra = [
        ...extra,
        ...extraTracks.map((track, i) => ({ ...track, id: `V${String(extra.length + i + 1).padStart(3, '0')}` })),
      ];
      continue;
    }
    // What lies there by now may be another job's, which nobody has checked.
    folder.requireLease();
    await settle(request, report);
    return { plan, analysis, analysisId, report, rounds: round, segmentsWritten };
  }
}

function inputsOf(
  { decisions, style, sound }: JobRequest,
  analysis: AnalysedFrames,
  analysisId: string,
  extra: readonly Track[],
): PlanInputs {
  const found = { ...analysis, tracks: [...analysis.tracks, ...extra] };
  return { analysis: found, analysisId, decisions: decisions ?? NO_DECISIONS, style, sound };
}

function elsewhereOf(
  { elsewhere, quality, tools, signal }: JobRequest,
  folder: JobFolder,
  inputs: PlanInputs,
): RenderTask['elsewhere'] {
  if (!elsewhere) return undefined;
  const { encoder } = quality;
  return (missing, onFrames) =>
    elsewhere({ ...inputs, folder, encoder, ffmpegVersion: tools.version, missing, onFrames, signal });
}

async function check(
  request: JobRequest,
  found: Pick<VerifyTask, 'plan' | 'clip' | 'witnesses' | 'signatures'>,
  round: number,
) {
  const { verify: wish } = request.quality;
  return withDetector(request.secondModel ?? request.model, (detector) =>
    verify({
      ...found,
      address: request.address,
      recording: request.recording,
      words: clipWords(request.decisions?.subtitles.cues ?? [], { ...found.plan, kept: keptRanges(found.plan) }),
      tools: request.tools,
      detector,
      look: wish.look,
      everySeconds: wish.everySeconds,
      compareEvery: wish.compareEvery,
      followFindings: !request.acceptFindings && round < MAX_ROUNDS,
      onProgress: (done, total) => request.onProgress?.({ stage: 'verify', done, total, round }),
      signal: request.signal,
    }),
  );
}

/** @throws VerificationFailed */
async function settle({ place, acceptFindings }: JobRequest, report: VerificationReport): Promise<void> {
  const mediaRight = report.checks.every(({ name, passed }) => passed || name === 'no-faces-left');
  if (report.passed || (acceptFindings && mediaRight)) {
    await place.accept(report);
    return;
  }
  place.reject();
  throw new VerificationFailed(report);
}

/** Carries the report of a clip that did not pass. */
export class VerificationFailed extends Error {
  constructor(readonly report: VerificationReport) {
    super('verification-failed');
  }
}

/** Length of the clip in seconds. */
export function clipSeconds(plan: ValidPlan): number {
  return keptFrames(plan) / toNumber(plan.rate);
}
