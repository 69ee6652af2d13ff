import { existsSync, readFileSync, statSync } from 'node:fs';
import { fail } from '../core/errors.ts';
import { parseSubtitles, type Cue } from '../core/subtitles/cue.ts';
import { textOf } from './text.ts';

/** More is no file of subtitles. */
const MOST_BYTES = 5_000_000;

/** @returns undefined for what is no file, or too large to be one of words */
function readWords(path: string): string | undefined {
  if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > MOST_BYTES) return undefined;
  return wordsOf(readFileSync(path));
}

/** A file of words that are no names, whole. @throws AppFailure `subtitles-words-missing` */
export function readHarmless(path: string): string {
  return readWords(path) ?? fail({ code: 'subtitles-words-missing', path });
}

/**
 * Files of before UTF-8 are common among subtitles. Taken for UTF-8 their capitals with an accent could not be read,
 * and a name that begins with one would not be found.
 */
function wordsOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff')
    return new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(bytes);
  return textOf(bytes);
}

/** @throws AppFailure `subtitles-invalid` */
export function readSubtitles(path: string): readonly Cue[] {
  const parsed = parseSubtitles(readWords(path) ?? '');
  return parsed.ok ? parsed.cues : fail({ code: 'subtitles-invalid', line: parsed.line });
}
