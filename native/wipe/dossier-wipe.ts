import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEntry, WipeStepName } from '../../core/audit/entry.ts';
import { AppFailure, fail } from '../../core/errors.ts';
import { keepingFacts, type KeepingFacts } from '../../core/retention/terms.ts';
import type { Certificate, WipedRecording, WipeStepResult } from '../../core/vault/certificate.ts';
import { maySeeFootage } from '../../core/vault/person.ts';
import { wipeFile, type FileWipe } from '../disk/overwrite.ts';
import { writeWhole } from '../store/atomic.ts';
import { Lease } from '../store/lease.ts';
import { LOCK, ORIGINAL } from '../vault/dossier.ts';
import { giveOwedTasks } from '../vault/tasks.ts';
import type { Session } from '../vault/vault.ts';
import { writeCertificate } from './certificate.ts';

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
 * What was meant and how far it came stands in the log alone. A step that fails is said and tried again
 * by {@link resumeWipe}; nothing is quietly done in a weaker way instead.
 * @param rule that demands it, such as R4, or `request`
 * @throws AppFailure `act-not-allowed`, `access-denied`, `dossier-unknown`, `dossier-wiped`, `dossier-on-hold`, `dossier-busy`
 */
export async function wipeDossier(session: Session, dossier: string, rule: string): Promise<WipeOutcome> {
  session.require(rule === 'request' ? 'wipe-on-request' : 'wipe');
  requireWipeable(session, dossier, rule);
  return underLeases(session, dossier, async () => {
    // Once more, and in one with the intent: a hold may have come in between.
    await session.exclusively(() => {
      requireWipeable(session, dossier, rule);
      session.note({ event: 'wipe-begun', dossier, rule });
    });
    return carryOn(session, dossier);
  });
}

function requireWipeable(session: Session, dossier: string, rule: string): void {
  const facts = keepingFacts(session.entries()).get(dossier);
  if (!facts) fail({ code: 'dossier-unknown', dossier });
  if (facts.wipe !== 'none') fail({ code: 'dossier-wiped' });
  if (facts.holdReviewBy !== undefined) fail({ code: 'dossier-on-hold' });
  const { id, role } = session.keys.person;
  // A term holds for all; on request only those whose recording it is, and those who answer for the vault.
  if (rule === 'request' && maySeeFootage(role) && !session.keyring.accessOf(dossier).includes(id))
    fail({ code: 'access-denied' });
}

/**
 * True when something of a recording is there of which the log says that it was to go, when what failed then
 * may work now, and when a crash kept its certificate from being written.
 */
export function wipeIsDue(session: Session, { dossier, wipe }: KeepingFacts): boolean {
  if (wipe === 'none') return false;
  if (wipe === 'begun' || session.keyring.has(dossier) || existsSync(session.folder('dossiers', dossier))) return true;
  if (wipe === 'complete') return !existsSync(session.folder('certificates', `${dossier}.json`));
  // What somebody else took away in their own manner does not come back to be wiped.
  return lastFailures(session.entries(), dossier).some((reason) => reason !== 'absent');
}

/** Why steps of the last try failed. */
function lastFailures(entries: readonly AuditEntry[], dossier: string): string[] {
  let reasons: string[] = [];
  for (const { what } of entries) {
    if (what.event !== 'wipe-step' || what.dossier !== dossier) continue;
    if (what.step === 'key') reasons = [];
    if (!what.done) reasons.push(what.reason ?? 'unknown');
  }
  return reasons;
}

/** Takes up a wipe that a crash or a failed step left, or of which something came back. */
export async function resumeWipe(session: Session, dossier: string): Promise<WipeOutcome> {
  return underLeases(session, dossier, () => carryOn(session, dossier));
}

/** Whoever reads or renders it finishes first; and nobody else wipes it at the same time. */
async function underLeases<T>(session: Session, dossier: string, work: () => Promise<T>): Promise<T> {
  const folder = session.folder('dossiers', dossier);
  const wiping = Lease.take(session.folder('certificates', `.${dossier}.lock`)) ?? fail({ code: 'dossier-busy' });
  try {
    const reading = existsSync(folder) ? (Lease.take(join(folder, LOCK)) ?? fail({ code: 'dossier-busy' })) : undefined;
    // From here on the log keeps everybody out; its file would stand in the way of removing the folder.
    try {
      return await work();
    } finally {
      reading?.release();
      if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    }
  } finally {
    wiping.release();
  }
}

/** Lies in a dossier's folder while its recording is being overwritten. */
const BEGUN = 'wordt-gewist';

