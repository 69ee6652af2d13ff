import type { SchoolProfile } from '../profile/profile.ts';
import { GROUND_WORDS, longDay, PURPOSE_WORDS } from '../register/letter-words.ts';
import type { Paragraph, Printable } from '../register/letters.ts';
import { dueOf, type KeepingFacts } from '../retention/terms.ts';
import { ASKED, ASKED_OF, OUTCOMES, RULE_WORDS } from './letter-words.ts';
import type { RequestCase } from './states.ts';

/** Fields of the profile without which no letter is complete (B8). */
export type LetterGap = 'school' | 'privacyOfficer' | 'complaints';

/** @returns the first that is missing */
export function letterGap({ school, privacyOfficer, complaints }: SchoolProfile): LetterGap | undefined {
  if (school === '') return 'school';
  if (privacyOfficer.name === '' || privacyOfficer.mail === '') return 'privacyOfficer';
  return complaints === '' ? 'complaints' : undefined;
}

/**
 * What goes to who asked, in the formal form of address: why it takes longer, or the answer. It names
 * nobody, not by pseudonym either; whom it is for is written on it by hand.
 * @param facts of all recordings
 * @returns undefined while there is nothing to tell
 */
export function requestLetter(
  known: RequestCase,
  profile: SchoolProfile,
  facts: ReadonlyMap<string, KeepingFacts>,
): Printable | undefined {
  const { answer, extension, request, answerBy } = known;
  const on = answer?.on ?? extension?.on;
  if (on === undefined) return undefined;
  const body: Paragraph[] = answer ? answerOf(known, profile, facts) : delayOf(extension?.reason ?? '', answerBy);
  return {
    kind: 'answer',
    language: 'nl',
    title: answer ? `Antwoord op uw ${ASKED[request.kind]}` : `Uw ${ASKED[request.kind]}: wij hebben meer tijd nodig`,
    paragraphs: [
      { text: `${profile.school}, ${longDay(on)}` },
      { text: 'Aan: ....................................................' },
      { text: 'Geachte heer, mevrouw,' },
      { text: opening(known) },
      ...body,
      complaint(profile),
      { text: 'Met vriendelijke groet,' },
      { text: `${profile.privacyOfficer.name}\nprivacy officer, ${profile.school}` },
    ],
  };
}

function opening({ request }: RequestCase): string {
  const { id, kind, group, from, to, received } = request;
  const days = from === to ? `van ${longDay(from)}` : `van ${longDay(from)} tot en met ${longDay(to)}`;
  return `Op ${longDay(received)} ontvingen wij uw ${ASKED_OF[kind]} opnames van lessen van klas ${group} ${days}. Het staat bij ons bekend onder nummer ${id}.`;
}

function delayOf(reason: string, answerBy: string): Paragraph[] {
  return [
    {
      heading: 'Waarom het langer duurt',
      text: `${reason} Daarom verlengen wij de termijn met twee maanden (artikel 12, lid 3, AVG). U krijgt uiterlijk op ${longDay(answerBy)} antwoord.`,
    },
  ];
}

function answerOf(known: RequestCase, profile: SchoolProfile, facts: ReadonlyMap<string, KeepingFacts>): Paragraph[] {
  const { answer, request, concerned } = known;
  if (!answer) return [];
  const { outcome, reason, rule } = answer;
  const why = [reason, rule === undefined ? '' : `De regel daarbij: ${RULE_WORDS[rule]}.`].filter(
    (part) => part !== '',
  );
  const own = concerned.map((id) => facts.get(id)).filter((each) => each !== undefined);
  return [
    { heading: 'Ons antwoord', text: [OUTCOMES[outcome], ...why].join(' ') },
    {
      heading: 'Wat wij hebben gevonden',
      text: `Wij zoeken op klas en datum. Op gezicht zoeken wij niet, en het programma waarmee wij werken kan dat ook niet.${own.length === 0 ? ' Wij hebben geen opnames gevonden waar uw verzoek over gaat.' : ''}`,
      points: own.map(about),
    },
    ...(request.kind === 'access' ? account(profile) : []),
    ...(request.kind === 'objection' && outcome !== 'refused' ? [objection] : []),
  ];
}

/** One recording: its day, and what became of it; nothing that the log does not know. */
function about(facts: KeepingFacts): string {
  const { recordedOn, holdReviewBy, wipe } = facts;
  const day = `opname van ${longDay(recordedOn)}`;
  if (wipe === 'complete') return `${day}: gewist`;
  if (wipe !== 'none') return `${day}: het wissen is begonnen en nog niet voltooid`;
  if (holdReviewBy !== undefined)
    return `${day}: vastgezet door de privacy officer en daarom niet gewist; uiterlijk op ${longDay(holdReviewBy)} wordt dat opnieuw bekeken`;
  return `${day}: wordt bewaard tot uiterlijk ${longDay(dueOf(facts).on)}`;
}

const objection: Paragraph = {
  heading: 'Uw bezwaar',
  text: 'Uw bezwaar staat in ons register. De opnames worden opnieuw bekeken, en wij overleggen met u over een oplossing.',
};

/** What art. 15(1) asks to be told. */
function account({ purposes, sharing, portals }: SchoolProfile): Paragraph[] {
  const shared = sharing === 'never' ? [] : portals.map(({ name }) => name);
  return [
    {
      heading: 'Waarvoor wij opnames gebruiken',
      text: 'Alleen voor:',
      points: purposes.map(({ purpose, ground }) => `${PURPOSE_WORDS[purpose]}. ${GROUND_WORDS[ground]}`),
    },
    {
      heading: 'Wie ze krijgt',
      text:
        shared.length === 0
          ? 'De opnames verlaten de school niet.'
          : `Een fragment gaat alleen naar ${shared.join(', ')}, als alle leerlingen daarin onherkenbaar zijn gemaakt en een schoolopleider het heeft goedgekeurd. De opname zelf verlaat de school niet.`,
    },
    {
      heading: 'Uw rechten',
      text: 'U kunt ons vragen om verwijdering of beperking, en u kunt bezwaar maken. Gezichten worden in het programma gevonden om ze te verbergen, nooit herkend; er wordt niets automatisch over iemand besloten.',
    },
  ];
}

/** B8, and art. 12(4): the school, the authority, the court. */
function complaint({ privacyOfficer, complaints }: SchoolProfile): Paragraph {
  return {
    heading: 'Niet mee eens?',
    apart: true,
    text: `Neem contact op met ${privacyOfficer.name} (${privacyOfficer.mail}). ${complaints} U kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens, of naar de rechter gaan (artikelen 77 en 79 AVG).`,
  };
}
