import type { SchoolProfile } from '../profile/profile.ts';
import type { SourceKind } from '../audit/entry.ts';
import type { SourceTerms } from '../retention/policy.ts';
import { commonWords } from './common-words.ts';
import type { PaperLanguage } from './paper.ts';

/** What a school can have decided, in words that more than one paper uses. */
export interface ProfileWords {
  readonly sharing: Record<SchoolProfile['sharing'], string>;
  readonly regime: Record<SchoolProfile['regime']['pupils'], string>;
  readonly refresh: Record<SchoolProfile['regime']['refresh'], string>;
  readonly proofOnly: Record<SchoolProfile['proofOnly'], string>;
  readonly sound: Record<SchoolProfile['sound'], string>;
  readonly vaults: (vaults: SchoolProfile['vaults']) => string;
  readonly terms: (kind: SourceKind, terms: SourceTerms) => string;
  readonly earliest: string;
  readonly portal: (portal: SchoolProfile['portals'][number]) => string;
  readonly noPortals: string;
  readonly signed: (hash: string, day: string) => string;
  readonly expired: string;
}

const nl: ProfileWords = {
  sharing: {
    never: 'opnames en clips verlaten de school niet',
    'assessment-only': 'alleen clips die een bekwaamheid toetsen gaan naar de lerarenopleiding, na goedkeuring',
    'to-institute': 'clips gaan naar de lerarenopleiding, na goedkeuring',
  },
  regime: {
    consent: 'vooraf wordt toestemming gevraagd; wie niets laat weten, geeft geen toestemming',
    objection: 'leerlingen en ouders kunnen bezwaar maken',
  },
  refresh: { yearly: 'ieder schooljaar opnieuw', 'on-change': 'tot het wordt gewijzigd' },
  proofOnly: {
    deny: 'een opname die alleen bewijslast is, wordt geweigerd',
    allow: 'een opname mag ook alleen als bewijs dienen',
  },
  sound: {
    off: 'het geluid gaat uit de clip',
    altered: 'alleen aangewezen geluid kan blijven, met vervormde stem (minder herkenbaar, niet anoniem)',
    keep: 'alleen aangewezen geluid kan blijven, waar de beoordelaar geen stem of naam van een leerling hoorde',
  },
  vaults: (vaults) =>
    vaults.place === 'network'
      ? 'een versleutelde kluis op het schoolnetwerk'
      : `een versleutelde kluis op het schoolnetwerk of op het toestel zelf, daar hoogstens ${vaults.daysAfterImport} dagen`,
  terms: (kind, { daysAfterAssessment, daysAfterImport, daysAfterRecording }) =>
    `${commonWords('nl').source[kind]}: uiterlijk ${daysAfterAssessment} dagen na de beoordeling, ${daysAfterImport} dagen na het in de kluis zetten${
      daysAfterRecording === undefined ? '' : `, ${daysAfterRecording} dagen na de opname`
    }`,
  earliest: 'De eerste van deze dagen telt.',
  portal: ({ name, host, platform }) => `${name} (${host}, ${platform})`,
  noPortals: 'geen; er is geen inleverpunt',
  signed: (hash, day) => `ondertekend op ${day}, kenmerk ${hash}`,
  expired:
    'Let op: het schoolprofiel is over zijn revisiedatum, of heeft er geen, en is dit schooljaar niet bevestigd (V3).',
};

const en: ProfileWords = {
  sharing: {
    never: 'recordings and clips do not leave the school',
    'assessment-only': 'only clips that test a competence go to the institute, after approval',
    'to-institute': 'clips go to the institute, after approval',
  },
  regime: {
    consent: 'consent is asked beforehand; whoever says nothing gives none',
    objection: 'pupils and parents may object',
  },
  refresh: { yearly: 'anew each school year', 'on-change': 'until it is changed' },
  proofOnly: {
    deny: 'a recording that is proof alone is refused',
    allow: 'a recording may also serve as proof alone',
  },
  sound: {
    off: 'sound is left out of the clip',
    altered: 'only marked sound may stay, with an altered voice (less recognisable, not anonymous)',
    keep: "only sound that was marked may stay, where the reviewer heard no pupil's voice or name",
  },
  vaults: (vaults) =>
    vaults.place === 'network'
      ? "an encrypted vault on the school's network"
      : `an encrypted vault on the school's network or on the machine itself, there for at most ${vaults.daysAfterImport} days`,
  terms: (kind, { daysAfterAssessment, daysAfterImport, daysAfterRecording }) =>
    `${commonWords('en').source[kind]}: at the latest ${daysAfterAssessment} days after the assessment, ${daysAfterImport} days after import${
      daysAfterRecording === undefined ? '' : `, ${daysAfterRecording} days after the recording`
    }`,
  earliest: 'The earliest of these days counts.',
  portal: ({ name, host, platform }) => `${name} (${host}, ${platform})`,
  noPortals: 'none; there is no place to hand in',
  signed: (hash, day) => `signed on ${day}, ${hash}`,
  expired: 'Mind: the school profile is past its revision date, or has none, and was not confirmed this year (V3).',
};

export function profileWords(language: PaperLanguage): ProfileWords {
  return language === 'nl' ? nl : en;
}
