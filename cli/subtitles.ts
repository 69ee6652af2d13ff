import { existsSync, readFileSync, statSync } from 'node:fs';
import { fail } from '../core/errors.ts';
import { parseSubtitles, type Cue } from '../core/subtitles/cue.ts';
import { possibleNames } from '../core/subtitles/names.ts';

/** More is no file of subtitles. */
const MOST_BYTES = 5_000_000;

function read(file: string): string {
  if (!existsSync(file) || !statSync(file).isFile() || statSync(file).size > MOST_BYTES)
    fail({ code: 'subtitles-invalid', line: 0 });
  return readFileSync(file, 'utf8');
}

/**
 * Subtitles without a word that may be a name.
 * @param words file with words that are none, one a line
 * @throws AppFailure `subtitles-invalid`, `subtitles-names`
 */
export function readSubtitles(file: string, words: string | undefined): readonly Cue[] {
  const parsed = parseSubtitles(read(file));
  if (!parsed.ok) return fail({ code: 'subtitles-invalid', line: parsed.line });
  const allowed = words === undefined ? [] : read(words).split(/\s+/);
  const names = possibleNames(parsed.cues, allowed);
  if (names.length > 0) fail({ code: 'subtitles-names', names });
  return parsed.cues;
}
