import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Decisions } from '../../core/decision/decisions.ts';
import { AppFailure, fail } from '../../core/errors.ts';
import type { Recording } from '../../core/media/recording.ts';
import { probeMedia } from '../ffmpeg/probe.ts';
import {
  analyseStage,
  CLIP as MADE,
  runJob,
  type AnalysedRecording,
  type JobPlace,
  type JobRequest,
  type JobResult,
} from '../job.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { CLIP, Dossier, ORIGINAL, REPORT } from './dossier.ts';
import { Loopback } from './loopback.ts';
import type { Session } from './vault.ts';

/** Opens a dossier for as long as `use` takes; ffmpeg can read it meanwhile, and nobody else work in it. */
export async function withDossier<T>(
  session: Session,
  id: string,
  signal: AbortSignal | undefined,
  use: (dossier: Dossier, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let damage: unknown;
  // ffmpeg takes a broken answer for the end of the recording: whoever waits must be told.
  const loopback = await Loopback.start((error) => {
    damage ??= error;
    controller.abort();
  });
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  let dossier: Dossier | undefined;
  try {
    dossier = await Dossier.open(session, id, loopback);
    const result = await use(dossier, controller.signal);
    if (damage !== undefined) throw damage;
    return result;
  } catch (error) {
    throw damage instanceof AppFailure ? damage : error;
  } finally {
    signal?.removeEventListener('abort', abort);
    dossier?.close();
    await loopback.close();
  }
}

export type CaseRequest = Omit<JobRequest, 'address' | 'fingerprint' | 'place' | 'recording' | 'decisions'>;

/** The recording as it lies in the vault. @throws AppFailure `input-…` */
export function recordingOf(dossier: Dossier, request: Pick<CaseRequest, 'tools' | 'signal'>): Promise<Recording> {
  return probeMedia(dossier.shelf.address(ORIGINAL), dossier.state.bytes, request.tools, request.signal);
}

/** What would be hidden, without making anything. @throws AppFailure */
export async function analyseCase(
  session: Session,
  id: string,
  requestOf: (recording: Recording) => CaseRequest,
  tools: CaseRequest['tools'],
  signal: AbortSignal | undefined,
): Promise<AnalysedRecording & { readonly recording: Recording; readonly decisions: Decisions | undefined }> {
  session.require('work');
  return withDossier(session, id, signal, async (dossier, stop) => {
    const recording = await recordingOf(dossier, { tools, signal: stop });
    const { hmac, decisions } = dossier.state;
    await session.noteAlone({ event: 'footage-opened', dossier: id, purpose: 'work' });
    const address = dossier.shelf.address(ORIGINAL);
    const request = { ...requestOf(recording), address, fingerprint: hmac, recording, signal: stop };
    return { ...(await analyseStage(request)), recording, decisions };
  });
}

/**
 * The main job inside the vault: what ffmpeg reads is decrypted on its way to it, what it writes is
 * sealed on its way to the disk. The result is logged, passed or not.
 * @throws AppFailure, VerificationFailed
 */
export async function runCase(
  session: Session,
  id: string,
  requestOf: (recording: Recording) => CaseRequest,
  tools: CaseRequest['tools'],
  signal: AbortSignal | undefined,
): Promise<JobResult> {
  session.require('work');
  return withDossier(session, id, signal, async (dossier, stop) => {
    const recording = await recordingOf(dossier, { tools, signal: stop });
    const request = { ...requestOf(recording), signal: stop };
    if (request.sound && !recording.audio) fail({ code: 'sound-missing' });
    const { hmac, decisions } = dossier.state;
    await session.noteAlone({ event: 'footage-opened', dossier: id, purpose: 'work' });
    const job: JobRequest = {
      ...request,
      address: dossier.shelf.address(ORIGINAL),
      fingerprint: hmac,
      place: placeIn(dossier),
      recording,
      decisions,
    };
    const result = await runJob(job);
    await keepReport(dossier, result.report);
    const { sha256, passed, findings } = result.report;
    dossier.record({ event: 'rendered', sha256, quality: request.quality.name });
    await session.exclusively(() => {
      session.note({ event: 'analysed', dossier: id, analysis: result.analysisId, tracks: result.plan.tracks.length });
      session.note({ event: 'rendered', dossier: id, sha256, passed, findings: findings.length });
    });
    return result;
  });
}

function placeIn(dossier: Dossier): JobPlace {
  const shelf = dossier.jobShelf();
  const made = join(shelf.path, MADE);
  return {
    shelf,
    accept: () => renameSync(made, join(dossier.folder, CLIP)),
    // It is masked but not good: nobody has a use for it, the findings are in the report.
    reject: () => rmSync(made),
  };
}

async function keepReport(dossier: Dossier, report: VerificationReport): Promise<void> {
  const writer = await dossier.shelf.create(REPORT);
  await writer.write(Buffer.from(JSON.stringify(report)));
  await writer.commit();
}
