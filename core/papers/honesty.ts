import type { VerificationReport } from '../verify/report.ts';
import { decimal, lengthWords, momentWords, placeWords } from './dates.ts';
import type { CheckOutcome } from './findings.ts';
import { MANY_FACES, type FootageFigures } from './footage-figures.ts';
import { honestyWords, type HonestyWords } from './honesty-words.ts';
import { limitsOf } from './model-limits.ts';
import { facts, heading, points, text, warning, type Block, type Paper, type PaperLanguage } from './paper.ts';
import { plainText } from './plain-text.ts';

export interface HonestySource {
  readonly dossier: string;
  readonly figures: FootageFigures;
  /** Name of what looked for faces; undefined: not kept. */
  readonly model: string | undefined;
  readonly report: VerificationReport | undefined;
  readonly outcome: CheckOutcome;
  /** A clip of the last decisions is there. */
  readonly hasClip: boolean;
  /** Name of whoever let a clip pass in spite of findings. */
  readonly releasedBy: string | undefined;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

/** More would not go on one page; the rest is counted. */
const MOST_FINDINGS = 5;

/** One page on what was measured of a clip and on what nothing here can measure. Its word is never "anonymous" (§2.3). */
export function honestyOf(source: HonestySource, language: PaperLanguage): Paper {
  const words = honestyWords(language);
  return {
    language,
    title: words.title,
    about: words.about(source.dossier, momentWords(source.madeAt, language)),
    blocks: [
      text(words.intro),
      ...found(source, words, language),
      ...made(source, words, language),
      ...findings(source, words),
      heading(words.unseen),
      points(words.unseenPoints),
    ],
  };
}

function found({ figures }: HonestySource, words: HonestyWords, language: PaperLanguage): Block[] {
  const { tracks, brief, shortest, bridged, fullest, facesPerMinute } = figures;
  const length = (seconds: number) => lengthWords(seconds, language);
  const brevities = shortest.map(({ at, seconds }) => words.shortestValue(length(seconds), placeWords(at)));
  return [
    heading(words.found),
    facts(
      [words.recording, length(figures.seconds)],
      [words.faces, words.facesValue(decimal(facesPerMinute, language), fullest)],
      [words.tracks, words.tracksValue(tracks, brief)],
      [words.shortest, brevities.join(', ') || words.none],
      [words.bridged, words.bridgedValue(bridged.count, length(bridged.seconds))],
    ),
    figures.manyFaces ? warning(words.many) : text(words.few),
    text(words.threshold(MANY_FACES)),
  ];
}

function made(source: HonestySource, words: HonestyWords, language: PaperLanguage): Block[] {
  const { figures, report, outcome, model, hasClip } = source;
  const { cuts, cutSeconds, keptShare, zones } = figures;
  const length = (seconds: number) => lengthWords(seconds, language);
  const checked = () => {
    if (outcome.result === 'none' || !report) return words.checkNone;
    const { findings: left, failed } = outcome;
    const of =
      outcome.result === 'clean' ? words.checkClean(report.framesSearched) : words.checkLeft(left.length, failed);
    return hasClip ? of : `${of} ${words.earlierClip}`;
  };
  return [
    heading(words.made),
    facts(
      [words.clip, hasClip ? length(figures.clipSeconds) : words.noClip],
      [words.kept, words.keptValue(decimal(keptShare * 100, language))],
      [words.cut, cuts.length === 0 ? words.nothingCut : words.cutValue(cuts.length, length(cutSeconds))],
      [words.zones, String(zones)],
      [words.rounds, report?.rounds === undefined ? words.roundsUnknown : String(report.rounds)],
      [words.check, checked()],
      [words.model, model === undefined ? words.modelUnknown : limitsOf(plainText(model, 60), language)],
      ...(report ? [[words.checker, limitsOf(plainText(report.detector, 60), language)] as const] : []),
    ),
  ];
}

function findings({ outcome, releasedBy }: HonestySource, words: HonestyWords): Block[] {
  const all = outcome.findings;
  if (all.length === 0) return [];
  const rows = all
    .slice(0, MOST_FINDINGS)
    .map(({ seconds, kind, fate }) => [placeWords(seconds), words.finding[kind], words.fate[fate]]);
  const rest = all.length - rows.length;
  const released = releasedBy !== undefined && all.some(({ fate }) => fate === 'released');
  return [
    { kind: 'table', head: words.findingHead, widths: [0.1, 0.35, 0.55], rows },
    ...(rest > 0 ? [text(words.more(rest))] : []),
    ...(released ? [text(words.releasedBy(plainText(releasedBy, 80)))] : []),
  ];
}