async function carryOn(session: Session, dossier: string): Promise<WipeOutcome> {
  const folder = session.folder('dossiers', dossier);
  const earlier = stepsSoFar(session.entries(), dossier);
  const steps: WipeStepResult[] = [];
  const step = async (name: WipeStepName, work: () => Promise<StepOutcome>): Promise<void> => {
    const { done, reason } = await work().catch((error: unknown): StepOutcome => ({
      done: false,
      reason: reasonOf(error),
    }));
    const why = done ? {} : { reason: reason ?? 'unknown' };
    const entry = await session.noteAlone({ event: 'wipe-step', dossier, step: name, done, ...why });
    steps.push({ step: name, done, ...why, at: entry.at });
  };
  await step('key', () => destroyKey(session, dossier));
  await step('proof', () => proveClosed(session, dossier));
  // Also when a key was left: ciphertext would then still be a recording.
  const original = (name: string) => name.startsWith(ORIGINAL);
  await step('ciphertext', async () => {
    // By this a recording that was overwritten before a crash is told from one that somebody took away.
    const marker = join(folder, BEGUN);
    const begun = existsSync(marker);
    if (!begun && existsSync(folder) && readdirSync(folder).some(original)) writeWhole(marker, BEGUN);
    return ofAll(await wipeNames(folder, original), begun || earlier.has('ciphertext'));
  });
  await step('derived', async () => ofAll(await wipeTree(folder), earlier.has('derived') || existsSync(folder)));
  await step('verification', () => Promise.resolve(verifyGone(session, dossier, folder)));
  const record = {
    dossier,
    ...beginningOf(session.entries(), dossier),
    steps,
    complete: steps.every(({ done }) => done),
  };
  const certificate = await writeCertificate(session, { ...record, recording: recordingFacts(session, dossier) });
  await giveOwedTasks(session, certificate.body.endedAt.slice(0, 10), dossier);
  return { dossier, complete: record.complete, certificate };
}

/** Steps that were done in an earlier try, by the log. */
function stepsSoFar(entries: readonly AuditEntry[], dossier: string): Set<WipeStepName> {
  const done = new Set<WipeStepName>();
  for (const { what } of entries)
    if (what.event === 'wipe-step' && what.dossier === dossier && what.done) done.add(what.step);
  return done;
}

function beginningOf(entries: readonly AuditEntry[], dossier: string): { rule: string; begunAt: string } {
  for (const { what, at } of entries)
    if (what.event === 'wipe-begun' && what.dossier === dossier) return { rule: what.rule, begunAt: at };
  return fail({ code: 'dossier-unknown', dossier });
}

async function destroyKey(session: Session, dossier: string): Promise<StepOutcome> {
  return ofAll(await session.exclusively(() => session.keyring.destroy(dossier, session.staff())), true);
}

/** Reads the keyring anew: the key must not be there, and no keyring of an earlier epoch either. */
async function proveClosed(session: Session, dossier: string): Promise<StepOutcome> {
  return session.exclusively(async () => {
    try {
      (await session.keyring.keyOf(dossier)).fill(0);
      return { done: false, reason: 'key-still-opens' };
    } catch (error) {
      if (!(error instanceof AppFailure) || error.error.code !== 'dossier-wiped') throw error;
    }
    return session.keyring.strays().length === 0 ? { done: true } : { done: false, reason: 'old-epoch-left' };
  });
}

async function wipeNames(folder: string, wanted: (name: string) => boolean): Promise<FileWipe[]> {
  const results: FileWipe[] = [];
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    if (!entry.isDirectory() && wanted(entry.name)) results.push(await wipeFile(join(folder, entry.name)));
  return results;
}

/** Everything in a folder but its lock, and the folders below with it; links are refused, not followed. */
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

function verifyGone(session: Session, dossier: string, folder: string): StepOutcome {
  const left = existsSync(folder) ? readdirSync(folder).filter((name) => name !== LOCK) : [];
  if (left.length > 0) return { done: false, reason: 'files-left' };
  return session.keyring.has(dossier) ? { done: false, reason: 'key-left' } : { done: true };
}

/**
 * One result for several files: the first reason counts.
 * @param mayBeNone whether it is right that there was nothing to wipe; else someone else removed it, who
 *   knows how
 */
function ofAll(results: readonly FileWipe[], mayBeNone: boolean): StepOutcome {
  if (results.length === 0) return mayBeNone ? { done: true } : { done: false, reason: 'absent' };
  const bad = results.find(({ complete }) => !complete);
  const reason = bad?.steps.find(({ done, reason: why }) => !done && why !== undefined)?.reason;
  return bad ? { done: false, reason: reason ?? 'unknown' } : { done: true };
}

function reasonOf(error: unknown): string {
  if (error instanceof AppFailure) return error.error.code;
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
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
  const assessed = assessedOn === undefined ? {} : { assessedOn };
  return { source, recordedOn, importedOn, ...assessed, bytes, milliseconds, hmac };
}
