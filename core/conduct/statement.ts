import type { AuditEntry } from '../audit/entry.ts';
import { schoolYearOf } from '../register/school-year.ts';

/**
 * What whoever sees recordings promises each school year (I9, S6, S11, V6): the school's rules on footage, secrecy,
 * and the code for social media. Its digest stands in the log, so a change of it asks for a new signature.
 */
export const STATEMENT = {
  nl: [
    'Ik houd me aan de afspraken van deze school over beeld en privacy.',
    'Wat ik op opnamen zie of hoor, houd ik geheim, ook na mijn tijd hier.',
    'Ik bekijk opnamen alleen voor mijn werk of opleiding, en waar niemand meekijkt die er niet bij hoort.',
    'Ik maak geen foto, schermopname of kopie, en zet niets op sociale media of in een appgroep.',
    'Kaart, telefoon en camera maak ik leeg zodra de opname in de kluis staat.',
    'Denk ik dat er iets is uitgelekt, dan meld ik dat meteen.',
  ],
  en: [
    'I keep to the agreements of this school on footage and privacy.',
    'What I see or hear in recordings I keep secret, also after my time here.',
    'I look at recordings for my work or training alone, and where nobody looks on who has no part in it.',
    'I make no photo, screen recording or copy, and put nothing on social media or in a group chat.',
    'I empty card, phone and camera as soon as the recording is in the vault.',
    'If I think that something leaked, I report it at once.',
  ],
} as const;

/** What is digested: one line a promise. */
export const STATEMENT_TEXT = `onherkenbaar statement v1\n${STATEMENT.nl.join('\n')}`;

/** Whether someone signed it in the school year of a day. @param digest of {@link STATEMENT_TEXT} @param day `YYYY-MM-DD` */
export function hasSigned(entries: readonly AuditEntry[], person: string, digest: string, day: string): boolean {
  const schoolYear = schoolYearOf(day);
  return entries.some(
    ({ by, what }) =>
      by === person && what.event === 'rules-signed' && what.statement === digest && what.schoolYear === schoolYear,
  );
}
