import type { SourceKind } from '../audit/entry.ts';
import type { Resolution } from '../dossier/events.ts';
import type { Ground, Material, Purpose } from '../dossier/kinds.ts';
import type { Role } from '../vault/person.ts';
import type { PaperLanguage } from './paper.ts';

export interface CommonWords {
  readonly role: Record<Role, string>;
  readonly purpose: Record<Purpose, string>;
  readonly material: Record<Material, string>;
  readonly ground: Record<Ground, string>;
  readonly source: Record<SourceKind, string>;
  readonly resolution: Record<Resolution, string>;
  readonly missing: string;
  readonly madeAt: (moment: string) => string;
  readonly days: (count: number) => string;
}

const nl: CommonWords = {
  role: {
    trainee: 'docent in opleiding',
    'school-trainer': 'schoolopleider',
    'privacy-officer': 'privacy officer',
    administrator: 'beheerder',
    caretaker: 'wachter',
    worker: 'werker',
  },
  purpose: {
    'lesson-quality': 'inzicht in de kwaliteit van lessen en het verbeteren daarvan',
    'teacher-training': 'de opleiding van docenten, als bewijs van wat een docent in opleiding kan',
  },
  material: {
    reflection: 'reflectie, eventueel in teamverband',
    assessment: 'toetsing of bewijs van een bekwaamheid',
  },
  ground: {
    'statutory-task': 'wettelijke taak van de school (art. 6 lid 1 onder e AVG)',
    'legitimate-interest': 'gerechtvaardigd belang (art. 6 lid 1 onder f AVG)',
    consent: 'toestemming (art. 6 lid 1 onder a AVG)',
  },
  source: { lesson: 'les', 'online-lesson': 'online les', livestream: 'livestream' },
  resolution: { 'out-of-view': 'buiten beeld', cut: 'geknipt', masked: 'onherkenbaar gemaakt zoals iedereen' },
  missing: 'NIET VERMELD in het schoolprofiel',
  madeAt: (moment) => `Gemaakt op ${moment}.`,
  days: (count) => (count === 1 ? '1 dag' : `${count} dagen`),
};

const en: CommonWords = {
  role: {
    trainee: 'trainee teacher',
    'school-trainer': 'school trainer',
    'privacy-officer': 'privacy officer',
    administrator: 'administrator',
    caretaker: 'caretaker',
    worker: 'worker',
  },
  purpose: {
    'lesson-quality': 'insight into the quality of lessons, and improving it',
    'teacher-training': 'the training of teachers, as evidence of what a trainee can do',
  },
  material: {
    reflection: 'reflection, possibly as a team',
    assessment: 'testing or evidence of a competence',
  },
  ground: {
    'statutory-task': "the school's statutory task (GDPR art. 6(1)(e))",
    'legitimate-interest': 'legitimate interest (GDPR art. 6(1)(f))',
    consent: 'consent (GDPR art. 6(1)(a))',
  },
  source: { lesson: 'lesson', 'online-lesson': 'online lesson', livestream: 'livestream' },
  resolution: { 'out-of-view': 'out of view', cut: 'cut out', masked: 'made unrecognisable like everybody' },
  missing: 'NOT STATED in the school profile',
  madeAt: (moment) => `Made on ${moment}.`,
  days: (count) => (count === 1 ? '1 day' : `${count} days`),
};

export function commonWords(language: PaperLanguage): CommonWords {
  return language === 'nl' ? nl : en;
}
