import { GAP_WORDS } from '../../core/profile/gap-words.ts';
import type { Language } from '../../words/errors.ts';

export interface ProfileTexts {
  readonly gap: (typeof GAP_WORDS)['nl'];
  readonly head: (school: string, hash: string, signedAt: string) => string;
  readonly nameless: string;
  readonly valid: string;
  readonly confirmedOn: (day: string) => string;
  readonly gaps: string;
  readonly signed: (hash: string) => string;
  readonly dueNow: (count: number) => string;
  readonly expiresNow: string;
  readonly exported: (file: string, fingerprint: string) => string;
  readonly offered: (school: string, signedAt: string, fingerprint: string) => string;
  readonly askFingerprint: string;
  readonly confirmed: (day: string) => string;
}

const nl: ProfileTexts = {
  gap: GAP_WORDS.nl,
  head: (school, hash, signedAt) => `Schoolprofiel van ${school}, ondertekend op ${signedAt}, kenmerk ${hash}`,
  nameless: 'een school zonder naam',
  valid: 'Het geldt.',
  confirmedOn: (day) => `De privacy officer bevestigde het op ${day}, voor dit schooljaar.`,
  gaps: 'Nog open, voor de privacy officer; tot dan geldt het strengste:',
  signed: (hash) => `Het schoolprofiel is ondertekend: ${hash}`,
  dueNow: (count) =>
    `Let op: van ${count} dossier(s) is de termijn daarmee om; bij het volgende openen van de kluis worden ze gewist.`,
  expiresNow:
    'De revisiedatum is voorbij of ontbreekt: de privacy officer moet het nog bevestigen ("profile confirm").',
  exported: (file, fingerprint) =>
    `Geschreven: ${file}\nGeef de ontvanger langs een andere weg dit kenmerk van de ondertekenaar: ${fingerprint}`,
  offered: (school, signedAt, fingerprint) =>
    `Een profiel van ${school}, ondertekend op ${signedAt}; kenmerk van de ondertekenaar: ${fingerprint}`,
  askFingerprint:
    'Klopt dat met wat de afzender zegt, geef het dan mee met --fingerprint; er is nog niets ondertekend.',
  confirmed: (day) => `Het schoolprofiel is bevestigd op ${day}, tot het einde van dit schooljaar.`,
};

const en: ProfileTexts = {
  gap: GAP_WORDS.en,
  head: (school, hash, signedAt) => `School profile of ${school}, signed on ${signedAt}, ${hash}`,
  nameless: 'a school without a name',
  valid: 'It stands.',
  confirmedOn: (day) => `The privacy officer confirmed it on ${day}, for this school year.`,
  gaps: 'Still open, for the privacy officer; until then the strictest holds:',
  signed: (hash) => `The school profile was signed: ${hash}`,
  dueNow: (count) =>
    `Mind: with it the term of ${count} dossier(s) is over; they are wiped when the vault is next opened.`,
  expiresNow: 'Its revision date is past or missing: the privacy officer has to confirm it ("profile confirm").',
  exported: (file, fingerprint) =>
    `Written: ${file}\nTell the receiver this fingerprint of its signer, by another way: ${fingerprint}`,
  offered: (school, signedAt, fingerprint) =>
    `A profile of ${school}, signed on ${signedAt}; fingerprint of its signer: ${fingerprint}`,
  askFingerprint: 'If that is what the sender says, give it with --fingerprint; nothing was signed yet.',
  confirmed: (day) => `The school profile was confirmed on ${day}, until this school year ends.`,
};

export function profileTexts(language: Language): ProfileTexts {
  return language === 'nl' ? nl : en;
}
