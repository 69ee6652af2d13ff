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
export const LONGEST_CUE = 500;
/** More are no lesson, and later is no recording, in seconds. */
export const MOST_CUES = 20_000;
export const LATEST_CUE = 360_000;

/**
 * Words as they can lie in a clip, so that who judges reads what others will: no blank lines, nothing invisible, none of
 * the signs that ffmpeg takes for styling in whatever form they are given (`{`, `}`, `\`). The same twice.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replaceAll('\\', '/')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Reads SubRip and WebVTT: times and words alone; styling, positions, notes and numbers are left out. */
export function parseSubtitles(file: string): Parsed {
  const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at]!.includes('-->')) continue;
    const times = TIMES.exec(lines[at]!);
    const from = times && secondsOf(times.slice(1, 5));
    const to = times && secondsOf(times.slice(5, 9));
    if (from === null || to === null || to <= from || to > LATEST_CUE) return { ok: false, line: at + 1 };
    const words: string[] = [];
    const head = at + 1;
    while (at + 1 < lines.length && lines[at + 1]!.trim() !== '') words.push(plain(lines[++at]!));
    const text = plainText(words.join('\n'));
    if (text.length > LONGEST_CUE || text.includes('-->') || cues.length === MOST_CUES)
      return { ok: false, line: head };
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
 * Most of a cue that may be cut for its words to stay, in seconds and as a share: nobody knows which of them were said
 * in what is gone, but cues stand a little longer than they are spoken.
 */
const MOST_CUT = { seconds: 0.5, share: 0.5 };

/** What is left of a recording. */
export interface ClipParts {
  /** Frames that are not cut, rising and disjoint. */
  readonly kept: readonly { readonly from: number; readonly to: number }[];
  readonly rate: FrameRate;
  /** Of the recording. */
  readonly sourceFrames: number;
}

/** Where cues stand in a clip: what is cut takes along the words of every cue that it touches, but for its rims. */
export function cuesInClip(cues: readonly Cue[], { kept, rate, sourceFrames }: ClipParts): Cue[] {
  return cues.flatMap(({ from, to: end, text }) => {
    const to = Math.min(end, secondsOfFrame(sourceFrames, rate));
    let before = 0;
    let left = 0;
    let shown: { from: number; to: number } | undefined;
    for (const range of kept) {
      const first = Math.max(from * toNumber(rate), range.from);
      const last = Math.min(to * toNumber(rate), range.to);
      left += Math.max(0, last - first);
      if (last > first) shown = { from: shown?.from ?? before + first - range.from, to: before + last - range.from };
      before += range.to - range.from;
    }
    const cut = to - from - left / toNumber(rate);
    const isLeft = cut <= Math.min(MOST_CUT.seconds, MOST_CUT.share * (to - from)) + 1e-6;
    return shown && isLeft
      ? [{ text, from: secondsOfFrame(shown.from, rate), to: secondsOfFrame(shown.to, rate) }]
      : [];
  });
}

/**
 * The words of a clip, in its own time: what its track holds, and what is shown to who judges it. One after the other:
 * of cues that overlap the earlier gives way, and what begins at one moment is shown together.
 * @param cues in the time of the recording, in any order
 */
export function clipWords(cues: readonly Cue[], parts: ClipParts): Cue[] {
  const placed: Cue[] = [];
  for (const cue of cuesInClip(cues, parts)
    .map(inMilliseconds)
    .sort((a, b) => a.from - b.from)) {
    const last = placed[placed.length - 1];
    if (last?.from !== cue.from) placed.push(cue);
    else placed[placed.length - 1] = { ...last, to: Math.max(last.to, cue.to), text: `${last.text}\n${cue.text}` };
  }
  const apart = placed.map((cue, index) => ({ ...cue, to: Math.min(cue.to, placed[index + 1]?.from ?? cue.to) }));
  return apart.filter(({ from, to }) => to > from).flatMap(inPieces);
}

/** As they are written: what would begin and end at one moment is no cue, and breaks the track. */
function inMilliseconds({ from, to, text }: Cue): Cue {
  return { text, from: Math.round(from * 1000) / 1000, to: Math.round(to * 1000) / 1000 };
}

/** Zero-width space: what is shown while nobody's words are. */
export const NOTHING = '\u200B';
/** Longest that one cue stands in a track, in seconds: ffmpeg counts them in millionths, in 32 bits. */
const LONGEST = 1800;

/**
 * Without gaps from begin to end, as a track of timed text is: ffmpeg, writing in fragments, lets a cue stand until the
 * next one comes, and after the last one begins an empty one in each fragment, all at the same time.
 * @param cues of {@link clipWords} @param seconds length of the clip
 */
export function withoutGaps(cues: readonly Cue[], seconds: number): Cue[] {
  const end = Math.floor(seconds * 1000) / 1000;
  const track: Cue[] = [];
  let at = 0;
  for (const cue of [...cues, { from: end, to: end, text: NOTHING }]) {
    if (cue.from > at) track.push(...inPieces({ from: at, to: cue.from, text: NOTHING }));
    if (cue.to > cue.from) track.push(cue);
    at = Math.max(at, cue.to);
  }
  return track;
}

function inPieces({ from, to, text }: Cue): Cue[] {
  const count = Math.max(1, Math.ceil((to - from) / LONGEST));
  return Array.from({ length: count }, (_, index) => ({
    ...{ from: from + index * LONGEST, to: index === count - 1 ? to : from + (index + 1) * LONGEST, text },
  }));
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Words as WebVTT has them: in SubRip ffmpeg would take `a < b` for styling. */
export function escapeWords(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ESCAPES[sign]!);
}

/** As WebVTT. */
export function writeSubtitles(cues: readonly Cue[]): string {
  const blocks = cues.map(({ from, to, text }) => `${stamp(from)} --> ${stamp(to)}\n${escapeWords(text)}\n\n`);
  return `WEBVTT\n\n${blocks.join('')}`;
}

/** As WebVTT has times: `00:00:01.250`. */
export function stamp(seconds: number): string {
  const all = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const thousandths = String(all % 1000).padStart(3, '0');
  return `${two(all / 3_600_000)}:${two((all / 60_000) % 60)}:${two((all / 1000) % 60)}.${thousandths}`;
}
