import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppFailure } from '../../core/errors.ts';
import { addDays, dueOf, keepingFacts, mustGo, type KeepingFacts } from '../../core/retention/terms.ts';
import { Lease } from '../store/lease.ts';
import { withDossier } from '../vault/case-job.ts';
import { LOCK } from '../vault/dossier.ts';
import { noteImport } from '../vault/import.ts';
import type { Session } from '../vault/vault.ts';
import { resumeWipes, wipeDossier, wipeTree, type WipeOutcome } from './dossier-wipe.ts';

/**
 * Puts right what a crash left, when someone opens the vault: wipes that were begun, imports that were
 * complete but not yet logged, folders of imports that never came to be, files of earlier epochs. A key
 * or a recording that merely stands in no log is never destroyed here: a log can be an older copy.
 */
export async function recover(session: Session): Promise<WipeOutcome[]> {
  await session.exclusively(() => session.keyring.sweep());
  const wipes = await resumeWipes(session);
  const imported = keepingFacts(session.entries());
  for (const id of session.keyring.all()) if (!imported.has(id)) await finishImport(session, id);
  for (const id of readdirSync(session.folder('dossiers'))) {
    // Also what was wiped and came back, from a backup or a synchronising folder.
    const known = imported.get(id)?.wipe ?? 'complete';
    if (!session.keyring.has(id) && known === 'complete') await removeOrphan(session.folder('dossiers', id));
  }
  return wipes;
}

/** The key was kept and the log not yet told; who may open it tells it now. */
async function finishImport(session: Session, id: string): Promise<void> {
  if (!session.keyring.accessOf(id).includes(session.keys.person.id)) return;
  const facts = await withDossier(session, id, undefined, ({ state }) => Promise.resolve(state)).catch(
    (error: unknown) => {
      // Its import goes on elsewhere this very moment.
      if (error instanceof AppFailure && error.error.code === 'dossier-busy') return undefined;
      throw error;
    },
  );
  if (!facts) return;
  await session.exclusively(() => noteImport(session, id, facts));
}

/** An import that was cut short before its key was kept; one under way elsewhere holds its lease. */
async function removeOrphan(folder: string): Promise<void> {
  const lease = Lease.take(join(folder, LOCK));
  if (!lease) return;
  try {
    await wipeTree(folder);
  } finally {
    lease.release();
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Dossiers whose term is over. @param today `YYYY-MM-DD` */
export function expired(session: Session, today: string): KeepingFacts[] {
  return [...keepingFacts(session.entries()).values()].filter((facts) => facts.wipe === 'none' && mustGo(facts, today));
}

/** Wipes what may be kept no longer. One that somebody is working in is left for the next time. */
export async function wipeExpired(session: Session, today: string): Promise<WipeOutcome[]> {
  const outcomes: WipeOutcome[] = [];
  for (const facts of expired(session, today)) {
    try {
      outcomes.push(await wipeDossier(session, facts.dossier, dueOf(facts).rule));
    } catch (error) {
      if (!(error instanceof AppFailure) || error.error.code !== 'dossier-busy') throw error;
    }
  }
  return outcomes;
}

/** Days the clock may stand past the newest line of the log and still be believed. */
const PLAUSIBLE_DAYS = 90;

/** False when the clock is so far ahead of the log that wiping on its word could be a mistake. */
export function clockIsPlausible(session: Session, today: string): boolean {
  const newest = session.entries().at(-1)?.at.slice(0, 10) ?? today;
  return today <= addDays(newest, PLAUSIBLE_DAYS);
}
