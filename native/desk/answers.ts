import { intakeRefusals, type Intake, type IntakeRefusal } from '../../core/dossier/intake.ts';
import type { SchoolRules } from '../../core/dossier/school-rules.ts';
import { schoolRules } from '../vault/school-rules.ts';
import type { Session } from '../vault/vault.ts';
import type { Drafts } from './drafts.ts';

/** Answers of gate G0, held against what the school decided and its register says. */
export interface Answered {
  readonly school: SchoolRules;
  readonly refusals: readonly IntakeRefusal[];
}

/** @throws AppFailure `profile-unsigned`, `profile-expired`, `register-sheet-old` */
export async function answersOf(session: Session, intake: Intake): Promise<Answered> {
  const school = await schoolRules(session, intake.group);
  return { school, refusals: intakeRefusals(intake, school) };
}

/** Kept as they are, complete or not; a way that the rules close is logged when it is met first (P5). */
export async function keepAnswers(session: Session, drafts: Drafts, id: string, intake: Intake): Promise<Answered> {
  const answered = await answersOf(session, intake);
  const stopped = intakeRefusals(drafts.read(id), answered.school).filter(({ stop }) => stop);
  const before = new Set(stopped.map(({ rule }) => rule));
  drafts.save(id, intake);
  for (const { rule } of answered.refusals)
    if ((rule === 'P5' || rule === 'P9' || rule === 'I8' || rule === 'I12') && !before.has(rule))
      await session.noteAlone({ event: 'intake-stopped', rule });
  return answered;
}
