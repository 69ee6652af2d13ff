import { z } from 'zod';
import { LATEST_CUE, LONGEST_CUE, MOST_CUES, plainText } from '../subtitles/cue.ts';

/** What happens to a track; a track that is not named is hidden. */
export const Treatment = z.enum(['hide', 'hide-body', 'keep', 'cut']);
export type Treatment = z.infer<typeof Treatment>;

const seconds = z.number().min(0).max(LATEST_CUE);
const Range = z
  .strictObject({ from: seconds, to: seconds })
  .refine(({ from, to }) => to > from, { message: '"to" must be later than "from"' });

/** A track of an analysis, or the part of it that starts at a frame: `T012`, `T012@350`. */
const TrackName = z.string().regex(/^T\d{3,}(@\d+)?$/);

/** Pixels of the recording as shown (after rotation). */
const Rectangle = {
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
};

const Zone = z.strictObject({
  ...Rectangle,
  /** Absent: the whole recording. */
  during: Range.optional(),
  /**
   * Where it is at some times, by rising time; in between it moves straight. Before and after it stands
   * still, and the place of the rectangle itself is covered too.
   */
  path: z
    .array(z.strictObject({ at: seconds, ...Rectangle }))
    .min(1)
    .max(20_000)
    .optional(),
  /** The objecting pupil whose place it covers, by pseudonym. */
  pupil: z.string().min(1).max(40).optional(),
});
export type Zone = z.infer<typeof Zone>;

/** What may be heard; all that is not named is silent. */
const Sound = z.strictObject({
  /** Speech that somebody listened to and marked, with `altered` so that the voice is less recognisable. */
  kept: z
    .array(Range.safeExtend({ altered: z.boolean().default(false) }))
    .max(20_000)
    .default([]),
  /** Names within kept speech. */
  bleeps: z.array(Range).max(20_000).default([]),
});

/** More is no word, and more words are no lesson. */
export const LONGEST_WORD = 60;
export const MOST_WORDS = 5000;

const Words = z
  .string()
  .min(1)
  .max(LONGEST_CUE)
  .refine((text) => plainText(text) === text, {
    message: 'must be plain: no blank lines, braces or control characters',
  });

/** Words on the screen; and words with a capital in them that are no name. */
const Subtitles = z.strictObject({
  cues: z
    .array(Range.safeExtend({ text: Words }))
    .max(MOST_CUES)
    .default([]),
  harmless: z.array(z.string().min(1).max(LONGEST_WORD)).max(MOST_WORDS).default([]),
});

/**
 * The file that `--decisions` reads, times in seconds of the original recording. `analysis` names the
 * analysis that the track names belong to; keeping a face in view on another one would expose a stranger.
 */
export const Decisions = z
  .strictObject({
    version: z.literal(1),
    analysis: z.string().optional(),
    /** By lane: a track, or the first of those that {@link joins} makes one. */
    tracks: z.record(TrackName, Treatment).default({}),
    /** Frames at which another head goes on under a track's name. */
    splits: z.record(z.string().regex(/^T\d{3,}$/), z.array(z.number().int().positive()).max(1000)).default({}),
    /** Tracks, or parts of them, that are the same person. */
    joins: z.array(z.array(TrackName).min(2).max(1000)).default([]),
    /** Who it is that stays in view, by track: a member of staff, who agreed. */
    because: z.record(z.string(), z.string().max(80)).default({}),
    zones: z.array(Zone).default([]),
    cuts: z.array(Range).default([]),
    /** Ranges that are silent within what may be heard. */
    mutes: z.array(Range).default([]),
    sound: Sound.default({ kept: [], bleeps: [] }),
    subtitles: Subtitles.default({ cues: [], harmless: [] }),
  })
  .refine(({ analysis, tracks, splits, joins }) => analysis !== undefined || isEmpty(tracks, splits, joins), {
    path: ['analysis'],
    message: 'must name the analysis that the tracks belong to',
  })
  .refine(({ joins }) => new Set(joins.flat()).size === joins.flat().length, {
    path: ['joins'],
    message: 'must name no track twice',
  });
export type Decisions = z.infer<typeof Decisions>;

function isEmpty(...parts: readonly object[]): boolean {
  return parts.every((part) => Object.keys(part).length === 0);
}

export const NO_DECISIONS: Decisions = Decisions.parse({ version: 1 });
