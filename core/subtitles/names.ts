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

const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu;

/**
 * Words that may be somebody's name: those with a capital that are neither common beginnings nor written without one
 * elsewhere, nor allowed by who made the subtitles. Names that are also common words are not found.
 */
export function possibleNames(cues: readonly Cue[], allowed: readonly string[]): PossibleName[] {
  const harmless = new Set([...FIRST_WORDS, ...allowed.map((word) => word.toLocaleLowerCase('nl'))]);
  const words = cues.flatMap(({ from, text }) => [...text.matchAll(WORD)].map(([word]) => ({ word, at: from })));
  for (const { word } of words) if (word === word.toLocaleLowerCase('nl')) harmless.add(word);
  const found = new Map<string, PossibleName>();
  for (const { word, at } of words) {
    const lower = word.toLocaleLowerCase('nl');
    if (!harmless.has(lower) && !found.has(lower)) found.set(lower, { word, at });
  }
  return [...found.values()];
}
