import { secondsOfFrame, toNumber, type FrameRate } from '../media/frame-rate.ts';

/** Words on the screen for a while, in seconds; lines are separated by `\n`. */
export interface Cue {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export type Parsed =
  | { readonly ok: true; readonly cues: readonly Cue[] }
  /** Number of the first line that can't be read, from 1; 0: there is not one cue in it. */
  | { readonly ok: false; readonly line: number };

const TIME = String.raw`(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})`;
const TIMES = new RegExp(`^\\s*${TIME}\\s+-->\\s+${TIME}(\\s.*)?$`);
/** Longest text that is shown at once: more is no subtitle. */
const LONGEST = 500;

/** Reads SubRip and WebVTT: times and words alone; styling, positions, notes and numbers are left out. */
export function parseSubtitles(file: string): Parsed {
  const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at]!.includes('-->')) continue;
    const times = TIMES.exec(lines[at]!);
    const from = times && secondsOf(times.slice(1, 5));
    const to = times && secondsOf(times.slice(5, 9));
    if (from === null || to === null || to <= from) return { ok: false, line: at + 1 };
    const words: string[] = [];
    const head = at + 1;
    while (at + 1 < lines.length && lines[at + 1]!.trim() !== '') words.push(plain(lines[++at]!));
    const text = words.filter((line) => line !== '').join('\n');
    if (text.length > LONGEST || text.includes('-->')) return { ok: false, line: head };
    if (text !== '') cues.push({ from, to, text });
  }
  if (cues.length === 0) return { ok: false, line: 0 };
  return { ok: true, cues: cues.sort((a, b) => a.from - b.from) };
}

function secondsOf([hours = '0', minutes, seconds, milliseconds]: readonly (string | undefined)[]): number {
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return (whole * 1000 + Number(milliseconds)) / 1000;
}

function plain(line: string): string {
  return line
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .trim();
}

/**
 * Where cues stand in a clip: what is cut takes its words along, unless they are still shown beside it.
 * @param kept frames that are not cut, rising and disjoint
 */
export function cuesInClip(
  cues: readonly Cue[],
  kept: readonly { readonly from: number; readonly to: number }[],
  rate: FrameRate,
): Cue[] {
  return cues.flatMap(({ from, to, text }) => {
    let before = 0;
    let shown: { from: number; to: number } | undefined;
    for (const range of kept) {
      const first = Math.max(from * toNumber(rate), range.from);
      const last = Math.min(to * toNumber(rate), range.to);
      if (last > first) shown = { from: shown?.from ?? before + first - range.from, to: before + last - range.from };
      before += range.to - range.from;
    }
    return shown ? [{ text, from: secondsOfFrame(shown.from, rate), to: secondsOfFrame(shown.to, rate) }] : [];
  });
}

/** Zero-width space: what is shown while nobody's words are. */
export const NOTHING = '\u200B';

/**
 * One after the other without gaps, as a track of timed text is: ffmpeg, writing in fragments, lets a cue stand until
 * the next one comes. Of cues that overlap the earlier gives way.
 */
export function withoutGaps(cues: readonly Cue[]): Cue[] {
  return cues.flatMap(({ from, to, text }, index) => {
    const next = cues[index + 1]?.from ?? to;
    const end = Math.min(to, next);
    const words = end > from ? [{ from, to: end, text }] : [];
    return next > end ? [...words, { from: end, to: next, text: NOTHING }] : words;
  });
}

/** As SubRip. */
export function writeSubtitles(cues: readonly Cue[]): string {
  return cues.map(({ from, to, text }, index) => `${index + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n\n`).join('');
}

function clock(seconds: number): string {
  const all = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const thousandths = String(all % 1000).padStart(3, '0');
  return `${two(all / 3_600_000)}:${two((all / 60_000) % 60)}:${two((all / 1000) % 60)},${thousandths}`;
}
