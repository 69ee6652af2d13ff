import { AFFECTED, CAUSES, KINDS, MEASURES, REPORTED } from '../core/incidents/form-words.ts';
import type { Affected, DataKind, IncidentCause, Measure, Reported } from '../core/incidents/incident.ts';
import type { Language } from './errors.ts';

/** Closed lists of a data breach, as command line and window name them; in Dutch as the form has them. */
export interface IncidentWords {
  readonly causes: Record<IncidentCause, string>;
  readonly kinds: Record<DataKind, string>;
  readonly affected: Record<Affected, string>;
  readonly measures: Record<Measure, string>;
  readonly reported: Record<Reported, string>;
}

const nl: IncidentWords = {
  causes: CAUSES,
  kinds: KINDS,
  affected: AFFECTED,
  measures: MEASURES,
  reported: REPORTED,
};

const en: IncidentWords = {
  causes: {
    'device-lost': 'device or storage lost',
    'device-stolen': 'device or storage stolen',
    'wrong-recipient': 'data sent to the wrong recipient',
    published: 'data became public',
    'unauthorised-look': 'seen by someone who was not allowed to',
    recognisable: 'a clip was shared in which someone was still recognisable',
    'plain-copy': 'unencrypted copy outside the vault',
    hacked: 'break-in, malware or a stolen passphrase',
    paper: 'paper lost or read by someone else',
    deleted: 'data wiped or made useless by accident',
    other: 'other',
    unknown: 'not known yet',
  },
  kinds: {
    faces: 'pictures of faces or people',
    voices: 'voices',
    names: 'names',
    class: 'class, timetable or seat',
    special: 'special categories (health, religion, origin)',
    register: 'objections and consents',
    requests: 'requests of those filmed',
    staff: 'data of staff',
    keys: 'passphrases or keys',
    other: 'other',
    unknown: 'not known yet',
  },
  affected: {
    unknown: 'not known yet',
    '0': 'nobody',
    '1': '1',
    '2-10': '2 to 10',
    '11-30': '11 to 30',
    '31-100': '31 to 100',
    '101-1000': '101 to 1000',
    '>1000': 'more than 1000',
  },
  measures: {
    'access-revoked': 'access taken back',
    'passphrases-changed': 'passphrases changed',
    'taken-offline': 'taken offline',
    'taken-back': 'clip taken back at the institute',
    'recipient-deleted': 'the recipient confirmed that it was deleted',
    'device-locked': 'device locked or wiped from afar',
    'hold-set': 'holds set on dossiers',
    'people-told': 'the people were told',
    police: 'reported to the police',
    other: 'other',
  },
  reported: {
    authority: 'reported to the authority',
    'authority-and-people': 'reported to the authority and to the people',
    'not-needed': 'not reported; there was no need',
  },
};

export function incidentWords(language: Language): IncidentWords {
  return language === 'nl' ? nl : en;
}
