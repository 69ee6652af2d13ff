import type { PaperLanguage } from './paper.ts';

export const FIELDS = [
  'name',
  'controller',
  'school',
  'manager',
  'officer',
  'complaints',
  'purposes',
  'subjects',
  'data',
  'special',
  'recipients',
  'transfers',
  'terms',
  'fixedTerms',
  'measures',
  'choices',
  'profile',
  'adopted',
  'missing',
] as const;
export type Field = (typeof FIELDS)[number];

export interface ProcessingWords {
  readonly title: string;
  readonly about: (school: string, moment: string) => string;
  readonly nameless: string;
  readonly intro: string;
  readonly head: readonly [field: string, value: string];
  readonly field: Record<Field, string>;
  readonly processing: string;
  readonly subjects: string;
  readonly data: string;
  readonly special: string;
  readonly viewers: string;
  readonly transfers: string;
  readonly fixedTerms: string;
  readonly measures: readonly string[];
  readonly adopted: (on: string | undefined, revision: string | undefined, advisers: readonly string[]) => string;
  readonly nothingMissing: string;
}

const nl: ProcessingWords = {
  title: 'Register van verwerkingen (art. 30 AVG): lesopnames',
  about: (school, moment) => `${school}, gemaakt op ${moment}`,
  nameless: 'School zonder naam',
  intro:
    'Gemaakt uit het ondertekende schoolprofiel van de kluis. Wat daar niet in staat, staat hier als niet vermeld en moet de school aanvullen.',
  head: ['Onderdeel', 'Inhoud'],
  field: {
    name: 'Verwerking',
    controller: 'Verwerkingsverantwoordelijke (bevoegd gezag)',
    school: 'School',
    manager: 'Beheerder',
    officer: 'Privacy officer / contact FG',
    complaints: 'Klachtenroute',
    purposes: 'Doelen en grondslagen',
    subjects: 'Betrokkenen',
    data: 'Soorten gegevens',
    special: 'Bijzondere gegevens',
    recipients: 'Ontvangers',
    transfers: 'Doorgifte buiten de EER',
    terms: 'Bewaartermijnen',
    fixedTerms: 'Overige termijnen',
    measures: 'Beveiliging',
    choices: 'Keuzes van de school',
    profile: 'Schoolprofiel',
    adopted: 'Vaststelling en herziening',
    missing: 'Nog niet vermeld',
  },
  processing: 'Video-opnames van lessen, om docenten te begeleiden, op te leiden en te beoordelen',
  subjects: 'Leerlingen; docenten, docenten in opleiding en ander personeel in beeld; ouders die bezwaar maken',
  data: 'Beeld en geluid van de les; van bezwaren en toestemmingen: een pseudoniem, plaats in de klas, leeftijdsgroep (onder of vanaf 16), wie het zei en wanneer; van personeel: naam, rol en toestemming; een logboek van handelingen',
  special:
    'Beeld kan iets laten zien van gezondheid, afkomst of geloof. Er wordt niemand op uiterlijk of stem herkend of vergeleken: er zijn geen biometrische gegevens.',
  viewers: 'binnen de school: wie in het dossier toegang heeft (docent in opleiding en schoolopleider)',
  transfers:
    'De software stuurt zelf niets door en meldt niets aan haar maker. Waar een inleverpunt zijn gegevens bewaart, moet de school bij dat instituut navragen.',
  fixedTerms:
    'Online les: hoogstens 10 maanden na de opname; livestream: hoogstens 14 dagen. Bezwaren en toestemmingen: hoogstens twee jaar na het schooljaar. Het logboek blijft na het wissen; de termijn daarvan stelt de school vast.',
  measures: [
    'alles in de kluis is versleuteld, met een eigen sleutel per opname; nergens staat beeld onversleuteld',
    'toegang per dossier en per rol, met een eigen wachtzin; elke handeling staat in een ondertekend logboek',
    'elk gezicht wordt onherkenbaar gemaakt tenzij een mens anders beslist; de clip wordt daarna opnieuw doorzocht',
    'alleen na goedkeuring door een tweede persoon, die elke seconde bekeek, kan een clip naar buiten',
    'na de termijn wordt de sleutel vernietigd, met een verklaring van vernietiging',
    'het werk gebeurt op het eigen toestel, zonder internetdienst',
  ],
  adopted: (on, revision, advisers) =>
    [
      `vastgesteld op: ${on ?? 'niet vermeld'}`,
      `revisiedatum: ${revision ?? 'niet vermeld'}`,
      `advies of instemming: ${advisers.join(', ') || 'niet vermeld'}`,
    ].join('; '),
  nothingMissing: 'niets: het schoolprofiel is volledig',
};

const en: ProcessingWords = {
  title: 'Record of processing (GDPR art. 30): lesson recordings',
  about: (school, moment) => `${school}, made on ${moment}`,
  nameless: 'School without a name',
  intro:
    "Made from the vault's signed school profile. What is not in it is said here to be missing, and is for the school to add.",
  head: ['Part', 'Content'],
  field: {
    name: 'Processing',
    controller: 'Controller (board)',
    school: 'School',
    manager: 'Administrator',
    officer: 'Privacy officer / contact of the DPO',
    complaints: 'Complaints',
    purposes: 'Purposes and legal grounds',
    subjects: 'Data subjects',
    data: 'Kinds of data',
    special: 'Special categories',
    recipients: 'Recipients',
    transfers: 'Transfers outside the EEA',
    terms: 'Terms of keeping',
    fixedTerms: 'Other terms',
    measures: 'Security',
    choices: "The school's choices",
    profile: 'School profile',
    adopted: 'Adoption and revision',
    missing: 'Not stated yet',
  },
  processing: 'Video recordings of lessons, to coach, train and assess teachers',
  subjects: 'Pupils; teachers, trainees and other staff in view; parents who object',
  data: 'Picture and sound of the lesson; of objections and consents: a pseudonym, place in the class, age band (below or from 16), who said it and when; of staff: name, role and consent; a log of what was done',
  special:
    'Pictures may show something of health, origin or belief. Nobody is recognised or compared by looks or voice: there are no biometric data.',
  viewers: 'within the school: whoever has access to the dossier (trainee and school trainer)',
  transfers:
    'The software itself passes nothing on and reports nothing to its maker. Where a place to hand in keeps its data, the school has to ask that institute.',
  fixedTerms:
    'Online lesson: at most 10 months after the recording; livestream: at most 14 days. Objections and consents: at most two years after the school year. The log stays after the wipe; the school decides for how long.',
  measures: [
    'everything in the vault is encrypted, with a key of its own for each recording; no picture is anywhere in the clear',
    "access by dossier and by role, with a passphrase of one's own; every act stands in a signed log",
    'every face is made unrecognisable unless a person decides otherwise; the clip is searched again afterwards',
    'only after approval by a second person, who watched every second, can a clip leave',
    'after the term the key is destroyed, with a certificate of destruction',
    'the work is done on the own machine, without any internet service',
  ],
  adopted: (on, revision, advisers) =>
    [
      `adopted on: ${on ?? 'not stated'}`,
      `revision date: ${revision ?? 'not stated'}`,
      `advice or consent: ${advisers.join(', ') || 'not stated'}`,
    ].join('; '),
  nothingMissing: 'nothing: the school profile is complete',
};

export function processingWords(language: PaperLanguage): ProcessingWords {
  return language === 'nl' ? nl : en;
}
