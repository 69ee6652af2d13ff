import type { Language } from '../../words/errors.ts';
import { incidentWords, type IncidentWords } from '../../words/incident-words.ts';

export interface IncidentTexts extends IncidentWords {
  readonly none: string;
  readonly opened: (id: string, reportBy: string) => string;
  readonly nothingSent: string;
  readonly held: (dossier: string) => string;
  readonly askHold: (dossier: string) => string;
  readonly line: (id: string, noticedAt: string, state: string) => string;
  readonly open: (reportBy: string, hours: number) => string;
  readonly closed: string;
  readonly form: Record<'sealed' | 'damaged' | 'missing', string>;
  readonly part: (name: 'causes' | 'kinds' | 'affected' | 'measures', text: string) => string;
  readonly dossier: (dossier: string) => string;
  readonly frozen: (line: number, unchanged: boolean) => string;
  readonly outcome: (reported: string, reason: string) => string;
  readonly updated: string;
  readonly made: (file: string, version: string) => string;
}

const nl: IncidentTexts = {
  none: 'Er zijn geen datalekken gemeld.',
  ...incidentWords('nl'),
  opened: (id, reportBy) =>
    `Datalek ${id} is vastgelegd. Moet het worden gemeld, dan vóór ${reportBy} bij de Autoriteit Persoonsgegevens.`,
  nothingSent: 'Er is niets verstuurd. Waarschuw nu zelf de privacy officer.',
  held: (dossier) => `  dossier ${dossier} is geblokkeerd`,
  askHold: (dossier) =>
    `  vraag de privacy officer of dossier ${dossier} moet worden geblokkeerd, anders kan het worden gewist`,
  line: (id, noticedAt, state) => `${id}  ontdekt ${noticedAt}  ${state}`,
  open: (reportBy, hours) =>
    hours < 0 ? `open, TE LAAT: melden moest vóór ${reportBy}` : `open, nog ${hours} uur om te melden (${reportBy})`,
  closed: 'afgesloten',
  form: {
    sealed: 'door iemand anders gemeld; alleen te lezen voor wie meldde, privacy officer en beheerder',
    damaged: 'HET FORMULIER IS BESCHADIGD',
    missing: 'HET FORMULIER IS WEG',
  },
  part: (name, text) =>
    `  ${{ causes: 'wat', kinds: 'gegevens', affected: 'betrokkenen', measures: 'maatregelen' }[name]}: ${text}`,
  dossier: (dossier) => `  dossier ${dossier}`,
  frozen: (line, unchanged) =>
    unchanged
      ? `  het logboek is tot en met regel ${line} wat het toen was`
      : `  HET LOGBOEK IS TOT EN MET REGEL ${line} NIET MEER WAT HET TOEN WAS`,
  outcome: (reported, reason) => `  ${reported}: ${reason}`,
  updated: 'Het formulier is bijgewerkt.',
  made: (file, version) =>
    `Gemaakt: ${file} (versie ${version}). Het meldt niets; dat doet u op autoriteitpersoonsgegevens.nl.`,
};

const en: IncidentTexts = {
  none: 'No data breaches were reported.',
  ...incidentWords('en'),
  opened: (id, reportBy) =>
    `Data breach ${id} was noted. If it has to be reported: to the authority before ${reportBy}.`,
  nothingSent: 'Nothing was sent. Tell the privacy officer yourself, now.',
  held: (dossier) => `  a hold was set on dossier ${dossier}`,
  askHold: (dossier) =>
    `  ask the privacy officer whether dossier ${dossier} needs a hold, as it may be wiped otherwise`,
  line: (id, noticedAt, state) => `${id}  noticed ${noticedAt}  ${state}`,
  open: (reportBy, hours) =>
    hours < 0
      ? `open, LATE: it was to be reported before ${reportBy}`
      : `open, ${hours} hours left to report (${reportBy})`,
  closed: 'closed',
  form: {
    sealed: 'reported by someone else; not for you to read',
    damaged: 'THE FORM IS DAMAGED',
    missing: 'THE FORM IS GONE',
  },
  part: (name, text) =>
    `  ${{ causes: 'what', kinds: 'data', affected: 'people', measures: 'measures' }[name]}: ${text}`,
  dossier: (dossier) => `  dossier ${dossier}`,
  frozen: (line, unchanged) =>
    unchanged
      ? `  up to line ${line} the log is what it was then`
      : `  UP TO LINE ${line} THE LOG IS NOT WHAT IT WAS THEN`,
  outcome: (reported, reason) => `  ${reported}: ${reason}`,
  updated: 'The form was updated.',
  made: (file, version) =>
    `Made: ${file} (version ${version}). It reports nothing; that is done at autoriteitpersoonsgegevens.nl.`,
};

export function incidentTexts(language: Language): IncidentTexts {
  return language === 'nl' ? nl : en;
}
