import { fail } from '../../core/errors.ts';
import { maySeeFootage, type PublicPerson } from '../../core/vault/person.ts';
import type { Session } from './vault.ts';

/** Someone who may be on an access list. @throws AppFailure `person-unknown`, `act-not-allowed` */
export function viewer(session: Session, id: string): PublicPerson {
  const person = session.vault.people().get(id)?.person ?? fail({ code: 'person-unknown', person: id });
  return maySeeFootage(person.role) ? person : fail({ code: 'act-not-allowed', act: 'work', role: person.role });
}

/**
 * Puts someone on a recording's access list, or takes someone off it: the key is wrapped anew for exactly
 * those who are left. Who has been on it may have seen the recording; that can't be taken back.
 * @throws AppFailure `act-not-allowed`, `person-unknown`, `access-denied`, `dossier-unknown`
 */
export async function changeAccess(session: Session, dossier: string, who: string, grant: boolean): Promise<void> {
  session.require('grant-access');
  await session.exclusively(async () => {
    if (!session.keyring.has(dossier)) fail({ code: 'dossier-unknown', dossier });
    const key = await session.keyring.keyOf(dossier);
    const others = session.keyring.accessOf(dossier).filter((id) => id !== who);
    const ids = grant ? [...others, viewer(session, who).id] : others;
    // A recording that nobody can open could not even be judged before it is wiped.
    if (ids.length === 0) fail({ code: 'access-last' });
    if (!grant && !session.keyring.accessOf(dossier).includes(who)) fail({ code: 'person-unknown', person: who });
    const people = ids.map((id) => viewer(session, id));
    if (grant) await session.keyring.put(dossier, key, people);
    else await session.keyring.narrow(dossier, key, people, session.staff());
    key.fill(0);
    session.note({ event: grant ? 'access-granted' : 'access-revoked', dossier, person: who });
  });
}
