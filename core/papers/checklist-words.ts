import { dayWords } from './dates.ts';
import type { CheckId, CheckNote } from './checklist.ts';
import type { Mark, PaperLanguage } from './paper.ts';

export type Point = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

export interface ChecklistWords {
  readonly point: Record<Point, string>;
  readonly check: Record<CheckId, string>;
  /** Said as well as drawn: not everybody sees the tick. */
  readonly mark: Record<Mark, string>;
  readonly note: (note: CheckNote) => string;
  /** Who, as what, when, and in which line of the log. */
  readonly by: (name: string, moment: string, seq: number) => string;
}

type NoteWords = Record<Exclude<CheckNote['code'], 'met' | 'open' | 'on' | 'due'>, string>;

const notesNl: NoteWords = {
  'not-logged': 'het logboek heeft er geen regel van',
  'differs-from-log': 'de antwoorden in het dossier zijn niet die waarmee het volgens het logboek werd geopend',
  late: 'de leerlingen zijn pas na de opname ingelicht',
  'proof-only': 'volgens de antwoorden dient de opname alleen als bewijslast',
  'not-recorded': 'de software legt dit niet vast; de school moet het zelf kunnen laten zien',
  'not-answered': 'de vraag is niet (geheel) beantwoord',
  'words-gone': 'wat er precies is geantwoord, is met de sleutel verdwenen',
  'key-lacking': 'wat er precies is geantwoord, is zonder de sleutel niet te lezen',
  'despite-findings': 'de controle vond nog iets; iemand gaf de clip toch vrij (zie het eerlijkheidsrapport)',
  'stands-no-more':
    'er is goedgekeurd, maar dat geldt nu niet meer: er is daarna iets veranderd, of het schoolprofiel is een ander of verlopen',
  'nobody-objects': 'het register is bekeken; niemand van de klas maakt bezwaar',
  reopened: 'daarna kwam een bezwaar binnen, of is een toestemming vervallen; dit moet opnieuw worden beoordeeld',
  partly: 'maar gedeeltelijk gelukt',
  'nothing-left': 'volgens het logboek is er niets van ingeleverd',
  unapproved: 'ingeleverd zonder geldige goedkeuring van deze bytes',
  'no-clip': 'nog niet: er is geen clip die bij de laatste beslissingen hoort',
  'not-yet': 'nog niet gedaan',
};

const notesEn: NoteWords = {
  'not-logged': 'the log has no line of it',
  'differs-from-log': 'the answers in the dossier are not those that it was opened with, by the log',
  late: 'the pupils were told only after the recording',
  'proof-only': 'by the answers, the recording serves as proof alone',
  'not-recorded': 'the software does not record this; the school has to be able to show it itself',
  'not-answered': 'the question was not answered, or not in full',
  'words-gone': 'what exactly was answered went with the key',
  'key-lacking': 'what exactly was answered cannot be read without the key',
  'despite-findings': 'the check found something; somebody released the clip all the same (see the honesty report)',
  'stands-no-more':
    'there was an approval, but it stands no more: something changed afterwards, or the school profile is another one or has run out',
  'nobody-objects': 'the register was looked at; nobody in the class objects',
  reopened: 'an objection came in afterwards, or a consent lapsed; this has to be judged anew',
  partly: 'succeeded in part only',
  'nothing-left': 'by the log nothing of it was handed in',
  unapproved: 'handed in without a valid approval of these bytes',
  'no-clip': 'not yet: there is no clip that belongs to the last decisions',
  'not-yet': 'not done yet',
};

