import type { Language } from '../../words/errors.ts';

export interface PapersTexts {
  readonly written: (file: string) => string;
  readonly fromLog: string;
  readonly upTo: (seq: number, hash: string) => string;
  readonly incomplete: (count: number) => string;
  readonly filmAgain: string;
}

const nl: PapersTexts = {
  written: (file) => `Geschreven: ${file}`,
  fromLog: 'Uit het logboek alleen: de opname is gewist, of je hebt de sleutel niet.',
  upTo: (seq, hash) => `Volgens het logboek tot en met regel ${seq} (${hash}).`,
  incomplete: (count) =>
    `Let op: ${count} punt(en) staan niet in het schoolprofiel; ze staan er als "NIET VERMELD" in (R9).`,
  filmAgain: 'Er zijn veel gezichten per minuut: film de volgende keer van achter in de klas (M1).',
};

const en: PapersTexts = {
  written: (file) => `Written: ${file}`,
  fromLog: 'From the log alone: the recording was wiped, or you do not have its key.',
  upTo: (seq, hash) => `By the log, up to line ${seq} (${hash}).`,
  incomplete: (count) => `Mind: ${count} point(s) are not in the school profile; they are in it as "NOT STATED" (R9).`,
  filmAgain: 'There are many faces a minute: film from the back of the class next time (M1).',
};

export function papersTexts(language: Language): PapersTexts {
  return language === 'nl' ? nl : en;
}
