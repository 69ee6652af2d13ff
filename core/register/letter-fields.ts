import type { SchoolProfile } from '../profile/profile.ts';
import { LetterFields } from './letters.ts';

/** What a letter says beside what the school has signed. */
export interface LetterWish {
  readonly place: string;
  /** Last day in the letter to object, `YYYY-MM-DD`. */
  readonly deadline: string;
  readonly pupil: 'leerling' | 'kind';
  /** Day of the letter. */
  readonly on: string;
}

/**
 * The fields of a letter out of the signed profile (R3: one value for letter, register and timer).
 * @returns the name of the field of the profile that has to be filled in first, when one is missing
 */
export function letterFields(profile: SchoolProfile, wish: LetterWish): LetterFields | string {
  const { purposes, terms, privacyOfficer, portals, sharing } = profile;
  // The letter names one ground; of two it would promise parents the wrong thing.
  if (new Set(purposes.map(({ ground }) => ground)).size > 1) return 'purposes';
  const parsed = LetterFields.safeParse({
    school: profile.school,
    place: wish.place,
    purposes: purposes.map(({ purpose }) => purpose),
    ground: purposes[0]?.ground,
    // A term of nought days is said as one: the letter promises no more than is kept.
    termDays: Math.max(1, terms.lesson.daysAfterAssessment),
    capDays: terms.lesson.daysAfterImport,
    access: ['de docent die wordt gefilmd', 'de schoolopleider die beoordeelt'],
    recipients: sharing === 'never' ? [] : portals.map(({ name }) => name),
    // Also where consent is the ground and nothing else was said: nobody is filmed who was not asked.
    regime: purposes.some(({ ground }) => ground === 'consent') ? 'consent' : profile.regime.pupils,
    objectionDeadline: wish.deadline,
    contact: { ...privacyOfficer, role: 'privacy officer' },
    complaint: profile.complaints,
    signedOn: wish.on,
    pupil: wish.pupil,
  });
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.path.join('.') ?? 'school');
}
