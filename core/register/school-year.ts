import { z } from 'zod';

/** `2026-2027`. */
export const SchoolYear = z
  .string()
  .regex(/^20\d\d-20\d\d$/)
  .refine((text) => Number(text.slice(5)) === Number(text.slice(0, 4)) + 1);
export type SchoolYear = z.infer<typeof SchoolYear>;

/** Fields of the school profile that decide how long an entry counts and is kept. */
export interface RegisterTerms {
  /** Last day of a school year, `MM-DD` (I5). */
  readonly yearEnds: string;
  /** Years that entries are kept after their school year; more than two is not possible (R10). */
  readonly keepYears: 0 | 1 | 2;
}

export const DEFAULT_TERMS: RegisterTerms = { yearEnds: '07-31', keepYears: 2 };

/** The school year that a day falls in. @param day `YYYY-MM-DD` */
export function schoolYearOf(day: string, { yearEnds }: RegisterTerms = DEFAULT_TERMS): SchoolYear {
  const year = Number(day.slice(0, 4));
  const first = day.slice(5) <= yearEnds ? year - 1 : year;
  return `${first}-${first + 1}`;
}

/** Last day on which consent of that school year counts (I5). */
export function lastDayOf(schoolYear: SchoolYear, { yearEnds }: RegisterTerms = DEFAULT_TERMS): string {
  return `${schoolYear.slice(5)}-${yearEnds}`;
}

/** Last day on which an entry of that school year may be there (R10). */
export function keptUntil(schoolYear: SchoolYear, terms: RegisterTerms = DEFAULT_TERMS): string {
  return `${Number(schoolYear.slice(5)) + terms.keepYears}-${terms.yearEnds}`;
}

/** Whether everything of that school year has to go now (R10). @param today `YYYY-MM-DD` */
export function mustBeRemoved(schoolYear: SchoolYear, today: string, terms: RegisterTerms = DEFAULT_TERMS): boolean {
  return today > keptUntil(schoolYear, terms);
}
