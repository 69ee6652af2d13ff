import type { AuditEntry } from '../../core/audit/entry.ts';
import { fail } from '../../core/errors.ts';
import type { PublicPerson } from '../../core/vault/person.ts';
import { addMachine, enterAsMachine } from './machine-account.ts';
import { Vault, type Session } from './vault.ts';

/**
 * Makes the account of a machine that makes parts of clips for others. It is on no recording's access list: it
 * sees what somebody with access hands it the key of, for one job.
 * @throws AppFailure `act-not-allowed`, `key-file-refused`, `key-file-exists`, `output-folder-missing`
 */
export function addWorker(session: Session, keyFile: string, name: string): Promise<PublicPerson> {
  return addMachine(session, 'worker', keyFile, name);
}

/** @throws AppFailure `vault-missing`, `key-file-…`, `person-unknown`, `passphrase-wrong`, `worker-retired` */
export async function enterAsWorker(root: string, keyFile: string): Promise<Session> {
  const session = await enterAsMachine(Vault.open(root), keyFile, 'worker');
  if (retired(session.entries()).has(session.keys.person.id)) fail({ code: 'worker-retired' });
  return session;
}

/** Those whom a key may be handed to. @throws AppFailure `log-damaged` */
export function workersOf(session: Session): PublicPerson[] {
  const gone = retired(session.entries());
  const people = [...session.vault.people().values()].map(({ person }) => person);
  const workers = people.filter(({ id, role }) => role === 'worker' && !gone.has(id));
  return workers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** From here on nobody hands it a key; what it was handed before ends with those jobs. @throws AppFailure `act-not-allowed`, `person-unknown` */
export async function retireWorker(session: Session, worker: string): Promise<void> {
  session.require('add-person');
  if (!workersOf(session).some(({ id }) => id === worker)) fail({ code: 'person-unknown', person: worker });
  await session.noteAlone({ event: 'worker-retired', person: worker });
}

function retired(entries: readonly AuditEntry[]): Set<string> {
  return new Set(entries.flatMap(({ what }) => (what.event === 'worker-retired' ? [what.person] : [])));
}