const nl: ChecklistWords = {
  point: {
    a: 'a. Alleen als het echt nodig is, en voor evaluatie en analyse',
    b: 'b. Leerlingen vooraf ingelicht',
    c: 'c. Leerlingen onherkenbaar in beeld',
    d: 'd. Veilig opgeslagen en bewaard',
    e: 'e. Verwijderd als het niet langer nodig is',
    f: 'f. Niet gedeeld, niet openbaar',
  },
  check: {
    'a-necessary': 'Er is opgeschreven waarom beeld nodig is, en geen andere manier',
    'a-not-proof-only': 'De opname dient niet alleen als bewijslast',
    'a-evaluated': 'De opname is gebruikt voor beoordeling of evaluatie',
    'b-informed': 'Verteld waarom er wordt gefilmd, wie kijkt en hoe lang het bewaard blijft',
    'c-hidden': 'De clip is gemaakt en de controle vond er geen gezicht meer in',
    'c-approved': 'Een schoolopleider die er niet aan meewerkte bekeek elke seconde en keurde goed',
    'c-objections': 'Elk bezwaar is opgelost',
    'c-from-behind': 'Er is van achter in de klas gefilmd',
    'd-vault': 'De opname is versleuteld in de kluis van de school gezet',
    'd-source': 'Het bronbestand buiten de kluis is gewist',
    'd-institute': 'De werkwijze van de lerarenopleiding is gevolgd',
    'e-wiped': 'De opname is gewist',
    'e-copies': 'Kopieën elders (kaart, telefoon, back-up) zijn opgeruimd',
    'e-taken-back': 'Wat is ingeleverd, is daar weer weggehaald',
    'f-exports': 'Alleen ingeleverd wat tot op de byte was goedgekeurd',
    'f-public': 'Nergens openbaar gemaakt',
  },
  mark: { shown: 'Aangetoond', open: 'Niet aangetoond', against: 'Weersproken', none: 'Niet van toepassing' },
  note(note) {
    switch (note.code) {
      case 'met':
        return note.count === 1 ? '1 bezwaar, opgelost' : `${note.count} bezwaren, alle opgelost`;
      case 'open':
        return `nog niet: ${note.count} staat of staan open`;
      case 'on':
        return `op ${dayWords(note.day, 'nl')}`;
      case 'due':
        return `nog niet; uiterlijk na ${dayWords(note.day, 'nl')}`;
      default:
        return notesNl[note.code];
    }
  },
  by: (name, moment, seq) => `${name}, ${moment} (logboek, regel ${seq})`,
};

const en: ChecklistWords = {
  point: {
    a: 'a. Only where really needed, and for evaluation and analysis',
    b: 'b. Pupils told beforehand',
    c: 'c. Pupils unrecognisable in view',
    d: 'd. Stored and kept safely',
    e: 'e. Removed when no longer needed',
    f: 'f. Not shared, not public',
  },
  check: {
    'a-necessary': 'It was written down why video is needed, and no other way will do',
    'a-not-proof-only': 'The recording does not serve as proof alone',
    'a-evaluated': 'The recording was used for assessment or evaluation',
    'b-informed': 'They were told why it is filmed, who watches and how long it is kept',
    'c-hidden': 'The clip was made, and the check found no face left in it',
    'c-approved': 'A school trainer who had no hand in it watched every second and approved',
    'c-objections': 'Every objection was met',
    'c-from-behind': 'It was filmed from the back of the class',
    'd-vault': "The recording was put into the school's vault, encrypted",
    'd-source': 'The source file outside the vault was wiped',
    'd-institute': "The institute's own rules were followed",
    'e-wiped': 'The recording was wiped',
    'e-copies': 'Copies elsewhere (card, phone, backup) were cleared away',
    'e-taken-back': 'What was handed in was removed there again',
    'f-exports': 'Only what was approved, to the byte, was handed in',
    'f-public': 'Made public nowhere',
  },
  mark: { shown: 'Shown', open: 'Not shown', against: 'Contradicted', none: 'Does not apply' },
  note(note) {
    switch (note.code) {
      case 'met':
        return note.count === 1 ? '1 objection, met' : `${note.count} objections, all met`;
      case 'open':
        return `not yet: ${note.count} open`;
      case 'on':
        return `on ${dayWords(note.day, 'en')}`;
      case 'due':
        return `not yet; at the latest after ${dayWords(note.day, 'en')}`;
      default:
        return notesEn[note.code];
    }
  },
  by: (name, moment, seq) => `${name}, ${moment} (log, line ${seq})`,
};

export function checklistWords(language: PaperLanguage): ChecklistWords {
  return language === 'nl' ? nl : en;
}
