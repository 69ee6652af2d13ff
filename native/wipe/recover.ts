import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { dueOf, keepingFacts, mustGo } from '../../core/retention/terms.ts';
import { Lease } from '../store/lease.ts';
import { LOCK } from '../vault/dossier.ts';
import type { Session } from '../vault/vault.ts';
import { resumeWipes, wipeDossier, wipeTree, type WipeOutcome } from './dossier-wipe.ts';

/**
 * Puts right what a crash left, when someone opens the vault: wipes that were begun, keys of imports
 * that never came to be, folders without a key, files of earlier epochs.
 */
export async function recover(session: Session): Promise<WipeOutcome[]> {
  const imported = keepingFacts(session.entries());
  await session.exclusively(async () => {
    for (const id of session.keyring.all()) if (!imported.has(id)) await session.keyring.destroy(id, session.staff());
    await session.keyring.sweep();
  });
  const wipes = await resumeWipes(session);
  for (const id of readdirSync(session.folder('dossiers'))) {
    if (session.keyring.has(id) || existsSync(session.folder('wipes', `${id}.json`))) continue;
    await removeOrphan(session.folder('dossiers', id));
  }
  return wipes;
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

/** Wipes what may be kept no longer. @param today `YYYY-MM-DD` */
export async function wipeExpired(session: Session, today: string): Promise<WipeOutcome[]> {
  const outcomes: WipeOutcome[] = [];
  for (const facts of keepingFacts(session.entries()).values()) {
    if (facts.wipe !== 'none' || !mustGo(facts, today)) continue;
    outcomes.push(await wipeDossier(session, facts.dossier, dueOf(facts).rule));
  }
  return outcomes;
}
