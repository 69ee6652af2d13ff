import type { Cue } from './cue.ts';

/** A word with a capital that may be a name, and where it stands first, in seconds. */
export interface PossibleName {
  readonly word: string;
  readonly at: number;
}

/** Words that sentences begin with; in subtitles of a lesson these make up nearly all capitals. */
const FIRST_WORDS = new Set(
  `aan achter alle allemaal allereerst als anders bij daar daarna daarom dan dat de denk deze die dit doe door dus een eens eerst en er even ga gaan
  geef goed goede goedemiddag goedemorgen had heb hebben heeft heel het hier hij hoe hoeveel hoor iedereen iemand ik in is ja jawel je jij
  jou jouw juist jullie kan kijk klaar klopt kom komt kun kunnen laat laten leg let lees luister maar mag meer mijn misschien moet moeten morgen na
  naar nee net niemand niet nog nou nu of om omdat onder ons onze op over pak precies prima probeer samen schrijf sorry stel stil straks terug toen top tot
  uit vandaag vanmiddag veel vergeet vertel volgende voor vraag waar waarom waarvoor wacht want wanneer wat we weer welk welke wel wie wij wil willen
  wordt ze zeg zet zie zij zijn zit zo zullen
  a all and are at be but can come could did do does for from give go good have he here how i if is it let look may my no not now of okay on once
  or our please so take tell that the then there they this to today well what when where which who why will with write yes you your`.split(
    /\s+/,
  ),
);

/** Who speaks, as subtitles say it, and how English writes oneself. */
const NOBODY = new Set(['docent', 'leerling', 'leerlingen', 'teacher', 'pupil', 'pupils', 'i']);
/** Common beginnings that are given names as well: called out they stand alone, as in "Wil, kom je?". */
const ALSO_NAMES = new Set(['dan', 'may', 'wil', 'will']);
const CALLED = /^\s*(?:[,.!?…]|$)/u;

/** Stands where a letter could not be read; whose name that was nobody knows. */
const UNREADABLE = '\uFFFD';
const WORD = /[\p{L}\uFFFD][\p{L}\p{M}\uFFFD'’-]*/gu;

/** A seat as the register names it; which pupil sits there the school keeps on paper. */
const SEAT = /(?<![\p{L}\p{M}])leerling [1-9]\d{0,3}(?!\p{N})/giu;
/** What a sentence begins behind: nothing, the end of one, a mark that somebody speaks or that something is heard. */
const SENTENCE = /(?:^|[.!?…:]["'’”)\]]*\s*|[-–—"“‘'([>♪)\]]\s*)$/u;
/** "'t Is goed": the capital stands on what follows. */
const CLIPPED = /['’][tsknm]\s+$/iu;

const lowered = (text: string) => text.toLocaleLowerCase('nl');

/**
 * Words that may be somebody's name: those with a capital that are neither at the begin of a sentence and a common
 * beginning or written without one elsewhere (lines and cues count as such, but not for names), nor allowed by who made the subtitles; and seats that are not among
 * those of the class that are known. Names without a capital are not found, nor those that are also common words where
 * a sentence begins with them.
 * @param pupils of the class who are to be hidden or objected, as `Leerling 3`; none: it is not known
 */
export function possibleNames(
  cues: readonly Cue[],
  allowed: readonly string[],
  pupils: readonly string[] = [],
): PossibleName[] {
  const cleared = new Set([...NOBODY, ...allowed.map(lowered)]);
  const words = cues.flatMap(({ from, text }, cue) =>
    [...text.matchAll(WORD)].map(({ 0: word, index }) => {
      const before = text.slice(0, index).replace(CLIPPED, '');
      const begins = SENTENCE.test(before.trimEnd());
      return {
        ...{ word, at: from, lower: lowered(word) },
        // Programs that show a sentence in pieces begin each with a capital.
        begins: begins || before.endsWith('\n'),
        alone: CALLED.test(text.slice(index + word.length)),
        follows: !begins || (before.trim() === '' && cue > 0 && !SENTENCE.test(cues[cue - 1]!.text)),
      };
    }),
  );
  const isSmall = ({ word, lower }: { word: string; lower: string }) => word === lower && !word.includes(UNREADABLE);
  const small = new Set(words.filter(isSmall).map(({ lower }) => lower));
  const isUsual = ({ lower, begins, alone, follows }: (typeof words)[number]) =>
    begins && !(ALSO_NAMES.has(lower) && (alone || follows)) && (FIRST_WORDS.has(lower) || small.has(lower));
  const names = words.filter((each) => !isSmall(each) && !isUsual(each));
  const known = new Set(pupils.map(lowered));
  const seats = cues.flatMap(({ from, text }) =>
    [...text.matchAll(SEAT)].map(([word]) => ({ word, at: from, lower: lowered(word) })),
  );
  const strange = known.size === 0 ? [] : seats.filter(({ lower }) => !known.has(lower));
  const found = new Map<string, PossibleName>();
  for (const { word, at, lower } of [...names, ...strange])
    if (!cleared.has(lower) && !found.has(lower)) found.set(lower, { word, at });
  return [...found.values()];
}
