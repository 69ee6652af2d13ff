import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppFailure, fail } from '../../core/errors.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { WipedRecording, WipeStepResult, type Certificate } from '../../core/vault/certificate.ts';
import type { WipeStepName } from '../../core/audit/entry.ts';
import { readJson, writeJson } from '../store/atomic.ts';
import { Lease } from '../store/lease.ts';
import { LOCK, ORIGINAL } from '../vault/dossier.ts';
import type { Session } from '../vault/vault.ts';
import { writeCertificate } from './certificate.ts';
import { wipeFile, type FileWipe } from './overwrite.ts';

/** A wipe that was begun, outside the dossier, as that goes: what a crash leaves is taken up again. */
const WipeState = z.strictObject({
  dossier: z.string(),
  rule: z.string(),
  begunAt: z.iso.datetime(),
  recording: WipedRecording,
  steps: z.array(WipeStepResult),
  finished: z.enum(['no', 'partial', 'complete']),
});
type WipeState = z.infer<typeof WipeState>;

export interface WipeOutcome {
  readonly dossier: string;
  readonly complete: boolean;
  readonly certificate: Certificate;
}

interface StepOutcome {
  readonly done: boolean;
  readonly reason?: string;
}

/**
 * Destroys a recording: its key first, then the ciphertext and all that was made of it (domain §4.5).
 * A step that fails is said and tried again by {@link resumeWipes}; nothing is quietly done in a weaker
 * way instead.
 * @param rule that demands it, such as R4, or `request`
 * @throws AppFailure `act-not-allowed`, `dossier-unknown`, `dossier-wiped`, `dossier-on-hold`, `dossier-busy`
 */
export async function wipeDossier(session: Session, dossier: string, rule: string): Promise<WipeOutcome> {
  session.require('wipe');
  const facts = keepingFacts(session.entries()).get(dossier);
  if (!facts) return fail({ code: 'dossier-unknown', dossier });
  if (facts.wipe !== 'none') return fail({ code: 'dossier-wiped' });
  if (facts.holdReviewBy !== undefined) return fail({ code: 'dossier-on-hold' });
  const folder = session.folder('dossiers', dossier);
  // Whoever is reading or rendering it finishes first.
  const lease = Lease.take(join(folder, LOCK)) ?? fail({ code: 'dossier-busy' });
  try {
    const state: WipeState = {
      dossier,
      rule,
      begunAt: new Date().toISOString(),
      recording: recordingFacts(session, dossier),
      steps: [],
      finished: 'no',
    };
    save(session, state);
    return await carryOn(session, state, lease);
  } finally {
    lease.release();
  }
}

/** Takes up wipes that a crash or a failed step left. @returns what became of each */
export async function resumeWipes(session: Session): Promise<WipeOutcome[]> {
  const outcomes: WipeOutcome[] = [];
  for (const name of readdirSync(session.folder('wipes'))) {
    const state = name.endsWith('.json') ? readJson(session.folder('wipes', name), WipeState) : undefined;
    if (!state || state.finished === 'complete') continue;
    const folder = session.folder('dossiers', state.dossier);
    const lease = existsSync(folder) ? Lease.take(join(folder, LOCK)) : undefined;
    if (existsSync(folder) && !lease) continue;
    try {
      outcomes.push(await carryOn(session, { ...state, steps: [] }, lease));
    } finally {
      lease?.release();
    }
  }
  return outcomes;
}

