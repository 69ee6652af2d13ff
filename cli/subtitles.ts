import { Option } from 'commander';
import { NO_DECISIONS, type Decisions } from '../core/decision/decisions.ts';
import { readHarmless, readSubtitles } from '../native/subtitle-file.ts';

export const SUBTITLES = new Option(
  '--subtitles <file>',
  'ondertitels bij de clip / subtitles for the clip (.srt, .vtt)',
);
export const SUBTITLE_WORDS = new Option(
  '--subtitle-words <file>',
  'woorden daarin die geen naam zijn / words in them that are no names',
);

/** What these say. */
export interface SubtitleOptions {
  readonly subtitles?: string;
  readonly subtitleWords?: string;
}

/**
 * Decisions with the subtitles of a file; without one, as they were.
 * @throws AppFailure `subtitles-invalid`, `subtitles-words-missing`
 */
export function withSubtitles(
  decisions: Decisions | undefined,
  { subtitles, subtitleWords }: SubtitleOptions,
): Decisions | undefined {
  if (subtitles === undefined) return decisions;
  const harmless = subtitleWords === undefined ? [] : readHarmless(subtitleWords).split(/\s+/).filter(Boolean);
  return { ...(decisions ?? NO_DECISIONS), subtitles: { cues: [...readSubtitles(subtitles)], harmless } };
}
