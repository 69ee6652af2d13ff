import { join } from 'node:path';
import { registerIsDue } from '../../core/register/due.ts';
import { reminders, type Reminder } from '../../core/retention/reminders.ts';
import { addDays, clockOf, keepingFacts, type Clock } from '../../core/retention/terms.ts';
import { wipeDueRequests, type RequestWipe } from '../requests/due-requests.ts';
import { probeStorage } from '../disk/storage.ts';
import { Lease } from '../store/lease.ts';
import { giveOwedTasks } from '../vault/tasks.ts';
import type { Session } from '../vault/vault.ts';
import { wipeIsDue, type WipeOutcome } from './dossier-wipe.ts';
import { expired, recover, wipeExpired } from './recover.ts';

/** What one round did and found. */
export interface DailyRound {
  readonly clock: Clock;
  readonly wipes: readonly WipeOutcome[];
  /** Dossiers with which something is wrong that could not be put right now. */
  readonly failed: readonly string[];
  /** Past their term, or meant to be gone, and still there; somebody may have them open. */
  readonly late: readonly string[];
  /** Recordings that the log does not know, and so have no term: whoever brought them in has to come by. */
  readonly unlogged: readonly string[];
  readonly tasksGiven: number;
  /** Answered requests that were over their term. */
  readonly requests: readonly RequestWipe[];
  /** Someone who may see the register has to open it (R10): a machine that could tell its age could read it. */
  readonly registerDue: boolean;
  readonly reminders: readonly Reminder[];
}

const LOCK = 'daily.lock';
/** So many days without a line in the log, and the next round writes one. */
const SILENT_DAYS = 30;

/**
 * What has to be done every day, whether or not anybody opens the app (R1): what a crash left is put right,
 * what is over its term goes, what was wiped in part is tried again, and what falls to people gets an owner.
 * A second time it finds nothing to do.
 * @returns undefined when another machine is at it
 */
export async function dailyRound(session: Session, now: Date): Promise<DailyRound | undefined> {
  session.require('wipe');
  const lease = Lease.take(join(session.vault.root, LOCK));
  if (!lease) return undefined;
  try {
    return await round(session, now.toISOString().slice(0, 10));
  } finally {
    lease.release();
  }
}

async function round(session: Session, today: string): Promise<DailyRound> {
  const clock = clockOf(session.entries(), today);
  const recovered = await recover(session);
  // Not on the word of a clock that is far ahead; one that is behind wipes too little, never too much.
  const gone = clock === 'ahead' ? { wipes: [], failed: [] } : await wipeExpired(session, today);
  const requests = clock === 'ahead' ? [] : await wipeDueRequests(session, today);
  const tasksGiven = await giveOwedTasks(session, today);
  if (clock === 'right') await giveSignOfLife(session, today);
  const unlogged = await unloggedIn(session);
  const entries = session.entries();
  const failed = [...new Set([...recovered.failed, ...gone.failed])];
  const left = [...keepingFacts(entries).values()].filter((facts) => wipeIsDue(session, facts));
  const overdue = clock === 'ahead' ? [] : expired(session, today);
  const wipes = [...recovered.wipes, ...gone.wipes];
  const named = new Set([...failed, ...wipes.map(({ dossier }) => dossier)]);
  return {
    ...{ clock, wipes, failed, unlogged, tasksGiven, requests },
    late: [...new Set([...left, ...overdue].map(({ dossier }) => dossier))].filter((id) => !named.has(id)),
    registerDue: registerIsDue(entries, today),
    reminders: reminders(entries, today),
  };
}

/** An import that a crash kept from the log, and that only who may open it can put into it. */
function unloggedIn(session: Session): Promise<string[]> {
  // Under the lease: an import keeps its key and tells the log in one.
  return session.exclusively(() => {
    const known = keepingFacts(session.entries());
    return session.keyring.all().filter((id) => !known.has(id));
  });
}

/**
 * A clock is believed by what the log says of the days before: where nobody writes a line for a season, the
 * round would stop believing its own. What the vault lies on is worth a line by then anyway.
 */
async function giveSignOfLife(session: Session, today: string): Promise<void> {
  const last = session.entries().at(-1)?.at.slice(0, 10) ?? today;
  if (today <= addDays(last, SILENT_DAYS)) return;
  const { fileSystem, medium, snapshots, overwriteReliable: overwrite } = await probeStorage(session.vault.root);
  await session.noteAlone({ event: 'storage-probed', fileSystem, medium, snapshots, overwrite });
}
