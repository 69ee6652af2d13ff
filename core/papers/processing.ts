import { GAP_WORDS } from '../profile/gap-words.ts';
import { gapsOf, termsIn, type SchoolProfile } from '../profile/profile.ts';
import type { ProfileState } from '../profile/state.ts';
import { commonWords } from './common-words.ts';
import { dayWords, momentWords } from './dates.ts';
import { text, warning, type Paper, type PaperLanguage } from './paper.ts';
import { plainText } from './plain-text.ts';
import { FIELDS, processingWords, type Field } from './processing-words.ts';
import { profileWords } from './profile-words.ts';

/** A profile that the school signed, whether or not it is past its revision date. */
export type KnownProfile = Extract<ProfileState, { state: 'valid' | 'expired' }>;

export interface ProcessingRow {
  readonly field: Field;
  readonly name: string;
  readonly value: string;
  /** The school has not stated it, or not all of it (R9). */
  readonly missing: boolean;
}

type Gap = ReturnType<typeof gapsOf>[number];

/** Gaps that make a field incomplete. */
const OF_GAPS: Partial<Record<Field, readonly Gap[]>> = {
  controller: ['board'],
  school: ['school'],
  manager: ['manager'],
  officer: ['privacyOfficer'],
  complaints: ['complaints'],
  purposes: ['grounds'],
  recipients: ['sharing'],
  terms: ['terms'],
  choices: ['proofOnly', 'regime', 'sound', 'vaults', 'supervisedLook', 'coverage', 'resolutions'],
  adopted: ['revisionOn'],
};

/** The entry that art. 30 asks for, row by row; what the school did not state is said to be missing. */
export function processingRows({ signed }: KnownProfile, language: PaperLanguage): ProcessingRow[] {
  const { profile } = signed;
  const words = processingWords(language);
  const gaps = gapsOf(profile);
  const values = valuesOf(profile, signed, language);
  return FIELDS.map((field) => {
    const open = (OF_GAPS[field] ?? []).filter((gap) => gaps.includes(gap));
    const note = open.length > 0 && values[field] !== commonWords(language).missing;
    const silent = note ? ` [${open.map((gap) => GAP_WORDS[language][gap]).join(', ')}: ${NOT_STATED[language]}]` : '';
    return { field, name: words.field[field], value: values[field] + silent, missing: open.length > 0 };
  });
}

const NOT_STATED = {
  nl: 'NIET VERMELD door de school; het strengste is ingevuld (R9)',
  en: 'NOT STATED by the school; the strictest was filled in (R9)',
};

const CELL = 300;

function valuesOf(
  profile: SchoolProfile,
  signed: KnownProfile['signed'],
  language: PaperLanguage,
): Record<Field, string> {
  const words = processingWords(language);
  const common = commonWords(language);
  const chosen = profileWords(language);
  const stated = (value: string) => plainText(value, CELL) || common.missing;
  const { manager, privacyOfficer, purposes, portals, sharing, regime, advisers, adoptedOn, revisionOn } = profile;
  const terms = termsIn(profile);
  const kinds = ['lesson', 'online-lesson', 'livestream'] as const;
  const day = (each: string | undefined) => each && dayWords(each, language);
  const gaps = gapsOf(profile).map((gap) => GAP_WORDS[language][gap]);
  return {
    name: words.processing,
    controller: stated(profile.board),
    school: stated(profile.school),
    manager: stated([manager.name, manager.mail].filter(Boolean).join(', ')),
    officer: stated([privacyOfficer.name, privacyOfficer.mail].filter(Boolean).join(', ')),
    complaints: stated(profile.complaints),
    purposes: purposes.map(({ purpose, ground }) => `${common.purpose[purpose]}: ${common.ground[ground]}`).join('; '),
    subjects: words.subjects,
    data: words.data,
    special: words.special,
    recipients: [
      words.viewers,
      chosen.sharing[sharing],
      portals.map((portal) => plainText(chosen.portal(portal), CELL)).join('; ') || chosen.noPortals,
    ].join('; '),
    transfers: words.transfers,
    terms: `${kinds.map((kind) => chosen.terms(kind, terms[kind])).join('; ')}. ${chosen.earliest}`,
    fixedTerms: words.fixedTerms,
    measures: words.measures.join('; '),
    choices: [
      `${chosen.regime[regime.pupils]} (${chosen.refresh[regime.refresh]})`,
      chosen.proofOnly[profile.proofOnly],
      chosen.sound[profile.sound],
      chosen.vaults(profile.vaults),
    ].join('; '),
    profile: chosen.signed(signed.hash, dayWords(signed.signedAt, language)),
    adopted: words.adopted(
      day(adoptedOn),
      day(revisionOn),
      advisers.map((adviser) => plainText(adviser, 120)),
    ),
    missing: gaps.join(', ') || words.nothingMissing,
  };
}

/** @param madeAt ISO 8601, UTC */
export function processingOf(known: KnownProfile, madeAt: string, language: PaperLanguage): Paper {
  const words = processingWords(language);
  const rows = processingRows(known, language);
  return {
    language,
    title: words.title,
    about: words.about(plainText(known.signed.profile.school, 120) || words.nameless, momentWords(madeAt, language)),
    blocks: [
      text(words.intro),
      ...(known.state === 'expired' ? [warning(profileWords(language).expired)] : []),
      { kind: 'facts', rows: rows.map(({ name, value }) => [name, value] as const) },
    ],
  };
}
