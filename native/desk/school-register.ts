import { AppFailure, fail } from '../../core/errors.ts';
import type { ClassRegister } from '../../core/register/class-register.ts';
import { effectRule } from '../../core/register/effects.ts';
import { Move, type AgeBand, type RegisterResolution } from '../../core/register/entry.ts';
import type { PlanProblem } from '../../core/register/import-plan.ts';
import { letterFields, type LetterWish } from '../../core/register/letter-fields.ts';
import { letterOf, type LetterKind } from '../../core/register/letters.ts';
import { valid } from '../../core/valid.ts';
import { addEntry, type EntryWish } from '../register/add-entry.ts';
import { writeLetterPdf } from '../register/letter-pdf.ts';
import { importPreferences } from '../register/preference-file.ts';
import { withRegisters, type Changed } from '../register/registers.ts';
import { reopenClass } from '../vault/late-objections.ts';
import { requireSigned } from '../vault/profile.ts';
import { dayNow } from '../day.ts';
import type { Session } from '../vault/vault.ts';

export function readRegisters(session: Session): Promise<{ today: string; registers: ClassRegister[] }> {
  return withRegisters(session, (registers) => ({ today: registers.today, registers: registers.all() }));
}

/** What a change made of dossiers of the same class, as far as it could be done from here. */
async function reopen(session: Session, changed: readonly Changed[]) {
  let reopened = 0;
  let unseen = 0;
  for (const { before, after } of changed) {
    if (!effectRule(before, after, dayNow())) continue;
    const done = await reopenClass(session, after.group);
    reopened += done.dossiers.length;
    unseen += done.unseen;
  }
  return { reopened, unseen };
}

/** @throws AppFailure `act-not-allowed`, `register-…` */
export async function addToRegister(session: Session, wish: EntryWish) {
  const { entry, changed } = await withRegisters(session, (registers) => addEntry(registers, wish));
  return { pupil: entry.pupil, ...(await reopen(session, changed)) };
}

export interface MoveWish {
  readonly entry: string;
  readonly to: Move['to'];
  readonly dossier?: string | undefined;
  readonly resolution?: RegisterResolution | undefined;
  readonly reason: string;
}

/** A step of an objection (B3). @throws AppFailure `register-move-refused`, `value-invalid` */
export async function moveInRegister(session: Session, { entry, to, dossier, resolution, reason }: MoveWish) {
  await withRegisters(session, (registers) => {
    const about = to === 'consulting' ? {} : { dossier };
    const choice = to === 'resolved' ? { resolution, reason } : {};
    registers.move(valid(Move, { entry, to, on: registers.today, by: session.keys.person.role, ...about, ...choice }));
  });
}

/** A consent that is withdrawn acts like an objection (AVG art. 7(3)). */
export async function withdrawFromRegister(session: Session, entry: string): Promise<void> {
  const changed = await withRegisters(session, (registers) => registers.withdraw(entry, registers.today));
  await reopen(session, [changed]);
}

export interface ListWish {
  readonly path: string;
  readonly group?: string | undefined;
  readonly band: AgeBand;
  readonly dryRun: boolean;
}

/** All of a list or nothing; rows that keep it out are named, with nothing of what stands in them. */
export async function importList(session: Session, { path, group, band, dryRun }: ListWish) {
  const rows: { line: number; problem: PlanProblem }[] = [];
  const none = { objections: 0, consents: 0, unanswered: 0, unchanged: 0, droppedColumns: 0, renamed: [] };
  try {
    const outcome = await withRegisters(session, (registers) =>
      importPreferences(registers, {
        ...{ file: path, group, band, dryRun, received: registers.today, deadline: undefined },
        onProblem: (line, problem) => rows.push({ line, problem }),
      }),
    );
    await reopen(session, outcome.changed);
    const { entries, unanswered, unchanged, dropped } = outcome;
    const count = (kind: string) => entries.filter(({ entry }) => entry.kind === kind).length;
    return {
      ...{ rows, objections: count('objection'), consents: count('consent'), unanswered, unchanged },
      droppedColumns: dropped.columns,
      renamed: entries.flatMap(({ line, entry, renamed }) => (renamed ? [{ line, pupil: entry.pupil }] : [])),
    };
  } catch (error) {
    if (error instanceof AppFailure && error.error.code === 'register-file-rows') return { ...none, rows };
    throw error;
  }
}

/** Of the profile as it is signed. @throws AppFailure `letter-invalid` naming what the profile lacks, `profile-unsigned` */
export async function writeLetter(
  session: Session,
  kind: LetterKind,
  wish: Omit<LetterWish, 'on'>,
  file: string,
): Promise<void> {
  const { profile } = requireSigned(session.vault.profile(dayNow()));
  const fields = letterFields(profile, { ...wish, on: dayNow() });
  if (typeof fields === 'string') return fail({ code: 'letter-invalid', field: fields });
  await writeLetterPdf(letterOf(kind, fields), file);
}
