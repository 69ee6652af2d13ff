import { hasSigned, STATEMENT_TEXT } from '../../core/conduct/statement.ts';
import { fail } from '../../core/errors.ts';
import { schoolYearOf } from '../../core/register/school-year.ts';
import { sha256 } from './signing.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

const STATEMENT_DIGEST = sha256(STATEMENT_TEXT);

/** @param today `YYYY-MM-DD` */
export function statementSigned(session: Session, today: string): boolean {
  return hasSigned(session.entries(), session.keys.person.id, STATEMENT_DIGEST, today);
}

/** Whoever sits here promises it for this school year; the log's line is signed with their key (I9, S6). */
export async function signStatement(session: Session, today: string): Promise<void> {
  if (statementSigned(session, today)) return;
  await session.noteAlone({
    event: 'rules-signed',
    statement: STATEMENT_DIGEST,
    schoolYear: schoolYearOf(today),
  });
}

/** @throws AppFailure `rules-unsigned` */
export function requireStatement(session: Session): void {
  if (!statementSigned(session, dayNow())) fail({ code: 'rules-unsigned' });
}
