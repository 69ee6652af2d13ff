import { fail } from '../core/errors.ts';
import { NOTHING, stamp, type Cue } from '../core/subtitles/cue.ts';
import type { Check } from '../core/verify/report.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { lastLine } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { collect } from './ffmpeg/run.ts';

/**
 * Reads the subtitles of a finished clip back, as a player would, and holds them against what they were to be, word for
 * word and to the millisecond: who judges a clip is shown the words that were decided on.
 * @param words of the clip; none: that it has no track, its streams tell (inspect.ts)
 * @throws AppFailure `ffmpeg-failed`, `cancelled`
 */
export async function checkWords(
  clip: MediaAddress,
  words: readonly Cue[],
  tools: Ffmpeg,
  signal?: AbortSignal,
): Promise<Check[]> {
  if (words.length === 0) return [];
  const args = ['-v', 'error', '-i', clip, '-map', '0:s:0', '-f', 'srt', 'pipe:1'];
  const exit = await collect(tools.ffmpeg, args, { signal, timeoutMs: 600_000 });
  if (signal?.aborted) fail({ code: 'cancelled' });
  if (exit.code !== 0) fail({ code: 'ffmpeg-failed', stage: 'probe', detail: lastLine(exit) });
  const found = shownIn(exit.stdout.toString('utf8'));
  const wanted = words.map(({ from, to, text }) => `${stamp(from)} --> ${stamp(to)}\n${text}`);
  const wrong = Math.max(
    wanted.filter((cue, index) => cue !== found[index]).length,
    found.filter((cue, index) => cue !== wanted[index]).length,
  );
  return [{ name: 'subtitles', measured: wrong, wanted: 0, passed: wrong === 0 }];
}

/** Times as WebVTT has them, and the words, of all cues in which there is something to read. */
function shownIn(srt: string): string[] {
  return srt
    .replaceAll('\r', '')
    .split('\n\n')
    .map((block) => block.trim().split('\n'))
    .flatMap(([, times = '', ...text]) => {
      const words = text.join('\n');
      return words === NOTHING || words === '' ? [] : [`${times.replaceAll(',', '.')}\n${words}`];
    });
}
