import type { Language } from '../../words/errors.ts';
import { requestWords, type RequestWords } from '../../words/request-words.ts';

export interface RequestTexts extends RequestWords {
  readonly none: string;
  readonly taken: (id: string, answerBy: string) => string;
  readonly line: (id: string, kind: string, state: string, answerBy: string, overdue: boolean) => string;
  readonly about: (group: string, days: string, pupil: string | undefined, by: string, received: string) => string;
  readonly extended: (answerBy: string, reason: string) => string;
  readonly answered: (outcome: string, on: string, reason: string) => string;
  readonly noFaces: string;
  readonly concerned: (dossier: string) => string;
  readonly nothing: string;
  readonly unseen: (dossier: string) => string;
  readonly held: (dossier: string) => string;
  readonly hold: (dossier: string) => string;
  readonly wipe: (dossier: string) => string;
  readonly copy: (dossier: string) => string;
  readonly register: string;
  readonly letter: (file: string, version: string) => string;
}

const nl: RequestTexts = {
  none: 'Er zijn geen verzoeken.',
  ...requestWords('nl'),
  taken: (id, answerBy) => `Verzoek ${id} is ingeschreven; antwoord uiterlijk op ${answerBy} (art. 12 lid 3).`,
  line: (id, kind, state, answerBy, overdue) =>
    `${id}  ${kind}  ${state}  uiterlijk ${answerBy}${overdue ? '  TE LAAT' : ''}`,
  about: (group, days, pupil, by, received) =>
    `  klas ${group}, lessen van ${days}${pupil === undefined ? '' : `, ${pupil}`}; van ${by}, ontvangen op ${received}`,
  extended: (answerBy, reason) =>
    `  uitgesteld tot ${answerBy}: ${reason}. Stuur de brief: "onherkenbaar request letter".`,
  answered: (outcome, on, reason) => `  ${outcome} op ${on}${reason === '' ? '' : `: ${reason}`}`,
  noFaces: 'Gezocht op klas en datum. Zoeken op gezicht bestaat hier niet.',
  concerned: (dossier) => `  dossier ${dossier} hoort erbij`,
  nothing: '  er is geen opname van die klas en die dagen gevonden',
  unseen: (dossier) =>
    `  van dossier ${dossier} is de klas niet te lezen; vraag het de maker en geef --concerns of --cleared`,
  held: (dossier) => `  dossier ${dossier} is geblokkeerd`,
  hold: (dossier) =>
    `  de privacy officer moet dossier ${dossier} nog blokkeren: "onherkenbaar request handle" (art. 18)`,
  wipe: (dossier) => `  wis dossier ${dossier}: "onherkenbaar wipe ${dossier}" (art. 17)`,
  copy: (dossier) =>
    `  van dossier ${dossier} kan geen kopie worden gemaakt waarin alle anderen onherkenbaar zijn; antwoord "partly" en leg uit hoe het wel kan (V1)`,
  register: '  schrijf het bezwaar in: "onherkenbaar register add --kind objection" (art. 21)',
  letter: (file, version) =>
    `Gemaakt: ${file} (versie ${version}). Er staat geen naam in; schrijf die er met de hand op.`,
};

const en: RequestTexts = {
  none: 'There are no requests.',
  ...requestWords('en'),
  taken: (id, answerBy) => `Request ${id} was taken in; answer it by ${answerBy} (art. 12(3)).`,
  line: (id, kind, state, answerBy, overdue) => `${id}  ${kind}  ${state}  by ${answerBy}${overdue ? '  OVERDUE' : ''}`,
  about: (group, days, pupil, by, received) =>
    `  class ${group}, lessons of ${days}${pupil === undefined ? '' : `, ${pupil}`}; from a ${by}, received on ${received}`,
  extended: (answerBy, reason) =>
    `  extended until ${answerBy}: ${reason}. Send the letter: "onherkenbaar request letter".`,
  answered: (outcome, on, reason) => `  ${outcome} on ${on}${reason === '' ? '' : `: ${reason}`}`,
  noFaces: 'Looked for by class and date. There is no search by face here.',
  concerned: (dossier) => `  dossier ${dossier} is part of it`,
  nothing: '  no recording of that class and those days was found',
  unseen: (dossier) =>
    `  the class of dossier ${dossier} can't be read; ask who made it and give --concerns or --cleared`,
  held: (dossier) => `  a hold was set on dossier ${dossier}`,
  hold: (dossier) =>
    `  the privacy officer has to set a hold on dossier ${dossier} yet: "onherkenbaar request handle" (art. 18)`,
  wipe: (dossier) => `  wipe dossier ${dossier}: "onherkenbaar wipe ${dossier}" (art. 17)`,
  copy: (dossier) =>
    `  no copy of dossier ${dossier} can be made in which all others are unrecognisable; answer "partly" and say how it can be met (V1)`,
  register: '  enter the objection: "onherkenbaar register add --kind objection" (art. 21)',
  letter: (file, version) => `Made: ${file} (version ${version}). No name is in it; write it on by hand.`,
};

export function requestTexts(language: Language): RequestTexts {
  return language === 'nl' ? nl : en;
}
