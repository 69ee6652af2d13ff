import { LONGEST_CUE, plainText, type Cue } from '../subtitles/cue.ts';
import { LONGEST_WORD, MOST_WORDS, type Decisions } from './decisions.ts';
import type { Edit } from './edit.ts';

const change =
  (part: (subtitles: Decisions['subtitles']) => Partial<Decisions['subtitles']>): Edit =>
  (before) => ({ ...before, subtitles: { ...before.subtitles, ...part(before.subtitles) } });

const inOrder = (cues: readonly Cue[]): Cue[] => [...cues].sort((a, b) => a.from - b.from);

/** Words for a stretch; those that stood at the same moment are replaced. */
export function putCue({ from, to, text }: Cue): Edit {
  const plain = plainText(text);
  if (plain === '') return (before) => before;
  return change(({ cues }) => ({
    cues: inOrder([...cues.filter((each) => each.from !== from), { from, to, text: plain }]),
  }));
}

/** Other words for a cue, in its own place. */
export function rewriteCue(cue: Cue, text: string): Edit {
  const plain = plainText(text);
  if (plain === '') return (before) => before;
  return change(({ cues }) => ({ cues: cues.map((each) => (each === cue ? { ...each, text: plain } : each)) }));
}

/** All words of a file, instead of what was there. */
export function putCues(cues: readonly Cue[]): Edit {
  return change(() => ({ cues: inOrder(cues) }));
}

export function removeCue(index: number): Edit {
  return change(({ cues }) => ({ cues: cues.filter((_cue, at) => at !== index) }));
}

/** A word with a capital that is nobody's name, says who typed it. */
export function allowWord(word: string): Edit {
  // What is longer is no word that anybody would clear; it is replaced or taken out.
  if (word.length > LONGEST_WORD) return (before) => before;
  return change(({ harmless }) => ({ harmless: [...new Set([...harmless, word])].slice(-MOST_WORDS) }));
}

/** It may be a name after all. */
export function forbidWord(word: string): Edit {
  return change(({ harmless }) => ({ harmless: harmless.filter((each) => each !== word) }));
}

/** A name becomes a pseudonym wherever it stands, also with a small letter. */
export function replaceWord(word: string, by: string): Edit {
  const own = new RegExp(
    `(?<![\\p{L}\\p{M}])${word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\\p{L}\\p{M}\\p{N}])`,
    'giu',
  );
  return change(({ cues }) => ({
    cues: cues.map((cue) => {
      const text = plainText(cue.text.replace(own, () => by));
      // What would not fit any more is left, and flagged as before.
      return text === '' || text.length > LONGEST_CUE ? cue : { ...cue, text };
    }),
  }));
}
