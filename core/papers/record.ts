import type { AuditEntry } from '../audit/entry.ts';
import { checklistOf, type Check } from './checklist.ts';
import { checklistWords, type Point } from './checklist-words.ts';
import { momentWords } from './dates.ts';
import { DossierLog } from './dossier-log.ts';
import { heading, text, warning, type Block, type Paper, type PaperLanguage } from './paper.ts';
import { plainText } from './plain-text.ts';
import { afterJudging } from './record-after.ts';
import type { RecordPen } from './record-pen.ts';
import { beforeJudging } from './record-before.ts';
import type { RecordSource } from './record-source.ts';
import { recordWordsEn } from './record-words-en.ts';
import { recordWordsNl } from './record-words-nl.ts';
import { commonWords } from './common-words.ts';

/**
 * Verantwoording: what was done with one recording, who did it and when (M6). From a wiped dossier the log
 * still tells. Words that somebody typed are in it only where they are asked for, and never a label, a seat,
 * a remark or a reason: those may be about a pupil.
 */
export function recordOf(source: RecordSource, language: PaperLanguage): Paper {
  const words = language === 'nl' ? recordWordsNl : recordWordsEn;
  const common = commonWords(language);
  const log = new DossierLog(source.entries, source.dossier);
  const pen: RecordPen = {
    ...{ source, log, language, words, common },
    who(id) {
      const person = source.people.get(id);
      return person ? `${plainText(person.name, 80)} (${common.role[person.role]})` : id;
    },
    moment: (at) => momentWords(at, language),
  };
  return {
    language,
    title: words.title,
    about: words.about(source.dossier, pen.moment(source.madeAt)),
    blocks: [
      text(words.intro),
      ...(typeof source.sealed === 'string' ? [warning(source.sealed === 'gone' ? words.gone : words.noKey)] : []),
      heading(words.checklist),
      ...checklist(checklistOf(source), pen),
      ...beforeJudging(pen),
      ...afterJudging(pen),
    ],
  };
}

const POINTS: readonly Point[] = ['a', 'b', 'c', 'd', 'e', 'f'];

function checklist(checks: readonly Check[], { who, moment, language }: RecordPen): Block[] {
  const words = checklistWords(language);
  const by = ({ by: id, at, seq }: Pick<AuditEntry, 'by' | 'at' | 'seq'>) => words.by(who(id), moment(at), seq);
  return POINTS.flatMap((point): Block[] => [
    text(words.point[point]),
    {
      kind: 'marks',
      lines: checks
        .filter(({ id }) => id.startsWith(`${point}-`))
        .map(({ id, mark, line, note }) => ({
          mark,
          text: words.check[id],
          evidence: `${words.mark[mark]}: ${[...(line ? [by(line)] : []), ...(note ? [words.note(note)] : [])].join('; ')}`,
        })),
    },
  ]);
}
