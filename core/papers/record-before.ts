import type { Intake } from '../dossier/intake.ts';
import { Pseudonym } from '../register/entry.ts';
import { dayWords, lengthWords } from './dates.ts';
import { facts, heading, text, type Block } from './paper.ts';
import { plainText } from './plain-text.ts';
import type { RecordPen } from './record-pen.ts';
import { sealedPart } from './record-source.ts';

/** Limits of what may be typed there (core/dossier/intake.ts). */
const LONGEST_NECESSITY = 600;
const LONGEST_NAME = 80;

/** What stood before anything was filmed: purpose, ground, what was told, who objected. */
export function beforeJudging(pen: RecordPen): Block[] {
  return [...why(pen), ...told(pen), ...objections(pen)];
}

function why({ source, log, language, words, common, who, moment }: RecordPen): Block[] {
  const opened = log.of('dossier-opened')[0];
  const imported = log.of('imported')[0];
  const intake = sealedPart(source)?.state.intake;
  return [
    heading(words.why),
    facts(
      [words.purpose, opened ? common.purpose[opened.what.purpose] : words.notThere],
      [words.material, opened?.what.material ? common.material[opened.what.material] : words.notThere],
      [words.ground, opened ? common.ground[opened.what.ground] : words.notThere],
      [words.openedBy, opened ? `${who(opened.by)}, ${moment(opened.at)}` : words.notThere],
      ...(intake ? [[words.necessity, plainText(intake.necessity, LONGEST_NECESSITY) || words.notThere] as const] : []),
      ...(imported
        ? ([
            [words.source, common.source[imported.what.source]],
            [words.recordedOn, dayWords(imported.what.recordedOn, language)],
            [words.length, lengthWords(imported.what.milliseconds / 1000, language)],
          ] as const)
        : []),
    ),
  ];
}

function told({ source, log, language, words }: RecordPen): Block[] {
  const sealed = sealedPart(source);
  const first = log.of('dossier-opened')[0] ?? log.of('imported')[0];
  const profile = (first && log.profileAt(first)) ?? words.notThere;
  const rows: (readonly [string, string])[] = [[words.profileThen, profile]];
  if (!sealed) return [heading(words.told), facts(...rows)];
  const { intake } = sealed.state;
  if (!intake) return [heading(words.told), text(words.notThere), facts(...rows)];
  const { informed, staff } = intake;
  return [
    heading(words.told),
    facts(
      [words.informedOn, informed.on === '' ? words.notThere : dayWords(informed.on, language)],
      [words.informedWhat, toldParts(intake, words.informed) || words.notThere],
      ...rows,
      [words.letter, words.letterNotKept],
      ...staff.map(({ name, consentOn }): readonly [string, string] => {
        const shown = plainText(name, LONGEST_NAME);
        const consent =
          consentOn === '' ? words.consentMissing(shown) : words.consentOn(shown, dayWords(consentOn, language));
        return [words.staff, consent];
      }),
    ),
  ];
}

function toldParts({ informed }: Intake, words: RecordPen['words']['informed']): string {
  const parts = ['why', 'who', 'howLong'] as const;
  return parts
    .filter((part) => informed[part])
    .map((part) => words[part])
    .join(', ');
}

function objections({ source, log, words, common }: RecordPen): Block[] {
  const sealed = sealedPart(source);
  if (!sealed) return [heading(words.objections), text(words.objectionsGone(log.last('resolved')?.what.pupils))];
  const { intake, resolutions } = sealed.state;
  if (!intake?.objectionsChecked) return [heading(words.objections), text(words.notThere)];
  if (intake.objections.length === 0) return [heading(words.objections), text(words.nobodyObjects)];
  const rows = intake.objections.map(({ pupil }, index) => {
    const how = Object.hasOwn(resolutions, pupil) ? resolutions[pupil] : undefined;
    // Anything can have been typed as a pseudonym, also a name (B1).
    const shown = Pseudonym.safeParse(pupil).success ? pupil : words.hiddenPseudonym(index + 1);
    return [shown, how ? common.resolution[how] : words.unresolved];
  });
  return [heading(words.objections), { kind: 'table', head: words.objectionHead, widths: [0.5, 0.5], rows }];
}
