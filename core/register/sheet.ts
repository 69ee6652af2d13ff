import { z } from 'zod';
import type { AuditEntry } from '../audit/entry.ts';
import { addDays } from '../retention/terms.ts';
import { Id } from '../vault/person.ts';
import { positionOf, pupilsOf, standingOf, type ClassRegister } from './class-register.ts';
import { Group, Pseudonym } from './entry.ts';
import { sameGroup } from './group.ts';
import { lastDayOf } from './school-year.ts';

/** Who objects (B1), or of whom no consent is known, which counts the same where pupils are asked first (P13). */
const Why = z.enum(['objection', 'no-consent']);

const Pupil = z.strictObject({
  pupil: Pseudonym,
  seat: z.string().max(80),
  why: Why,
  /** First day on which it is so: consent ends by itself (I5). */
  from: z.iso.date().optional(),
});

/** What those who film a class have to know of its register, and nothing else of it. */
const ClassSheet = z.strictObject({ group: Group, pupils: z.array(Pupil).max(400) });
type ClassSheet = z.infer<typeof ClassSheet>;

/** The sheets of all classes, as they were when the register was last used. */
export const Sheets = z.strictObject({
  version: z.literal(1),
  /** Number of the log's line at which they were made. */
  seq: z.number().int().nonnegative(),
  by: Id,
  classes: z.array(ClassSheet).max(500),
});
export type Sheets = z.infer<typeof Sheets>;

/** A pupil who must not be in view, as those who film are told. */
export interface PupilOnSheet {
  readonly pupil: string;
  readonly seat: string;
}

/** Everyone who did not consent for good. @param day `YYYY-MM-DD` */
export function sheetsOf(registers: readonly ClassRegister[], day: string): ClassSheet[] {
  return registers.map((register) => ({
    group: register.group,
    pupils: pupilsOf(register).map((pupil) => {
      const own = register.entries.filter((entry) => entry.pupil === pupil);
      const seat = own.at(-1)?.seat ?? '';
      const position = positionOf(register, pupil, day);
      // Who took a consent back said no (AVG art. 7(3)), also where nobody had to be asked.
      const takenBack = own.some(
        (entry) => entry.kind === 'consent' && standingOf(register, entry, day) === 'withdrawn',
      );
      if (position !== 'consent')
        return { pupil, seat, why: position === 'objection' || takenBack ? 'objection' : 'no-consent' };
      const ends = own
        .filter((entry) => entry.kind === 'consent' && standingOf(register, entry, day) === 'in-force')
        .map(({ schoolYear }) => lastDayOf(schoolYear));
      return { pupil, seat, why: 'no-consent', from: addDays(ends.toSorted().at(-1) ?? day, 1) };
    }),
  }));
}

/**
 * Pupils of a class who must not be in view. Doubt protects the pupil.
 * @param regime whether pupils are asked first, or may object @param day `YYYY-MM-DD`
 */
export function pupilsToHide(
  sheets: Sheets | undefined,
  group: string,
  regime: 'consent' | 'objection',
  day: string,
): PupilOnSheet[] {
  const own = (sheets?.classes ?? []).filter((sheet) => sameGroup(sheet.group, group));
  return own
    .flatMap(({ pupils }) => pupils)
    .filter(({ why, from }) => (why === 'objection' || regime === 'consent') && (from === undefined || day >= from))
    .map(({ pupil, seat }) => ({ pupil, seat }));
}

/** Number of the log's newest line that says that the register changed; 0: it was never used. */
export function registerSeq(entries: readonly AuditEntry[]): number {
  const about = new Set<string>(['register-changed', 'register-wiped']);
  return entries.findLast(({ what }) => about.has(what.event))?.seq ?? 0;
}