async function carryOn(session: Session, begun: WipeState, lease: Lease | undefined): Promise<WipeOutcome> {
  const { dossier, rule } = begun;
  const folder = session.folder('dossiers', dossier);
  // The state came first: a crash in between must not leave an intent that nobody takes up.
  if (keepingFacts(session.entries()).get(dossier)?.wipe === 'none')
    await session.noteAlone({ event: 'wipe-begun', dossier, rule });
  let state = begun;
  const step = async (name: WipeStepName, work: () => Promise<StepOutcome>): Promise<boolean> => {
    const { done, reason } = await work().catch((error: unknown) => ({ done: false, reason: reasonOf(error) }));
    const why = done ? {} : { reason: reason ?? 'unknown' };
    state = { ...state, steps: [...state.steps, { step: name, done, ...why, at: new Date().toISOString() }] };
    await session.noteAlone({ event: 'wipe-step', dossier, step: name, done, ...why });
    save(session, state);
    return done;
  };
  const keyGone =
    (await step('key', () => destroyKey(session, dossier))) &&
    (await step('proof', () => proveClosed(session, dossier)));
  // Without that, ciphertext is still a recording; it goes all the same, and the certificate says so.
  await step('ciphertext', async () => ofAll(await wipeNames(folder, (name) => name.startsWith(ORIGINAL))));
  await step('derived', async () => ofAll(await wipeTree(folder)));
  lease?.release();
  await step('verification', async () => verifyGone(session, dossier, folder));
  const complete = keyGone && state.steps.every(({ done }) => done);
  state = { ...state, finished: complete ? 'complete' : 'partial' };
  const certificate = await writeCertificate(session, { ...state, complete });
  save(session, state);
  return { dossier, complete, certificate };
}

async function destroyKey(session: Session, dossier: string): Promise<StepOutcome> {
  return ofAll(await session.exclusively(() => session.keyring.destroy(dossier, session.staff())));
}

/** Reads the keyring anew: the key must not be there, and nothing of an earlier epoch either. */
async function proveClosed(session: Session, dossier: string): Promise<StepOutcome> {
  try {
    (await session.keyring.keyOf(dossier)).fill(0);
    return { done: false, reason: 'key-still-opens' };
  } catch (error) {
    if (!(error instanceof AppFailure) || error.error.code !== 'dossier-wiped') throw error;
  }
  const files = readdirSync(session.folder('keys')).length;
  return files === 2 ? { done: true } : { done: false, reason: 'old-epoch-left' };
}

async function wipeNames(folder: string, wanted: (name: string) => boolean): Promise<FileWipe[]> {
  const results: FileWipe[] = [];
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    if (!entry.isDirectory() && wanted(entry.name)) results.push(await wipeFile(join(folder, entry.name)));
  return results;
}

/** Everything in a folder but its lock, and the folders below with it. */
export async function wipeTree(folder: string): Promise<FileWipe[]> {
  const results = await wipeNames(folder, (name) => name !== LOCK);
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    if (!entry.isDirectory()) continue;
    const below = join(folder, entry.name);
    results.push(...(await wipeTree(below)), ...(await wipeNames(below, () => true)));
    if (readdirSync(below).length === 0) rmdirSync(below);
  }
  return results;
}

function verifyGone(session: Session, dossier: string, folder: string): Promise<StepOutcome> {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  if (existsSync(folder)) return Promise.resolve({ done: false, reason: 'files-left' });
  return Promise.resolve(session.keyring.has(dossier) ? { done: false, reason: 'key-left' } : { done: true });
}

/** One result for several files: the first reason counts. */
function ofAll(results: readonly FileWipe[]): StepOutcome {
  const bad = results.find(({ complete }) => !complete);
  const reason = bad?.steps.find(({ done, reason: why }) => !done && why !== undefined)?.reason;
  return bad ? { done: false, reason: reason ?? 'unknown' } : { done: true };
}

function reasonOf(error: unknown): string {
  if (error instanceof AppFailure) return error.error.code;
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function save(session: Session, state: WipeState): void {
  writeJson(session.folder('wipes', `${state.dossier}.json`), state);
}

function recordingFacts(session: Session, dossier: string): WipedRecording {
  const entries = session.entries();
  const facts = keepingFacts(entries).get(dossier);
  const imported = entries
    .map(({ what }) => what)
    .find((what) => what.event === 'imported' && what.dossier === dossier);
  if (!facts || imported?.event !== 'imported') return fail({ code: 'dossier-unknown', dossier });
  const { source, recordedOn, importedOn, assessedOn } = facts;
  const { bytes, milliseconds, hmac } = imported;
  return {
    source,
    recordedOn,
    importedOn,
    ...(assessedOn === undefined ? {} : { assessedOn }),
    bytes,
    milliseconds,
    hmac,
  };
}
