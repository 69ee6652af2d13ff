import { closedDossiers, closingRefusals, closingWarnings, type ClosingReason } from '../../core/dossier/closing.ts';
import { fail } from '../../core/errors.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { Certificate } from '../../core/vault/certificate.ts';
import { readJson } from '../store/atomic.ts';
import { certificateHolds } from '../wipe/certificate.ts';
import { canonical, sha256 } from './signing.ts';
import { noteOwedTasks } from './tasks.ts';
import type { Session } from './vault.ts';

/**
 * Closes a dossier of which nothing is left to be done but what somebody has as a task (G6). Only the privacy
 * officer can answer for one of which nobody noted what it was used for (P6).
 * @returns what whoever closed it has to know
 * @throws AppFailure `act-not-allowed`, `dossier-unknown`, `dossier-closed`, `closing-refused`
 */
export async function closeDossier(session: Session, dossier: string, now: Date): Promise<ClosingReason[]> {
  session.require('close');
  const today = now.toISOString().slice(0, 10);
  return session.exclusively(() => {
    if (!keepingFacts(session.entries()).has(dossier)) fail({ code: 'dossier-unknown', dossier });
    if (closedDossiers(session.entries()).has(dossier)) fail({ code: 'dossier-closed', dossier });
    // What a wipe left to people has an owner before anything is closed.
    noteOwedTasks(session, today, dossier);
    const reasons = closingReasons(session, dossier, today);
    if (reasons.length > 0) fail({ code: 'closing-refused', reasons });
    const warnings = closingWarnings(session.entries(), dossier);
    session.note({ event: 'dossier-closed', dossier });
    return warnings;
  });
}

/** All that stands in the way, for whoever sits here. @param today `YYYY-MM-DD` */
export function closingReasons(session: Session, dossier: string, today: string): ClosingReason[] {
  const answered = session.keys.person.role === 'privacy-officer';
  const reasons = closingRefusals(session.entries(), dossier, today).filter(
    (reason) => !(answered && reason === 'not-assessed'),
  );
  if (!reasons.includes('not-wiped') && !certificateIsThere(session, dossier)) reasons.push('no-certificate');
  return reasons;
}

/** Whether the vault has a certificate that the log knows, signed by whom the log says. */
function certificateIsThere(session: Session, dossier: string): boolean {
  const certificate = readJson(session.folder('certificates', `${dossier}.json`), Certificate);
  if (!certificate?.body.complete) return false;
  const digest = sha256(canonical(certificate.body));
  const line = session
    .entries()
    .find(({ what }) => what.event === 'wiped' && what.dossier === dossier && what.certificate === digest);
  const signer = line && session.vault.people().get(line.by)?.person;
  return signer !== undefined && certificateHolds(certificate, signer.verifyKey);
}
