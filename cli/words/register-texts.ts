import type { Standing } from '../../core/register/class-register.ts';
import type { AgeBand, EntryKind, GivenBy, RegisterResolution } from '../../core/register/entry.ts';
import type { PlanProblem } from '../../core/register/import-plan.ts';
import type { ObjectionState } from '../../core/register/states.ts';
import type { Language } from '../../words/errors.ts';
import { ROWS_EN, ROWS_NL } from '../../words/register-errors.ts';

export interface RegisterTexts {
  readonly none: string;
  readonly group: (group: string) => string;
  readonly kind: Record<EntryKind, string>;
  readonly by: Record<GivenBy, string>;
  readonly standing: Record<Standing, string>;
  readonly state: Record<ObjectionState, string>;
  readonly resolution: Record<RegisterResolution, string>;
  readonly late: string;
  readonly entry: (id: string, pupil: string, seat: string, about: string) => string;
  readonly given: (by: string, band: AgeBand, received: string, schoolYear: string) => string;
  readonly step: (dossier: string | undefined, about: string) => string;
  readonly added: (id: string, pupil: string) => string;
  readonly moved: (state: string) => string;
  readonly withdrawn: string;
  readonly reopen: (dossier: string, rule: string) => string;
  readonly recall: (dossier: string, rule: string) => string;
  readonly unseen: (count: number) => string;
  readonly row: (line: number, problem: PlanProblem) => string;
  readonly renamed: (line: number, pupil: string) => string;
  readonly imported: (objections: number, consents: number) => string;
  readonly wouldImport: (objections: number, consents: number) => string;
  readonly left: (unanswered: number, unchanged: number) => string;
  readonly objectionKept: (lines: readonly number[]) => string;
  readonly dropped: (columns: number, purposes: readonly string[]) => string;
  readonly letter: (file: string, version: string) => string;
}

const nl: RegisterTexts = {
  none: 'Het register is leeg.',
  group: (group) => `Klas ${group}`,
  kind: { objection: 'bezwaar', consent: 'toestemming' },
  by: { pupil: 'leerling', parent: 'ouder' },
  standing: { 'in-force': 'geldt', expired: 'verlopen', withdrawn: 'ingetrokken', replaced: 'vernieuwd' },
  state: {
    received: 'ontvangen',
    consulting: 'in overleg',
    resolved: 'oplossing gekozen',
    'carried-out': 'uitgevoerd',
    confirmed: 'bevestigd',
  },
  resolution: {
    'camera-placement': 'cameraopstelling',
    'out-of-view': 'buiten beeld',
    cut: 'knippen',
    masked: 'onherkenbaar zoals iedereen',
  },
  late: 'te laat ontvangen; telt gewoon',
  entry: (id, pupil, seat, about) => `  ${id}  ${pupil}${seat === '' ? '' : ` (${seat})`}  ${about}`,
  given: (by, band, received, schoolYear) => `door ${by} (${band}), ${received}, ${schoolYear}`,
  step: (dossier, about) => `      ${dossier === undefined ? '' : `dossier ${dossier}: `}${about}`,
  added: (id, pupil) => `${pupil} staat in het register: ${id}`,
  moved: (state) => `Vastgelegd: ${state}.`,
  withdrawn: 'De inschrijving is ingetrokken.',
  reopen: (dossier, rule) => `Dossier ${dossier} moet opnieuw worden bekeken en beoordeeld (${rule}).`,
  recall: (dossier, rule) => `Haal de clip van dossier ${dossier} terug bij de opleiding (${rule}).`,
  unseen: (count) => `Van ${count} dossier(s) is de klas niet te lezen; vraag wie er toegang toe heeft om te kijken.`,
  row: (line, problem) => `  regel ${line}: ${ROWS_NL[problem]}`,
  renamed: (line, pupil) => `  regel ${line} wordt ${pupil}; noteer dat op papier, de naam is niet bewaard`,
  imported: (objections, consents) => `Overgenomen: ${objections} bezwaar/bezwaren, ${consents} toestemming(en).`,
  wouldImport: (objections, consents) =>
    `Zou overnemen: ${objections} bezwaar/bezwaren, ${consents} toestemming(en). Er is niets bewaard.`,
  left: (unanswered, unchanged) => `Niet ingevuld: ${unanswered}. Al bekend: ${unchanged}.`,
  objectionKept: (lines) =>
    `Een "ja" neemt een bezwaar niet terug (regel ${lines.join(', ')}). Trek het bezwaar in met "register withdraw" als dat de bedoeling is.`,
  dropped: (columns, purposes) =>
    `Weggelaten kolommen: ${columns}${purposes.length > 0 ? `, waaronder ${purposes.join(', ')}` : ''}.`,
  letter: (file, version) => `Gemaakt: ${file} (versie ${version})`,
};

const en: RegisterTexts = {
  none: 'The register is empty.',
  group: (group) => `Class ${group}`,
  kind: { objection: 'objection', consent: 'consent' },
  by: { pupil: 'pupil', parent: 'parent' },
  standing: { 'in-force': 'in force', expired: 'expired', withdrawn: 'withdrawn', replaced: 'renewed' },
  state: {
    received: 'received',
    consulting: 'under consultation',
    resolved: 'resolution chosen',
    'carried-out': 'carried out',
    confirmed: 'confirmed',
  },
  resolution: {
    'camera-placement': 'camera placement',
    'out-of-view': 'out of view',
    cut: 'cut',
    masked: 'masked like everybody',
  },
  late: 'received late; counts all the same',
  entry: (id, pupil, seat, about) => `  ${id}  ${pupil}${seat === '' ? '' : ` (${seat})`}  ${about}`,
  given: (by, band, received, schoolYear) => `by ${by} (${band}), ${received}, ${schoolYear}`,
  step: (dossier, about) => `      ${dossier === undefined ? '' : `dossier ${dossier}: `}${about}`,
  added: (id, pupil) => `${pupil} is in the register: ${id}`,
  moved: (state) => `Noted: ${state}.`,
  withdrawn: 'The entry was withdrawn.',
  reopen: (dossier, rule) => `Dossier ${dossier} has to be looked at and judged again (${rule}).`,
  recall: (dossier, rule) => `Take the clip of dossier ${dossier} back at the institute (${rule}).`,
  unseen: (count) => `The class of ${count} dossier(s) can't be read; ask who has access to look.`,
  row: (line, problem) => `  line ${line}: ${ROWS_EN[problem]}`,
  renamed: (line, pupil) => `  line ${line} becomes ${pupil}; note that on paper, the name was not kept`,
  imported: (objections, consents) => `Taken in: ${objections} objection(s), ${consents} consent(s).`,
  wouldImport: (objections, consents) =>
    `Would take in: ${objections} objection(s), ${consents} consent(s). Nothing was kept.`,
  left: (unanswered, unchanged) => `Not answered: ${unanswered}. Known already: ${unchanged}.`,
  objectionKept: (lines) =>
    `A "yes" takes no objection back (line ${lines.join(', ')}). Withdraw it with "register withdraw" if that is meant.`,
  dropped: (columns, purposes) =>
    `Columns left out: ${columns}${purposes.length > 0 ? `, among them ${purposes.join(', ')}` : ''}.`,
  letter: (file, version) => `Made: ${file} (version ${version})`,
};

export function registerTexts(language: Language): RegisterTexts {
  return language === 'nl' ? nl : en;
}
