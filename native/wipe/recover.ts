import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { courseOf } from '../../core/dossier/course.ts';
import { AppFailure } from '../../core/errors.ts';
import { dueOf, keepingFacts, mustGo, type KeepingFacts } from '../../core/retention/terms.ts';
import { Id } from '../../core/vault/person.ts';
import { Lease } from '../store/lease.ts';
import { withDossier } from '../vault/case-job.ts';
import { LOCK } from '../vault/dossier.ts';
import { noteImport, noteIntake } from '../vault/import.ts';
import type { Session } from '../vault/vault.ts';
import { resumeWipe, wipeDossier, wipeIsDue, wipeTree, type WipeOutcome } from './dossier-wipe.ts';

export interface Recovered {
  readonly wipes: readonly WipeOutcome[];
  /** Dossiers that could not be put right now; they must not keep anybody from the others. */
  readonly failed: readonly string[];
}

/**
 * Puts right what a crash left, when someone opens the vault: wipes that were begun, imports that were
 * complete but not or only half logged, folders of imports that never came to be, files of earlier epochs. A key
 * or a recording that merely stands in no log is never destroyed here: a log can be an older copy.
 */
export async function recover(session: Session): Promise<Recovered> {
  const failed: string[] = [];
  await session.exclusively(() => session.keyring.sweep());
  const due = [...keepingFacts(session.entries()).values()].filter((facts) => wipeIsDue(session, facts));
  const wipes = await each(due, failed, ({ dossier }) => resumeWipe(session, dossier));
  const entries = session.entries();
  const known = keepingFacts(entries);
  // Without its purpose in the log a clip could be made of it, and never handed in.
  const opened = new Set(entries.flatMap(({ what }) => (what.event === 'dossier-opened' ? [what.dossier] : [])));
  const unlogged = session.keyring.all().filter((id) => !known.has(id) || !opened.has(id));
  await each(asDossiers(unlogged), failed, ({ dossier }) => finishImport(session, dossier));
  const folders = readdirSync(session.folder('dossiers'), { withFileTypes: true });
  // A link or a folder of another name is somebody else's.
  const ours = folders.filter((entry) => entry.isDirectory() && Id.safeParse(entry.name).success);
  const orphans = ours.map(({ name }) => name).filter((id) => isOrphan(session, id));
  await each(asDossiers(orphans), failed, ({ dossier }) => removeOrphan(session, dossier));
  return { wipes, failed };
}

const asDossiers = (ids: readonly string[]) => ids.map((dossier) => ({ dossier }));

/** Each on its own; what is busy elsewhere waits for the next time, what fails is named. */
async function each<I extends { readonly dossier: string }, T>(
  items: readonly I[],
  failed: string[],
  work: (item: I) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const item of items) {
    try {
      results.push(await work(item));
    } catch (error) {
      if (isFatal(error)) throw error;
      if (!isOfTheMoment(error)) failed.push(item.dossier);
    }
  }
  return results;
}

/** A disk that takes nothing takes nothing from the next one either. */
function isFatal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes(code);
}

/** Someone else is at it, or has done it in the meantime. */
function isOfTheMoment(error: unknown): boolean {
  return error instanceof AppFailure && /^dossier-(busy|wiped|on-hold)$/.test(error.error.code);
}

/** The key was kept and the log not yet told; who may open it tells it now. */
async function finishImport(session: Session, id: string): Promise<void> {
  if (!session.keyring.accessOf(id).includes(session.keys.person.id)) return;
  const facts = await withDossier(session, id, undefined, ({ state }) => Promise.resolve(state));
  await session.exclusively(() => {
    const { imported, opened } = courseOf(session.entries(), id);
    if (!imported) noteImport(session, id, facts);
    if (!opened) noteIntake(session, id, facts.intake);
  });
}

function isOrphan(session: Session, id: string): boolean {
  return !session.keyring.has(id) && !keepingFacts(session.entries()).has(id);
}

/** An import that was cut short before its key was kept; one under way elsewhere holds its lease. */
async function removeOrphan(session: Session, id: string): Promise<void> {
  const folder = session.folder('dossiers', id);
  const lease = Lease.take(join(folder, LOCK));
  if (!lease) return;
  try {
    // It may have come to be since it was looked at; nobody can finish it while we hold its lease.
    const orphan = await session.exclusively(() => isOrphan(session, id));
    if (!orphan) return;
    await session.noteAlone({ event: 'import-abandoned', dossier: id });
    await wipeTree(folder);
  } finally {
    lease.release();
  }
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Dossiers whose term is over. @param today `YYYY-MM-DD` */
export function expired(session: Session, today: string): KeepingFacts[] {
  return [...keepingFacts(session.entries()).values()].filter((facts) => facts.wipe === 'none' && mustGo(facts, today));
}

/** Wipes what may be kept no longer. */
export async function wipeExpired(session: Session, today: string): Promise<Recovered> {
  const failed: string[] = [];
  const wipes = await each(expired(session, today), failed, (facts) =>
    wipeDossier(session, facts.dossier, dueOf(facts).rule),
  );
  return { wipes, failed };
}
