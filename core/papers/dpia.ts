import { GAP_WORDS } from '../profile/gap-words.ts';
import { gapsOf } from '../profile/profile.ts';
import { momentWords } from './dates.ts';
import { dpiaWords } from './dpia-words.ts';
import { facts, heading, points, text, warning, type Block, type Paper, type PaperLanguage } from './paper.ts';
import { plainText } from './plain-text.ts';
import { processingRows, type KnownProfile } from './processing.ts';
import { processingWords, type Field } from './processing-words.ts';
import { profileWords } from './profile-words.ts';

/** DPIA-bouwsteen: data flow, measures, what is left of the risk, and what the school still has to settle (§2.4). */
export function dpiaOf(known: KnownProfile, madeAt: string, language: PaperLanguage): Paper {
  const words = dpiaWords(language);
  const chosen = profileWords(language);
  const register = processingWords(language);
  const { profile } = known.signed;
  const rows = new Map(processingRows(known, language).map((row) => [row.field, row]));
  const fact = (field: Field): Block => facts([rows.get(field)?.name ?? '', rows.get(field)?.value ?? '']);
  const hosts = profile.portals.map(({ name }) => plainText(name, 60)).join(', ') || words.nothingLeaves;
  const gaps = gapsOf(profile).map((gap) => GAP_WORDS[language][gap]);
  const asked = gaps.length > 0 ? [words.openGaps(gaps.join(', '))] : [];
  return {
    language,
    title: words.title,
    about: words.about(plainText(profile.school, 120) || register.nameless, momentWords(madeAt, language)),
    blocks: [
      text(words.intro),
      ...(known.state === 'expired' ? [warning(chosen.expired)] : []),
      heading(words.what),
      ...(['name', 'controller', 'officer', 'subjects', 'data', 'special', 'recipients', 'terms'] as const).map(fact),
      heading(words.why),
      fact('purposes'),
      heading(words.choices),
      fact('choices'),
      fact('profile'),
      heading(words.flow),
      {
        kind: 'table',
        head: words.flowHead,
        widths: [0.22, 0.28, 0.5],
        rows: words.flowRows(chosen.vaults(profile.vaults), hosts),
      },
      heading(words.measures),
      points(register.measures),
      heading(words.risks),
      { kind: 'table', head: words.riskHead, widths: [0.24, 0.36, 0.4], rows: words.riskRows },
      ...(profile.sound !== 'off' ? [warning(words.soundLeft)] : []),
      heading(words.figures),
      text(words.figuresText),
      heading(words.open),
      points([...asked, ...words.openPoints]),
    ],
  };
}
