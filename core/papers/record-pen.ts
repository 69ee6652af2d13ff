import type { CommonWords } from './common-words.ts';
import type { DossierLog } from './dossier-log.ts';
import type { PaperLanguage } from './paper.ts';
import type { RecordSource } from './record-source.ts';
import type { RecordWords } from './record-words.ts';

/** What every part of the record is written with. */
export interface RecordPen {
  readonly source: RecordSource;
  readonly log: DossierLog;
  readonly language: PaperLanguage;
  readonly words: RecordWords;
  readonly common: CommonWords;
  /** Name and role of a member of staff; the id of one whom the vault does not know any more. */
  who(id: string): string;
  moment(at: string): string;
}
