import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Decisions } from '../../core/decision/decisions.ts';
import { DossierEvent } from '../../core/dossier/events.ts';
import { AppFailure, fail } from '../../core/errors.ts';
import { pupilsIn } from '../../core/register/entry.ts';
import type { Recording } from '../../core/media/recording.ts';
import { valid } from '../../core/valid.ts';
import { analyseStage, type AnalysedRecording } from '../analysis-stage.ts';
import { probeMedia } from '../ffmpeg/probe.ts';
import {
  CLIP as MADE,
  runJob,
  SourceFailed,
  VerificationFailed,
  type JobPlace,
  type JobRequest,
  type JobResult,
} from '../job.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import type { MediaAddress } from '../ffmpeg/address.ts';
import { refuseSound } from '../sound/refuse-sound.ts';
import { hashOf } from '../store/shelf.ts';
import { CLIP, Dossier, ORIGINAL, REPORT } from './dossier.ts';
import { Loopback } from './loopback.ts';
import { schoolRules } from './school-rules.ts';
import { canonical, sha256 } from './signing.ts';
import { requireAllowedSound } from './sound-rule.ts';
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
    controller.abort(new SourceFailed(error));
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
    throw damage ?? error;
  } finally {
    signal?.removeEventListener('abort', abort);
    dossier?.close();
    await loopback.close();
  }
}

export type CaseRequest = Omit<JobRequest, 'address' | 'fingerprint' | 'place' | 'recording' | 'decisions'>;

/** The recording as it lies in the vault. @throws AppFailure `input-…` */
function recordingOf(dossier: Dossier, request: Pick<CaseRequest, 'tools' | 'signal'>): Promise<Recording> {
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
    await session.noteAlone({ event: 'footage-opened', dossier: id, purpose: 'work' });
    const recording = await recordingOf(dossier, { tools, signal: stop });
    const { decisions } = dossier.state;
    const address = dossier.shelf.address(ORIGINAL);
    const request = { ...requestOf(recording), address, recording, listen: true, signal: stop };
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
    await session.noteAlone({ event: 'footage-opened', dossier: id, purpose: 'work' });
    const recording = await recordingOf(dossier, { tools, signal: stop });
    const request = { ...requestOf(recording), signal: stop };
    requireAllowedSound(session, request.sound);
    refuseSound(request.sound, recording, dossier.state.decisions);
    return runOpened(session, dossier, { ...request, recording });
  });
}

/** The same in a dossier that is open already. @throws AppFailure, VerificationFailed */
export async function runOpened(
  session: Session,
  dossier: Dossier,
  request: Omit<JobRequest, 'address' | 'fingerprint' | 'place' | 'decisions' | 'pupils'>,
): Promise<JobResult> {
  dossier.requireLease();
  requireAllowedSound(session, request.sound);
  const { id } = dossier;
  const { hmac, decisions, intake } = dossier.state;
  const job: JobRequest = {
    ...request,
    address: dossier.shelf.address(ORIGINAL),
    fingerprint: hmac,
    place: placeIn(session, dossier, request.quality.name),
    decisions,
    pupils: await pupilsOf(session, intake),
  };
  try {
    const result = await runJob(job);
    const { analysisId, plan } = result;
    await session.noteAlone({ event: 'analysed', dossier: id, analysis: analysisId, tracks: plan.tracks.length });
    return result;
  } catch (error) {
    if (error instanceof VerificationFailed) {
      dossier.requireLease();
      await keepReport(dossier, error.report);
      await noteResult(session, id, error.report);
    }
    throw error;
  }
}

/** As the editor knows them: those who objected, and those whom the register has had hidden since. */
async function pupilsOf(session: Session, intake: Dossier['state']['intake']): Promise<string[]> {
  if (!intake) return [];
  try {
    const { toHide } = await schoolRules(session, intake.group);
    return pupilsIn([...toHide, ...intake.objections]);
  } catch (error) {
    // Without a profile the class's sheet says nothing; whether work may be done is asked elsewhere.
    if (error instanceof AppFailure) return pupilsIn(intake.objections);
    throw error;
  }
}

function noteResult(session: Session, dossier: string, { sha256: digest, passed, findings }: VerificationReport) {
  return session.noteAlone({ event: 'rendered', dossier, sha256: digest, passed, findings: findings.length });
}

function placeIn(session: Session, dossier: Dossier, quality: JobRequest['quality']['name']): JobPlace {
  const shelf = dossier.jobShelf();
  const made = join(shelf.path, MADE);
  return {
    shelf,
    async accept(report) {
      // Hours may have passed: what somebody else made or judged meanwhile is not to be written over.
      dossier.requireLease();
      await keepReport(dossier, report);
      // First what it must be, then the clip itself: a crash in between leaves none that passes for it.
      await noteResult(session, dossier.id, report);
      dossier.record({ event: 'rendered', sha256: report.sha256, quality });
      renameSync(made, join(dossier.folder, CLIP));
    },
    // It is masked but not good: nobody has a use for it, the findings are in the report.
    reject: () => rmSync(made),
  };
}

async function keepReport(dossier: Dossier, report: VerificationReport): Promise<void> {
  const writer = await dossier.shelf.create(REPORT);
  await writer.write(Buffer.from(JSON.stringify(report)));
  await writer.commit();
}

/** Takes decisions into the dossier; the next run follows them. */
export async function decideCase(session: Session, id: string, decisions: Decisions): Promise<void> {
  session.require('work');
  await withDossier(session, id, undefined, (dossier) => decideOpened(session, dossier, decisions));
}

export async function decideOpened(session: Session, dossier: Dossier, decisions: Decisions): Promise<void> {
  dossier.requireLease();
  const event = valid(DossierEvent, { event: 'decided', decisions });
  // First the log: who decided had a hand in the clip (M3), whatever becomes of the rest.
  await session.noteAlone({ event: 'decided', dossier: dossier.id, decisions: sha256(canonical(decisions)) });
  dossier.record(event);
}

/**
 * Holds clip or original out to a player on this machine until the signal comes; nothing is written.
 * @throws AppFailure `vault-item-missing`, `vault-item-damaged` when the clip is not the one that passed
 */
export async function playCase(
  session: Session,
  id: string,
  original: boolean,
  onAddress: (address: MediaAddress) => void,
  signal: AbortSignal,
): Promise<void> {
  session.require('work');
  const name = original ? ORIGINAL : CLIP;
  await withDossier(session, id, signal, async ({ shelf, state }, stop) => {
    if (!shelf.has(name)) fail({ code: 'vault-item-missing', item: name });
    if (!original && (await hashOf(shelf, CLIP)) !== state.clip)
      fail({ code: 'vault-item-damaged', item: CLIP, block: 0 });
    await session.noteAlone({ event: 'footage-opened', dossier: id, purpose: 'play' });
    const start = performance.now();
    onAddress(shelf.address(name));
    await new Promise<void>((resolve) => {
      stop.addEventListener('abort', () => resolve(), { once: true });
      if (stop.aborted) resolve();
    });
    const seconds = Math.round((performance.now() - start) / 1000);
    await session.noteAlone({ event: 'footage-closed', dossier: id, seconds });
  });
}
