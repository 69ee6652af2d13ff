import type { Decisions } from '../decision/decisions.ts';
import { fail } from '../errors.ts';
import { possibleNames, type PossibleName } from './names.ts';

/** Words that may be somebody's name, of those that go along with a clip. @param pupils see {@link possibleNames} */
export function namesIn({ cues, harmless }: Decisions['subtitles'], pupils: readonly string[] = []): PossibleName[] {
  return possibleNames(cues, harmless, pupils);
}

/** @throws AppFailure `subtitles-names` */
export function refuseNames(subtitles: Decisions['subtitles'], pupils: readonly string[] = []): void {
  const names = namesIn(subtitles, pupils);
  if (names.length > 0) fail({ code: 'subtitles-names', names });
}
